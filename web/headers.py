"""The headers that every response carries: what a browser may do with it, and who else may read it."""

from __future__ import annotations

from flask import Flask, Response, request

from web.service import service

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
)


def policy(framed_by: str = "'none'", *more: str) -> str:
    """The Content-Security-Policy of a page that only `framed_by` may frame, with `more` directives."""
    return "; ".join((*_POLICY, f"frame-ancestors {framed_by}", *more))


_ALWAYS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

#: Short, since a site that is taken out must not be let in any longer.
_PREFLIGHT_SECONDS = 60


def add_headers(app: Flask) -> None:
    """Add the security headers to every response of `app`."""
    app.after_request(_secure)


def share_with_sites(response: Response) -> Response:
    """Let the sites that embed the widget read `response`: exact origins only, and never with cookies."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is None or not is_listed(origin):
        if origin is not None and request.method == "GET":
            # Never 304: a browser would go by the permission that it kept with the old copy.
            response.set_etag("refused")
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
    # The widget's files are loaded by other sites' pages, and a frame counts as another site where it is
    # sandboxed; everything else is for our own pages, or asks by CORS.
    shared = request.path.startswith(("/w/", "/static/", "/embed/"))
    response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def is_listed(origin: str) -> bool:
    """Whether a site that may embed the widget has the origin `origin`."""
    sites = service().assistants.current().knowledge.sites.values()
    return any(origin in site.origins for site in sites)
