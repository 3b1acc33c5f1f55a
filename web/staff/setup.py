"""The staff side, added to an application."""

from __future__ import annotations

import hashlib
import hmac
from importlib import import_module
from typing import Any

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from store.database import StoreError
from web.limits import SignInLimit
from web.problems import log_fault
from web.service import Service
from web.staff.cookie import StaffCookie
from web.staff.guard import blueprint, check_declared, csrf, signed_in
from web.staff.navigation import menu
from web.staff.outside import add_provider, provider_name
from web.staff.services import prepare
from web.staff.signing import LIMIT_EXTENSION
from web.staff.workshop import prepare as prepare_workshop

#: Every module with staff pages: they add themselves to the blueprint as they are imported.
_PAGES = (
    "changing", "draft_pages", "editing", "history_pages", "insights", "kept", "lists", "log",
    "merge_pages", "outside", "own", "people", "previews", "questions", "reminders", "signing", "start",
    "telling", "translations", "wordings",
)  # fmt: skip

for _name in _PAGES:
    import_module(f"web.staff.{_name}")


def add_staff(app: Flask) -> None:
    """Add the pages under /staff to `app`. Raises RuntimeError where one does not say who may see it."""
    service: Service = app.extensions["signpost"]
    # Another key than the one that signs dialogues: no token of one can pass for one of the other.
    app.secret_key = hmac.new(service.settings.secret_key.encode(), b"staff", hashlib.sha256).digest()
    app.session_interface = StaffCookie()
    # A form may stay open for a day: its token ends with the session. The guard checks it, in its own order.
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    csrf.init_app(app)
    prepare(app)
    prepare_workshop(app)
    app.extensions[LIMIT_EXTENSION] = SignInLimit(service.settings.redis_url)
    add_provider(app, service.settings.provider)
    app.register_blueprint(blueprint)
    check_declared(app)


@blueprint.context_processor
def _around() -> dict[str, Any]:
    """What base.html shows on every page."""
    return {"account": signed_in(), "menu": menu(), "provider": provider_name(), "errors": []}


@blueprint.errorhandler(404)  # named, or the public's page for it would come first
@blueprint.errorhandler(HTTPException)
def _http_error(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    own = error.description if error.description != type(error).description else None
    return render_template("staff/failure.html", status=status, detail=own), status


@blueprint.errorhandler(StoreError)
def _refused(error: StoreError) -> tuple[str, int]:
    """What the store refused, in its own words: they are written for staff."""
    return render_template("staff/failure.html", status=409, detail=str(error)), 409


@blueprint.errorhandler(Exception)
def _fault(error: Exception) -> tuple[str, int]:
    log_fault(error)
    return render_template("staff/failure.html", status=500, detail=None), 500
