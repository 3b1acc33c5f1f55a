"""The audit log: who did what, when. It is only ever added to; triggers in the database refuse the rest.

No password, token or word of a resident goes into it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select

from store.database import written
from store.staff.tables import audit

_SUBJECT = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done. `account` is an e-mail address, or "command line"; `at` is in UTC."""

    id: int
    at: datetime
    account: str
    action: str
    subject: str
    detail: str


class Audit:
    """The audit log in one database. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def write(self, account: str, action: str, subject: str, detail: str = "") -> None:
        """Add one entry. `action` is a word, as sign-in, edit, publish; `subject` what it was done to."""
        row = {
            "at": written(self._now()), "account": account[:254], "action": action,
            "subject": subject[:_SUBJECT], "detail": detail,
        }  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(insert(audit).values(row))

    def entries(
        self, limit: int, before: int | None = None, account: str | None = None, action: str | None = None
    ) -> list[Entry]:
        """The last `limit` entries, newest first: those before an id, of one account, of one action."""
        wanted = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(audit.c.id < before)
        if account:
            wanted = wanted.where(audit.c.account == account)
        if action:
            wanted = wanted.where(audit.c.action == action)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [
            Entry(row.id, datetime.fromisoformat(row.at), row.account, row.action, row.subject, row.detail)
            for row in rows
        ]

    def actions(self) -> list[str]:
        """Every action that occurs, in the order of the alphabet."""
        with self._engine.connect() as connection:
            return list(connection.scalars(select(audit.c.action).distinct().order_by(audit.c.action)))
