"""The cookie of the staff side: signed, sent to no page of the public, and gone when the browser closes."""

from __future__ import annotations

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

PREFIX = "/staff"
_NAME = "signpost-staff"


class StaffCookie(SecureCookieSessionInterface):
    """Flask's signed session, for the pages under /staff alone; elsewhere there is none to read or write."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a staff page; None elsewhere, so that writing to it is an error."""
        if request.path != PREFIX and not request.path.startswith(f"{PREFIX}/"):
            return None
        return super().open_session(app, request)

    def get_cookie_name(self, app: Flask) -> str:
        """With __Host-, a browser takes the cookie from this host alone, over https alone."""
        return f"__Host-{_NAME}" if request.is_secure else _NAME

    def get_cookie_path(self, app: Flask) -> str:
        """__Host- demands the whole host."""
        return "/" if request.is_secure else PREFIX

    def get_cookie_secure(self, app: Flask) -> bool:
        """Over https, never to be sent without it."""
        return request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:
        """Sent along when somebody follows a link here, and with nothing that another site posts."""
        return "Lax"
