"""The database of an installation: opened, and brought up to date before anything reads or writes it.

SQLite in one file by default, PostgreSQL by URL; the same SQLAlchemy Core speaks to both.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

#: How long a writer waits for another one before it gives up.
BUSY_TIMEOUT_SECONDS = 10

#: Every table of the store. The names of constraints are made here, so that a migration can refer to them.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

_MIGRATIONS = Path(__file__).parent / "migrations"
#: The name of our lock among PostgreSQL's advisory locks: any number that nobody else takes.
_MIGRATING = 7_401_966
_ATTEMPTS = 5
#: Alembic keeps the migration in hand in a global variable: one thread of a process at a time.
_migrating = threading.Lock()


class StoreError(Exception):
    """The store refused something; the message says why, for staff."""


def open_engine(url: str) -> Engine:
    """The database at the SQLAlchemy URL `url`, with every table of ours as this release wants it.

    Any number of processes may open a new or an old database at once: one brings it up to date, and the
    others wait. Raises StoreError where there is no such database, no driver for it, or a newer release's.
    """
    try:
        engine = _engine(make_url(url))
        try:
            _bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise StoreError(
            f"The database cannot be opened ({str(error).splitlines()[0]}): look at SIGNPOST_DATABASE_URL."
        ) from error
    return engine


def written(moment: datetime) -> str:
    """How a moment stands in the database: UTC, ISO 8601, to the second, so that text sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def migrations() -> Config:
    """Where Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


@cache
def newest() -> str:
    """The id of the last migration."""
    head = ScriptDirectory.from_config(migrations()).get_current_head()
    return head or ""


def _bring_up_to_date(engine: Engine) -> None:
    for attempt in range(_ATTEMPTS):
        try:
            with engine.connect() as connection:
                if _state(connection) == newest():
                    return
            with _migrating, engine.connect() as connection:
                _migrate(connection)
        except OperationalError:  # SQLite does not wait where several switch a new file to WAL at once
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return


def _migrate(connection: Connection) -> None:
    """Run what is missing in one transaction, which only one process can be in."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
    state = _state(connection)
    known = {script.revision for script in ScriptDirectory.from_config(migrations()).walk_revisions()}
    if state is not None and state not in known:
        raise StoreError(
            f"A newer release of Signpost has brought the database to state {state}, which this one does not "
            "know: install the newer release, or restore the copy of the database made before it."
        )
    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def _state(connection: Connection) -> str | None:
    """The id of the last migration that was run; None: none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def _engine(address: URL) -> Engine:
    if address.get_backend_name() != "sqlite":
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_TIMEOUT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers go on while one writes, references are checked, and what is deleted is overwritten.

    SQLite does none of it unless told, and of the last it depends on who has built it.
    """
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
