"""The forms of signing in, of one's own account, and of the accounts of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import EmailField, Form, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired

from store.staff.accounts import ROLES
from store.staff.signing_in import WeakPassword

#: What each role may do, as an administrator reads it.
ROLE_WORDS = {
    "viewer": "viewer: may read everything",
    "editor": "editor: may also change drafts",
    "publisher": "publisher: may also approve and publish",
    "administrator": "administrator: may also manage accounts and read the audit log",
}

#: A bare value each: pairs are on their way out of WTForms, and its types know nothing else yet.
_CHOICES: Any = list(ROLES)


class StaffForm(Form):
    """A form as it was sent, or as it is shown at first. The guard has looked at its token already."""

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(request.form if request.method == "POST" else None, data=data)

    def is_right(self) -> bool:
        """Whether it was sent, and every field of it is in order."""
        return request.method == "POST" and self.validate()


class SignInForm(StaffForm):
    """Address and password."""

    email = EmailField("E-mail address", [InputRequired("Write your e-mail address.")])
    password = PasswordField("Password", [InputRequired("Write your password.")])


class CodeForm(StaffForm):
    """The second step."""

    code = StringField("Code", [InputRequired("Write the code.")])


class NewPasswordForm(StaffForm):
    """A password, chosen."""

    password = PasswordField("New password", [InputRequired("Choose a password.")])


class ChangePasswordForm(NewPasswordForm):
    """Another password, by whoever knows the one before."""

    old_password = PasswordField("Password you have now", [InputRequired("Write the password you have now.")])


class NameForm(StaffForm):
    """One's own name."""

    name = StringField("Name", [InputRequired("Write your name.")])


class TeamForm(StaffForm):
    """What an administrator changes of an account."""

    name = StringField("Name", [InputRequired("Write the name.")])
    team = StringField("Team")
    role = RadioField("Role", choices=_CHOICES, default="viewer")


class InviteForm(TeamForm):
    """A new account."""

    email = EmailField("E-mail address", [InputRequired("Write an e-mail address.")])


def errors_of(form: Form) -> list[tuple[str, str]]:
    """(id of the field, what is wrong) for the summary, in the order of the page."""
    return [(field.id, str(error)) for field in form for error in field.errors]


def blame(form: Form, field: str, error: WeakPassword | Exception) -> None:
    """Put what the store refused beside the field that it is about."""
    form[field].errors = [*form[field].errors, str(error)]
