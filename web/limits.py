"""Rate limits, so that one program cannot keep everyone else from an answer.

Counted in each worker's memory, or in Redis for all of them together; if Redis is away, in memory again.
"""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import ip_address, ip_network

from flask import Blueprint, Flask, request
from flask_limiter import Limiter
from limits import parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from web.service import service

#: One household or one phone has a whole network of this size. Source: RFC 6177.
_IPV6_PREFIX_BITS = 64
#: A whole office may sit behind one address on a Monday morning; a program that guesses wants thousands.
SIGN_IN_LIMIT = "30 per minute"


def limit_turns(app: Flask, *blueprints: Blueprint) -> None:
    """Count what is posted to `blueprints` against the turn limit of the settings of `app`."""
    settings = app.extensions["signpost"].settings
    if not settings.turn_limit:
        return
    limiter = Limiter(
        sender,
        storage_uri=settings.redis_url or "memory://",
        in_memory_fallback_enabled=settings.redis_url is not None,
        headers_enabled=True,
        retry_after="delta-seconds",
    )
    limit = limiter.shared_limit(settings.turn_limit, scope="turns", exempt_when=_is_exempt)
    for blueprint in blueprints:
        limit(blueprint)
    limiter.init_app(app)


class SignInLimit:
    """How often one address may try to sign in: however many accounts it tries, on whatever machine."""

    def __init__(self, redis_url: str | None) -> None:
        self._limit = parse(SIGN_IN_LIMIT)
        self._alone = FixedWindowRateLimiter(MemoryStorage())
        self._shared = FixedWindowRateLimiter(storage_from_string(redis_url)) if redis_url else self._alone

    def allows(self) -> bool:
        """Count an attempt from the address of this request; False: it is one too many."""
        try:
            return self._shared.hit(self._limit, "sign-in", sender())
        except (StorageError, RedisError):  # better counted here than not at all
            return self._alone.hit(self._limit, "sign-in", sender())


def sender() -> str:
    """A name for the sender's address that cannot be turned back, and is another one tomorrow."""
    now = service().now()
    key = f"{service().settings.secret_key}:{now.date().isoformat()}".encode()
    return hmac.new(key, _network(request.remote_addr or "").encode(), hashlib.sha256).hexdigest()[:32]


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ip_network((parsed, _IPV6_PREFIX_BITS), strict=False))


def _is_exempt() -> bool:
    """True for reading, and for this machine: a proxy that we were not told of brings all residents."""
    if request.method != "POST":
        return True
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
