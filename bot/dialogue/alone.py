"""Safety notices by themselves, in English, by as little code as will do: for when all else fails."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.reply import Contact, Notice, Reply
from bot.knowledge.base import Knowledge
from bot.knowledge.services import ContactPoint
from bot.language.catalogue import SOURCE_LANGUAGE


def notices_alone(knowledge: Knowledge, kinds: Iterable[str]) -> Reply:
    """A reply of the notices of these kinds, without a word of anything else."""
    english = knowledge.languages[SOURCE_LANGUAGE]
    notices = tuple(_notice(knowledge, kind) for kind in kinds)
    return Reply(english.tag, english.direction, "fallback", urgent=notices)


def _notice(knowledge: Knowledge, kind: str) -> Notice:
    record = knowledge.urgent[kind]
    contacts = []
    for reference in record.contacts:
        service, _, wanted = reference.partition("/")
        contacts += [_contact(one) for one in knowledge.services[service].contacts if one.id == wanted]
    return Notice(record.id, record.title, record.text, tuple(contacts), None)


def _contact(contact: ContactPoint) -> Contact:
    """The contact as its record has it, without hours."""
    checked = contact.checked.first_day.isoformat()
    return Contact(
        id=contact.id,
        kind=contact.kind.value,
        label=contact.label,
        value=contact.value,
        href=contact.href,
        hours=None,
        open_now=None,
        next_open=None,
        next_open_text=None,
        note=contact.note,
        source=contact.source,
        checked=checked,
        checked_text=checked,
    )
