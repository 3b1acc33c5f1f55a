"""Random tokens that are given to somebody once, and kept as a hash."""

from __future__ import annotations

import hashlib
import secrets

#: 256 bits: nobody guesses one.
_BYTES = 32


def new_token() -> str:
    """A token that fits into an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def token_hash(token: str) -> str:
    """What is kept of a token: SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
