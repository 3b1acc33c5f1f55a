"""Turns are counted by many workers at once, by kind alone, and for two years."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from store.counts import Kind, TurnCounts, Waiting, hours, months_before, turns
from store.feedback import Feedback
from tests.store.conftest import NOW

TODAY = NOW.date()
ASKED = Kind(TODAY.isoformat(), "noise", "bn", "answer", "", False)


@pytest.fixture
def counts(engine: Engine) -> TurnCounts:
    return TurnCounts(engine, lambda: NOW)


def numbers(counts: TurnCounts) -> dict[Kind, int]:
    """What is counted of all time."""
    return {each.kind: each.number for each in counts.between(date(2000, 1, 1), TODAY)}


def test_a_turn_is_known_by_what_the_notice_of_privacy_says_and_nothing_else() -> None:
    """And its hour stands in a table with the day alone, beside no topic or language."""
    assert [column.name for column in turns.columns] == [*(field.name for field in fields(Kind)), "number"]
    assert {field.name for field in fields(Kind)} == {
        "day", "topic", "language", "outcome", "site", "notice",
    }  # fmt: skip
    assert [column.name for column in hours.columns] == ["day", "hour", "number"]


def test_counts_of_many_writers_add_up(engine: Engine, counts: TurnCounts) -> None:
    """Each writes several kinds at once, in any order, and none is lost."""
    kinds = [Kind(ASKED.day, topic, "en", "answer", "", False) for topic in "abcdef"]

    def write(start: int) -> None:
        turned = kinds[start:] + kinds[:start]
        counts.add(dict.fromkeys(turned, 2), {(ASKED.day, hour): 1 for hour in range(start, start + 3)})

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, [*range(6)] * 4))
    assert numbers(counts) == dict.fromkeys(kinds, 48)
    assert counts.by_hour(TODAY, TODAY) == {0: 4, 1: 8, 2: 12, 3: 12, 4: 12, 5: 12, 6: 8, 7: 4}


def test_what_a_worker_noted_is_written_once(counts: TurnCounts) -> None:
    """A second write has nothing left to write."""
    waiting = Waiting()
    for _ in range(3):
        waiting.note(ASKED, 23)
    assert (waiting.write(counts), waiting.write(counts)) == (True, False)
    assert numbers(counts) == {ASKED: 3}
    assert counts.by_hour(TODAY, TODAY) == {23: 3}


def test_what_could_not_be_written_waits(counts: TurnCounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is away for a moment: nothing is lost, and nothing counted twice."""
    waiting = Waiting()
    waiting.note(ASKED, 9)
    with monkeypatch.context() as away:
        away.setattr(counts, "add", lambda *_: (_ for _ in ()).throw(SQLAlchemyError("away")))
        with pytest.raises(SQLAlchemyError):
            waiting.write(counts)
    waiting.note(ASKED, 9)
    waiting.write(counts)
    assert numbers(counts) == {ASKED: 2}


def test_the_days_asked_for_are_given(counts: TurnCounts) -> None:
    """The first and the last included."""
    for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        counts.add({Kind(day, "", "en", "fallback", "partner", True): 1}, {(day, 4): 1})
    found = counts.between(date(2026, 11, 1), date(2026, 11, 30))
    assert [each.kind.day for each in found] == ["2026-11-01", "2026-11-30"]
    assert counts.by_hour(date(2026, 11, 1), date(2026, 11, 30)) == {4: 2}
    assert counts.first_day() == date(2026, 10, 31)


def test_counts_are_deleted_after_two_years(engine: Engine, counts: TurnCounts) -> None:
    """Turns, hours and opinions alike; the day two years ago is kept."""
    for day in ("2024-11-22", "2024-11-23"):
        counts.add({Kind(day, "", "en", "fallback", "", False): 1}, {(day, 4): 1})
    Feedback(engine, lambda: NOW.replace(year=2024, day=22)).count("noise", "en", "answer", True)
    assert counts.delete_old() == 3
    assert [kind.day for kind in numbers(counts)] == ["2024-11-23"]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2026-11-23", 24, "2024-11-23"), ("2028-02-29", 24, "2026-02-28"), ("2026-03-31", 1, "2026-02-28"),
     ("2026-01-15", 1, "2025-12-15")],
)  # fmt: skip
def test_months_go_back_by_the_calendar(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)
