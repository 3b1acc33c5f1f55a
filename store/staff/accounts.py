"""Accounts of staff: who they are, and what they may do.

Every change of an account is written into the audit log here, so that no caller can forget it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast, get_args

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from store.database import StoreError
from store.staff.audit import Audit
from store.staff.links import Links
from store.staff.sessions import end_sessions
from store.staff.tables import accounts

Role = Literal["viewer", "editor", "publisher", "administrator"]
#: Each may do all that the ones before it may.
ROLES: tuple[Role, ...] = get_args(Role)


class AccountError(StoreError):
    """An account cannot be made or changed so; the message says why, for staff. `field` is where."""

    def __init__(self, message: str, field: str = "email") -> None:
        super().__init__(message)
        self.field = field


class UnknownAccount(AccountError, LookupError):
    """There is no such account."""


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff. `team` may be empty; an account that is not active cannot sign in."""

    id: int
    email: str
    name: str
    role: Role
    team: str
    active: bool
    has_password: bool
    has_totp: bool
    #: Known to the council's identity provider, which says the role at each sign-in.
    is_outside: bool

    def may(self, role: Role) -> bool:
        """Whether they may do what needs `role`."""
        return self.active and ROLES.index(self.role) >= ROLES.index(role)


class Accounts:
    """The accounts in one database. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._audit = Audit(engine, now)
        self._links = Links(engine, now)

    def get(self, number: int) -> Account:
        """The account of that number. Raises UnknownAccount."""
        return self._one(accounts.c.id == number)

    def by_email(self, email: str) -> Account:
        """The account of that address, however its letters are written. Raises UnknownAccount."""
        return self._one(accounts.c.email_key == email_key(email))

    def all(self) -> list[Account]:
        """Every account, by address."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.email_key)).all()
        return [account_of(row) for row in rows]

    def invite(self, email: str, name: str, role: Role, by: str, team: str = "") -> tuple[Account, str]:
        """A new account, and the token of the link that its owner sets a password by. Raises AccountError."""
        row = {
            "email": checked_email(email), "email_key": email_key(email), "name": checked_name(name),
            "role": checked_role(role), "team": team.strip()[:100],
        }  # fmt: skip
        account = self._add(row)
        self._audit.write(by, "invite", account.email, f"role {role}")
        return account, self._links.make(account.id)

    def admit(self, email: str, name: str, role: Role, outside: str) -> Account:
        """The account of somebody whom the identity provider knows as `outside`, with the role it gave them.

        Made at their first sign-in; one that was invited before by the same address becomes theirs. Raises
        AccountError where the address belongs to somebody else outside.
        """
        with self._engine.connect() as connection:
            row = connection.execute(select(accounts).where(accounts.c.outside == outside)).one_or_none()
        if row is None:
            row = self._adopt(email, name, role, outside)
        account = account_of(row)
        if account.role != role:
            return self.change(account.id, by="identity provider", role=role)
        return account

    def dismiss(self, outside: str) -> None:
        """Somebody whom the identity provider knows has no role any more: their sessions end."""
        with self._engine.begin() as connection:
            number = connection.scalar(select(accounts.c.id).where(accounts.c.outside == outside))
            if number is not None:
                end_sessions(connection, number)

    def change(
        self,
        number: int,
        by: str,
        *,
        name: str | None = None,
        role: Role | None = None,
        team: str | None = None,
        active: bool | None = None,
    ) -> Account:
        """Change what is given. Another role, or no longer being active, ends every session of the account.

        Raises AccountError; the last active administrator stays one.
        """
        old = self.get(number)
        given = {"name": name, "role": role, "team": team, "active": active}
        new = {key: value for key, value in given.items() if value not in (None, getattr(old, key))}
        if name is not None:
            checked_name(name)
        if not new:
            return old
        with self._engine.begin() as connection:
            connection.execute(update(accounts).where(accounts.c.id == number).values(new))
            if old.may("administrator") and not _has_administrator(connection):
                raise AccountError("Somebody has to be administrator: make another one first.", "role")
            if {"role", "active"} & set(new):
                end_sessions(connection, number)
        for key, value in new.items():
            self._audit.write(by, _ACTIONS[key], old.email, f"{getattr(old, key)} becomes {value}")
        return self.get(number)

    def new_link(self, number: int, by: str) -> str:
        """The token of a new one-time link for an account; older ones stop working. Raises UnknownAccount."""
        account = self.get(number)
        if account.is_outside:
            raise AccountError(f"{account.email} signs in with the council's account, not with a password.")
        self._audit.write(by, "link", account.email)
        return self._links.make(number)

    def _one(self, condition: Any) -> Account:
        with self._engine.connect() as connection:
            row = connection.execute(select(accounts).where(condition)).one_or_none()
        if row is None:
            raise UnknownAccount("There is no such account.")
        return account_of(row)

    def _add(self, row: dict[str, Any]) -> Account:
        try:
            with self._engine.begin() as connection:
                added = connection.execute(insert(accounts).values(row).returning(accounts)).one()
        except IntegrityError as error:
            raise AccountError("There is an account with this e-mail address already.") from error
        return account_of(added)

    def _adopt(self, email: str, name: str, role: Role, outside: str) -> Row[*tuple[Any, ...]]:
        same = (accounts.c.email_key == email_key(email)) & accounts.c.outside.is_(None)
        with self._engine.begin() as connection:
            # From here on the provider alone lets them in: a password would outlast their employment.
            theirs = {"outside": outside, "password": None, "app_secret": None, "totp_step": None}
            connection.execute(update(accounts).where(same).values(theirs))
            known = connection.execute(select(accounts).where(accounts.c.outside == outside)).one_or_none()
        if known is not None:
            return known
        new = {
            "email": checked_email(email), "email_key": email_key(email), "name": name.strip() or email,
            "role": role, "team": "", "outside": outside,
        }  # fmt: skip
        self._add(new)
        self._audit.write("identity provider", "invite", email, f"role {role}")
        with self._engine.connect() as connection:
            return connection.execute(select(accounts).where(accounts.c.outside == outside)).one()


_ACTIONS = {"name": "account", "role": "role", "team": "account", "active": "active"}


def account_of(row: Row[*tuple[Any, ...]]) -> Account:
    """The account in a row of the table."""
    return Account(
        row.id, row.email, row.name, cast(Role, row.role), row.team, row.active,
        row.password is not None, row.app_secret is not None, row.outside is not None,
    )  # fmt: skip


def email_key(email: str) -> str:
    """By what addresses are compared: Amina@… and amina@… are one mailbox."""
    return email.strip().casefold()


def checked_email(email: str) -> str:
    """The address without the space around it. Raises AccountError."""
    try:
        return validate_email(email.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise AccountError("Write an e-mail address, such as amina@towerhamlets.gov.uk.") from error


def checked_name(name: str) -> str:
    """The name without the space around it. Raises AccountError."""
    if not name.strip() or len(name) > 200:
        raise AccountError("Write the name, in at most 200 characters.", "name")
    return name.strip()


def checked_role(role: str) -> Role:
    """`role`, if it is one. Raises AccountError."""
    if role not in ROLES:
        raise AccountError(f"Choose a role: {', '.join(ROLES)}.", "role")
    return role


def _has_administrator(connection: Connection) -> bool:
    wanted = select(accounts.c.id).where(accounts.c.role == "administrator", accounts.c.active).limit(1)
    return connection.scalar(wanted) is not None
