"""Opening hours: the OpenStreetMap notation, with England's holidays, in the service's zone.

The notation is evaluated by opening-hours-py. Its own calendar of British holidays leaves out New
Year's Day, Easter Monday, the August bank holiday and substitute days (found 2026-11-21), so `PH` is
replaced here by the dates that the package `holidays` gives for England, year by year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from opening_hours import OpeningHours, State

from bot.knowledge.weekly import Row, Weekly, weekly

__all__ = ["HORIZON", "LONDON", "Row", "Schedule", "Weekly", "check_hours", "weekly"]

LONDON = ZoneInfo("Europe/London")
#: How far ahead an opening is looked for: past Christmas, and "in three weeks" helps nobody today.
HORIZON = dt.timedelta(days=14)

_WEEKDAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = f"{_WEEKDAY}(?:-{_WEEKDAY})?"
#: A rule that names holidays in a way that can be replaced by dates: first in it, with weekdays or alone.
_HOLIDAY_RULE = re.compile(
    rf"(?P<days>(?:PH|{_DAYS})(?:,(?:PH|{_DAYS}))*)(?P<rest>(?:\s+(?!{_WEEKDAY}|PH)[^,]*(?:,\s*\d[^,]*)*)?)"
)
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_QUOTED = re.compile(r'"[^"]*"')
_EXAMPLE = "write them as in Mo-Fr 09:00-17:00; PH off"
_NOT_EVALUATED = (
    (r"\bSH\b", "school holidays are not known here: leave SH out"),
    (r"\b(sunrise|sunset|dawn|dusk)\b", "the sun's times are not known here: write times of the clock"),
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
    expression = _parsed(value, 2026)
    first = dt.datetime(1901, 1, 1)
    if expression.is_closed(first) and expression.next_change(first) is None:
        raise ValueError(f"with the hours {value!r} it would never be open: {_EXAMPLE}, or leave them out")
    return value


class Schedule:
    """When a contact is open, by the clock of London."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        """`value` as `check_hours` accepts it; raises ValueError otherwise."""
        self.value = check_hours(value)

    def is_open(self, at: dt.datetime) -> bool | None:
        """Whether it is open at `at`; None where only a comment ("by appointment") would tell.

        Raises ValueError if `at` is naive.
        """
        return self._open_by_wall(_wall(_aware(at)))

    def next_opening(self, at: dt.datetime) -> dt.datetime | None:
        """The first moment, from `at` on, when it is open; in London's zone, to the minute.

        That is `at` itself, without its seconds, where it is open. None: nothing within HORIZON
        (closed, or by appointment). Raises ValueError if `at` is naive.
        """
        at = _aware(at).replace(second=0, microsecond=0)
        candidates = sorted({at, *self._starts(at), *_clock_changes(at)})
        return next(
            (
                moment.astimezone(LONDON)
                for moment in candidates
                if at <= moment <= at + HORIZON and self._open_by_wall(_wall(moment))
            ),
            None,
        )

    def _open_by_wall(self, wall: dt.datetime) -> bool | None:
        """As `is_open`, for a naive time of the clock on the wall."""
        state, comment = _parsed(self.value, wall.year).state(wall)
        if state == State.CLOSED:
            return False
        return None if state == State.UNKNOWN or comment else True

    def _starts(self, at: dt.datetime) -> Iterator[dt.datetime]:
        """The moments in UTC at which the clock shows the start of a period: two in an hour that repeats."""
        wall = _wall(at)
        margin = dt.timedelta(hours=2)
        expression = _parsed(self.value, wall.year)
        for start, _, state, _ in expression.intervals(wall - margin, wall + HORIZON + margin):
            if state == State.OPEN:
                for fold in (0, 1):
                    yield start.replace(tzinfo=LONDON, fold=fold).astimezone(dt.UTC)


def _aware(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None:
        raise ValueError("the moment has no time zone")
    return at.astimezone(dt.UTC)


def _wall(at: dt.datetime) -> dt.datetime:
    """What the clock in London shows at `at`, naive."""
    return at.astimezone(LONDON).replace(tzinfo=None, fold=0)


def _clock_changes(at: dt.datetime) -> Iterator[dt.datetime]:
    """The moments within HORIZON at which London's clocks change (01:00 UTC, by law of 2002)."""
    midnight = at.replace(hour=0, minute=0)
    for day in range(HORIZON.days + 1):
        morning = midnight + dt.timedelta(days=day)
        offsets = {(morning + dt.timedelta(days=n)).astimezone(LONDON).utcoffset() for n in (0, 1)}
        if len(offsets) > 1:
            yield morning + dt.timedelta(hours=1)


@lru_cache(maxsize=2048)
def _parsed(value: str, year: int) -> OpeningHours:
    """`value` ready to evaluate in `year` and the years beside it. Raises ValueError as `check_hours`."""
    pieces = _pieces(value)
    _refuse_cut_nights(value, pieces)
    dated = "".join(_with_dates(pieces, number, _holidays(year)) for number in range(len(pieces)))
    try:
        return OpeningHours(dated)
    except Exception as error:  # ParserError, which the types of the library leave out
        place = re.search(r"--> \d+:(\d+)", str(error))
        near = dated[int(place[1]) - 1 :] if place else value
        problem = f"cannot be read from {near!r} on" if value.endswith(near) else "cannot be read"
        raise ValueError(f"the hours {value!r} {problem}: {_EXAMPLE}") from None


def _pieces(value: str) -> list[str]:
    """`value` as rule, separator, rule, …; separators are ; and || and a comma between rules."""
    pieces = re.split(r'(\s*(?:;|\|\|)\s*|(?<=[\d"fdn]),\s*(?=[A-Z]))', value.strip())
    if any(piece.count('"') % 2 for piece in pieces):
        raise ValueError(f"the hours {value!r} have a separator inside a comment: reword the comment")
    return pieces


def _refuse_cut_nights(value: str, pieces: list[str]) -> None:
    """Raises ValueError where a night that runs on past midnight would be cut off by the next rule.

    In `Mo-Th 22:00-02:00; Fr 22:00-04:00` the second rule replaces all of Friday, from midnight on.
    A holiday may cut one: nobody is sent to a service that is probably closed.
    """
    spans = [(span[1], span[2]) for span in _SPAN.finditer(value)]
    nights = any(closes < opens or closes > "24:00" for opens, closes in spans)
    replacing = [rule for sign, rule in zip(pieces[1::2], pieces[2::2], strict=True) if ";" in sign]
    if nights and any(not rule.startswith("PH") for rule in replacing):
        raise ValueError(f"in {value!r} a later rule cuts off a night: write a comma in place of ;")


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
