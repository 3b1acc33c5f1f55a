"""Services and notices as cards: the contacts that answer, open now or when, with their source and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.dialogue import phrases
from bot.dialogue.reply import Contact, English, Notice, Reminder, ServiceCard
from bot.dialogue.wording import Wording
from bot.knowledge.base import Knowledge
from bot.knowledge.hours import Schedule
from bot.knowledge.services import ContactKind, ContactPoint, Service
from bot.knowledge.sites import Site

Keep = Callable[[ContactPoint], bool]


@dataclass(frozen=True, slots=True)
class Cards:
    """Makes the cards of one reply. `now` is aware."""

    knowledge: Knowledge
    wording: Wording
    now: dt.datetime

    def service(self, service: Service, keep: Keep | None = None) -> ServiceCard:
        """The service's card with the contacts to `keep`; with all of them where none would be left."""
        kept = [contact for contact in service.contacts if keep is None or keep(contact)] or list(
            service.contacts
        )
        # A card is no fresher than the oldest fact on it, whenever its record was last read through.
        oldest = min((contact.checked for contact in kept), key=lambda checked: checked.first_day)
        return ServiceCard(
            id=service.id,
            name=service.name,
            summary=self.wording.say(service.summary),
            for_whom=self.wording.maybe(service.for_whom),
            contacts=tuple(self.contact(contact) for contact in self._in_order(kept)),
            cost=self.wording.maybe(service.cost),
            languages=service.languages,
            source=service.source,
            checked=oldest.first_day.isoformat(),
            checked_text=self.wording.date(oldest),
            languages_text=self.wording.language_names(service.languages) if service.languages else None,
            what_happens_next=self.wording.maybe(service.what_happens_next),
        )

    def site(self, site: Site) -> ServiceCard | None:
        """The card of the embedding site's own contacts; None where it has none."""
        if not site.contacts:
            return None
        oldest = min(site.contacts, key=lambda contact: contact.checked.first_day)
        return ServiceCard(
            id=site.id,
            name=site.name,
            summary=self.wording.say(phrases.OWN_CONTACTS),
            for_whom=None,
            contacts=tuple(self.contact(contact) for contact in self._in_order(list(site.contacts))),
            cost=None,
            languages=(),
            source=oldest.source,
            checked=oldest.checked.first_day.isoformat(),
            checked_text=self.wording.date(oldest.checked),
        )

    def contact(self, contact: ContactPoint) -> Contact:
        """One contact, ready to show."""
        open_now, next_open = self._opening(contact)
        plan_only = phrases.FROM_PLAN if contact.evidence == "plan" else None
        notes = [self.wording.maybe(text) for text in (contact.note, contact.cost, plan_only)]
        return Contact(
            id=contact.id,
            kind=contact.kind.value,
            label=self.wording.say(contact.label),
            value=contact.value,
            href=contact.href,
            hours=self.wording.hours(contact.hours) if contact.hours else None,
            open_now=open_now,
            next_open=next_open.isoformat() if next_open else None,
            next_open_text=self.wording.opens(next_open, self.now) if next_open else None,
            note=self.wording.paragraphs(notes) if any(notes) else None,
            source=contact.source,
            checked=contact.checked.first_day.isoformat(),
            checked_text=self.wording.date(contact.checked),
        )

    def notice(self, kind: str) -> Notice:
        """The safety notice of that kind; with its English wherever the translation is not confirmed."""
        record = self.knowledge.urgent[kind]
        title, text = self.wording.say(record.title), self.wording.say(record.text)
        confirmed = title.status == text.status == "full"
        contacts: list[Contact] = []
        for reference in record.contacts:
            service, _, wanted = reference.partition("/")
            contacts.extend(
                self.contact(contact)
                for contact in self.knowledge.services[service].contacts
                if contact.id == wanted
            )
        return Notice(
            record.id, title, text, tuple(contacts), None if confirmed else English(record.title, record.text)
        )

    def reminder(self, kind: str) -> Reminder:
        """The line that keeps a notice of that kind in reach."""
        notice = self.notice(kind)
        return Reminder(notice.kind, notice.title, next(iter(notice.contacts), None))

    def is_open(self, contact: ContactPoint) -> bool | None:
        """Whether the contact is open now; None where its hours are not known."""
        return self._opening(contact)[0]

    def next_opening(self, contact: ContactPoint) -> dt.datetime | None:
        """When the contact opens next; None: it is open, or its hours are not known."""
        return self._opening(contact)[1]

    def _in_order(self, contacts: list[ContactPoint]) -> list[ContactPoint]:
        """As written, but those for out of hours first while the other telephone lines are closed."""
        lines = [
            contact for contact in contacts if contact.kind is ContactKind.PHONE and not contact.out_of_hours
        ]
        if not lines or any(self.is_open(contact) is not False for contact in lines):
            return contacts
        return sorted(contacts, key=lambda contact: not contact.out_of_hours)

    def _opening(self, contact: ContactPoint) -> tuple[bool | None, dt.datetime | None]:
        if contact.hours is None:
            return None, None
        schedule = Schedule(contact.hours)
        zone = ZoneInfo(self.knowledge.settings.timezone)
        now = self.now.astimezone(zone)
        is_open = schedule.is_open(now)
        return is_open, None if is_open else schedule.next_opening(now)
