"""Rate limits, so that one program cannot keep everyone else from an answer.

Counted in each worker's memory, or in Redis for all of them together; if Redis is away, in memory again.
"""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import ip_address, ip_network

from flask import Blueprint, Flask, request
from flask_limiter import Limiter

from web.service import service

#: One household or one phone has a whole network of this size. Source: RFC 6177.
_IPV6_PREFIX_BITS = 64


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
