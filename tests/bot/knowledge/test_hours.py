"""Opening hours: bank holidays, clock changes, nights, and a slow clock to compare with."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.hours import HORIZON, LONDON, Row, Schedule, check_hours, weekly

#: No limit of time for one example: the machine may be busy.
UNHURRIED = settings(deadline=None)

OFFICE = "Mo-Fr 09:00-17:00; PH off"
NIGHT = "Th-Su 20:00-03:30"


def london(text: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


@pytest.mark.parametrize(
    "day",
    [
        "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25",
        "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04",
        "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26",
        "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28",
        "2028-01-03", "2028-04-14", "2028-04-17", "2028-05-01", "2028-05-29", "2028-08-28",
        "2028-12-25", "2028-12-26",
    ],
)  # fmt: skip
def test_an_office_is_closed_on_each_bank_holiday_of_england(day: str) -> None:
    assert dt.date.fromisoformat(day).weekday() < 5
    assert Schedule(OFFICE).is_open(london(f"{day} 11:00")) is False
    assert Schedule("Mo-Fr 09:00-17:00").is_open(london(f"{day} 11:00")) is True


@pytest.mark.parametrize(
    "day",
    ["2026-01-02", "2026-03-17", "2026-07-13", "2026-08-03", "2026-11-30", "2026-12-24", "2026-12-29"],
)
def test_an_office_is_open_on_the_days_that_are_holidays_elsewhere_or_only_nearly(day: str) -> None:
    assert Schedule(OFFICE).is_open(london(f"{day} 11:00")) is True


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        (OFFICE, "2026-11-23 08:59", False),
        (OFFICE, "2026-11-23 09:00", True),
        (OFFICE, "2026-11-23 16:59", True),
        (OFFICE, "2026-11-23 17:00", False),
        (OFFICE, "2026-11-22 12:00", False),
        (NIGHT, "2026-11-27 02:00", True),
        (NIGHT, "2026-11-27 03:30", False),
        (NIGHT, "2026-11-23 03:29", True),
        (NIGHT, "2026-11-24 02:00", False),
        # a night belongs to the day on which it begins
        ("Mo-Th 22:00-02:00; Fr 22:00-04:00", "2026-11-27 01:59", True),
        ("Mo-Th 22:00-02:00; Fr 22:00-04:00", "2026-11-27 02:00", False),
        ("Mo-Th 22:00-02:00; Fr 22:00-04:00", "2026-11-28 03:59", True),
        ("Fr 22:00-04:00; Sa off", "2026-11-28 03:00", True),
        ("Mo-Fr 22:00-26:00; PH off", "2026-12-25 01:00", True),
        ("Mo-Fr 22:00-26:00; PH off", "2026-12-25 23:00", False),
        ("Mo-Fr 22:00-26:00; PH off", "2026-12-26 01:00", False),
        ("Mo-Fr 22:00-26:00; PH off", "2026-12-29 01:00", False),
        ("Mo-Fr 09:00-12:00,22:00-02:00; Sa 10:00-12:00", "2026-11-28 01:00", True),
        ("Mo-Fr 09:00-12:00,22:00-02:00; Sa 10:00-12:00", "2026-11-29 01:00", False),
        ("Mo-Fr 22:00-02:00; Fr 09:00-12:00", "2026-11-28 01:00", False),
        ("Mo-Fr 22:00-02:00, Fr 09:00-12:00", "2026-11-28 01:00", True),
        ("Mo-Su 18:00-00:00", "2026-11-24 00:00", False),
        ("Mo 12:00-12:00", "2026-11-24 11:59", True),
        ("Mo-Fr 22:00-02:00; We open; PH off", "2026-11-26 01:00", False),
        ("24/7", "2026-12-25 03:00", True),
        ("24/7; PH off", "2026-12-25 03:00", False),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-12-25 11:00", True),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-12-26 11:00", True),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-12-25 13:00", False),
        ("Mo-Fr,PH 09:00-17:00", "2026-12-26 11:00", True),
        ("Mo-Fr 09:00-17:00; Dec 24 09:00-12:00; PH off", "2026-12-24 13:00", False),
        ('Mo-Fr 09:00-17:00 "by appointment"', "2026-11-23 10:00", None),
        ('Mo-Fr 09:00-17:00 "by appointment"', "2026-11-23 20:00", False),
        ('"by appointment"', "2026-11-23 20:00", None),
        ("Mo-Fr 09:00-17:00 unknown", "2026-11-23 10:00", None),
        ('Mo-Fr 09:00-17:00; PH off "bank holidays"', "2026-12-25 10:00", False),
    ],
)  # fmt: skip
def test_whether_it_is_open(hours: str, at: str, expected: bool | None) -> None:
    assert Schedule(hours).is_open(london(at)) is expected


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        (OFFICE, "2026-11-23 08:00", "2026-11-23 09:00"),
        (OFFICE, "2026-11-23 12:00:30", "2026-11-23 12:00"),
        (OFFICE, "2026-11-20 17:00", "2026-11-23 09:00"),
        (OFFICE, "2026-12-24 17:00", "2026-12-29 09:00"),
        (OFFICE, "2027-12-24 17:00", "2027-12-29 09:00"),
        (OFFICE, "2026-12-31 17:00", "2027-01-04 09:00"),
        (OFFICE, "2026-04-02 18:00", "2026-04-07 09:00"),
        (NIGHT, "2026-11-23 03:30", "2026-11-26 20:00"),
        ("24/7", "2026-12-25 03:00", "2026-12-25 03:00"),
        ("Mo[1] 10:00-12:00", "2026-11-23 10:00", "2026-12-07 10:00"),
        ("Mo[1] 10:00-12:00", "2026-11-22 10:00", None),
        ('"by appointment"', "2026-11-23 10:00", None),
        ("2020 Mo-Fr 09:00-17:00", "2026-11-23 10:00", None),
        # the clocks go forward at 01:00 on 29 March 2026: 01:30 does not come
        ("Su 01:30-03:00", "2026-03-29 00:30", "2026-03-29 02:00"),
        ("Su 01:15-01:45", "2026-03-29 00:30", "2026-04-05 01:15"),
        ("Mo-Su 09:00-17:00", "2026-03-28 18:00", "2026-03-29 09:00"),
        # they go back at 02:00 on 25 October 2026
        ("Mo-Su 09:00-17:00", "2026-10-24 18:00", "2026-10-25 09:00"),
        ("Su 01:30-03:00", "2026-10-25 00:30", "2026-10-25 01:30"),
    ],
)
def test_when_it_opens_next(hours: str, at: str, expected: str | None) -> None:
    opening = Schedule(hours).next_opening(london(at))
    assert (opening and opening.replace(tzinfo=None).isoformat(" ", "minutes")) == expected


def test_an_hour_that_comes_twice_opens_twice() -> None:
    schedule = Schedule("Su 01:10-01:20")
    first = schedule.next_opening(london("2026-10-25 01:00"))
    second = schedule.next_opening(london("2026-10-25 01:30"))
    assert first is not None
    assert second is not None
    assert (first.fold, second.fold) == (0, 1)
    assert second.astimezone(dt.UTC) - first.astimezone(dt.UTC) == dt.timedelta(hours=1)


def test_a_moment_is_taken_in_its_own_zone_and_the_answer_is_londons() -> None:
    opening = Schedule(OFFICE).next_opening(dt.datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("Asia/Dhaka")))
    assert opening == london("2026-11-23 09:00")
    assert opening.tzinfo is LONDON


@pytest.mark.parametrize("ask", [Schedule.is_open, Schedule.next_opening])
def test_a_moment_without_a_zone_is_refused(ask: Callable[[Schedule, dt.datetime], object]) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        ask(Schedule(OFFICE), dt.datetime(2026, 11, 23))


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        ("Mo-Fr 9am-5pm", "cannot be read from '9am-5pm' on: write them as in"),
        ("weekdays", "cannot be read from 'days' on"),
        ("", "the hours are empty"),
        ("   ", "the hours are empty"),
        ("PH off", "it would never be open"),
        ("Mo-Fr off", "it would never be open"),
        ("Mo-Fr 09:00-17:00; SH off", "school holidays are not known here"),
        ("sunrise-sunset", "the sun's times are not known here"),
        ("Mo-Fr 09:00+", "an open end says nothing"),
        ("PH Mo-Fr off", "holidays cannot be read in 'PH Mo-Fr off'"),
        ("Mo-Fr 09:00-17:00, PH off", "holidays cannot be read in 'PH off'"),
        ("Dec PH 09:00-17:00", "holidays cannot be read in"),
        ("Mo-Fr 09:00-17:00; PH +1 day off", "holidays cannot be read in"),
        ('Mo-Fr 09:00-17:00 "ring; or write"', "a separator inside a comment"),
    ],
)
def test_hours_that_cannot_be_relied_on_are_refused_with_the_reason(hours: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        check_hours(hours)
    assert why in str(error.value)


def test_hours_without_a_fault_come_back_as_they_are() -> None:
    assert check_hours(OFFICE) == OFFICE


# A slow and obvious clock ---------------------------------------------------------------------------

HOLIDAYS = frozenset(
    dt.date.fromisoformat(day)
    for day in ("2026-04-03", "2026-04-06", "2026-12-25", "2026-12-26", "2026-12-28", "2027-01-01")
)
DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MINUTE = dt.timedelta(minutes=1)


class SlowClock:
    """Open on `days` from `opens` to `closes` (minutes of the day), minute by minute."""

    def __init__(self, days: frozenset[int], opens: int, closes: int, holidays_off: bool) -> None:
        self.days, self.opens, self.closes, self.holidays_off = days, opens, closes, holidays_off

    @property
    def notation(self) -> str:
        times = "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (self.opens, self.closes))
        days = ",".join(DAY_NAMES[day] for day in sorted(self.days))
        return f"{days} {times}" + "; PH off" * self.holidays_off

    def is_open(self, moment: dt.datetime) -> bool:
        wall = moment.astimezone(LONDON)
        minutes, today = wall.hour * 60 + wall.minute, wall.date()
        if self.opens < self.closes:
            return self._works(today) and self.opens <= minutes < self.closes
        started = self._works(today) and self.opens <= minutes
        return started or (self._works(today - dt.timedelta(days=1)) and minutes < self.closes)

    def _works(self, day: dt.date) -> bool:
        return day.weekday() in self.days and not (self.holidays_off and day in HOLIDAYS)

    def next_opening(self, moment: dt.datetime) -> dt.datetime | None:
        moment = moment.astimezone(dt.UTC).replace(second=0, microsecond=0)
        last = moment + HORIZON
        while moment <= last:
            if self.is_open(moment):
                return moment
            moment += MINUTE
        return None


CLOCKS = st.builds(
    SlowClock,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from([0, 30, 60, 90, 105, 120, 540, 1200, 1425]),
    st.sampled_from([15, 61, 75, 90, 119, 150, 1020, 1439]),
    st.booleans(),
).filter(lambda clock: clock.opens != clock.closes)
#: Around both changes of the clock, Easter and Christmas.
MOMENTS = st.one_of(
    st.datetimes(dt.datetime(2026, 3, 27), dt.datetime(2026, 4, 8)),
    st.datetimes(dt.datetime(2026, 10, 24), dt.datetime(2026, 10, 27)),
    st.datetimes(dt.datetime(2026, 12, 23), dt.datetime(2027, 1, 3)),
).map(lambda moment: moment.replace(tzinfo=dt.UTC))


@UNHURRIED
@given(CLOCKS, MOMENTS)
def test_open_agrees_with_a_slow_clock(clock: SlowClock, moment: dt.datetime) -> None:
    assert Schedule(clock.notation).is_open(moment) is clock.is_open(moment)


@settings(UNHURRIED, max_examples=60)
@given(CLOCKS, MOMENTS)
def test_the_next_opening_agrees_with_a_slow_clock(clock: SlowClock, moment: dt.datetime) -> None:
    opening = Schedule(clock.notation).next_opening(moment)
    assert (opening and opening.astimezone(dt.UTC)) == clock.next_opening(moment)


# A week that can be said ----------------------------------------------------------------------------


def span(opens: str, closes: str) -> tuple[dt.time, dt.time]:
    return dt.time.fromisoformat(opens), dt.time.fromisoformat(closes)


@pytest.mark.parametrize(
    ("hours", "rows", "holidays"),
    [
        ("24/7", [((0, 1, 2, 3, 4, 5, 6), (span("00:00", "00:00"),))], None),
        ("Mo-Su 00:00-24:00", [((0, 1, 2, 3, 4, 5, 6), (span("00:00", "00:00"),))], None),
        (OFFICE, [((0, 1, 2, 3, 4), (span("09:00", "17:00"),))], "off"),
        ("Mo-Su,PH 09:00-17:00", [((0, 1, 2, 3, 4, 5, 6), (span("09:00", "17:00"),))], "open"),
        (NIGHT, [((3, 4, 5, 6), (span("20:00", "03:30"),))], None),
        ("Sa-Mo 10:00-24:00", [((0, 5, 6), (span("10:00", "00:00"),))], None),
        (
            "Mo-Fr 18:00-21:00,10:00-16:00; Sa,Su 11:00-16:00; PH off",
            [
                ((0, 1, 2, 3, 4), (span("10:00", "16:00"), span("18:00", "21:00"))),
                ((5, 6), (span("11:00", "16:00"),)),
            ],
            "off",
        ),
        (
            "Mo-Fr 09:00-17:00; We 13:00-16:00; Tu off",
            [((0, 3, 4), (span("09:00", "17:00"),)), ((2,), (span("13:00", "16:00"),))],
            None,
        ),
        (
            "Mo-Th 22:00-02:00; Fr-Sa 22:00-04:00",
            [((0, 1, 2, 3), (span("22:00", "02:00"),)), ((4, 5), (span("22:00", "04:00"),))],
            None,
        ),
        ("09:00-17:00", [((0, 1, 2, 3, 4, 5, 6), (span("09:00", "17:00"),))], None),
    ],
)
def test_simple_hours_are_a_week_of_days_and_times(hours: str, rows: list[Row], holidays: str | None) -> None:
    week = weekly(hours)
    assert week is not None
    assert list(week.rows) == rows
    assert week.holidays == holidays
    assert week.always == (rows[0][1] == (span("00:00", "00:00"),))


@pytest.mark.parametrize(
    "hours",
    ["Dec Mo-Fr 09:00-17:00", "Mo[1] 10:00-12:00", '"by appointment"', 'Mo 09:00-17:00 "ring first"',
     "Mo-Fr 09:00-17:00; PH 10:00-12:00", "Mo-Fr 09:00-17:00; Dec 24 off", "week 1-10 Mo 10:00-12:00"],
)  # fmt: skip
def test_hours_that_are_not_simple_are_no_week(hours: str) -> None:
    assert weekly(hours) is None


@UNHURRIED
@given(CLOCKS)
def test_a_week_agrees_with_a_slow_clock(clock: SlowClock) -> None:
    week = weekly(clock.notation)
    assert week is not None
    [(days, [(opens, closes)])] = week.rows
    assert days == tuple(sorted(clock.days))
    assert opens.hour * 60 + opens.minute == clock.opens
    assert closes.hour * 60 + closes.minute == clock.closes
    assert week.holidays == ("off" if clock.holidays_off else None)
