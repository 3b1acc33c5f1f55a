"""A word or three: half a question, which is answered with a choice at least."""

import pytest

from bot.assistant import Turn
from bot.conversations import offered_topics
from bot.dialogue.state import DialogueState
from tests.wordings.conftest import MORNING


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("drugs", "drug-dealing"),
        ("ok noise", "noise"),
        ("police", "local-policing"),
        ("scared", "feeling-unsafe"),
        ("my ex", "domestic-abuse"),
        ("housing pls", "homelessness"),
        ("bins", "council-contact"),
        ("মাদক", "drug-dealing"),
        ("ruido", "noise"),
        ("narkotyki", "drug-dealing"),
    ],
)
def test_a_name_alone_leads_somewhere(assistant, message, topic):
    """To its topic or to a choice that has it."""
    reply, _ = assistant.respond(Turn(message=message), DialogueState(), MORNING)
    assert topic in (reply.topic, *offered_topics(reply))


@pytest.mark.parametrize(
    "message", ["banana", "weather", "the the", "42", "qwxz vbnm plugh", "xvt wug nosie qqrr"]
)
def test_a_word_that_is_not_ours_does_not(assistant, message):
    """It is told so."""
    reply, _ = assistant.respond(Turn(message=message), DialogueState(), MORNING)
    assert reply.outcome == "fallback"
