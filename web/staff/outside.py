"""Signing in through the council's identity provider: OpenID Connect, by an authorisation code with PKCE."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, flash, redirect, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from store.staff.accounts import Account, AccountError
from web.identity import Provider
from web.service import service
from web.staff.guard import allowed, blueprint
from web.staff.services import staff
from web.staff.signing import enter

_EXTENSION = "signpost-provider"
#: A provider that is slower than this is taken to be away.
_TIMEOUT_SECONDS = 10
#: Signatures that only the holder of the provider's private key can make: none of those with a shared secret.
_SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_AWAY = "{name} cannot be reached just now. Try again in a few minutes."
_FAILED = "Signing in with {name} did not work. Please try again."
_NO_ROLE = (
    "You have no role in Signpost. Ask whoever looks after {name} to put you into a group that has one."
)
_CLOSED = "Your account in Signpost is closed. An administrator can open it."


class Unusable(Exception):
    """What the provider says cannot be relied on."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the provider says it is."""

    subject: str
    email: str
    name: str
    groups: tuple[object, ...]


def add_provider(app: Flask, provider: Provider | None) -> None:
    """Let staff sign in to `app` by `provider`. It is asked for its addresses when the first one does."""
    if provider is None:
        return
    client = OAuth(app).register(
        "council",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=provider.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT_SECONDS,
        },
    )
    app.extensions[_EXTENSION] = (provider, client)


def provider_name() -> str | None:
    """What the button says; None: there is no provider."""
    found = current_app.extensions.get(_EXTENSION)
    return found[0].name if found else None


@blueprint.get("/provider")
@allowed("anyone")
def provider() -> Response:
    """To the provider, with a state, a nonce and a challenge that only this browser can answer for."""
    chosen, client = _provider()
    session["next"] = request.args.get("next", "")
    try:
        _metadata(chosen, client)
        answer: Response = client.authorize_redirect(_address_of_callback())
    except (RequestException, Unusable, ValueError):
        return _refuse(_AWAY)
    return answer


@blueprint.get("/provider/back")
@allowed("anyone")
def callback() -> Response:
    """Back from the provider: check all that it says, and let in whoever has a role."""
    chosen, client = _provider()
    try:
        person = _person(chosen, client)
    except RequestException:
        return _refuse(_AWAY)
    except (OAuthError, JoseError, Unusable, ValueError):
        staff().audit.write("identity provider", "sign-in-failed", "provider")
        return _refuse(_FAILED)
    role = chosen.role_of(person.groups)
    outside = f"{chosen.issuer} {person.subject}"
    if role is None:
        staff().accounts.dismiss(outside)
        staff().audit.write(person.email, "sign-in-failed", "provider", "no role")
        return _refuse(_NO_ROLE)
    try:
        account = staff().accounts.admit(person.email, person.name, role, outside)
    except AccountError as refusal:
        staff().audit.write(person.email, "sign-in-failed", "provider", str(refusal))
        return _refuse(str(refusal))
    return _let_in(account)


def _let_in(account: Account) -> Response:
    if not account.active:
        staff().audit.write(account.email, "sign-in-failed", "provider", "closed")
        return _refuse(_CLOSED)
    return enter(account, "provider", session.get("next"))


def _person(chosen: Provider, client: Any) -> Person:
    """Who has signed in. Raises OAuthError, JoseError, Unusable or RequestException."""
    _metadata(chosen, client)
    token = client.authorize_access_token(claims_options={"iss": {"essential": True, "value": chosen.issuer}})
    claims = token.get("userinfo")
    if claims is None:
        raise Unusable("no id_token")
    if "groups" not in claims and "userinfo_endpoint" in client.server_metadata:
        more = client.userinfo(token=token)
        if more.get("sub") != claims["sub"]:
            raise Unusable("the details are somebody else's")
        claims = {**more, **claims}
    if not claims.get("email") or claims.get("email_verified") is False:
        raise Unusable("no address that the provider stands for")
    groups = claims.get("groups")
    return Person(
        str(claims["sub"]),
        str(claims["email"]),
        str(claims.get("name") or ""),
        tuple(groups) if isinstance(groups, list) else (),
    )


def _metadata(chosen: Provider, client: Any) -> None:
    """Load the provider's addresses. Raises Unusable where they are another one's, or RequestException."""
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != chosen.issuer:
        metadata.pop("_loaded_at", None)
        raise Unusable("SIGNPOST_OIDC_ISSUER is not what the provider calls itself")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [each for each in offered if each in _SIGNATURES]


def _provider() -> tuple[Provider, Any]:
    found: tuple[Provider, Any] | None = current_app.extensions.get(_EXTENSION)
    if found is None:
        raise NotFound
    return found


def _address_of_callback() -> str:
    """Where the provider leads back to, as it was told when Signpost was registered there."""
    public = service().settings.public_url
    return f"{public}{url_for('staff.callback')}" if public else url_for("staff.callback", _external=True)


def _refuse(message: str) -> Response:
    flash(message.format(name=provider_name()), "error")
    return redirect(url_for("staff.sign_in"), 303)
