"""When a contact is open, and how its hours are said: moments in, moments out, in London's zone.

`notation` evaluates the hours by the clock on the wall; here the clock on the wall is put right: an
hour that does not come in March, and one that comes twice in October.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.knowledge.notation import check_hours, is_open_by, openings
from bot.knowledge.weekly import Row, Weekly, weekly

__all__ = ["HORIZON", "LONDON", "Row", "Schedule", "Weekly", "check_hours", "weekly"]

LONDON = ZoneInfo("Europe/London")
#: How far ahead an opening is looked for: past Christmas, and "in three weeks" helps nobody today.
HORIZON = dt.timedelta(days=14)


class Schedule:
    """When a contact is open, by the clocks of London.

    A night belongs to the day on which it begins: where bank holidays are off, the night that began on
    the eve of one runs on, and the one that would begin on it does not take place.
    """

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        """`value` as `check_hours` accepts it; raises ValueError otherwise."""
        self.value = check_hours(value)

    def is_open(self, at: dt.datetime) -> bool | None:
        """Whether it is open at `at`; None where only a comment ("by appointment") would tell.

        Raises ValueError if `at` is naive.
        """
        return is_open_by(self.value, _wall(_aware(at)))

    def next_opening(self, at: dt.datetime) -> dt.datetime | None:
        """The first moment, from `at` on, when it is open; in London's zone, to the minute.

        That is `at` itself, without its seconds, where it is open. None: nothing within HORIZON
        (closed, or by appointment). Raises ValueError if `at` is naive.
        """
        at = _aware(at).replace(second=0, microsecond=0)
        candidates = sorted({at, *self._starts(at), *_clock_changes(at)})
        for moment in candidates:
            if at <= moment <= at + HORIZON and is_open_by(self.value, _wall(moment)):
                return moment.astimezone(LONDON)
        return None

    def _starts(self, at: dt.datetime) -> Iterator[dt.datetime]:
        """The moments in UTC at which the clock shows the start of a period: two in an hour that repeats."""
        wall = _wall(at)
        margin = dt.timedelta(hours=2)
        for start in openings(self.value, wall - margin, wall + HORIZON + margin):
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
