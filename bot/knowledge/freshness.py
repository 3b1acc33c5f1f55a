"""What staff should confirm next: services whose review is due, and facts that only the 2021 plan gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.knowledge.records import Term
from bot.knowledge.services import ContactPoint, Service

#: Days ahead that a review counts as due: time enough to telephone through a month's services.
SOON_DAYS = 60
#: The sources that are founding documents of 2021.
FOUNDING = ("plan", "prevent")
#: What stands behind a contact, weakest first.
EVIDENCE = ("plan", "dated", "current")


@dataclass(frozen=True, slots=True)
class Fact:
    """A contact point with its service."""

    service: Service
    contact: ContactPoint


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is to be confirmed; each in the order in which to begin."""

    #: Their review was due before the day asked about.
    overdue: tuple[Service, ...]
    #: Their review is due on that day or within `SOON_DAYS` after it.
    due: tuple[Service, ...]
    #: Contacts for which only the founding documents speak.
    on_the_plan: tuple[Fact, ...]
    #: Entries of the glossary for which only the founding documents speak.
    terms_on_the_plan: tuple[Term, ...]


def freshness(knowledge: Knowledge, today: dt.date) -> Freshness:
    """What is overdue on the day `today`, what is due soon, and what only the founding documents support."""
    services = sorted(knowledge.services.values(), key=lambda service: (service.review_by, service.id))
    soon = today + dt.timedelta(days=SOON_DAYS)
    return Freshness(
        overdue=tuple(service for service in services if service.review_by < today),
        due=tuple(service for service in services if today <= service.review_by <= soon),
        on_the_plan=tuple(fact for fact in facts(knowledge) if fact.contact.evidence == "plan"),
        terms_on_the_plan=tuple(term for term in knowledge.glossary.values() if term.source in FOUNDING),
    )


def facts(knowledge: Knowledge) -> list[Fact]:
    """Every contact point: oldest first, of one age the weakest evidence first, then by service.

    The contacts of a service keep the order of its record, so that one call settles them together.
    """
    found = [
        Fact(service, contact)
        for service in sorted(knowledge.services.values(), key=lambda service: service.id)
        for contact in service.contacts
    ]
    return sorted(
        found,
        key=lambda fact: (
            fact.contact.checked.first_day,
            EVIDENCE.index(fact.contact.evidence),
            fact.service.id,
        ),
    )
