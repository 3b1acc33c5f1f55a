"""What is to be read again, by whom; and which links and mail domains the records rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.knowledge.base import Knowledge
from bot.knowledge.record import Record
from bot.knowledge.records import Term
from bot.knowledge.services import LINK_KINDS, ContactKind, Service

#: Days from today on that count as this week.
WEEK_DAYS = 7
#: Kinds of records with a day of review.
_KINDS = ("services", "topics", "glossary", "sites")


@dataclass(frozen=True, slots=True)
class Review:
    """A record whose day of review is near or past. `kind` is services, topics and so on."""

    kind: str
    id: str
    name: str
    review_by: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link or an e-mail address stands."""

    kind: str
    id: str
    name: str


def reviews(knowledge: Knowledge, today: date) -> dict[str, list[Review]]:
    """Team -> what is overdue on the day `today` or due within a week, oldest first; "" has no team."""
    last = today + timedelta(days=WEEK_DAYS - 1)
    found: dict[str, list[Review]] = {}
    for kind in _KINDS:
        for identity, record in getattr(knowledge, kind).items():
            day = getattr(record, "review_by", None)
            if day is not None and day <= last:
                review = Review(kind, identity, _name(record), day, day < today)
                found.setdefault(getattr(record, "team", None) or "", []).append(review)
    return {
        team: sorted(found[team], key=lambda each: (each.review_by, each.name))
        for team in sorted(found, key=lambda name: (not name, name.lower()))
    }


def links(knowledge: Knowledge) -> Mapping[str, list[Place]]:
    """Every link, and every mail domain after an @ -> the records that it stands in."""
    found: dict[str, list[Place]] = {}
    for kind, record in _records(knowledge):
        place = Place(kind, record.id, _name(record))
        for target in dict.fromkeys(_targets(record)):
            found.setdefault(target, []).append(place)
    return found


def _records(knowledge: Knowledge) -> Iterator[tuple[str, Service | Term]]:
    yield from (("services", each) for each in knowledge.services.values())
    yield from (("glossary", each) for each in knowledge.glossary.values())


def _targets(record: Service | Term) -> Iterator[str]:
    sources = [record.source]
    if isinstance(record, Service):
        for contact in record.contacts:
            sources.append(contact.source)
            if contact.kind in LINK_KINDS:
                yield contact.value
            elif contact.kind is ContactKind.EMAIL:
                yield "@" + contact.value.rpartition("@")[2].lower()
    yield from (source for source in sources if source.startswith(("http://", "https://")))


def _name(record: Record) -> str:
    names = getattr(record, "names", None)
    return str(getattr(record, "name", None) or getattr(record, "title", None) or (names[0] if names else ""))
