"""What was learned from the content, in the database, so that no machine has to learn what another one has.

Learning takes seconds; an edit is to be live everywhere in two. So whoever publishes puts what was learned
here first. It is a cache and nothing else: what is missing, old or unreadable is learned anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Column, Engine, Integer, LargeBinary, String, Table, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from store.database import metadata, written

learned = Table(
    "learned",
    metadata,
    Column("key", String(100), primary_key=True, doc="of the code and of what it was learned from"),
    Column("part", Integer, primary_key=True, doc="from 0"),
    Column("at", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

#: Bytes of a row: databases and their drivers like several rows better than a very long one.
_PART = 4 * 1024 * 1024
#: States that are kept: the present one, the one before, and one that is about to be published.
_KEPT = 3


def open_shelf(engine: Engine, now: Callable[[], datetime]) -> Shelf | None:
    """The shelf of a database that several machines share; None for SQLite, whose machine has the folder."""
    return None if engine.dialect.name == "sqlite" else Shelf(engine, now)


class Shelf:
    """What was learned, kept in one database by key. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def has(self, key: str) -> bool:
        """Whether something is kept under `key`."""
        with self._engine.connect() as connection:
            return bool(
                connection.scalar(select(func.count()).select_from(learned).where(learned.c.key == key))
            )

    def get(self, key: str) -> bytes | None:
        """What is kept under `key`; None: nothing, or nothing whole."""
        wanted = select(learned.c.content).where(learned.c.key == key).order_by(learned.c.part)
        with self._engine.connect() as connection:
            parts = connection.scalars(wanted).all()
        try:
            return zlib.decompress(b"".join(parts)) if parts else None
        except zlib.error:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`, all of it or nothing, and forget the oldest."""
        squeezed, at = zlib.compress(content, 1), written(self._now())
        rows = [
            {"key": key, "part": number, "at": at, "content": squeezed[start : start + _PART]}
            for number, start in enumerate(range(0, len(squeezed), _PART))
        ]
        newest = select(learned.c.key).where(learned.c.part == 0).order_by(learned.c.at.desc(), learned.c.key)
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(learned), rows)
                kept = connection.scalars(newest.limit(_KEPT)).all()
                connection.execute(delete(learned).where(learned.c.key.not_in([*kept, key])))
        except IntegrityError:  # another process has put it there meanwhile
            return

    def close(self) -> None:
        """Close the connections; the next call opens new ones. Do so before a process forks."""
        self._engine.dispose()
