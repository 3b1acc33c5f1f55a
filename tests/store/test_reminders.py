"""What is due is told by team; what was found of links is kept with since when it is so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from store.database import open_engine
from store.reached import Found, Reached
from store.reminders import links, reviews
from tests.store.conftest import Clock
from tests.web.conftest import knowledge

DUE = date(2027, 5, 1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reached(database_url: str, clock: Clock) -> Iterator[Reached]:
    engine = open_engine(database_url)
    yield Reached(engine, clock)
    engine.dispose()


@pytest.mark.parametrize(
    ("days", "told"), [(-7, []), (-6, [False]), (0, [False]), (1, [True]), (200, [True])]
)
def test_reviews_are_due_within_a_week_and_overdue_after_their_day(days: int, told: list[bool]) -> None:
    found = reviews(knowledge(), DUE + timedelta(days=days))
    assert [each.overdue for each in found.get("", [])] == told


def test_teams_are_told_apart_and_those_without_one_come_last() -> None:
    """Each with its own records, the oldest first."""
    base = knowledge()
    service = base.services["noise-line"]
    base.services.update(  # type: ignore[attr-defined]
        late=service.model_copy(update={"id": "late", "team": "Parks", "review_by": DUE - timedelta(days=9)}),
        parks=service.model_copy(update={"id": "parks", "team": "Parks"}),
    )
    found = reviews(base, DUE)
    assert {team: [each.id for each in due] for team, due in found.items()} == {
        "Parks": ["late", "parks"], "": ["noise-line"],
    }  # fmt: skip


def test_links_are_listed_with_the_records_they_stand_in() -> None:
    """Once for each record, however often it names them; telephone numbers are none."""
    assert {target: [place.id for place in places] for target, places in links(knowledge()).items()} == {
        "https://noise.example.org/": ["noise-line"]
    }


def test_what_was_found_is_kept_with_since_when(reached: Reached, clock: Clock) -> None:
    """The day is that on which the verdict began; what no record names any more is forgotten."""
    first = clock()
    both = {"https://a.example/", "@b.example"}
    reached.record([Found("https://a.example/", "gone", "404"), Found("@b.example", "ok")], both)
    clock.move(days=7)
    reached.record([Found("https://a.example/", "gone", "410")], both)
    gone, ok = (next(each for each in reached.all() if each.verdict == verdict) for verdict in ("gone", "ok"))
    assert (gone.said, gone.since, gone.at) == ("410", first, clock())
    assert (ok.target, ok.at) == ("@b.example", first)
    clock.move(days=7)
    reached.record([Found("https://a.example/", "ok")], {"https://a.example/"})
    assert [(each.target, each.verdict, each.since) for each in reached.all()] == [
        ("https://a.example/", "ok", clock())
    ]
