"""Revisions: immutable, in order, one current; two publishers never both win."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from store import database, revisions
from store.content import digest
from store.database import StoreError
from store.revisions import Outdated, Store, UnknownRevision, open_store
from tests.store.conftest import FILES, NOW


def test_an_empty_store_has_no_current_revision(store: Store) -> None:
    """Nothing is there until something is published."""
    assert (store.current(), store.history()) == (None, [])


def test_what_is_published_is_current_and_comes_back_byte_for_byte(store: Store) -> None:
    """One publication, with what is recorded of it."""
    number = store.publish(FILES, None, "amina", "First.")
    assert store.current() == number
    assert store.files(number) == FILES
    recorded = store.revision(number)
    assert (recorded.parent, recorded.author, recorded.at, recorded.message) == (None, "amina", NOW, "First.")
    assert recorded.digest == digest(FILES)


def test_the_history_is_newest_first_and_old_revisions_stay(store: Store) -> None:
    """An edit adds; it changes nothing that was."""
    first = store.publish(FILES, None, "amina", "First.")
    second = store.publish({}, first, "ben", "Second.")
    assert [revision.id for revision in store.history()] == [second, first]
    assert store.files(first) == FILES
    assert store.files(second) == {}
    assert store.parent(second) == first


@pytest.mark.parametrize("parent", [None, 1, 77])
def test_only_a_child_of_the_current_revision_is_published(store: Store, parent: int | None) -> None:
    """No parent, an old parent and an unknown parent are refused, and nothing is written."""
    first = store.publish(FILES, None, "amina", "First.")
    second = store.publish(FILES, first, "amina", "Second.")
    with pytest.raises(Outdated) as caught:
        store.publish({}, parent, "ben", "Too late.")
    assert (caught.value.parent, caught.value.current) == (parent, second)
    assert [revision.id for revision in store.history()] == [second, first]


def test_an_unknown_revision_is_said_to_be_one(store: Store) -> None:
    """Reading a revision that is not there."""
    for read in (store.files, store.revision, store.parent):
        with pytest.raises(UnknownRevision):
            read(5)


def test_another_process_sees_the_same(opened: Callable[[], Store]) -> None:
    """What one store publishes, another one on the same database serves."""
    number = opened().publish(FILES, None, "amina", "First.")
    assert opened().files(number) == FILES


def test_of_many_who_publish_at_once_one_wins(opened: Callable[[], Store]) -> None:
    """Eight stores, one parent: one new revision, seven clear refusals."""
    first = opened().publish(FILES, None, "amina", "First.")
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def publish(store: Store, author: str) -> None:
        start.wait()
        try:
            store.publish({"knowledge/by.yaml": author.encode()}, first, author, "Mine.")
            outcomes.append(author)
        except Outdated:
            outcomes.append("outdated")

    threads = [threading.Thread(target=publish, args=(opened(), f"author-{number}")) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [outcome for outcome in outcomes if outcome != "outdated"]
    store = opened()
    assert (len(outcomes), len(winners)) == (8, 1)
    assert store.files(store.current() or 0) == {"knowledge/by.yaml": winners[0].encode()}
    assert len(store.history()) == 2


def test_a_publication_that_dies_in_the_middle_leaves_nothing(
    store: Store, opened: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The revision and the pointer are written in one transaction."""
    first = store.publish(FILES, None, "amina", "First.")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(revisions, "_move", die)
    with pytest.raises(KeyboardInterrupt):
        store.publish({}, first, "ben", "Never.")
    assert opened().current() == first
    assert [revision.id for revision in opened().history()] == [first]


@pytest.mark.parametrize(
    "url", ["nonsense", "nosuch://x/y", "sqlite:////dev/null/x.db", "postgresql+nosuchdriver://localhost/x"]
)
def test_a_database_that_cannot_be_opened_is_named_by_its_setting(url: str) -> None:
    """Whoever runs the service knows where to look."""
    with pytest.raises(StoreError, match="SIGNPOST_DATABASE_URL"):
        open_store(url, lambda: NOW)


def test_many_who_open_a_new_database_at_once_all_can(empty_database_url: str) -> None:
    """Workers and machines that start together."""
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda url: open_store(url, lambda: NOW), [empty_database_url] * 8))
    assert {store.current() for store in stores} == {None}
    for store in stores:
        store.close()


@pytest.fixture
def file(sqlite_url: str) -> Iterator[Store]:
    """A store in a file, where there is one writer at a time."""
    store = open_store(sqlite_url, lambda: NOW)
    yield store
    store.close()


@contextmanager
def writing(url: str, how: str) -> Iterator[None]:
    """Somebody else's transaction, which stays open."""
    writer = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    writer.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        writer.execute("ROLLBACK")
        writer.close()


def test_readers_go_on_while_somebody_writes(file: Store, sqlite_url: str) -> None:
    """The current revision can be read through another's open transaction."""
    first = file.publish(FILES, None, "amina", "First.")
    with writing(sqlite_url, "EXCLUSIVE"):
        assert file.current() == first
        assert file.files(first) == FILES


def test_a_writer_waits_for_another_and_then_says_so(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that stays locked is an error of its own, not a lost edit."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0)
    store = open_store(sqlite_url, lambda: NOW)
    with writing(sqlite_url, "IMMEDIATE"), pytest.raises(OperationalError):
        store.publish(FILES, None, "amina", "First.")
    assert store.current() is None
    store.close()
