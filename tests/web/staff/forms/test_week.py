"""Opening hours as the grid of a week: what is shown is what is kept."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.notation import is_open_by
from tests.web.staff.editing import FILES
from web.staff.forms.week import EMPTY, Span, Week, cells_of, hours_of, spans_from, time_of, week_of

PROJECT = Path(__file__).parents[4]
#: Days around Christmas, with bank holidays on a Friday and a Monday.
FIRST = datetime(2026, 12, 21)
HOURS = st.integers(0, 23).map(lambda hour: f"{hour:02}:00")
SPANS = st.lists(st.tuples(HOURS, HOURS), max_size=1).map(tuple)


def agrees(one: str, other: str) -> bool:
    """Whether two notations are open at the same quarters of an hour of three weeks."""
    moments = (FIRST + timedelta(minutes=15 * step) for step in range(4 * 24 * 21))
    return all(is_open_by(one, moment) == is_open_by(other, moment) for moment in moments)


def all_hours() -> list[str]:
    """Every opening hours of the knowledge base that came with the release, and of the small one."""
    shipped = (path.read_text("utf-8") for path in (PROJECT / "knowledge" / "services").glob("*.yaml"))
    small = (content.decode() for name, content in FILES.items() if "/services/" in name)
    found = (re.findall(r"^ +hours: (.*)$", text, re.MULTILINE) for text in (*shipped, *small))
    return sorted({hours.strip("\"'") for each in found for hours in each})


@pytest.mark.parametrize("hours", all_hours())
def test_all_hours_of_the_knowledge_base_come_back_from_the_grid(hours: str) -> None:
    """Open at the same times, bank holidays included."""
    week = week_of(hours)
    assert week is not None
    assert agrees(hours_of(week), hours)


@pytest.mark.parametrize(
    "hours",
    ["Mo-Fr 09:00-17:00; Dec 24 off", 'Mo-Fr 09:00-17:00 "by appointment"',
     "Mo 08:00-09:00,10:00-11:00,12:00-13:00", "Jan-Mar Mo 10:00-12:00", "Mo[1] 10:00-12:00",
     "week 1-26 Mo 10:00-12:00"],
)  # fmt: skip
def test_what_no_grid_can_show_is_said_so(hours: str) -> None:
    """It stays as the text that it is."""
    assert week_of(hours) is None


@pytest.mark.parametrize(
    ("days", "holidays", "hours"),
    [
        ({0: (("09:00", "17:00"),), 1: (("09:00", "17:00"),)}, None, "Mo,Tu 09:00-17:00"),
        ({day: (("09:00", "00:00"),) for day in range(5)}, (), "Mo-Fr 09:00-24:00; PH off"),
        ({5: (("10:00", "12:00"), ("13:00", "15:00"))}, (("10:00", "11:00"),),
         "Sa 10:00-12:00,13:00-15:00; PH 10:00-11:00"),
        ({5: (("10:00", "12:00"),), 6: (("10:00", "12:00"),), 0: (("09:00", "17:00"),)},
         (("10:00", "12:00"),), "Mo 09:00-17:00; Sa-Su,PH 10:00-12:00"),
        ({day: (("00:00", "00:00"),) for day in range(7)}, None, "24/7"),
    ],
)  # fmt: skip
def test_a_grid_is_written_as_staff_would_write_it(
    days: dict[int, tuple[Span, ...]], holidays: tuple[Span, ...] | None, hours: str
) -> None:
    """Days together that have the same hours, holidays last."""
    week = Week(tuple(days.get(day, ()) for day in range(7)), holidays)
    assert hours_of(week) == hours
    assert week_of(hours) == week


@given(st.tuples(*[SPANS] * 7).filter(any), st.one_of(st.none(), SPANS))
def test_any_grid_comes_back(days: tuple[tuple[Span, ...], ...], holidays: tuple[Span, ...] | None) -> None:
    """Whatever is typed into it."""
    week = Week(days, holidays)
    again = week_of(hours_of(week))
    assert again is not None
    assert again.days == week.days
    whole = hours_of(week) == "24/7"
    assert whole or again.holidays == week.holidays


def test_a_grid_without_hours_is_refused() -> None:
    """A service that is never open has no hours to give."""
    with pytest.raises(ValueError, match="never be open"):
        hours_of(Week(EMPTY.days, ()))


@pytest.mark.parametrize(
    ("typed", "time"), [("9:00", "09:00"), ("0900", "09:00"), ("17.30", "17:30"), (" 24:00 ", "00:00")]
)
def test_times_are_taken_as_people_type_them(typed: str, time: str) -> None:
    """And kept in one form."""
    assert time_of(typed) == time


@pytest.mark.parametrize("typed", ["late", "25:00", "24:30", "9", "12:60"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="09:00 or 17:30"):
        time_of(typed)


def test_boxes_hold_what_the_grid_says() -> None:
    """And give it back."""
    week = Week(((("09:00", "12:00"), ("13:00", "17:00")), *((),) * 6), (("10:00", "11:00"),))
    cells = cells_of(week)
    assert spans_from(cells, 0) == week.days[0]
    assert spans_from(cells, 7) == week.holidays
    with pytest.raises(ValueError, match="Monday has one time without the other"):
        spans_from({**cells, "0-1-to": ""}, 0)
