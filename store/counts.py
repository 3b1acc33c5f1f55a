"""How many turns there were: by day, topic, language, outcome, site, and whether a safety notice was shown.

No message, address or identifier. The hour is counted apart from all the rest, so that nothing tells at what
time of the day somebody asked about what. Figures leave this house only as `store.small_numbers` gives them.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Engine, Integer, String, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from store.database import metadata
from store.feedback import counts as opinions

#: After so many months a count is deleted: two of each season can be compared.
KEPT_MONTHS = 24
#: Kinds of turns that wait to be written, at most; a database that is away for long costs counts, not memory.
_MOST_WAITING = 20_000

_DAY = String(10)

turns = Table(
    "turns",
    metadata,
    Column("day", _DAY, primary_key=True, doc="ISO 8601, by London's clocks"),
    Column("topic", String(64), primary_key=True, doc="empty: no topic was in hand"),
    Column("language", String(35), primary_key=True, doc="of the reply"),
    Column("outcome", String(16), primary_key=True),
    Column("site", String(64), primary_key=True, doc="empty: our own page"),
    Column("notice", Boolean, primary_key=True, doc="whether a safety notice was shown"),
    Column("number", Integer, nullable=False),
)

hours = Table(
    "turn_hours",
    metadata,
    Column("day", _DAY, primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False, doc="0 to 23, by London's clocks"),
    Column("number", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a turn. `day` is ISO 8601; `topic` and `site` are empty where there is none."""

    day: str
    topic: str
    language: str
    outcome: str
    site: str
    notice: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """Turns of one kind."""

    kind: Kind
    number: int


class TurnCounts:
    """The counts in one database. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def add(self, kinds: Mapping[Kind, int], by_hour: Mapping[tuple[str, int], int]) -> None:
        """Add to the counts, all in one transaction; any number of processes may do so at once."""
        # In one order everywhere: two writers then wait for each other, and never both.
        kind_rows = [(*astuple(kind), number) for kind, number in kinds.items()]
        hour_rows = [(*hour, number) for hour, number in by_hour.items()]
        with self._engine.begin() as connection:
            for table, rows in ((turns, kind_rows), (hours, hour_rows)):
                if rows:
                    connection.execute(self._adding(table), _named(table, sorted(rows)))

    def between(self, first: date, last: date) -> list[Counted]:
        """The turns of the days from `first` to `last`, both included."""
        wanted = select(turns).where(turns.c.day.between(first.isoformat(), last.isoformat()))
        with self._engine.connect() as connection:
            return [Counted(Kind(*row[:6]), row.number) for row in connection.execute(wanted)]

    def by_hour(self, first: date, last: date) -> dict[int, int]:
        """Hour of the day -> turns, over the days from `first` to `last`; hours without any are left out."""
        within = hours.c.day.between(first.isoformat(), last.isoformat())
        wanted = select(hours.c.hour, func.sum(hours.c.number)).where(within).group_by(hours.c.hour)
        with self._engine.connect() as connection:
            return {hour: int(number) for hour, number in connection.execute(wanted)}

    def first_day(self) -> date | None:
        """The first day of which there is a count; None: there is none yet."""
        with self._engine.connect() as connection:
            found = connection.scalar(select(func.min(turns.c.day)))
        return date.fromisoformat(found) if found else None

    def delete_old(self) -> int:
        """Delete the counts, and the opinions counted, that are older than `KEPT_MONTHS`; how many rows."""
        last = months_before(self._now().date(), KEPT_MONTHS).isoformat()
        with self._engine.begin() as connection:
            return sum(
                connection.execute(delete(table).where(table.c.day < last)).rowcount
                for table in (turns, hours, opinions)
            )

    def _adding(self, table: Table) -> Any:
        """The statement that adds to a row, or makes it."""
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        row = insert(table)
        total = table.c.number + row.excluded.number
        return row.on_conflict_do_update(index_elements=list(table.primary_key), set_={"number": total})


class Waiting:
    """Turns that were counted in this process, and wait to be written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kinds: Counter[Kind] = Counter()
        self._hours: Counter[tuple[str, int]] = Counter()

    def note(self, kind: Kind, hour: int) -> None:
        """Count one turn. It takes a microsecond, and never waits for a database."""
        with self._lock:
            if kind in self._kinds or len(self._kinds) < _MOST_WAITING:
                self._kinds[kind] += 1
                self._hours[kind.day, hour] += 1

    def write(self, counts: TurnCounts) -> bool:
        """Write what waits; whether there was anything. What could not be written goes on waiting; raises."""
        with self._lock:
            kinds, by_hour = self._kinds, self._hours
            self._kinds, self._hours = Counter(), Counter()
        if not kinds:
            return False
        try:
            counts.add(kinds, by_hour)
        except BaseException:
            with self._lock:
                self._kinds.update(kinds)
                self._hours.update(by_hour)
            raise
        return True


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months before, or that month's last day."""
    whole = day.year * 12 + day.month - 1 - months
    for last in (day.day, 30, 29, 28):
        try:
            return date(whole // 12, whole % 12 + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no day of the month {whole}")


def _named(table: Table, rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in rows]
