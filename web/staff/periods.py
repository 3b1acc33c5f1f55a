"""The periods that figures are shown for: whole months, and the last twelve of them.

Any two days as ends would give away small figures: those of two periods that differ by a day, subtracted.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from store.counts import KEPT_MONTHS, months_before

#: The key of the last twelve months.
YEAR = "year"
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included; `key` stands in addresses, "2026-11" or "year"."""

    key: str
    label: str
    first: date
    last: date

    def bucket(self, day: date) -> str:
        """The part of the period that a day belongs to: the day, or its month where there are several."""
        return day.isoformat() if self.key != YEAR else day.isoformat()[:7]

    def buckets(self) -> dict[str, str]:
        """Every part of the period in order -> what it is called."""
        days = (self.first + timedelta(days=each) for each in range((self.last - self.first).days + 1))
        if self.key == YEAR:
            return {self.bucket(day): f"{day:%b %Y}" for day in days}
        return {self.bucket(day): f"{day.day} {day:%b}" for day in days}


def periods(today: date, since: date | None) -> list[Period]:
    """The periods to choose from, this month first: no month before the day `since` of the first figure."""
    months = list(_months(today, since or today))
    first = months_before(today.replace(day=1), _MONTHS_OF_A_YEAR - 1)
    return [*months[:1], Period(YEAR, "The last 12 months", first, today), *months[1:]]


def period_called(key: str, offered: list[Period]) -> Period:
    """The period of that key; the first one offered where there is none."""
    return next((each for each in offered if each.key == key), offered[0])


def _months(today: date, since: date) -> Iterator[Period]:
    month = today.replace(day=1)
    for _ in range(KEPT_MONTHS + 1):
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        yield Period(month.isoformat()[:7], f"{month:%B %Y}", month, min(last, today))
        if since >= month:
            return
        month = months_before(month, 1)
