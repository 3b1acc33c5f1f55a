"""The OpenStreetMap notation of opening hours, evaluated by the clock on the wall in London.

opening-hours-py evaluates it, with two exceptions that are prepared here. Its calendar of British
holidays leaves out New Year's Day, Easter Monday, the August bank holiday and substitute days, so `PH`
is replaced by the dates that the package `holidays` gives for England. And it cuts off a night at
midnight where another rule holds on the next day, yet lets the second half of a night stand whose
evening is off; so a night is split, and its second half is looked up on the day on which it began.
Both found 2026-11-22 with version 2.1.4.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import holidays
from opening_hours import OpeningHours, State

_WEEKDAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = f"{_WEEKDAY}(?:-{_WEEKDAY})?"
#: A rule that names holidays in a way that can be replaced by dates: first in it, with weekdays or alone.
_HOLIDAY_RULE = re.compile(
    rf"(?P<days>(?:PH|{_DAYS})(?:,(?:PH|{_DAYS}))*)"
    rf"(?P<rest>(?:\s+(?!{_WEEKDAY}|PH|[+-])[^,]*(?:,\s*\d[^,]*)*)?)"
)
_SEPARATOR = re.compile(r'(\s*(?:;|\|\|)\s*|(?<=[\d"fdn]),\s*(?=[A-Z]))')
_SPAN = r"\d{1,2}:\d\d-\d{1,2}:\d\d"
_SPANS = re.compile(rf"{_SPAN}(?:\s*,\s*{_SPAN})*")
_STATE = re.compile(r"\b(?:open|off|closed|unknown)\b")
_QUOTED = re.compile(r'"[^"]*"')
_DAY = dt.timedelta(days=1)
_EXAMPLE = "write them as in Mo-Fr 09:00-17:00; PH off"
_NOT_EVALUATED = (
    (r"\bSH\b", "school holidays are not known here: leave SH out"),
    (r"\b(?:sunrise|sunset|dawn|dusk)\b", "the sun's times are not known here: write times of the clock"),
    (r"\d\+", "an open end says nothing about now: write when it closes, or leave the hours out"),
)


def check_hours(value: str) -> str:
    """`value` itself if it is opening hours that can be evaluated here; raises ValueError otherwise.

    The message says where it goes wrong and, after a colon, what to do.
    """
    bare = _QUOTED.sub("", value)
    for pattern, message in _NOT_EVALUATED:
        if re.search(pattern, bare):
            raise ValueError(f"the hours {value!r} cannot be used, since {message}")
    if not value.strip():
        raise ValueError(f"the hours are empty: {_EXAMPLE}, or leave them out")
    day, _ = _halves(value, 2026)  # any year: only the form is looked at
    first = dt.datetime(1901, 1, 1)
    if day.is_closed(first) and day.next_change(first) is None:
        raise ValueError(f"with the hours {value!r} it would never be open: {_EXAMPLE}, or leave them out")
    return value


def is_open_by(value: str, wall: dt.datetime) -> bool | None:
    """Whether it is open when London's clocks show `wall`, naive; None where only a comment would tell."""
    day, night = _halves(value, wall.year)
    state = _is_open(day, wall)
    if state is not True and night is not None:
        state = _is_open(night, wall - _DAY) or state
    return state


def openings(value: str, first: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
    """The times by London's clocks, naive, at which a period begins between two such times; in no order.

    A second half of a night counts as a period of its own, and so does `first` inside of one.
    """
    for half, shift in zip(_halves(value, first.year), (dt.timedelta(0), _DAY), strict=True):
        if half is not None:
            for start, _, state, _ in half.intervals(first - shift, last - shift):
                if state == State.OPEN:
                    yield start + shift


def _is_open(hours: OpeningHours, wall: dt.datetime) -> bool | None:
    state, comment = hours.state(wall)
    if state == State.CLOSED:
        return False
    return None if state == State.UNKNOWN or comment else True


class _Halves(NamedTuple):
    """The hours up to midnight, and those after it by the day before; None: no night runs past midnight."""

    day: OpeningHours
    night: OpeningHours | None


@lru_cache(maxsize=2048)
def _halves(value: str, year: int) -> _Halves:
    """`value` ready to evaluate in `year` and the years beside it. Raises ValueError as `check_hours`."""
    pieces = _SEPARATOR.split(value.strip())
    if any(piece.count('"') % 2 for piece in pieces):
        raise ValueError(f"the hours {value!r} have a separator inside a comment: reword the comment")
    dates = _holidays(year)
    dated = [_with_dates(pieces, number, dates) for number in range(len(pieces))]
    day = "".join(_SPANS.sub(_until_midnight, piece) for piece in dated)
    night = _night(dated) if any(map(_after_midnight, _spans("".join(dated)))) else None
    return _Halves(_parsed(day, value), None if night is None else _parsed(night, value))


def _parsed(prepared: str, value: str) -> OpeningHours:
    try:
        return OpeningHours(prepared)
    except Exception as error:  # ParserError, which the types of the library leave out
        place = re.search(r"--> \d+:(\d+)", str(error))
        near = prepared[int(place[1]) - 1 :] if place else value
        problem = f"cannot be read from {near!r} on" if value.endswith(near) else "cannot be read"
        raise ValueError(f"the hours {value!r} {problem}: {_EXAMPLE}") from None


def _spans(text: str) -> list[str]:
    return re.findall(_SPAN, text)


def _after_midnight(span: str) -> str | None:
    """What of "22:00-02:00" lies after midnight: "00:00-02:00"; None where nothing does."""
    opens, closes = (int(hour) * 60 + int(minute) for hour, minute in re.findall(r"(\d+):(\d+)", span))
    closes = closes - 24 * 60 if closes > 24 * 60 else closes if closes <= opens else 0
    return f"00:00-{closes // 60:02}:{closes % 60:02}" if closes else None


def _until_midnight(spans: re.Match[str]) -> str:
    ends = [f"{span.split('-')[0]}-24:00" if _after_midnight(span) else span for span in _spans(spans[0])]
    return ",".join(ends)


def _night(pieces: list[str]) -> str:
    """The rules for the second halves of nights; whatever has none of these closes them on its days."""
    night = ""
    for sign, rule in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        parts = [part for part in map(_after_midnight, _spans(rule)) if part]
        if parts:
            night += sign + _SPANS.sub(",".join(parts), rule, count=1)
        elif sign.strip() != ",":
            selector = _STATE.sub("", _SPANS.sub("", _QUOTED.sub("", rule)))
            night += f"{sign}{selector.strip()} off"
    return night


def _with_dates(pieces: list[str], number: int, dates: str) -> str:
    """The piece `number` with `dates` for its holidays. Raises ValueError where they cannot be replaced."""
    rule = pieces[number]
    if not re.search(r"\bPH\b", _QUOTED.sub("", rule)):
        return rule
    found = _HOLIDAY_RULE.fullmatch(rule)
    weekdays = ",".join(day for day in rule.split(" ")[0].split(",") if day != "PH")
    before = pieces[number - 1].strip() if number else ";"
    if found is None or before == "," or (weekdays and before == "||"):
        raise ValueError(f"holidays cannot be read in {rule!r}: give them a rule, as in ; PH off")
    return "; ".join(f"{days}{found['rest']}" for days in (weekdays, dates) if days)


@lru_cache(maxsize=64)
def _holidays(year: int) -> str:
    """England's bank holidays of `year` and the years beside it, as dates; substitute days included."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=(year - 1, year, year + 1))
    return ",".join(f"{day:%Y %b %d}" for day in sorted(found))
