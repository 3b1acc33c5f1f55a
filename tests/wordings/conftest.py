"""The assistant as it is shipped, built once, and what it hears in a message."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.assistant import Assistant, Turn
from bot.dialogue.state import DialogueState
from store.building import build_assistant
from store.content import read_content

PROJECT = Path(__file__).parents[2]
#: A Monday morning: offices are open.
MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


class Heard(NamedTuple):
    """What one message was understood as.

    `likely` are the two topics that fit best, best first; `answered` is the topic of the answer, None where a
    choice is offered or nothing fits; `notices` are the kinds of safety notice.
    """

    likely: tuple[str, ...]
    answered: str | None
    notices: frozenset[str]
    concepts: frozenset[str]


Hear = Callable[[str], Heard]


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    """With what was learned before, as far as it still holds."""
    return build_assistant(read_content(PROJECT), PROJECT / "var" / "learned")


@pytest.fixture
def hear(assistant: Assistant) -> Hear:
    """Says one message in a new conversation."""

    def heard(message: str) -> Heard:
        reply, _ = assistant.respond(Turn(message=message), DialogueState(), MORNING)
        ranking = assistant.understanding.topics.match(message).ranking
        return Heard(
            tuple(topic for topic, _ in ranking[:2]),
            reply.topic if reply.outcome == "answer" else None,
            frozenset(notice.kind for notice in reply.urgent),
            assistant.understanding.read(message).utterance.concepts,
        )

    return heard
