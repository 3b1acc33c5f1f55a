"""What was found out once is kept, for every process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.database import open_engine
from store.editing import findings
from store.editing.findings import Findings, key_of
from tests.store.conftest import NOW

Open = Callable[[], Findings]


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Iterator[Open]:
    """Opens the same database again and again, as several processes of one machine would."""
    engines = []

    def open_again() -> Findings:
        engines.append(open_engine(database_url))
        return Findings(engines[-1], lambda: NOW, tmp_path)

    yield open_again
    for engine in engines:
        engine.dispose()


def never() -> bytes:
    raise AssertionError("it is found out again")


def test_what_was_found_is_not_looked_for_again(opened: Open) -> None:
    """By anybody."""
    assert opened().once("checking", "a", lambda: b"found") == b"found"
    assert opened().once("checking", "a", never) == b"found"
    assert opened().has({"a"})
    assert not opened().has({"a", "b"})


def test_of_many_who_look_at_once_one_finds(opened: Open) -> None:
    """The others wait for it: two that play all conversations at once take twice as long."""
    times: list[bytes] = []
    start = threading.Barrier(4)

    def look(own: Findings) -> None:
        start.wait()
        own.once("playing", "a", lambda: times.append(b"found") or b"found")

    threads = [threading.Thread(target=look, args=(opened(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert times == [b"found"]


def test_what_cannot_be_found_is_not_kept(opened: Open) -> None:
    """The next one tries again."""
    with pytest.raises(AssertionError):
        opened().once("checking", "a", never)
    assert opened().once("checking", "a", lambda: b"found") == b"found"


def test_only_the_last_ones_are_kept(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table does not grow without end."""
    monkeypatch.setattr(findings, "_KEPT", 2)
    own = opened()
    for key in ("a", "b", "c", "d"):
        own.once("checking", key, key.encode)
    assert sum(own.has({key}) for key in ("a", "b", "c", "d")) <= 3
    assert own.has({"d"})


def test_a_key_is_of_everything_that_a_finding_rests_on() -> None:
    """What is found, of what, and as of when."""
    files = {"knowledge/a.yaml": b"a: b"}
    keys = [
        key_of("check", files, "2026-11-23"),
        key_of("results", files, "2026-11-23"),
        key_of("check", {**files, "knowledge/c.yaml": b""}, "2026-11-23"),
        key_of("check", files, "2026-11-24"),
    ]
    assert len(set(keys)) == len(keys)
