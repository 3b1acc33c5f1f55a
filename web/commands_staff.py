"""`signpost staff`: the accounts of staff, from the machine that Signpost runs on."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from store.staff.accounts import ROLES, Account
from web.service import utc_now
from web.settings import Settings, settings_from
from web.staff.services import Staff, open_staff

_BY = "command line"
#: Where `signpost serve` listens if nothing else is said.
_HERE = "http://127.0.0.1:8000"


def add_staff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `staff` and its tasks to the command line."""
    parser = commands.add_parser("staff", help="who may sign in, and what they may do")
    tasks = parser.add_subparsers(title="tasks", required=True, metavar="TASK")
    invite_parser = _task(tasks, "invite", invite, "make an account, and print its one-time link")
    invite_parser.add_argument("--name", required=True, help="as others will read it")
    invite_parser.add_argument("--role", choices=ROLES, default="editor", help="(default: %(default)s)")
    invite_parser.add_argument("--team", default="", help="whom its records belong to")
    role_parser = _task(tasks, "role", role, "give an account another role")
    role_parser.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    _task(tasks, "disable", disable, "let an account sign in no more, and sign it out")
    _task(tasks, "unlock", unlock, "let an account sign in again, and print a new one-time link")
    listing = tasks.add_parser("list", help="every account")
    listing.set_defaults(run=show)


def invite(arguments: argparse.Namespace) -> int:
    """Make an account. Raises AccountError where there is one, or the address is none."""
    with _staff() as (settings, staff):
        account, token = staff.accounts.invite(
            arguments.email, arguments.name, arguments.role, _BY, arguments.team
        )
    _say_link(settings, account, token)
    return 0


def role(arguments: argparse.Namespace) -> int:
    """Change a role; the account is signed out."""
    with _staff() as (_, staff):
        account = staff.accounts.by_email(arguments.email)
        changed = staff.accounts.change(account.id, _BY, role=arguments.role)
    print(f"{changed.email} is {changed.role}.")
    return 0


def disable(arguments: argparse.Namespace) -> int:
    """Let an account sign in no more. Raises AccountError for the last administrator."""
    with _staff() as (_, staff):
        account = staff.accounts.by_email(arguments.email)
        staff.accounts.change(account.id, _BY, active=False)
    print(f"{account.email} cannot sign in any more, and is signed out everywhere.")
    return 0


def unlock(arguments: argparse.Namespace) -> int:
    """Forget the wrong attempts, open the account if it was closed, and print a new link."""
    with _staff() as (settings, staff):
        account = staff.accounts.by_email(arguments.email)
        staff.signing_in.unlock(account.email, _BY)
        staff.accounts.change(account.id, _BY, active=True)
        token = staff.accounts.new_link(account.id, _BY)
    _say_link(settings, account, token)
    return 0


def show(_arguments: argparse.Namespace) -> int:
    """Print every account, one to a line."""
    with _staff() as (_, staff):
        for account in staff.accounts.all():
            locked = " locked" if staff.signing_in.is_locked(account.email) else ""
            state = "closed" if not account.active else f"{_way_in(account)}{locked}"
            print(f"{account.email:<40} {account.role:<14} {state:<24} {account.name}")
    return 0


def _way_in(account: Account) -> str:
    if account.is_outside:
        return "council's account"
    if not account.has_password:
        return "invited"
    return "password and code" if account.has_totp else "password"


def _say_link(settings: Settings, account: Account, token: str) -> None:
    address = f"{settings.public_url or _HERE}/staff/link/{token}"
    print(f"Give this link to {account.name} and to nobody else. It works once, for three days:\n{address}")


def _task(
    tasks: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    does: str,
) -> argparse.ArgumentParser:
    parser = tasks.add_parser(name, help=does)
    parser.add_argument("email", metavar="EMAIL", help="the e-mail address of the account")
    parser.set_defaults(run=run)
    return parser


@contextmanager
def _staff() -> Iterator[tuple[Settings, Staff]]:
    """The settings, and the database for a moment. Raises SettingsError or StoreError."""
    settings = settings_from(os.environ)
    staff = open_staff(settings, utc_now)
    try:
        yield settings, staff
    finally:
        staff.engine.dispose()
