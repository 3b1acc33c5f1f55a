"""A small identity provider: a real one, with codes, challenges and signed tokens, on this machine alone.

Written with the server side of Authlib. Whoever comes is taken to be `person`: nobody has to sign in there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, Response, jsonify, request
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server


@cache
def key(name: str) -> RSAKey:
    """A key to sign with; making one takes a while, so each is made once."""
    return RSAKey.generate_key(2048, {"kid": name.partition(" ")[0]})


CLIENT, SECRET = "signpost", "a secret between the two"


@dataclass
class Person:
    """Who has signed in at the provider."""

    id: str = "subject-1"
    claims: dict[str, Any] = field(
        default_factory=lambda: {
            "email": "Cara@testham.gov.uk",
            "email_verified": True,
            "name": "Cara Day",
            "groups": ["signpost-editors"],
        }
    )


@dataclass
class Code:
    """An authorisation code, and what it was asked for with."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str | None
    user: Person
    code_challenge: str | None
    code_challenge_method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class Client(ClientMixin):  # type: ignore[misc]  # Authlib ships no types
    """Signpost, as the provider knows it."""

    redirect_uri: str

    def get_client_id(self) -> str:
        return CLIENT

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Provider:
    """One provider; what it says can be bent, to see whether that is noticed."""

    issuer: str = ""
    person: Person = field(default_factory=Person)
    #: What stands in the token instead of what should.
    bent: dict[str, Any] = field(default_factory=dict)
    #: Claims that only the address for details gives.
    apart: tuple[str, ...] = ()
    #: Another issuer in the description of the provider.
    called: str | None = None
    key: RSAKey = field(default_factory=lambda: key("one"))
    published: RSAKey | None = None
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    tokens: dict[str, Person] = field(default_factory=dict)


def application(provider: Provider, redirect_uri: str) -> Flask:
    """The provider as an application."""
    app = Flask("provider")

    class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        """Codes, kept in memory."""

        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012  # as Authlib wants it

        def save_authorization_code(self, code: str, asked: Any) -> None:
            wanted = asked.payload.data
            provider.codes[code] = Code(
                code, CLIENT, asked.payload.redirect_uri, asked.payload.scope, wanted.get("nonce"),
                asked.user, wanted.get("code_challenge"), wanted.get("code_challenge_method"),
            )  # fmt: skip

        def query_authorization_code(self, code: str, _client: Client) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, code: Code) -> None:
            del provider.codes[code.code]

        def authenticate_user(self, code: Code) -> Person:
            return code.user

    class OpenId(OpenIDCode):  # type: ignore[misc]
        """Tokens that say who it is."""

        def exists_nonce(self, nonce: str, _asked: Any) -> bool:
            return any(code.nonce == nonce for code in provider.codes.values())

        def resolve_client_private_key(self, _client: Client) -> KeySet:
            return KeySet([provider.key])

        def get_client_claims(self, _client: Client) -> dict[str, Any]:
            return {"iss": provider.issuer, "aud": [CLIENT]}

        def generate_user_info(self, user: Person, _scope: str) -> UserInfo:
            claims = {name: value for name, value in user.claims.items() if name not in provider.apart}
            return UserInfo(sub=user.id, **{**claims, **provider.bent})

    def keep(token: dict[str, str], asked: Any) -> None:
        provider.tokens[token["access_token"]] = asked.user

    server = AuthorizationServer(app, lambda _id: Client(redirect_uri), keep)
    server.register_grant(CodeGrant, [OpenId(require_nonce=True), CodeChallenge(required=True)])
    _add_addresses(app, provider, server)
    return app


def _add_addresses(app: Flask, provider: Provider, server: Any) -> None:
    @app.get("/authorize")
    def authorize() -> Response:
        provider.asked.append(request.args.to_dict())
        grant = server.get_consent_grant(end_user=provider.person)
        answer: Response = server.create_authorization_response(grant_user=provider.person, grant=grant)
        return answer

    @app.post("/token")
    def token() -> Response:
        answer: Response = server.create_token_response()
        return answer

    @app.get("/userinfo")
    def userinfo() -> Response:
        person = provider.tokens[request.headers["Authorization"].removeprefix("Bearer ")]
        return jsonify(sub=person.id, **person.claims)

    @app.get("/keys")
    def keys() -> Response:
        return jsonify(KeySet([provider.published or provider.key]).as_dict(private=False))

    @app.get("/.well-known/openid-configuration")
    def description() -> Response:
        paths = {
            "authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys",
            "userinfo_endpoint": "userinfo",
        }  # fmt: skip
        return jsonify(
            issuer=provider.called or provider.issuer,
            id_token_signing_alg_values_supported=["RS256", "none", "HS256"],
            token_endpoint_auth_methods_supported=["client_secret_basic"],
            **{name: f"{provider.issuer}/{path}" for name, path in paths.items()},
        )


@contextmanager
def running(redirect_uri: str) -> Iterator[Provider]:
    """A provider that listens on this machine, for a client that is led back to `redirect_uri`."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, application(provider, redirect_uri), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
