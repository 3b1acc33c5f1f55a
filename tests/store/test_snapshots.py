"""Snapshots: the newest content that can be built, swapped whole, the last good one kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from store.content import Files
from store.snapshots import FolderSource, NothingToServe, Snapshots


@dataclass
class Numbered:
    """A source whose revisions hold their own number; those in `broken` cannot be built."""

    now: int | None = 1
    broken: set[int] = field(default_factory=set)
    away: bool = False
    builds: list[int] = field(default_factory=list)

    def current(self) -> int | None:
        if self.away:
            raise ConnectionError("secret address")
        return self.now

    def files(self, number: int, /) -> Files:
        return {"knowledge/number.yaml": str(number).encode()}

    def parent(self, number: int, /) -> int | None:
        return number - 1 or None

    def build(self, files: Files) -> int:
        number = int(files["knowledge/number.yaml"])
        self.builds.append(number)
        if number in self.broken:
            raise ValueError(f"fault in {number}")
        return number


@dataclass
class Clock:
    """Seconds that pass when told to."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def source() -> Numbered:
    return Numbered()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def snapshots(source: Numbered, clock: Clock) -> Snapshots[int]:
    return Snapshots(source, source.build, clock, interval_seconds=2.0)


def test_new_content_is_taken_when_it_is_time_to_look(
    snapshots: Snapshots[int], source: Numbered, clock: Clock
) -> None:
    """Not before two seconds, and then at once."""
    source.now = 2
    clock.seconds = 1.9
    assert snapshots.current() == 1
    clock.seconds = 2.0
    assert snapshots.current() == 2
    assert snapshots.health().problem is None


def test_what_has_not_changed_is_not_built_again(
    snapshots: Snapshots[int], source: Numbered, clock: Clock
) -> None:
    """A look costs one question."""
    for seconds in range(10):
        clock.seconds = seconds
        snapshots.current()
    assert source.builds == [1]


def test_content_that_cannot_be_built_leaves_the_last_good_one(
    snapshots: Snapshots[int], source: Numbered, clock: Clock
) -> None:
    """Residents notice nothing; health says why."""
    source.now, source.broken = 2, {2}
    clock.seconds = 2
    assert snapshots.current() == 1
    health = snapshots.health()
    assert (health.revision, health.wanted) == (1, 2)
    assert "fault in 2" in (health.problem or "")


def test_broken_content_is_tried_once(snapshots: Snapshots[int], source: Numbered, clock: Clock) -> None:
    """Not again every two seconds."""
    source.now, source.broken = 2, {2}
    for seconds in range(2, 20, 2):
        clock.seconds = seconds
        snapshots.current()
    assert source.builds == [1, 2]


def test_mended_content_ends_the_trouble(snapshots: Snapshots[int], source: Numbered, clock: Clock) -> None:
    """The next good revision is taken and health is well."""
    source.now, source.broken = 2, {2}
    clock.seconds = 2
    snapshots.current()
    source.now = 3
    clock.seconds = 4
    assert snapshots.current() == 3
    assert snapshots.health().problem is None


def test_a_source_that_is_away_leaves_the_last_good_one(
    snapshots: Snapshots[int], source: Numbered, clock: Clock
) -> None:
    """Its own words stay out of health, which is public; when it is back, so is the news."""
    source.away = True
    clock.seconds = 2
    assert snapshots.current() == 1
    assert "ConnectionError" in (snapshots.health().problem or "")
    assert "secret" not in (snapshots.health().problem or "")
    source.away, source.now = False, 2
    clock.seconds = 4
    assert snapshots.current() == 2
    assert snapshots.health().problem is None


def test_a_start_falls_back_to_the_last_revision_that_can_be_built(source: Numbered, clock: Clock) -> None:
    """A restart with broken content still answers."""
    source.now, source.broken = 3, {3, 2}
    snapshots = Snapshots(source, source.build, clock)
    assert snapshots.current() == 1
    assert "fault in 3" in (snapshots.health().problem or "")


@pytest.mark.parametrize(("now", "broken"), [(None, set()), (2, {1, 2})])
def test_a_start_with_nothing_to_serve_says_so(
    source: Numbered, clock: Clock, now: int | None, broken: set[int]
) -> None:
    """An empty store, and one in which every revision is broken."""
    source.now, source.broken = now, broken
    with pytest.raises(NothingToServe):
        Snapshots(source, source.build, clock)


def test_others_are_answered_while_one_builds(source: Numbered, clock: Clock) -> None:
    """The new one is built aside; nobody waits for it and nobody builds it twice."""
    building, go_on = threading.Event(), threading.Event()

    def build(files: Files) -> int:
        number = source.build(files)
        if number == 2:
            building.set()
            assert go_on.wait(10)
        return number

    snapshots = Snapshots(source, build, clock)
    source.now = 2
    clock.seconds = 2
    builder = threading.Thread(target=snapshots.current)
    builder.start()
    assert building.wait(10)
    clock.seconds = 4
    assert snapshots.current() == 1
    go_on.set()
    builder.join()
    assert snapshots.current() == 2
    assert source.builds == [1, 2]


def test_a_folder_is_followed_without_a_store(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> None:
    """For development: a file written is content a second later."""
    home = tmp_path_factory.mktemp("home")
    (home / "knowledge").mkdir()
    snapshots = Snapshots(FolderSource(home), sorted, clock, interval_seconds=1.0)
    assert snapshots.current() == []
    (home / "knowledge" / "new.yaml").write_text("new")
    clock.seconds = 1
    assert snapshots.current() == ["knowledge/new.yaml"]
