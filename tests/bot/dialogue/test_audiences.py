"""Whom a message is about changes the answer, and one short question is asked where it matters."""

from bot.assistant import Turn
from bot.dialogue.reply import Choice


def test_a_question_is_asked_below_the_first_answer(talk):
    """The contact is there at once; who answers the question is offered to tap."""
    reply, _ = talk("noisy neighbours")
    assert reply.services[0].id == "noise-team"
    assert reply.text.endswith("Do you rent your home from the council?")
    offered = [suggestion.choose for suggestion in reply.suggestions[:2]]
    assert offered == [Choice(topic="noise", who="tenant"), Choice(topic="noise", who="owner")]


def test_the_answer_to_the_question_changes_what_leads(talk):
    """For tenants their own text comes first and their service leads; the question is not asked again."""
    reply, state = talk("noisy neighbours", Turn(choose=Choice(topic="noise", who="tenant")))
    assert reply.text.startswith("If you rent from the council")
    assert [card.id for card in reply.services] == ["council-desk", "noise-team"]
    assert "Do you rent" not in reply.text
    assert state.who == ("tenant",)


def test_what_is_said_at_once_is_not_asked(talk):
    """Who says it in the first message gets the answer for them."""
    reply, state = talk("noisy neighbours in my council flat")
    assert reply.services[0].id == "council-desk"
    assert "Do you rent" not in reply.text
    assert state.who == ("tenant",)


def test_it_is_remembered_in_follow_ups(talk):
    """A follow-up question is answered for the same people."""
    reply, _ = talk("noisy neighbours in my council flat", "what number do i ring")
    assert reply.aspect == "phone"
    assert reply.services[0].id == "council-desk"


def test_a_topic_may_hand_over_to_another(talk):
    """What is another topic for some is answered as that one."""
    reply, state = talk("my bike was stolen from my council flat")
    assert reply.topic == state.topic == "council-contact"


def test_what_was_said_later_counts(talk):
    """Who corrects themselves is believed."""
    _, state = talk("noisy neighbours in my council flat", "noisy neighbours, i own my home")
    assert state.who == ("owner",)


def test_a_typed_answer_to_the_question_is_one(talk):
    """Who types the answer instead of tapping it gets the topic in hand, for them."""
    reply, state = talk("noisy neighbours", "council flat")
    assert (reply.topic, reply.services[0].id) == ("noise", "council-desk")
    assert state.who == ("tenant",)
