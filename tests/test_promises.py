"""Nothing is made up: what the assistant says, over many turns, is held against the knowledge base.

The finders here are written apart from those of `signpost check`, and look at finished replies, so that a
fault in reading, translating or composing shows as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.assistant import Assistant, Turn
from bot.dialogue.reply import Choice
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Knowledge
from store.building import build_assistant
from store.content import read_content

PROJECT = Path(__file__).parents[1]
#: A Monday morning in winter; the night before a bank holiday in summer.
MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
NIGHT = datetime(2027, 8, 30, 1, 15, tzinfo=UTC)
#: May be named in a sentence; every one is a contact as well.
NAMED = {"999", "101", "111"}
#: Parts of a reply that are told from records by Babel (dates, hours) or are for programs.
COMPUTED = {"hours", "next_open", "next_open_text", "checked", "checked_text", "state", "id", "in_english"}
#: Parts of a contact that are the fact itself, compared with the record as a whole.
FACTS = ("id", "kind", "value", "href", "source")

_NUMBER = re.compile(r"(?<![\w£])\+?\(?\d(?:[\s().-]{0,3}\d){2,}")
_YEARS = re.compile(r"(?:19|20)\d\d")
_EMAIL = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+")
_LINK = re.compile(r"(?:\w+://|www\.)\S+|\b(?:[\w-]+\.)+(?:uk|org|com|net|info|gov|london|eu|io)\b\S*")

Reply = dict[str, Any]


class Heard(NamedTuple):
    """A reply with what brought it about, for the message of a failing test."""

    after: str
    reply: Reply


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return build_assistant(read_content(PROJECT), PROJECT / "var" / "learned")


@pytest.fixture(scope="module")
def heard(assistant: Assistant) -> list[Heard]:
    """What is said in every language: to residents' words in the morning and at night, and to every tap."""
    found = []
    for language in assistant.knowledge.languages:
        for now in (MORNING, NIGHT):
            turns = [*_typed(assistant.knowledge, language), *_tapped(assistant.knowledge, now)]
            for turn in turns:
                reply, _ = assistant.respond(turn, DialogueState(), now)
                what = turn.message or str(turn.choose)
                found.append(Heard(f"{what} ({language}, {now:%d %B %H:%M})", reply.to_json()))
    return found


def _typed(knowledge: Knowledge, language: str) -> Iterator[Turn]:
    """The first words for each topic, notice and small talk, what is not ours, and every retired value."""
    spoken, english = knowledge.examples[language], knowledge.examples["en"]
    for kind in ("topics", "urgent", "smalltalk"):
        for phrases in {**getattr(english, kind), **getattr(spoken, kind)}.values():
            yield from (Turn(message=phrase, language=language) for phrase in phrases[:1])
    for phrase in (*spoken.none[:5], "?", "qwzx", "101 202 303", "0207 946 0999"):
        yield Turn(message=phrase, language=language)
    for service in knowledge.services.values():
        for old in service.retired:
            yield Turn(message=f"is {old.value} still right for {service.name}", language=language)


def _tapped(knowledge: Knowledge, now: datetime) -> Iterator[Turn]:
    """Every group, and every topic; by day, when lines are open, every aspect of it too."""
    for language in knowledge.languages:
        for group in ("", *knowledge.groups):
            yield Turn(choose=Choice(menu=group), language=language)
        for topic in knowledge.topics:
            for aspect in (None, *knowledge.aspects) if now is MORNING else (None, "open_now"):
                yield Turn(choose=Choice(topic=topic, aspect=aspect), language=language)
