"""Stores on both databases, each test on a fresh one, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.database import open_engine
from store.revisions import Store, open_store

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FILES = {
    "knowledge/settings.yaml": b"borough: Testham\n",
    "translations/bn/LC_MESSAGES/answers.po": b"\xe0\xa6\xac",
}


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Later by so many minutes, hours and so on."""
        self.at += timedelta(**by)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def opened(database_url: str) -> Iterator[Callable[[], Store]]:
    """Opens the same database again and again, as several processes would."""
    stores: list[Store] = []

    def open_again() -> Store:
        stores.append(open_store(database_url, lambda: NOW))
        return stores[-1]

    yield open_again
    for each in stores:
        each.close()


@pytest.fixture
def store(opened: Callable[[], Store]) -> Store:
    return opened()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A database in a file, for what is about SQLite alone."""
    return f"sqlite:///{tmp_path / 'var' / 'signpost.db'}"
