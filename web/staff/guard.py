"""Who may see a staff page: every view declares a role, and nothing is reached without it.

A form that comes without a session, or with the token of an older one, is kept and offered again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, TypeVar, cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, flash, g, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from store.staff.accounts import Account, Role, UnknownAccount
from store.staff.tokens import new_token
from web.headers import policy
from web.staff.services import staff

View = TypeVar("View", bound=Callable[..., Any])
Who = Role | Literal["anyone"]

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
csrf = CSRFProtect()

#: The largest list of examples has 1.1 MiB, and more as a form writes it; the largest catalogue that comes
#: back from translators 0.6 MiB (2026-11-23).
_MAXIMUM_BYTES = 4 * 1024 * 1024
_MAXIMUM_FIELDS = 5000
_SECRET = re.compile(r"password|csrf_token|^code$|^secret$")


def allowed(who: Who, *, keeps: bool = True) -> Callable[[View], View]:
    """Declare the least role that a view needs; put it below the decorator that gives the address.

    "anyone": also before signing in. `keeps`: a form that comes after the session has ended is kept.
    """

    def declare(view: View) -> View:
        view.staff_role = who  # type: ignore[attr-defined]
        view.staff_keeps = keeps and who != "anyone"  # type: ignore[attr-defined]
        return view

    return declare


def me() -> Account:
    """The account that is signed in. Raises Forbidden where nobody is."""
    account: Account | None = g.get("staff_account")
    if account is None:
        raise Forbidden
    return account


def signed_in() -> Account | None:
    """The account that is signed in; None: nobody."""
    return cast("Account | None", g.get("staff_account"))


def role_of(app: Flask, endpoint: str) -> Who | None:
    """The role that the view of `endpoint` declares; None: it declares none."""
    return getattr(app.view_functions[endpoint], "staff_role", None)


def check_declared(app: Flask) -> None:
    """Raise RuntimeError unless every page under /staff declares who may see it."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff")]
    open_ones = [rule.endpoint for rule in rules if role_of(app, rule.endpoint) is None]
    if open_ones:
        raise RuntimeError(f"Declare who may see them, by @allowed: {', '.join(sorted(set(open_ones)))}")


@blueprint.before_request
def _guard() -> Response | None:
    """Let the request pass (None), or answer it: sign in first, or not with this role."""
    request.max_content_length = _MAXIMUM_BYTES
    request.max_form_memory_size = _MAXIMUM_BYTES
    request.max_form_parts = _MAXIMUM_FIELDS
    view: Any = current_app.view_functions[request.endpoint or ""]
    needed: Who = view.staff_role
    owner = _recognise()
    if request.method == "POST" and not _has_token():
        return _without_token(view, owner)
    if needed == "anyone":
        return None
    if signed_in() is None:
        return _to_sign_in(view, owner)
    if not me().may(needed):
        raise Forbidden(
            f"This page is for the role of {needed} and above; yours is {me().role}. "
            "An administrator can change that."
        )
    if request.method == "POST" and request.form.get("kept_form", "").isdecimal():
        staff().kept.drop(int(request.form["kept_form"]), me().email, session.get("browser", ""))
    return None


@blueprint.after_request
def _close(response: Response) -> Response:
    """Nothing of the staff side is kept by browsers, framed by other pages, or told to them."""
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")
    response.headers.setdefault("Content-Security-Policy", policy())
    response.headers.setdefault("X-Frame-Options", "DENY")
    # Not "no-referrer": with that, browsers leave out where a form comes from, which is looked at here.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _recognise() -> str:
    """Find out who asks; gives the address of whoever the session belongs to, if it has ended as well."""
    token = session.get("token")
    found = staff().sessions.find(token) if isinstance(token, str) else None
    if found is None:
        return ""
    try:
        account = staff().accounts.get(found.account)
    except UnknownAccount:
        return ""
    if not found.ended and account.active:
        g.staff_account = account
    return account.email


def _has_token() -> bool:
    """Whether the form was made by a page of this session."""
    try:
        csrf.protect()
    except CSRFError:
        return False
    return True


def _without_token(view: Any, owner: str) -> Response:
    """A form of an older session, or somebody else's page: kept if it came from here, and never obeyed."""
    if not _is_from_here():
        raise Forbidden("This form did not come from a page of Signpost. Nothing was done.")
    if not view.staff_keeps:
        flash("The page had been open for too long. Please try again.")
        readable = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
        return redirect(request.path if readable else url_for("staff.account"), 303)
    if signed_in() is not None:
        _keep(owner)
        return redirect(url_for("staff.kept_forms"), 303)
    return _to_sign_in(view, owner)


def _to_sign_in(view: Any, owner: str) -> Response:
    """To the page for signing in, which leads back here, or to what was kept of the form."""
    back = request.full_path.rstrip("?")
    if request.method == "POST":
        back = url_for("staff.kept_forms") if view.staff_keeps else url_for("staff.account")
        if view.staff_keeps:
            _keep(owner)
            flash("Your session had ended. What you typed is kept: sign in, and you can send it.")
    elif owner:
        flash("Your session has ended. Please sign in again.")
    return redirect(url_for("staff.sign_in", next=back), 303)


def _keep(owner: str) -> None:
    """Keep the form for its owner; where nobody knows whose session it was, for this browser."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if not _SECRET.search(name)]
    browser = ""
    if not owner:
        browser = session.setdefault("browser", new_token())
    staff().kept.keep(owner, browser, request.full_path.rstrip("?"), fields)


def _is_from_here() -> bool:
    """Whether the browser says that a page of ours sent the form."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    origin = urlsplit(request.headers.get("Origin", ""))
    return (origin.scheme, origin.netloc) == (request.scheme, request.host)
