"""Signing in and out, the one-time link, and the way back for who has forgotten a password."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from store.staff.accounts import Account
from store.staff.signing_in import Refused, WeakPassword
from web.limits import SignInLimit
from web.staff.forms_of_accounts import CodeForm, NewPasswordForm, SignInForm, StaffForm, blame, errors_of
from web.staff.guard import allowed, blueprint, me, signed_in
from web.staff.services import staff

Page = str | AnyResponse | tuple[str, int]

LIMIT_EXTENSION = "signpost-sign-in-limit"
#: How long the second step may take.
_HALF_MINUTES = 5
_TOO_MANY = "There were too many attempts from your network. Wait a minute, and try again."


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allowed("anyone")
def sign_in() -> Page:
    """Address and password; whoever has an app for codes goes on to the second step."""
    if signed_in() is not None:
        return redirect(way_back(request.args.get("next")), 303)
    form = SignInForm()
    if not form.is_right():
        return _ask("sign_in.html", form)
    if not _limit().allows():
        blame(form, "password", Refused(_TOO_MANY))
        return _ask("sign_in.html", form, 429)
    try:
        account = staff().signing_in.by_password(form.email.data or "", form.password.data or "")
    except Refused as refusal:
        blame(form, "password", refusal)
        return _ask("sign_in.html", form)
    if account.has_totp:
        session["half"] = [account.id, staff().now().isoformat()]
        return redirect(url_for("staff.second_step", next=request.args.get("next")), 303)
    return enter(account, "password")


@blueprint.route("/second-step", methods=["GET", "POST"])
@allowed("anyone")
def second_step() -> Page:
    """A code of the app, or a recovery code."""
    number = _half()
    if number is None:
        return redirect(url_for("staff.sign_in", next=request.args.get("next")), 303)
    form = CodeForm()
    if not form.is_right():
        return _ask("second_step.html", form)
    if not _limit().allows():
        blame(form, "code", Refused(_TOO_MANY))
        return _ask("second_step.html", form, 429)
    try:
        account = staff().signing_in.by_code(number, form.code.data or "")
    except Refused as refusal:
        blame(form, "code", refusal)
        return _ask("second_step.html", form)
    return enter(account, "password and code")


@blueprint.post("/sign-out")
@allowed("viewer", keeps=False)
def sign_out() -> AnyResponse:
    """End every session of the account, in every browser."""
    staff().sessions.end_all(me().id)
    staff().audit.write(me().email, "sign-out", me().email)
    session.clear()
    flash("You have signed out, here and in every other browser.")
    return redirect(url_for("staff.sign_in"), 303)


@blueprint.route("/link/<token>", methods=["GET", "POST"])
@allowed("anyone")
def link(token: str) -> Page:
    """Choose a password by a one-time link. Sending the form spends it, and following it does not."""
    form = NewPasswordForm()
    number = staff().links.owner(token)
    owner = staff().accounts.get(number) if number is not None else None
    if owner is None or not owner.active:
        return render_template("staff/link_over.html"), 410
    if not form.is_right():
        return _ask("link.html", form, owner=owner)
    if not _limit().allows():
        blame(form, "password", Refused(_TOO_MANY))
        return _ask("link.html", form, 429, owner=owner)
    try:
        account = staff().signing_in.by_link(token, form.password.data or "")
    except (WeakPassword, Refused) as refusal:
        blame(form, "password", refusal)
        return _ask("link.html", form, owner=owner)
    flash("Your password is set, and you are signed in.", "good")
    return enter(account, "one-time link")


@blueprint.get("/forgotten")
@allowed("anyone")
def forgotten() -> str:
    """Whom to ask for a one-time link: nothing is sent by e-mail from here."""
    return render_template("staff/forgotten.html")


def enter(account: Account, how: str, wanted: str | None = None) -> AnyResponse:
    """Begin a session, with another token for its forms, and go where its owner was going."""
    wanted = wanted or request.args.get("next")
    browser, messages = session.get("browser"), session.get("_flashes")
    session.clear()
    if browser:
        session["browser"] = browser
    if messages:
        session["_flashes"] = messages
    session["token"] = staff().sessions.begin(account.id, request.user_agent.string)
    staff().audit.write(account.email, "sign-in", account.email, how)
    if staff().kept.of(account.email, browser or ""):
        return redirect(url_for("staff.kept_forms"), 303)
    return redirect(way_back(wanted), 303)


def way_back(wanted: str | None) -> str:
    """`wanted`, if it is a page of the staff side; its first page otherwise."""
    plain = wanted and wanted.startswith("/staff/") and "\\" not in wanted and wanted.isprintable()
    first = "staff.start" if "staff.start" in current_app.view_functions else "staff.account"
    return wanted if wanted and plain else url_for(first)


def _ask(template: str, form: StaffForm, status: int = 200, **more: object) -> Page:
    status = 422 if form.errors and status == 200 else status
    return render_template(f"staff/{template}", form=form, errors=errors_of(form), **more), status


def _half() -> int | None:
    """Whose password was right a moment ago; None: nobody's."""
    number, at = session.get("half") or (None, "")
    if number is None or staff().now() - datetime.fromisoformat(at) > timedelta(minutes=_HALF_MINUTES):
        return None
    return int(number)


def _limit() -> SignInLimit:
    limit: SignInLimit = current_app.extensions[LIMIT_EXTENSION]
    return limit
