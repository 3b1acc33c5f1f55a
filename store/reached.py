"""Whether the links and mail domains of the content could be reached, when that was last tried."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, Engine, String, Table, delete, insert, select

from store.database import metadata, written

#: ok: it is there. gone: it is not. unsure: somebody answered, and would not say.
Verdict = Literal["ok", "gone", "unsure"]

_SAID, _TARGET = 300, 500

reached = Table(
    "reached",
    metadata,
    Column("target", String(_TARGET), primary_key=True, doc="a link, or a mail domain after an @"),
    Column("verdict", String(16), nullable=False),
    Column("said", String(_SAID), nullable=False, doc="why, in words for staff; empty: ok"),
    Column("at", String(32), nullable=False, doc="UTC, ISO 8601"),
    Column("since", String(32), nullable=False, doc="since when the verdict is the same"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one link, or of one mail domain, which is written after an @."""

    target: str
    verdict: Verdict
    said: str = ""


@dataclass(frozen=True, slots=True)
class Tried(Found):
    """The same, with when it was tried last, and since when it has been like that. UTC."""

    at: datetime = datetime.min
    since: datetime = datetime.min


class Reached:
    """What was found, in one database. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def record(self, found: Iterable[Found], targets: Collection[str]) -> None:
        """Keep what was found now, and forget what is none of `targets` any more."""
        now, before = written(self._now()), {each.target: each for each in self.all()}
        rows = []
        for each in found:
            old = before.get(each.target)
            same = old is not None and old.verdict == each.verdict
            rows.append(
                {
                    "target": each.target[:_TARGET], "verdict": each.verdict, "said": each.said[:_SAID],
                    "at": now, "since": written(old.since) if old and same else now,
                }
            )  # fmt: skip
        gone = [target for target in before if target not in targets]
        with self._engine.begin() as connection:
            for target in [*gone, *(row["target"] for row in rows)]:
                connection.execute(delete(reached).where(reached.c.target == target))
            if rows:
                connection.execute(insert(reached), rows)

    def all(self) -> list[Tried]:
        """Everything that was tried, what is gone for longest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(reached).order_by(reached.c.since, reached.c.target)).all()
        return [
            Tried(row.target, row.verdict, row.said, *map(datetime.fromisoformat, (row.at, row.since)))
            for row in rows
        ]
