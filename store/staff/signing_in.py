"""Signing in with a password, a second step for those who have one, and the one-time link that leads back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pyotp
from sqlalchemy import Engine, delete, insert, or_, select, update

from store.database import StoreError
from store.staff import passwords
from store.staff.accounts import Account, account_of, email_key
from store.staff.attempts import Attempts
from store.staff.audit import Audit
from store.staff.links import Links
from store.staff.sealing import Seal
from store.staff.sessions import end_sessions
from store.staff.tables import accounts, recovery_codes
from store.staff.tokens import token_hash

#: A code counts for half a minute; clocks that are off by as much are forgiven. Source: RFC 6238, 5.2.
_STEP_SECONDS = 30
_RECOVERY_CODES = 10
#: Stands in the audit log for an address that has no account: it may be a password in the wrong box.
_NOBODY = "no account"
#: Without 0, O, 1 and I, which are read for one another. Ten of them hold 50 bits.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_WRONG_CODE = "The code is wrong, or was used already. Wait for the next one."
_UNREADABLE = (
    "Codes of your app cannot be checked any more, because the secret key of this service has changed. Write "
    "one of your recovery codes, or ask an administrator for a one-time link: it takes the second step away, "
    "and you can add it anew."
)


class Refused(StoreError):
    """Signing in failed. The message is the same whether there is such an account or not."""


class Locked(Refused):
    """So many attempts were wrong that none is taken for a while."""


class WeakPassword(StoreError):
    """The password may not be chosen; the message says why."""


class SigningIn:
    """The ways into the accounts in one database. `now` is aware; `seal` is for the secrets of apps."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], seal: Seal) -> None:
        self._engine = engine
        self._now = now
        self._seal = seal
        self._attempts = Attempts(engine, now)
        self._audit = Audit(engine, now)
        self._links = Links(engine, now)

    def by_password(self, email: str, password: str) -> Account:
        """The active account with that address and password; a second step may follow. Raises Refused.

        A refusal takes as long, and says the same, for accounts that are not there.
        """
        self._begin(email)
        row = self._row(accounts.c.email_key == email_key(email))
        kept = row.password if row is not None else None
        right = passwords.is_right(kept, password[: passwords.MAXIMUM_CHARACTERS + 1])
        if row is None or not right or not row.active:
            self._audit.write(row.email if row is not None else _NOBODY, "sign-in-failed", "password")
            raise Refused("The e-mail address or the password is wrong.")
        if kept is not None and passwords.is_outdated(kept):
            self._set(row.id, password=passwords.hashed(password))
        if row.app_secret is None:
            self._attempts.forget(_name(email))
        return account_of(row)

    def by_code(self, number: int, code: str) -> Account:
        """The account whose password was right just now, by a code of its app or a recovery code.

        Each code is taken once. Raises Refused; where the secret of the app cannot be read, it says so, and
        recovery codes are taken still.
        """
        row = self._known(number)
        self._begin(row.email)
        secret = self._seal.opened(row.app_secret or "")
        typed = "".join(code.split()).upper().replace("-", "")
        if not row.active or not (
            self._use_code(row.id, secret, typed) or self._use_recovery_code(row.id, typed)
        ):
            unreadable = row.app_secret is not None and secret is None
            self._audit.write(row.email, "sign-in-failed", "app cannot be read" if unreadable else "code")
            raise Refused(_UNREADABLE if unreadable else _WRONG_CODE)
        self._attempts.forget(_name(row.email))
        return account_of(row)

    def by_link(self, token: str, password: str) -> Account:
        """Set the password by a one-time link: ends every session, the lock, and the second step.

        Raises WeakPassword (the link can still be used), or Refused where the link is none, used, or too old.
        """
        number = self._links.owner(token)
        row = self._known(number) if number is not None else None
        if row is None or not row.active or row.outside is not None:
            raise Refused("This link was used already, or is too old. Ask an administrator for a new one.")
        _check(password, row)
        if self._links.use(token) != number:
            raise Refused("This link was used already. Ask an administrator for a new one.")
        new = passwords.hashed(password)
        self._set(row.id, password=new, app_secret=None, totp_step=None, end_sessions=True)
        self._attempts.forget(_name(row.email))
        self._audit.write(row.email, "password", row.email, "by a one-time link")
        return account_of(self._known(row.id))

    def change_password(self, number: int, old: str, new: str) -> None:
        """Replace a password by its owner, and end every session. Raises Refused or WeakPassword."""
        row = self._known(number)
        self._begin(row.email)
        if not passwords.is_right(row.password, old):
            raise Refused("The password you have now is another one.")
        _check(new, row)
        self._set(number, password=passwords.hashed(new), end_sessions=True)
        self._attempts.forget(_name(row.email))
        self._audit.write(row.email, "password", row.email)

    def add_totp(self, number: int, secret: str, code: str) -> list[str]:
        """Ask for a second step from now on; gives the recovery codes, to be shown once. Raises Refused."""
        row = self._known(number)
        step = _step(secret, code.replace(" ", ""), self._now())
        if step is None:
            raise Refused("The code does not fit. Wait for the next one, and set the clock of the telephone.")
        codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(_RECOVERY_CODES)]
        self._set(number, app_secret=self._seal.sealed(secret), totp_step=step)
        with self._engine.begin() as connection:
            connection.execute(delete(recovery_codes).where(recovery_codes.c.account == number))
            rows = [{"hash": token_hash(f"{number} {code}"), "account": number} for code in codes]
            connection.execute(insert(recovery_codes), rows)
        self._audit.write(row.email, "second-step", row.email, "on")
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def remove_totp(self, number: int, by: str) -> None:
        """No second step any more, and no recovery codes."""
        row = self._known(number)
        self._set(number, app_secret=None, totp_step=None)
        with self._engine.begin() as connection:
            connection.execute(delete(recovery_codes).where(recovery_codes.c.account == number))
        self._audit.write(by, "second-step", row.email, "off")

    def unlock(self, email: str, by: str) -> None:
        """Forget the wrong attempts at an account."""
        self._attempts.forget(_name(email))
        self._audit.write(by, "unlock", email)

    def is_locked(self, email: str) -> bool:
        """Whether attempts at the account are refused for now."""
        return self._attempts.is_locked(_name(email))

    def _begin(self, email: str) -> None:
        if not self._attempts.begin(_name(email)):
            known = self._row(accounts.c.email_key == email_key(email))
            self._audit.write(known.email if known is not None else _NOBODY, "sign-in-failed", "locked")
            raise Locked(
                "There were too many wrong attempts. Wait a quarter of an hour, or ask an administrator for "
                "a one-time link."
            )

    def _use_code(self, number: int, secret: str | None, code: str) -> bool:
        """Whether `code` is one of the app with `secret`, later than the last one used."""
        step = _step(secret, code, self._now()) if secret else None
        if step is None:
            return False
        newer = or_(accounts.c.totp_step.is_(None), accounts.c.totp_step < step)
        used = update(accounts).where(accounts.c.id == number, newer).values(totp_step=step)
        with self._engine.begin() as connection:
            return connection.execute(used).rowcount > 0

    def _use_recovery_code(self, number: int, code: str) -> bool:
        used = delete(recovery_codes).where(recovery_codes.c.hash == token_hash(f"{number} {code}"))
        with self._engine.begin() as connection:
            return connection.execute(used).rowcount > 0

    def _row(self, condition: Any) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(select(accounts).where(condition)).one_or_none()

    def _known(self, number: int) -> Any:
        row = self._row(accounts.c.id == number)
        if row is None:
            raise Refused("There is no such account.")
        return row

    def _set(self, number: int, *, end_sessions: bool = False, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(accounts).where(accounts.c.id == number).values(values))
            if end_sessions:
                _end(connection, number)


_end = end_sessions


def new_secret() -> str:
    """A secret for an authenticator app, in base 32."""
    return pyotp.random_base32()


def app_address(secret: str, email: str) -> str:
    """What the QR code says to an authenticator app: an otpauth:// address."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Signpost")


def _step(secret: str, code: str, now: datetime) -> int | None:
    """The time step that `code` belongs to: the present one, or one beside it. None: it is wrong."""
    present = int(now.timestamp()) // _STEP_SECONDS
    app = pyotp.TOTP(secret, interval=_STEP_SECONDS)
    for step in (present, present - 1, present + 1):
        if secrets.compare_digest(app.generate_otp(step).encode(), code.encode()):
            return step
    return None


def _check(password: str, row: Any) -> None:
    weakness = passwords.weakness(password, (row.name, row.email))
    if weakness is not None:
        raise WeakPassword(weakness)


def _name(email: str) -> str:
    return f"account {email_key(email)}"
