"""What something is or means: the glossary explains it, and says whom to turn to."""

import pytest

from bot.assistant import Turn
from bot.dialogue.reply import Choice
from bot.dialogue.state import DialogueState


@pytest.mark.parametrize(
    "message",
    [
        "what is the noise panel",
        "whats a npx",
        "what is the noise pannel",
        "npx meaning",
        "i dont know what is this noise panel",
        "what is the noise panel please tell me more",
        "Noise Panel",
        "the noise panel",
        "নয়েজ প্যানেল মানে কি",
    ],
)
def test_a_question_about_a_term_is_answered_with_its_explanation(talk, message):
    """Asked in whatever words, misspelt, in another script, or by the name alone."""
    reply, state = talk(message, language="en")
    assert (reply.outcome, reply.topic, reply.term) == ("answer", "noise", "noise-panel")
    assert reply.text.startswith("The Noise Panel is a meeting")
    assert state.topic == "noise"


def test_the_services_are_those_to_turn_to_instead(talk):
    """In the order in which the term names them, not those of the topic."""
    reply, _ = talk("what is the noise panel")
    assert [card.id for card in reply.services] == ["noise-team", "council-desk"]


def test_the_topic_itself_is_offered_first_and_then_its_neighbours(talk):
    """Who asks what something is often has the need behind it."""
    reply, _ = talk("what is the noise panel")
    assert [suggestion.choose for suggestion in reply.suggestions] == [
        Choice(topic="noise"),
        Choice(topic="council-contact"),
    ]


def test_what_residents_cannot_turn_to_says_so(talk):
    """And that nobody confirmed that it still exists."""
    reply, _ = talk("what is the noise panel")
    assert reply.text.splitlines()[1:] == [
        "We have not confirmed that it still exists under this name.",
        "You cannot contact it yourself. The services below can help.",
    ]


def test_what_residents_can_turn_to_is_explained_and_nothing_else_is_said(talk):
    """There is nothing to say against it."""
    reply, _ = talk("what is the noise desk")
    assert reply.text == "At the Noise Desk you can ask about noise in person."


def test_what_was_renamed_says_its_present_name_and_no_more(talk):
    """A resident can turn to it, so nothing is said against it."""
    reply, _ = talk("what is the lending shed")
    assert reply.text.splitlines() == [
        "The Lending Shed was where people borrowed tools.",
        "It is now called the Library of Things.",
    ]


@pytest.mark.parametrize(
    "message",
    [
        "i want the noise panel, my upstairs neighbour is loud every night",
        "what is the use of it, my neighbour is loud every single night and the noise panel never rings",
        "the noise panel what is that, my neighbour has been so loud since monday and i cannot sleep",
        "noise panel phone number",
        "my neighbour told the noise panel about the noise from our party and what is that to him",
    ],
)
def test_a_need_that_only_mentions_a_term_is_answered_by_its_topic(talk, message):
    """The explanation would keep somebody from the steps that help."""
    reply, _ = talk(message)
    assert (reply.topic, reply.term) == ("noise", None)


def test_a_plain_word_alone_is_a_need_and_asked_about_it_is_explained(talk):
    """Cuckooing, typed by itself, happens to somebody."""
    alone, _ = talk("tool lending shed")
    asked, _ = talk("tool lending shed meaning")
    assert (alone.topic, alone.term) == ("library-of-things", None)
    assert asked.term == "lending-shed"


def test_another_form_of_a_name_is_not_the_name(talk):
    """By itself a name is said or misspelt, but not inflected: panelling is no panel."""
    reply, _ = talk("noise panelling")
    assert reply.term is None


def test_a_follow_up_is_about_the_terms_topic(talk):
    """The topic of the term is in hand."""
    reply, _ = talk("what is the noise panel", "how much does it cost")
    assert (reply.outcome, reply.topic, reply.aspect, reply.term) == ("aspect", "noise", "cost", None)


def test_an_explanation_is_no_answer_given_before(talk):
    """Who then tells more of the need gets the topic's answer, not a choice."""
    _, state = talk("what is the noise panel", "what is the noise panel")
    assert state.topic == "noise"
    assert not state.repeated


def test_a_name_may_be_the_answer_to_a_question(assistant, sunday_evening):
    """A topic that was offered is answered as it was offered."""
    open_question = DialogueState(topic=None, offered=("noise", "bike-theft"))
    reply, _ = assistant.respond(Turn(message="noise panel"), open_question, sunday_evening)
    assert (reply.topic, reply.term) == ("noise", None)


def test_notices_come_with_an_explanation_too(talk):
    """Danger that is told beside the question is not lost."""
    reply, _ = talk("he has a knife now what is the noise panel")
    assert [notice.kind for notice in reply.urgent] == ["danger"]


def test_an_explanation_that_is_not_translated_stands_in_english_and_says_so(talk):
    """Each text says for itself whether it is translated."""
    reply, _ = talk("নয়েজ প্যানেল মানে কি")
    assert (reply.language, reply.translated) == ("bn", "partial")
    assert "/text" in reply.in_english


def test_the_reason_names_the_term(assistant):
    """An adviser sees why it was explained."""
    told = assistant.explain(Turn(message="what is the noise panel"), DialogueState())
    assert "answer noise noise-panel: asks what something is" in told
