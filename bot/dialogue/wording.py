"""Says things in the resident's language; each text knows whether it is a draft, or still English."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from babel import Locale, UnknownLocaleError, dates, lists

from bot.dialogue import phrases
from bot.knowledge.records import Language
from bot.knowledge.values import PartialDate
from bot.knowledge.weekly import Row, weekly
from bot.language.catalogue import Catalogue, Status

_PLACE = re.compile(r"\{([a-z_]+)\}")
#: For two items; for the start, middle and end of more.
_LIST_PATTERNS = 4
_WORST: dict[Status, int] = {"full": 0, "draft": 1, "missing": 2}


class Said(str):
    """A text of a reply that knows how well it is translated; otherwise a string like any other."""

    status: Status

    def __new__(cls, text: str, status: Status) -> Said:
        """`text`, of that status."""
        said = super().__new__(cls, text)
        said.status = status
        return said


class Wording:
    """The words for one reply, in one language."""

    def __init__(self, language: Language, catalogue: Catalogue) -> None:
        self.language = language
        self._catalogue = catalogue
        # English dates are written the British way: 21 November 2026.
        self._locale = Locale("en", "GB") if language.tag == "en" else Locale.parse(language.tag, sep="-")

    def say(self, english: str, **parts: str) -> Said:
        """`english` translated, its {places} filled with `parts`; its status is the worst of them all."""
        text = self._catalogue.translate(english)
        statuses = [text.status, *(part.status for part in parts.values() if isinstance(part, Said))]
        return Said(_PLACE.sub(lambda place: parts.get(place[1], place[0]), text.text), _worst(statuses))

    def maybe(self, english: str | None) -> Said | None:
        """`english` translated, or None."""
        return None if english is None else self.say(english)

    def paragraphs(self, texts: Iterable[str | None]) -> Said:
        """The texts that are not None, a line each."""
        kept = [text for text in texts if text]
        return Said("\n".join(kept), _worst([text.status for text in kept if isinstance(text, Said)]))

    def date(self, date: PartialDate) -> str:
        """The date, as exact as it is known."""
        if date.precision == "day":
            return dates.format_date(date.first_day, "long", locale=self._locale)
        skeleton = "yMMMM" if date.precision == "month" else "y"
        return dates.format_skeleton(skeleton, date.first_day, locale=self._locale)

    def hours(self, hours: str) -> str:
        """Opening hours in words; in the notation itself where they cannot be said simply."""
        week = weekly(hours)
        if week is None:
            return hours
        rows = [self.say(phrases.ALWAYS_OPEN)] if week.always else [self._row(row) for row in week.rows]
        if week.holidays == "off":
            rows.append(self.say(phrases.CLOSED_ON_HOLIDAYS))
        return Said("; ".join(rows), _worst([row.status for row in rows]))

    def opens(self, opening: dt.datetime, now: dt.datetime) -> Said:
        """When it opens next; both times in the service's zone."""
        time = self._time(opening.time())
        days = (opening.date() - now.astimezone(opening.tzinfo).date()).days
        if days == 0:
            return self.say(phrases.OPENS_TODAY, time=time)
        if days == 1:
            return self.say(phrases.OPENS_TOMORROW, time=time)
        if days < 7:
            return self.say(phrases.OPENS_ON, day=self._day(opening.weekday()), time=time)
        return self.say(
            phrases.OPENS_ON,
            day=dates.format_skeleton("MMMMd", opening.date(), locale=self._locale),
            time=time,
        )

    def language_names(self, tags: Iterable[str]) -> str:
        """The languages' names as a list."""
        return self._listed([self._language_name(tag) for tag in tags])

    def _language_name(self, tag: str) -> str:
        """The language's name; the tag itself where CLDR has none, as for Sylheti (syl)."""
        try:
            name = Locale.parse(tag, sep="-").get_display_name(self._locale)
        except UnknownLocaleError:  # not one of Babel's locales; it may have a name all the same
            name = self._locale.languages.get(tag)
        return name or tag

    def _listed(self, items: Sequence[str]) -> str:
        """The items with commas between; with "and" before the last where Babel has no more for a language.

        Its data of the plain form are incomplete for most languages: three items in Bengali raise KeyError.
        """
        complete = len(self._locale.list_patterns.get("unit", ())) == _LIST_PATTERNS
        return lists.format_list(items, style="unit" if complete else "standard", locale=self._locale)

    def _row(self, row: Row) -> Said:
        times = [
            self.say(phrases.FROM_TO, first=self._time(first), last=self._time(last, end=True))
            for first, last in row.spans
        ]
        joined = Said(self._listed(times), _worst(time.status for time in times))
        return self.say(phrases.DAYS_AND_TIMES, days=self._days(row.days), times=joined)

    def _days(self, days: tuple[int, ...]) -> Said:
        if len(days) == 7:
            return self.say(phrases.EVERY_DAY)
        if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
            return self.say(phrases.FROM_TO, first=self._day(days[0]), last=self._day(days[-1]))
        return Said(self._listed([self._day(day) for day in days]), "full")

    def _day(self, day: int) -> str:
        name: str = dates.get_day_names("wide", locale=self._locale)[day]
        return name

    @staticmethod
    def _time(time: dt.time, end: bool = False) -> str:
        """On the 24-hour clock with Latin digits: CLDR's 12-hour forms mislead in half of the languages."""
        return "24:00" if end and time == dt.time(0) else time.strftime("%H:%M")


def _worst(statuses: Iterable[Status]) -> Status:
    return max(statuses, key=lambda status: _WORST[status], default="full")
