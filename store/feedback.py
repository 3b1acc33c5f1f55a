"""What residents said of answers, as counts only; and questions that they sent to the council, for a time.

A count knows a topic, a language, an outcome and a day, and nothing of who said it. A question is kept as its
sender saw it, redacted, until its day comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Column, Engine, Integer, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from store.database import metadata, open_engine

_ID, _TAG, _DAY, _WORD = String(64), String(35), String(10), String(16)

counts = Table(
    "feedback",
    metadata,
    Column("day", _DAY, primary_key=True, doc="ISO 8601, in the zone of the clock"),
    Column("topic", _ID, primary_key=True, doc="empty: no topic was in hand"),
    Column("language", _TAG, primary_key=True),
    Column("outcome", _WORD, primary_key=True),
    Column("helpful", String(3), primary_key=True, doc="yes or no"),
    Column("number", Integer, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False, doc="redacted"),
    Column("language", _TAG, nullable=False),
    Column("topic", _ID, nullable=False, doc="empty: no topic was in hand"),
    Column("day", _DAY, nullable=False),
    Column("delete_after", _DAY, nullable=False, index=True, doc="the last day on which it is kept"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """How often an answer was found helpful (or not) on one day."""

    day: str
    topic: str
    language: str
    outcome: str
    helpful: str
    number: int


@dataclass(frozen=True, slots=True)
class SentQuestion:
    """A question sent to the council. `day` and `delete_after` are ISO dates; `topic` may be ""."""

    id: int
    text: str
    language: str
    topic: str
    day: str
    delete_after: str


class Feedback:
    """Counts and questions in one database. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def count(self, topic: str, language: str, outcome: str, helpful: bool) -> None:
        """Add one to the count of today."""
        row = {
            "day": self._today().isoformat(), "topic": topic, "language": language, "outcome": outcome,
            "helpful": "yes" if helpful else "no",
        }  # fmt: skip
        if self._add_one(row):
            return
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(counts).values(**row, number=1))
        except IntegrityError:  # another worker was first
            self._add_one(row)

    def opinions(self) -> list[Opinion]:
        """All counts, the newest day first."""
        order = (counts.c.day.desc(), counts.c.topic, counts.c.language, counts.c.outcome, counts.c.helpful)
        with self._engine.connect() as connection:
            return [Opinion(*row) for row in connection.execute(select(counts).order_by(*order))]

    def keep(self, text: str, language: str, topic: str, days: int) -> None:
        """Keep a redacted question for `days` days. Whatever is past its day is deleted first."""
        self.delete_old()
        today = self._today()
        row = {
            "text": text, "language": language, "topic": topic, "day": today.isoformat(),
            "delete_after": (today + timedelta(days=days)).isoformat(),
        }  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(insert(questions).values(row))

    def sent(self) -> list[SentQuestion]:
        """The questions kept, newest first. Whatever is past its day is deleted first."""
        self.delete_old()
        with self._engine.connect() as connection:
            return [SentQuestion(*row) for row in connection.execute(select(questions).order_by(_newest))]

    def number_sent(self) -> int:
        """How many questions are kept."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(questions)) or 0

    def delete(self, number: int) -> bool:
        """Delete one question; whether there was one."""
        with self._engine.begin() as connection:
            return connection.execute(delete(questions).where(questions.c.id == number)).rowcount > 0

    def delete_old(self) -> int:
        """Delete the questions whose day is past; how many there were."""
        past = questions.c.delete_after < self._today().isoformat()
        with self._engine.begin() as connection:
            return connection.execute(delete(questions).where(past)).rowcount

    def close(self) -> None:
        """Close the connections; the next call opens new ones. Do so before a process forks."""
        self._engine.dispose()

    def _add_one(self, row: dict[str, str]) -> bool:
        """Add one to the count that is there; False where there is none yet."""
        same = [counts.c[name] == value for name, value in row.items()]
        with self._engine.begin() as connection:
            changed = connection.execute(update(counts).where(*same).values(number=counts.c.number + 1))
            return changed.rowcount > 0

    def _today(self) -> date:
        return self._now().date()


_newest = questions.c.id.desc()


def open_feedback(url: str, now: Callable[[], datetime]) -> Feedback:
    """The counts and questions in the database at `url`, what is past its day deleted. Raises StoreError."""
    feedback = Feedback(open_engine(url), now)
    feedback.delete_old()
    return feedback
