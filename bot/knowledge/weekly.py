"""Opening hours as a week that can be said in any language: which days, from when to when."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from bot.knowledge.notation import is_open_by

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_SPAN = rf"{_TIME}-(?:{_TIME}|24:00)"
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_SELECTOR = rf"{_DAY}(?:-{_DAY})?(?:, ?{_DAY}(?:-{_DAY})?)*"
_RULE = re.compile(rf"(?:(?P<days>{_SELECTOR}) )?(?:(?P<spans>{_SPAN}(?:, ?{_SPAN})*)|(?P<off>off|closed))")
_HOLIDAYS_OFF = re.compile(r"; ?PH (?:off|closed)$")
#: A Monday with no holiday near; any will do, since the rules that are said know no dates.
_MONDAY = dt.datetime(2026, 11, 23)

Span = tuple[dt.time, dt.time]


class Row(NamedTuple):
    """Days that have the same hours.

    `days` count from 0, Monday, in order. `spans` are (opens_at, closes_at) by the clock; one that
    closes no later than it opens ends on the next day, so that (00:00, 00:00) is the whole day.
    """

    days: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """A normal week. `rows` are by their first day, without the closed days.

    `holidays`: "off" is closed on bank holidays, "open" is said to be open on them as well; None:
    nothing is said of them.
    """

    rows: tuple[Row, ...]
    holidays: Literal["off", "open"] | None

    @property
    def always(self) -> bool:
        """Whether it is open for 24 hours on every day of the week."""
        midnight = dt.time(0)
        return self.rows == (Row(tuple(range(7)), ((midnight, midnight),)),)


@lru_cache(maxsize=2048)
def weekly(value: str) -> Weekly | None:
    """The week of opening hours as `check_hours` accepts them; None where they are not that simple.

    Not simple are months, dates, comments, hours of their own for holidays, and whatever `notation`
    would evaluate otherwise.
    """
    rest, off = _HOLIDAYS_OFF.subn("", value.strip())
    on = not off and (",PH " in rest or rest.startswith("PH,"))
    rest = rest.replace(",PH ", " ").removeprefix("PH,") if on else rest
    week = _week(rest)
    if week is None or not any(week) or not _agrees(week, rest):
        return None
    days = sorted((spans, day) for day, spans in enumerate(week) if spans)
    grouped = groupby(days, key=lambda pair: pair[0])
    rows = [Row(tuple(day for _, day in group), spans) for spans, group in grouped]
    return Weekly(tuple(sorted(rows, key=lambda row: row.days)), "off" if off else "open" if on else None)


def _week(value: str) -> list[tuple[Span, ...]] | None:
    """The spans of each day, from Monday on; None for what is not simple."""
    week: list[tuple[Span, ...]] = [()] * 7
    signs = re.split(r"(; ?|(?<=[\dfd]), ?(?=[MTWFS]))", "Mo-Su 00:00-24:00" if value == "24/7" else value)
    for sign, rule in zip([";", *signs[1::2]], signs[::2], strict=True):
        found = _RULE.fullmatch(rule)
        if found is None:
            return None
        spans = _spans(found["spans"] or "")
        for day in _days(found["days"] or "Mo-Su"):
            week[day] = tuple(sorted({*week[day], *spans})) if sign.startswith(",") else spans
    return week


def _days(selector: str) -> list[int]:
    days: list[int] = []
    for part in selector.split(","):
        ends = [_WEEKDAYS.index(day) for day in part.strip().split("-")]
        first, last = ends[0], ends[-1]
        days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return days


def _spans(text: str) -> tuple[Span, ...]:
    pairs = (span.strip().split("-") for span in text.split(",") if span)
    return tuple(sorted((_time(opens), _time(closes)) for opens, closes in pairs))


def _time(text: str) -> dt.time:
    return dt.time.fromisoformat("00:00" if text == "24:00" else text)


def _agrees(week: list[tuple[Span, ...]], value: str) -> bool:
    """Whether `notation` sees the same week in `value`, just before and at every edge."""
    edges = {
        _MONDAY + dt.timedelta(days=day, hours=edge.hour, minutes=edge.minute)
        for day in range(7)
        for spans in week
        for edge in (dt.time(0), *(edge for span in spans for edge in span))
    }
    moments = edges | {edge - dt.timedelta(minutes=1) for edge in edges}
    return all(is_open_by(value, moment) == _is_open(week, moment) for moment in moments)


def _is_open(week: list[tuple[Span, ...]], moment: dt.datetime) -> bool:
    day, time = moment.weekday(), moment.time()
    today = any(opens <= time and (time < closes or closes <= opens) for opens, closes in week[day])
    return today or any(closes <= opens and time < closes for opens, closes in week[day - 1])
