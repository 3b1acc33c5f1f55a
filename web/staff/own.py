"""One's own account: name, password, the second step, the browsers in which one is signed in."""

from __future__ import annotations

import io

import segno
from flask import flash, redirect, render_template, session, url_for

from store.staff.accounts import AccountError
from store.staff.signing_in import Refused, WeakPassword, app_address, new_secret
from web.staff.forms_of_accounts import ChangePasswordForm, CodeForm, NameForm, blame, errors_of
from web.staff.guard import allowed, blueprint, me
from web.staff.services import staff
from web.staff.signing import Page, enter


@blueprint.route("/account", methods=["GET", "POST"])
@allowed("viewer", keeps=False)
def account() -> Page:
    """What there is of one's account, and one's name to change."""
    form = NameForm(data={"name": me().name})
    if form.is_right():
        try:
            staff().accounts.change(me().id, by=me().email, name=(form.name.data or "").strip())
        except AccountError as refusal:
            blame(form, "name", refusal)
        else:
            flash("Your name is saved.", "good")
            return redirect(url_for("staff.account"), 303)
    sessions = staff().sessions.of(me().id)
    return render_template("staff/account.html", form=form, errors=errors_of(form), sessions=sessions)


@blueprint.route("/account/password", methods=["GET", "POST"])
@allowed("viewer", keeps=False)
def password() -> Page:
    """Another password: every session ends, and a new one begins here."""
    form = ChangePasswordForm()
    if form.is_right():
        try:
            old, new = form.old_password.data or "", form.password.data or ""
            staff().signing_in.change_password(me().id, old, new)
        except WeakPassword as refusal:
            blame(form, "password", refusal)
        except Refused as refusal:
            blame(form, "old_password", refusal)
        else:
            flash("Your password is changed. Every other browser has been signed out.", "good")
            return enter(me(), "changed password")
    return render_template("staff/password.html", form=form, errors=errors_of(form))


@blueprint.route("/account/second-step", methods=["GET", "POST"])
@allowed("viewer", keeps=False)
def totp() -> Page:
    """Set up an app for codes: the picture and the secret, then a code to show that it works."""
    if me().has_totp:
        return redirect(url_for("staff.account"), 303)
    form = CodeForm()
    secret = str(session.setdefault("totp", new_secret()))
    if form.is_right():
        try:
            codes = staff().signing_in.add_totp(me().id, secret, form.code.data or "")
        except Refused as refusal:
            blame(form, "code", refusal)
        else:
            session.pop("totp")
            return render_template("staff/recovery.html", codes=codes)
    picture = _picture(app_address(secret, me().email))
    return render_template(
        "staff/totp.html", form=form, errors=errors_of(form), secret=secret, picture=picture
    )


@blueprint.route("/account/second-step/remove", methods=["GET", "POST"])
@allowed("viewer", keeps=False)
def remove_totp() -> Page:
    """No second step any more; a code shows that it is its owner who asks."""
    if not me().has_totp:
        return redirect(url_for("staff.account"), 303)
    form = CodeForm()
    if form.is_right():
        try:
            staff().signing_in.by_code(me().id, form.code.data or "")
        except Refused as refusal:
            blame(form, "code", refusal)
        else:
            staff().signing_in.remove_totp(me().id, me().email)
            flash("You sign in with your password alone again.")
            return redirect(url_for("staff.account"), 303)
    return render_template("staff/remove_totp.html", form=form, errors=errors_of(form))


def _picture(address: str) -> str:
    """A QR code as SVG, to stand within the page."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, title="QR code", nl=False, omitsize=True
    )
    return out.getvalue().decode()
