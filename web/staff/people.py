"""The accounts of all staff, for administrators: invite, change, lock out, let in again."""

from __future__ import annotations

from typing import cast

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from store.staff.accounts import Account, AccountError, Role, UnknownAccount
from web.staff.forms_of_accounts import ROLE_WORDS, InviteForm, TeamForm, blame, errors_of
from web.staff.guard import allowed, blueprint, me
from web.staff.services import staff
from web.staff.signing import Page


@blueprint.get("/accounts")
@allowed("administrator")
def accounts() -> str:
    """Everybody, and how they sign in."""
    everybody = staff().accounts.all()
    locked = {each.id for each in everybody if staff().signing_in.is_locked(each.email)}
    return render_template("staff/accounts.html", accounts=everybody, locked=locked)


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@allowed("administrator")
def invite() -> Page:
    """A new account; its one-time link is shown this once."""
    form = InviteForm()
    if form.is_right():
        try:
            account, token = staff().accounts.invite(
                form.email.data or "", form.name.data or "", cast(Role, form.role.data), me().email,
                form.team.data or "",
            )  # fmt: skip
        except AccountError as refusal:
            blame(form, refusal.field, refusal)
        else:
            return _show_link(account, token)
    return render_template("staff/invite.html", form=form, errors=errors_of(form), role_words=ROLE_WORDS)


@blueprint.route("/accounts/<int:number>", methods=["GET", "POST"])
@allowed("administrator")
def person(number: int) -> Page:
    """One account: name, team and role to change."""
    account = _account(number)
    form = TeamForm(data={"name": account.name, "team": account.team, "role": account.role})
    if form.is_right():
        try:
            staff().accounts.change(
                number,
                by=me().email,
                name=(form.name.data or "").strip(),
                team=(form.team.data or "").strip(),
                role=cast(Role, form.role.data),
            )
        except AccountError as refusal:
            blame(form, refusal.field, refusal)
        else:
            flash(f"The account of {account.email} is saved.", "good")
            return redirect(url_for("staff.accounts"), 303)
    locked = staff().signing_in.is_locked(account.email)
    found = {
        "person": account,
        "role_words": ROLE_WORDS,
        "locked": locked,
        "sessions": staff().sessions.of(number),
    }
    return render_template("staff/person.html", form=form, errors=errors_of(form), **found)


@blueprint.post("/accounts/<int:number>/link")
@allowed("administrator", keeps=False)
def new_link(number: int) -> Page:
    """A new one-time link, shown this once."""
    account = _account(number)
    return _show_link(account, staff().accounts.new_link(number, by=me().email))


@blueprint.post("/accounts/<int:number>/active")
@allowed("administrator", keeps=False)
def set_active(number: int) -> Response:
    """Let an account in, or out; out ends its sessions."""
    account = _account(number)
    active = request.form.get("active") == "yes"
    try:
        staff().accounts.change(number, by=me().email, active=active)
    except AccountError as refusal:
        flash(str(refusal))
    else:
        done = "can sign in again" if active else "cannot sign in any more, and is signed out everywhere"
        flash(f"{account.email} {done}.", "good")
    return redirect(url_for("staff.person", number=number), 303)


@blueprint.post("/accounts/<int:number>/unlock")
@allowed("administrator", keeps=False)
def unlock(number: int) -> Response:
    """Forget the wrong attempts."""
    account = _account(number)
    staff().signing_in.unlock(account.email, me().email)
    flash(f"{account.email} can try to sign in again.", "good")
    return redirect(url_for("staff.person", number=number), 303)


def _account(number: int) -> Account:
    try:
        return staff().accounts.get(number)
    except UnknownAccount as error:
        raise NotFound from error


def _show_link(account: Account, token: str) -> str:
    address = url_for("staff.link", token=token, _external=True)
    return render_template("staff/one_time_link.html", person=account, address=address)
