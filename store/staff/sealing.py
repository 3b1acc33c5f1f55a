"""Secrets that have to be read again stand sealed in the database, by a key that is not in it."""

from __future__ import annotations

import base64
import logging

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine, select, update

from store.staff.tables import accounts

_log = logging.getLogger(__name__)

#: Stands before what is sealed: no secret of an app has a colon, so the two are never mistaken.
_MARK = "fernet:"
_KEY_BYTES = 32


class Seal:
    """Seals and opens by a key of its own, derived from `secret_key`, the service's (any length)."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"signpost authenticator apps")
        self._fernet = Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))

    def sealed(self, secret: str) -> str:
        """`secret` as it may stand in the database; another text each time."""
        return _MARK + self._fernet.encrypt(secret.encode()).decode()

    def opened(self, kept: str) -> str | None:
        """The secret that was sealed as `kept`; None: by another key, or not at all."""
        if not kept.startswith(_MARK):
            return None
        try:
            return self._fernet.decrypt(kept.removeprefix(_MARK).encode()).decode()
        except InvalidToken:
            return None


def seal_apps(engine: Engine, seal: Seal) -> None:
    """Seal the secrets of authenticator apps that stand readable: releases before 0005 kept them so.

    Those that `seal` cannot open are left alone, and their number is logged.
    """
    kept_in = accounts.c.app_secret
    with engine.connect() as connection:
        found = connection.execute(select(accounts.c.id, kept_in).where(kept_in.is_not(None))).all()
    readable = [(number, kept) for number, kept in found if not kept.startswith(_MARK)]
    for number, kept in readable:
        same = (accounts.c.id == number) & (kept_in == kept)
        with engine.begin() as connection:
            connection.execute(update(accounts).where(same).values(app_secret=seal.sealed(kept)))
    lost = sum(seal.opened(kept) is None for _, kept in found) - len(readable)
    if lost:
        _log.warning(
            "Secrets of authenticator apps that cannot be read: %s. They were sealed by another secret key "
            "of the service (SIGNPOST_SECRET_KEY). Set that key again; or give their owners one-time links "
            "(signpost staff unlock EMAIL), which take the second step away.",
            lost,
        )
