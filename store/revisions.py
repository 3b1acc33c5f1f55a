"""Revisions of the whole content: immutable, each with its parent, and one pointer to the current one.

SQLAlchemy Core, so that SQLite in one file and PostgreSQL take the same path.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from store.content import Files, digest, pack, unpack
from store.database import StoreError, metadata, open_engine, written

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("parent", ForeignKey("revisions.id")),
    Column("author", String(200), nullable=False),
    Column("at", String(32), nullable=False, doc="UTC, ISO 8601"),
    Column("message", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("files", LargeBinary, nullable=False, doc="see store.content.pack"),
    sqlite_autoincrement=True,
)

pointers = Table(
    "pointers",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("revision", ForeignKey("revisions.id"), nullable=False),
)

_CURRENT = "current"

#: What else is written in the transaction of a publication, given the new revision's number.
Also = Callable[[Connection, int], None]


class Outdated(StoreError):
    """The revision that an edit began from is not the current one any more; `current` is."""

    def __init__(self, parent: int | None, current: int | None) -> None:
        super().__init__(
            f"The edit began from revision {parent or 'none'}, and the current one is {current or 'none'}: "
            "somebody else has published in between. Nothing was written."
        )
        self.parent = parent
        self.current = current


class UnknownRevision(StoreError, LookupError):
    """There is no revision of that number."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What is recorded of a revision beside its files. `at` is in UTC; `parent` is None for the first."""

    id: int
    parent: int | None
    author: str
    at: datetime
    message: str
    digest: str


class Store:
    """The revisions in one database. `now` gives the time of a publication, aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def current(self) -> int | None:
        """The number of the current revision; None while nothing has been published."""
        with self._engine.connect() as connection:
            return _current(connection)

    def revision(self, number: int) -> Revision:
        """What is recorded of revision `number`. Raises UnknownRevision."""
        with self._engine.connect() as connection:
            row = connection.execute(_recorded.where(revisions.c.id == number)).one_or_none()
        if row is None:
            raise UnknownRevision(f"There is no revision {number}.")
        return _revision(row)

    def parent(self, number: int) -> int | None:
        """The revision that `number` was made from; None for the first. Raises UnknownRevision."""
        return self.revision(number).parent

    def files(self, number: int) -> dict[str, bytes]:
        """The files of revision `number`, byte for byte as published. Raises UnknownRevision."""
        with self._engine.connect() as connection:
            packed = connection.scalar(select(revisions.c.files).where(revisions.c.id == number))
        if packed is None:
            raise UnknownRevision(f"There is no revision {number}.")
        return unpack(packed)

    def history(self, limit: int = 100) -> list[Revision]:
        """What is recorded of the last `limit` revisions, newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(_recorded.order_by(revisions.c.id.desc()).limit(limit)).all()
        return [_revision(row) for row in rows]

    def publish(
        self, files: Files, parent: int | None, author: str, message: str, also: Also | None = None
    ) -> int:
        """Write `files` as the next revision, make it the current one, and give its number.

        Both happen in one transaction or not at all, with what `also` does on its connection. Raises
        Outdated, and writes nothing, where `parent` is not the current revision (None: the store is empty).
        """
        values = {
            "parent": parent,
            "author": author,
            "at": written(self._now()),
            "message": message,
            "digest": digest(files),
            "files": pack(files),
        }
        try:
            with self._engine.begin() as connection:
                added = insert(revisions).values(values).returning(revisions.c.id)
                number: int = connection.execute(added).scalar_one()
                _move(connection, parent, number)
                if also is not None:
                    also(connection, number)
        except IntegrityError as error:  # no such parent, or a first revision where there is one
            raise Outdated(parent, self.current()) from error
        return number

    def close(self) -> None:
        """Close the connections; the next call opens new ones. Do so before a process forks."""
        self._engine.dispose()


_recorded = select(
    revisions.c.id,
    revisions.c.parent,
    revisions.c.author,
    revisions.c.at,
    revisions.c.message,
    revisions.c.digest,
)


def open_store(url: str, now: Callable[[], datetime]) -> Store:
    """The store in the database at the SQLAlchemy URL `url`, its tables made where they are missing.

    Raises StoreError where there is no such database, or no driver for it.
    """
    return Store(open_engine(url), now)


def _current(connection: Connection) -> int | None:
    number: int | None = connection.scalar(select(pointers.c.revision).where(pointers.c.name == _CURRENT))
    return number


def _move(connection: Connection, parent: int | None, number: int) -> None:
    """Point at `number` if `parent` is still the current revision; Outdated or IntegrityError otherwise."""
    if parent is None:
        connection.execute(insert(pointers).values(name=_CURRENT, revision=number))
        return
    still_parent = (pointers.c.name == _CURRENT) & (pointers.c.revision == parent)
    moved = connection.execute(update(pointers).where(still_parent).values(revision=number))
    if moved.rowcount != 1:
        raise Outdated(parent, _current(connection))


def _revision(row: Row[*tuple[Any, ...]]) -> Revision:
    return Revision(row.id, row.parent, row.author, datetime.fromisoformat(row.at), row.message, row.digest)
