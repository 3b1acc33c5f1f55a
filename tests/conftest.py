"""What tests of several rooms need: a fresh database of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from store.database import open_engine
from tests.store import databases

KINDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL server, started when the first test asks for it."""
    with databases.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: URL) -> Iterator[str]:
    """A database that is up to date, to be copied."""
    with databases.postgres_database(postgres_server) as url:
        open_engine(url).dispose()
        yield url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database of each kind: a test that takes it runs on both."""
    if request.param == "sqlite":
        yield _file(tmp_path)
        return
    server, template = (
        request.getfixturevalue("postgres_server"),
        request.getfixturevalue("postgres_template"),
    )
    with databases.postgres_database(server, template) as url:
        yield url


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As `database_url`, but no migration has been run."""
    if request.param == "sqlite":
        yield _file(tmp_path)
        return
    with databases.postgres_database(request.getfixturevalue("postgres_server")) as url:
        yield url


def _file(folder: Path) -> str:
    return f"sqlite:///{folder / 'var' / 'signpost.db'}"
