"""Stores on both databases, each test on a fresh one, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.revisions import Store, open_store

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FILES = {
    "knowledge/settings.yaml": b"borough: Testham\n",
    "translations/bn/LC_MESSAGES/answers.po": b"\xe0\xa6\xac",
}


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
