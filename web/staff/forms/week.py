"""Opening hours as a grid of a week that a form can show, and back in OpenStreetMap's notation.

What a grid cannot show (months, dates, comments, more than two spans a day) stays as the text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.hours import check_hours, weekly

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: Spans of a day that the form has room for: before and after a break.
SPANS = 2
_TIME = re.compile(r"([01]?\d|2[0-4])[:.]?([0-5]\d)")
_HOLIDAYS = re.compile(r";\s*PH\s+(?P<hours>off|closed|\d\d:\d\d-\d\d:\d\d(?:,\s*\d\d:\d\d-\d\d:\d\d)*)$")

#: (opens, closes) as "HH:MM"; closing no later than opening is on the next day, so 00:00 to 00:00 is all day.
Span = tuple[str, str]
Spans = tuple[Span, ...]
_ALL_DAY: Spans = (("00:00", "00:00"),)


@dataclass(frozen=True, slots=True)
class Week:
    """The spans of the seven days from Monday on, () for a closed one; `holidays` None: nothing is said."""

    days: tuple[Spans, ...]
    holidays: Spans | None = None


EMPTY = Week(((),) * 7)


def week_of(value: str) -> Week | None:
    """The grid that shows the opening hours `value` whole; None where none does."""
    rest, holidays = _apart(value.strip())
    try:
        found = weekly(rest)
    except ValueError:
        return None
    if found is None or (found.holidays and holidays is None):
        return None
    days: list[Spans] = [()] * 7
    for row in found.rows:
        for day in row.days:
            days[day] = tuple((f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in row.spans)
    if any(len(spans) > SPANS for spans in (*days, holidays or ())):
        return None
    return Week(tuple(days), holidays)


def hours_of(week: Week) -> str:
    """The notation for `week`, which has at least one span. Raises ValueError, saying what to do."""
    if week.days == (_ALL_DAY,) * 7 and week.holidays in (None, _ALL_DAY):
        return "24/7"
    rows = [(spans, days) for spans, days in _rows(week.days) if spans]
    # Bank holidays that are like some days stand with these, last, since a later rule overrules.
    rows.sort(key=lambda row: row[0] == week.holidays)
    rules = [f"{days} {_written(spans)}" for spans, days in rows]
    if week.holidays is not None:
        if rows and rows[-1][0] == week.holidays:
            spans, days = rows[-1]
            rules[-1] = f"{days},PH {_written(spans)}"
        else:
            rules.append(f"PH {_written(week.holidays) or 'off'}")
    return check_hours("; ".join(rules))


def time_of(text: str) -> str:
    """A time as "HH:MM" from what was typed (9:00, 0900, 24:00). Raises ValueError, saying what to do."""
    found = _TIME.fullmatch(text.strip())
    if found is None or (found[1] == "24" and found[2] != "00"):
        raise ValueError(f"{text!r} is no time: write it as in 09:00 or 17:30")
    return f"{int(found[1]) % 24:02}:{found[2]}"


def spans_from(cells: Mapping[str, str], day: int) -> Spans:
    """The spans typed for `day` (7: bank holidays), in order; ValueError, saying what to do."""
    spans = []
    for number in range(SPANS):
        opens, closes = (cells.get(cell(day, number, end), "").strip() for end in ("from", "to"))
        if bool(opens) != bool(closes):
            name = (*NAMES, "Bank holidays")[day]
            raise ValueError(f"{name} has one time without the other: write both, or neither")
        if opens:
            spans.append((time_of(opens), time_of(closes)))
    return tuple(sorted(spans))


def cells_of(week: Week) -> dict[str, str]:
    """What the boxes of the grid hold for `week`."""
    rows = (*week.days, week.holidays or ())
    return {
        cell(day, number, end): time
        for day, spans in enumerate(rows)
        for number, span in enumerate(spans)
        for end, time in zip(("from", "to"), span, strict=True)
    }


def cell(day: int, number: int, end: str) -> str:
    """The name of a box: 0 to 6 are the days from Monday on, 7 bank holidays."""
    return f"{day}-{number}-{end}"


def _apart(value: str) -> tuple[str, Spans | None]:
    """The hours without their bank holidays, and those of bank holidays (None: nothing is said)."""
    if found := _HOLIDAYS.search(value):
        return value[: found.start()], _spans(found["hours"])
    if value.startswith("PH ") or value.count("PH") != 1:
        return value, None
    rules = value.split(";")
    for number, rule in enumerate(rules):
        days, _, spans = rule.strip().partition(" ")
        if "PH" in days.split(",") and number == len(rules) - 1:
            bare = ",".join(day for day in days.split(",") if day != "PH")
            return "; ".join([*(each.strip() for each in rules[:number]), f"{bare} {spans}"]), _spans(spans)
    return value, None


def _spans(text: str) -> Spans:
    pairs = re.findall(r"(\d\d:\d\d)-(\d\d:\d\d)", text)
    return tuple(sorted((opens, "00:00" if closes == "24:00" else closes) for opens, closes in pairs))


def _written(spans: Spans) -> str:
    return ",".join(f"{opens}-{'24:00' if closes == '00:00' else closes}" for opens, closes in spans)


def _rows(days: tuple[Spans, ...]) -> Iterator[tuple[Spans, str]]:
    """The days that have the same spans, as they are written, by the first of them."""
    for spans in dict.fromkeys(days):
        numbers = [day for day in range(7) if days[day] == spans]
        runs: list[list[int]] = []
        for day in numbers:
            if runs and runs[-1][-1] == day - 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        yield spans, ",".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    first, last = DAYS[run[0]], DAYS[run[-1]]
    if first == last:
        return first
    return f"{first}-{last}" if len(run) > 2 or last == "Su" else f"{first},{last}"
