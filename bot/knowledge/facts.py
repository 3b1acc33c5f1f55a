"""Checks of the facts: contacts and their evidence, retired values, dates, details inside texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.knowledge.base import Knowledge
from bot.knowledge.faults import Fault
from bot.knowledge.mentions import Kind, key, mentions
from bot.knowledge.reading import Lines
from bot.knowledge.services import NUMBER_KINDS, ContactKind, ContactPoint, Service

#: Where a text stands: its file, the path inside it, and the text.
Place = tuple[str, tuple[str | int, ...], str]


class OwnedContact(NamedTuple):
    """A contact, where it stands, and the words by which its owner is known."""

    file: str
    path: tuple[str | int, ...]
    words: str
    contact: ContactPoint


_SERVICE_TEXTS = ("summary", "for_whom", "cost", "interpreting", "confidential", "what_happens_next")
_TOPIC_TEXTS = ("title", "need", "answer", "danger")
#: Free mailboxes: a service that is answerable for its mail has its own domain.
_PRIVATE_HOSTS = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "live.com"}
    | {"yahoo.com", "yahoo.co.uk", "icloud.com", "aol.com", "btinternet.com", "proton.me", "protonmail.com"}
)
#: Words that make a mailbox a function's and no person's, besides those of the service's own record.
_FUNCTIONS = frozenset(
    {"info", "enquiries", "enquiry", "contact", "contacts", "help", "helpline", "support", "team", "service"}
    | {"services", "office", "admin", "mail", "mailbox", "desk", "duty", "report", "reporting", "referral"}
    | {"referrals", "complaint", "complaints", "feedback", "safety", "community", "council", "customer"}
    | {"hello", "advice", "general", "partnership", "public", "health", "housing", "social", "care", "adult"}
    | {"adults", "children", "family", "families", "young", "youth", "hate", "crime", "abuse", "violence"}
    | {"noise", "street", "police", "mind", "online"}
)


def check_facts(knowledge: Knowledge, lines: Lines, today: dt.date) -> Iterator[Fault]:
    """What is wrong with the contacts, their evidence and dates, and with details inside texts."""
    for service in knowledge.services.values():
        yield from _service(service, lines, today)
    for owned in contacts(knowledge):
        yield from _contact(owned, lines, today)
    for site in knowledge.sites.values():
        yield from _two_of_one_id("sites.yaml", (site.id,), site.contacts, lines)
    yield from _retired_in_use(knowledge, lines)
    yield from _texts(knowledge, lines)


def texts(knowledge: Knowledge) -> Iterator[Place]:
    """Every text that residents see, with its place; names of services and people's words are none."""
    for service in knowledge.services.values():
        file = f"services/{service.id}.yaml"
        yield from _fields(file, (), service, _SERVICE_TEXTS)
    for owned in contacts(knowledge):
        yield from _fields(owned.file, owned.path, owned.contact, ("label", "cost", "note"))
    for topic in knowledge.topics.values():
        file = f"topics/{topic.id}.yaml"
        yield from _fields(file, (), topic, _TOPIC_TEXTS)
        yield from ((file, ("steps", position), step) for position, step in enumerate(topic.steps))
        yield from ((file, ("aspects", name), text) for name, text in topic.aspects.items())
    for name, group in knowledge.groups.items():
        yield from _fields("groups.yaml", (name,), group, ("title",))
    for name, notice in knowledge.urgent.items():
        yield from _fields("urgent.yaml", (name,), notice, ("title", "text"))
    for name, aspect in knowledge.aspects.items():
        yield from _fields("aspects.yaml", (name,), aspect, ("label", "text", "unknown"))
    for name, smalltalk in knowledge.smalltalk.items():
        yield from _fields("smalltalk.yaml", (name,), smalltalk, ("text",))
    for name, term in knowledge.glossary.items():
        yield from _fields("glossary.yaml", (name,), term, ("explains", "today"))


def _fields(
    file: str, path: tuple[str | int, ...], record: object, names: tuple[str, ...]
) -> Iterator[Place]:
    for name in names:
        text = getattr(record, name)
        if text is not None:
            yield file, (*path, name), text


def _service(service: Service, lines: Lines, today: dt.date) -> Iterator[Fault]:
    file = f"services/{service.id}.yaml"
    if service.review_by < today:
        what = f"the review was due by {service.review_by}"
        remedy = "check the record against its sources, then set `checked` and `review_by`"
        yield Fault(file, lines.at(file, "review_by"), what, remedy, "warning")
    if service.checked.first_day > today:
        yield Fault(file, lines.at(file, "checked"), "the date lies in the future", "correct it")
    if service.maximum_age is not None and service.maximum_age < (service.minimum_age or 0):
        line = lines.at(file, "maximum_age")
        yield Fault(file, line, "the maximum age is below the minimum age", "correct one of the two")
    yield from _two_of_one_id(file, (), service.contacts, lines)


def _two_of_one_id(
    file: str, path: tuple[str, ...], owned: tuple[ContactPoint, ...], lines: Lines
) -> Iterator[Fault]:
    ids = [contact.id for contact in owned]
    for position, name in enumerate(ids):
        if name in ids[:position]:
            line = lines.at(file, *path, "contacts", position, "id")
            yield Fault(file, line, f"two contacts have the id {name!r}", "give each its own")


def _contact(owned: OwnedContact, lines: Lines, today: dt.date) -> Iterator[Fault]:
    file, path, contact = owned.file, owned.path, owned.contact
    founding = contact.source in ("plan", "prevent")
    if contact.evidence == "plan" and not founding:
        what = f"the evidence is `plan`, but the source is {contact.source}"
        remedy = "write `current` or `dated`, or the source `plan` or `prevent`"
        yield Fault(file, lines.at(file, *path, "evidence"), what, remedy)
    if contact.evidence == "current" and founding:
        what = "the evidence is `current`, but the source is a founding document of 2021"
        yield Fault(file, lines.at(file, *path, "evidence"), what, "write `plan`, or give a newer source")
    if contact.checked.first_day > today:
        yield Fault(file, lines.at(file, *path, "checked"), "the date lies in the future", "correct it")
    if contact.kind is ContactKind.EMAIL:
        yield from _mailbox(file, lines.at(file, *path, "value"), owned.words, contact.value)


def _mailbox(file: str, line: int, words: str, address: str) -> Iterator[Fault]:
    local, _, host = address.lower().rpartition("@")
    parts = [part for part in re.split(r"[._-]", re.sub(r"\d", "", local)) if part]
    own = re.findall(r"\w+", words.lower())
    remedy = "give the service's own mailbox, or leave the contact out"
    if host == "cjsm.net" or host.endswith(".cjsm.net"):
        yield Fault(file, line, f"{address} is a mailbox between agencies, closed to residents", remedy)
    elif host in _PRIVATE_HOSTS:
        yield Fault(file, line, f"{address} is a private mailbox", remedy)
    elif len(parts) == 2 and len(parts[0]) == 1 and len(parts[1]) > 2:
        yield Fault(file, line, f"{address} seems to be one person's", remedy)
    elif len(parts) == 2 and "." in local and not _FUNCTIONS.union(own).intersection(parts):
        yield Fault(file, line, f"{address} may be one person's", remedy, "warning")


def _kind(contact: ContactPoint) -> Kind | None:
    if contact.kind in NUMBER_KINDS:
        return "number"
    if contact.kind is ContactKind.EMAIL:
        return "email"
    return None if contact.kind is ContactKind.ADDRESS else "link"


def contacts(knowledge: Knowledge) -> Iterator[OwnedContact]:
    """Every contact: of the services, and of the sites that embed the widget."""
    for service in knowledge.services.values():
        words = f"{service.id} {service.name} {service.organisation} {service.summary}"
        for position, contact in enumerate(service.contacts):
            yield OwnedContact(f"services/{service.id}.yaml", ("contacts", position), words, contact)
    for site in knowledge.sites.values():
        for position, contact in enumerate(site.contacts):
            path = (site.id, "contacts", position)
            yield OwnedContact("sites.yaml", path, f"{site.id} {site.name}", contact)


def _retired_key(value: str) -> tuple[Kind | None, str]:
    """What a retired value is compared by; the kind is None for a name or an address."""
    if re.fullmatch(r"[\d +()-]+", value):
        return "number", key("number", value)
    if "@" in value and " " not in value:
        return "email", key("email", value)
    if "." in value and " " not in value:
        return "link", key("link", value)
    return None, value.casefold()


def _retired_in_use(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    retired = {
        _retired_key(value.value): service.id
        for service in knowledge.services.values()
        for value in service.retired
    }
    for owned in contacts(knowledge):
        contact, kind = owned.contact, _kind(owned.contact)
        by = retired.get((kind, key(kind, contact.value) if kind else contact.value.casefold()))
        if by is not None:
            what = f"{contact.value} is retired (services/{by}.yaml) and a contact all the same"
            line = lines.at(owned.file, *owned.path, "value")
            yield Fault(owned.file, line, what, "take it out here, or out of `retired`")


def _texts(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    kinds = ((_kind(owned.contact), owned.contact.value) for owned in contacts(knowledge))
    current = {(kind, key(kind, value)) for kind, value in kinds if kind}
    for file, path, text in texts(knowledge):
        for mention in mentions(text):
            line = lines.at(file, *path)
            if mention.kind == "time":
                what = f"a time stands in the text ({mention.written})"
                yield Fault(file, line, what, "keep hours with their contact", "warning")
            elif (mention.kind, mention.key) not in current:
                what = f"{mention.written} stands in the text and is no contact of any service"
                yield Fault(file, line, what, "make it a contact of a service, or take it out")
