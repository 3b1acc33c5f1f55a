"""Opening a database: made, brought up to date, or refused; by many at once as by one."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.schema import CreateTable

import store
from store.database import StoreError, metadata, newest, open_engine
from store.feedback import counts, questions
from store.revisions import Store, pointers, revisions
from tests.store.conftest import FILES, NOW

ROOT = Path(__file__).parents[2]


def test_the_migrations_make_the_tables_that_the_code_wants(empty_database_url: str) -> None:
    """A column that is in one and not in the other would be found in production."""
    for module in pkgutil.walk_packages(store.__path__, "store."):
        if not module.name.startswith("store.migrations"):
            import_module(module.name)  # whichever of them has tables
    engine = open_engine(empty_database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_database_from_before_the_migrations_keeps_what_is_in_it(empty_database_url: str) -> None:
    """Its tables are recognised, the missing ones are added."""
    engine = open_engine(empty_database_url)
    with engine.begin() as connection:
        for name in inspect(engine).get_table_names():
            tail = " CASCADE" if engine.dialect.name == "postgresql" else ""
            connection.execute(text(f'DROP TABLE "{name}"{tail}'))
        if tail:
            connection.execute(text("DROP FUNCTION refuse_audit_change"))
        for table in (revisions, pointers, counts, questions):
            connection.execute(CreateTable(table))
    Store(engine, lambda: NOW).publish(FILES, None, "amina", "From before.")
    engine.dispose()
    engine = open_engine(empty_database_url)
    assert Store(engine, lambda: NOW).files(1) == FILES
    assert "audit" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_newer_releases_database_is_left_alone(empty_database_url: str) -> None:
    """An old program on new tables would write nonsense."""
    engine = open_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer release"):
        open_engine(empty_database_url)


def test_many_processes_that_start_at_once_make_one_database(empty_database_url: str) -> None:
    """Each runs no migration or all of them."""
    program = "import sys; from store.database import open_engine; open_engine(sys.argv[1])"
    command = [sys.executable, "-c", program, empty_database_url]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)]
    said = [process.communicate(timeout=60)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    engine = open_engine(empty_database_url)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT version_num FROM alembic_version")).all() == [newest()]
    engine.dispose()
