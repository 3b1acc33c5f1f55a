"""The headers that every response carries: what a browser may do with it, and who else may read it."""

from __future__ import annotations

from flask import Flask, Response, request

from web.service import service

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)

_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

#: One day; browsers shorten it as they see fit.
_PREFLIGHT_SECONDS = 86_400


def add_headers(app: Flask) -> None:
    """Add the security headers to every response of `app`."""
    app.after_request(_secure)


def share_with_sites(response: Response) -> Response:
    """Let the sites that embed the widget read `response`: exact origins only, and never with cookies."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is None or origin not in _embedding_origins():
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return response


def share_with_all(response: Response) -> Response:
    """Let any site read `response`: it is public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _secure(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    # The widget's files are loaded by other sites' pages; everything else is for our own, or asks by CORS.
    shared = request.path.startswith("/w/")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _embedding_origins() -> set[str]:
    sites = service().assistants.current().knowledge.sites.values()
    return {origin for site in sites for origin in site.origins}
