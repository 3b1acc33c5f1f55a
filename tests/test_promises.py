"""Nothing is made up: what the assistant says, over many turns, is held against the knowledge base.

Finished replies are looked at, so that a fault in reading, translating or composing shows as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.assistant import Assistant, Turn
from bot.dialogue.reply import Choice
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Knowledge
from store.building import build_assistant
from store.content import read_content, sound
from tests.details import details, plain, sentences, strings

PROJECT = Path(__file__).parents[1]
#: A Monday morning in winter; the night before a bank holiday in summer.
MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
NIGHT = datetime(2027, 8, 30, 1, 15, tzinfo=UTC)
#: May be named in a sentence; every one is a contact as well.
NAMED = {"999", "101", "111"}
#: Words that fit several topics or none.
_VAGUE = ("drugs", "abuse", "police", "housing", "report", "?", "qwzx", "101 202 303", "0207 946 0999")
#: What must be on record as it is shown.
_CARD = ("id", "name", "source")
_CONTACT = ("id", "kind", "value", "href", "source", "checked")

Reply = dict[str, Any]
Facts = tuple[str | None, ...]


class Heard(NamedTuple):
    """A reply with what brought it about, for the message of a failing test."""

    after: str
    reply: Reply


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    files = read_content(PROJECT)
    assistant = build_assistant(files, PROJECT / "var" / "learned")
    assistant.knowledge = sound(files)[1]  # with the examples
    return assistant


@pytest.fixture(scope="module")
def heard(assistant: Assistant) -> list[Heard]:
    """What is said in every language: to residents' words in the morning and at night, and to every tap."""
    found = []
    for language in assistant.knowledge.languages:
        for now in (MORNING, NIGHT):
            for turn in (
                *_typed(assistant.knowledge, language),
                *_tapped(assistant.knowledge, language, now),
            ):
                reply, state = assistant.respond(turn, DialogueState(), now)
                found.append(_heard(turn, reply, now))
                for suggestion in reply.suggestions if turn.message and now is MORNING else ():
                    tap = Turn(choose=suggestion.choose, language=language)
                    found.append(_heard(tap, assistant.respond(tap, state, now)[0], now))
    return found


def _heard(turn: Turn, reply: Any, now: datetime) -> Heard:
    what = repr(turn.message) if turn.message else str(turn.choose)
    return Heard(f"{what} ({turn.language}, {now:%d %B %H:%M})", reply.to_json())


def _typed(knowledge: Knowledge, language: str) -> Iterator[Turn]:
    """The first words for each topic, notice and small talk, what is not ours, and every retired value."""
    spoken, english = knowledge.examples[language], knowledge.examples["en"]
    for kind in ("topics", "urgent", "smalltalk"):
        for phrases in {**getattr(english, kind), **getattr(spoken, kind)}.values():
            yield from (Turn(message=phrase, language=language) for phrase in phrases[:1])
    for phrase in (*spoken.none[:5], *_VAGUE):
        yield Turn(message=phrase, language=language)
    for service in knowledge.services.values():
        for old in service.retired:
            yield Turn(message=f"is {old.value} still right for {service.name}", language=language)


def _tapped(knowledge: Knowledge, language: str, now: datetime) -> Iterator[Turn]:
    """Every group and topic; every aspect of it in English by day, otherwise some that it gets by turns."""
    for group in ("", *knowledge.groups):
        yield Turn(choose=Choice(menu=group), language=language)
    every = tuple(knowledge.aspects)
    for place, topic in enumerate(knowledge.topics):
        some = ("open_now", every[place % len(every)], every[(place + 7) % len(every)])
        for aspect in (None, *(every if (language, now) == ("en", MORNING) else some)):
            yield Turn(choose=Choice(topic=topic, aspect=aspect), language=language)


def test_enough_is_said_to_hold_the_promises_against(assistant: Assistant, heard: list[Heard]) -> None:
    """Every kind of answer, every topic and every notice is there, and so is nearly every contact."""
    knowledge = assistant.knowledge
    replies = [reply for _, reply in heard]
    assert len(replies) > 500
    assert {reply["outcome"] for reply in replies} >= {"answer", "aspect", "smalltalk", "fallback"}
    assert {reply["topic"] for reply in replies} >= set(knowledge.topics)
    assert {notice["kind"] for reply in replies for notice in reply["urgent"]} == set(knowledge.urgent)
    shown = {contact["value"] for reply in replies for contact in _contacts(reply)}
    known = [contact.value for service in knowledge.services.values() for contact in service.contacts]
    assert len(shown & set(known)) > 0.8 * len(set(known))


def test_every_contact_on_a_card_is_a_record_with_its_source_and_date(
    assistant: Assistant, heard: list[Heard]
) -> None:
    """Number, link and evidence are those of the knowledge base, unchanged, in every language."""
    records = _records(assistant.knowledge)
    assert not [(after, wrong) for after, reply in heard for wrong in _not_on_record(reply, records)]


def test_no_card_is_said_to_be_fresher_than_its_oldest_contact(heard: list[Heard]) -> None:
    """The date on a card holds for every number on it."""
    cards = [(after, card) for after, reply in heard for card in reply["services"]]
    assert not [(after, card) for after, card in cards if card["checked"] > min(_days(card))]


def test_every_number_and_link_in_a_sentence_is_a_current_contact(
    assistant: Assistant, heard: list[Heard]
) -> None:
    """Answers, steps, notes, notices and suggestions name nothing that the knowledge base does not give."""
    facts = _current(assistant.knowledge)
    assert not [(after, wrong) for after, reply in heard for wrong in _made_up(reply, facts)]


def test_no_retired_value_is_ever_said(assistant: Assistant, heard: list[Heard]) -> None:
    """Also when a resident asks for it by name."""
    retired = _retired(assistant.knowledge)
    assert retired
    assert not [(after, wrong) for after, reply in heard for wrong in _outdated(reply, retired)]


def test_every_fact_has_its_evidence(assistant: Assistant) -> None:
    """A source that can be opened, or a founding document; and a day that is not in the future."""
    services = assistant.knowledge.services.values()
    evidence = {(one.source, one.checked.first_day) for service in services for one in service.contacts}
    evidence |= {(service.source, service.checked.first_day) for service in services}
    assert {source for source, _ in evidence if not re.match(r"https?://\S+\.\S", source)} <= {
        "plan",
        "prevent",
    }
    assert max(day for _, day in evidence) <= MORNING.date()


@pytest.mark.parametrize(
    "said",
    [
        "Call 020 7946 0001.",
        "Call 0800\u00a01111\u00a0222.",
        "কল করুন ০২০ ৭৯৪৬ ০০০১।",
        "Call 112 233.",
        "Text 60123.",
        "Write to help@nowhere.example.",
        "See https://nowhere.example/help.",
        "See www.nowhere.example.",
        "See nowhere.org.uk.",
    ],
)
def test_a_made_up_detail_does_not_pass(assistant: Assistant, heard: list[Heard], said: str) -> None:
    """In an answer, a step, a card's note or a notice."""
    facts = _current(assistant.knowledge)
    reply = next(reply for _, reply in heard if reply["services"] and reply["steps"] and reply["urgent"])
    card, notice = reply["services"][0], reply["urgent"][0]
    noted = {**card, "contacts": [{**card["contacts"][0], "note": said}]}
    for change in (
        {"text": f"{reply['text']} {said}"},
        {"steps": [*reply["steps"], said]},
        {"services": [noted]},
        {"urgent": [{**notice, "text": said}]},
        {"suggestions": [{"label": said, "choose": {}}]},
    ):
        assert list(_made_up({**reply, **change}, facts))
    assert not list(_made_up(reply, facts))


def test_a_changed_contact_does_not_pass(assistant: Assistant, heard: list[Heard]) -> None:
    """A digit in the number, another link, a source or a date left out."""
    records = _records(assistant.knowledge)
    reply = next(reply for _, reply in heard if reply["services"])
    assert not list(_not_on_record(reply, records))
    card = reply["services"][0]
    for part, value in (
        ("value", "020 7946 0001"),
        ("href", "tel:+442079460001"),
        ("source", ""),
        ("checked", ""),
    ):
        changed = {**card, "contacts": [{**card["contacts"][0], part: value}]}
        assert list(_not_on_record({**reply, "services": [changed]}, records)), part


def test_a_retired_value_does_not_pass(assistant: Assistant, heard: list[Heard]) -> None:
    """However its digits are grouped or written, in a sentence or on a card."""
    retired = _retired(assistant.knowledge)
    reply = next(reply for _, reply in heard if reply["services"])
    for value in [old for service in assistant.knowledge.services.values() for old in service.retired]:
        assert list(_outdated({**reply, "text": f"Use {value.value} now."}, retired)), value
    digits = next(old for old in retired if old.isdigit())
    assert list(_outdated({**reply, "text": f"+44 {digits[1:5]}-{digits[5:]}"}, retired))
    assert list(_outdated({**reply, "steps": ["০" + digits[1:]]}, retired))


def _days(card: Reply) -> list[str]:
    return [contact["checked"] for contact in card["contacts"]]


def _contacts(reply: Reply) -> Iterator[Reply]:
    for part in (*reply["urgent"], *reply["services"]):
        yield from part["contacts"]


def _not_on_record(reply: Reply, records: set[Facts]) -> Iterator[Reply]:
    """The cards and contacts that are not as the knowledge base has them, or do not say when that was so."""
    shown = [*((_CARD, card) for card in reply["services"]), *((_CONTACT, one) for one in _contacts(reply))]
    for parts, record in shown:
        if tuple(record[part] for part in parts) not in records or not record["checked_text"]:
            yield record


def _records(knowledge: Knowledge) -> set[Facts]:
    services = knowledge.services.values()
    cards = ((one.id, one.name, one.source) for one in services)
    contacts = (
        (one.id, str(one.kind), one.value, one.href, one.source, str(one.checked.first_day))
        for service in services
        for one in service.contacts
    )
    return {*cards, *contacts}


def _made_up(reply: Reply, facts: set[str]) -> Iterator[str]:
    """The numbers, links and addresses in the sentences of `reply` that are not among `facts`."""
    for text in sentences(reply):
        for line in text.splitlines():  # "09:30." and "101" on two lines are two numbers
            for found in details(line):
                if found not in facts:
                    yield f"{found} in {line!r}"


def _outdated(reply: Reply, retired: set[str]) -> Iterator[str]:
    """The retired values that stand anywhere in `reply`."""
    for text in strings(reply):
        words = plain(text)
        for old in retired & set(details(text)) | {old for old in retired if _stands_in(old, words)}:
            yield f"{old} in {text!r}"


def _stands_in(old: str, text: str) -> bool:
    if old.isdigit() or old not in text:
        return False
    return re.search(rf"(?<![\w@.]){re.escape(old)}(?![\w@])", text) is not None


def _current(knowledge: Knowledge) -> set[str]:
    """Every contact as `details` would give it."""
    contacts = [contact for service in knowledge.services.values() for contact in service.contacts]
    values = [contact.value for contact in contacts if contact.kind != "address"]
    return NAMED | {detail for value in values for detail in details(value)}


def _retired(knowledge: Knowledge) -> set[str]:
    """Every retired value as `details` would give it, or as it stands where it is an address or a name."""
    values = [old.value for service in knowledge.services.values() for old in service.retired]
    return {detail for value in values for detail in (*details(value), *_whole(value))}


def _whole(value: str) -> tuple[str, ...]:
    return () if any(details(value)) else (plain(value),)
