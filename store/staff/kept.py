"""Forms that came after a session had ended: kept for an hour, and offered again to whoever typed them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, delete, false, insert, or_, select

from store.database import written
from store.staff.accounts import email_key
from store.staff.tables import kept_forms
from store.staff.tokens import token_hash

KEPT_HOURS = 1


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed: names and values in their order, and the path that it was sent to."""

    id: int
    path: str
    fields: tuple[tuple[str, str], ...]


class KeptForms:
    """The kept forms in one database. `now` is aware.

    A form belongs to an account (`email`), or, where its session was not known any more, to the browser
    that holds the token `browser`.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def keep(self, email: str, browser: str, path: str, fields: Iterable[tuple[str, str]]) -> None:
        """Keep a form; those whose hour is past are deleted."""
        row = {
            "email_key": email_key(email), "browser": token_hash(browser) if browser else "", "path": path,
            "fields": json.dumps(list(fields), ensure_ascii=False),
            "ends": written(self._now() + timedelta(hours=KEPT_HOURS)),
        }  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(delete(kept_forms).where(kept_forms.c.ends <= written(self._now())))
            connection.execute(insert(kept_forms).values(row))

    def of(self, email: str, browser: str) -> list[KeptForm]:
        """The forms of an account, and of a browser, the newest first."""
        wanted = select(kept_forms).where(*self._own(email, browser)).order_by(kept_forms.c.id.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [KeptForm(row.id, row.path, _fields(row.fields)) for row in rows]

    def get(self, number: int, email: str, browser: str) -> KeptForm | None:
        """One of them; None: there is none such, or it is somebody else's."""
        return next((form for form in self.of(email, browser) if form.id == number), None)

    def drop(self, number: int, email: str, browser: str) -> None:
        """Delete one of them."""
        with self._engine.begin() as connection:
            own = self._own(email, browser)
            connection.execute(delete(kept_forms).where(kept_forms.c.id == number, *own))

    def _own(self, email: str, browser: str) -> tuple[ColumnElement[bool], ...]:
        nobodys = and_(kept_forms.c.email_key == "", kept_forms.c.browser == token_hash(browser))
        owner = or_(kept_forms.c.email_key == email_key(email), nobodys if browser else false())
        return owner, kept_forms.c.ends > written(self._now())


def _fields(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(text))
