"""The settings of the council's identity provider, by which staff may sign in (OpenID Connect)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from store.staff.accounts import ROLES, Role

_VARIABLES = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "ROLES")


class WrongProvider(ValueError):
    """A setting of the provider is wrong; the message names the variable and says what to do."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider, and the role that each of its groups brings."""

    #: As the provider writes it in its tokens, letter by letter.
    issuer: str
    client_id: str
    client_secret: str
    #: What the button for it says.
    name: str
    #: Group, as in the claim "groups" -> role.
    roles: Mapping[str, Role]

    def role_of(self, groups: Iterable[object]) -> Role | None:
        """The highest role that one of `groups` brings; None: none of them brings one."""
        found = [self.roles[group] for group in groups if isinstance(group, str) and group in self.roles]
        return max(found, key=ROLES.index, default=None)


def provider_from(environ: Mapping[str, str]) -> Provider | None:
    """The provider of this installation; None: staff sign in with passwords alone. Raises WrongProvider."""
    given = {name: (environ.get(f"SIGNPOST_OIDC_{name}") or "").strip() for name in _VARIABLES}
    if not any(given.values()):
        return None
    missing = [f"SIGNPOST_OIDC_{name}" for name in _VARIABLES if not given[name]]
    if missing:
        raise WrongProvider(
            f"{' and '.join(missing)} must be set as well, or no SIGNPOST_OIDC_ variable at all."
        )
    address = urlsplit(given["ISSUER"])
    local = address.scheme == "http" and address.hostname in ("127.0.0.1", "localhost")
    if not address.hostname or not (address.scheme == "https" or local):
        raise WrongProvider("SIGNPOST_OIDC_ISSUER must be an address that begins with https://.")
    name = environ.get("SIGNPOST_OIDC_NAME") or "the council's account"
    return Provider(given["ISSUER"], given["CLIENT_ID"], given["CLIENT_SECRET"], name, _roles(given["ROLES"]))


def _roles(text: str) -> dict[str, Role]:
    """`group=role,group=role` as a dictionary. A group may have "=" in it, as in directories."""
    known = {role: role for role in ROLES}
    found = {}
    for part in filter(None, map(str.strip, text.split(","))):
        group, _, role = part.rpartition("=")
        if not group or role not in known:
            raise WrongProvider(
                f"SIGNPOST_OIDC_ROLES has {part!r}: write group=role, with one of {', '.join(ROLES)}."
            )
        found[group] = known[role]
    return found
