"""Turns of a conversation on the tiny knowledge base: what is decided and what is said."""

import pytest

from bot.assistant import Turn
from bot.dialogue.reply import Choice
from bot.dialogue.state import DialogueState


def test_an_answer_brings_the_service_with_its_source_and_date(talk):
    """The topic's text and steps, and contacts that can be called, with where they come from."""
    reply, _ = talk("noisy neighbours")
    (card,) = reply.services
    phone = next(contact for contact in card.contacts if contact.id == "phone")
    assert (reply.outcome, reply.topic) == ("answer", "noise")
    assert len(reply.steps) == 2
    assert (phone.value, phone.href) == ("020 7946 0018", "tel:+442079460018")
    assert (phone.source, phone.checked) == ("https://www.littleborough.example/noise", "2026-11-21")


def test_what_is_closed_says_when_it_opens_and_what_is_open_comes_first(talk):
    """On a Sunday evening the night line leads, and the day line says when it opens."""
    reply, _ = talk("noisy neighbours")
    first, second = reply.services[0].contacts[:2]
    assert (first.id, first.open_now, first.next_open) == ("night", True, None)
    assert (second.id, second.open_now) == ("phone", False)
    assert second.next_open == "2026-11-23T09:00:00+00:00"
    assert second.next_open_text == "Opens tomorrow at 09:00."


def test_a_contact_that_only_the_plan_gives_says_so(talk):
    """Its date is the plan's, and a note tells that it was not confirmed since."""
    reply, _ = talk("noisy neighbours")
    email = next(contact for contact in reply.services[0].contacts if contact.kind == "email")
    assert email.checked_text == "2021"
    assert "2021 plan" in (email.note or "")


def test_a_card_is_no_fresher_than_its_oldest_contact(talk):
    """The date of a card is that of the contact confirmed longest ago, though the record was read since."""
    reply, _ = talk("noisy neighbours")
    assert (reply.services[0].checked, reply.services[0].checked_text) == ("2021-01-01", "2021")


def test_a_retired_number_is_recognised_and_not_offered(talk):
    """Who names the old number is told so and given the new ones."""
    reply, _ = talk("i rang 020 7946 0999 and it is dead")
    assert reply.topic == "noise"
    assert "no longer used" in reply.text
    assert all(contact.value != "020 7946 0999" for card in reply.services for contact in card.contacts)


def test_a_follow_up_is_answered_for_the_topic_in_hand(talk):
    """Only what was asked, for the service on the table."""
    reply, _ = talk("noisy neighbours", "how much does it cost")
    assert (reply.outcome, reply.topic, reply.aspect) == ("aspect", "noise", "cost")
    assert "Littleborough Noise Team: Free" in reply.text


def test_a_follow_up_that_the_records_do_not_answer_says_so(talk):
    """What is not known is not made up, and there is still somebody to ask."""
    reply, _ = talk("my bike was stolen", "how much does it cost")
    assert reply.aspect == "cost"
    assert reply.text == "We do not know what it costs."
    assert reply.services


def test_a_new_subject_is_not_taken_for_a_follow_up(talk):
    """A topic named surely wins over the one in hand."""
    reply, state = talk("noisy neighbours", "my bike was stolen")
    assert reply.topic == state.topic == "bike-theft"
    assert state.previous == "noise"


@pytest.mark.parametrize("message", ["🔪🔪", "\x00\x07", "zxqv wkjh qqq"])
def test_what_is_not_understood_still_leads_to_a_person(talk, message):
    """A fallback names somebody to speak to and offers the subjects."""
    reply, state = talk(message)
    assert reply.outcome == "fallback"
    assert reply.services[0].id == "council-desk"
    assert all(suggestion.choose.menu for suggestion in reply.suggestions)
    assert state.fallbacks == 1


def test_the_second_fallback_says_more(talk):
    """The same words are not repeated to someone who was not understood twice."""
    first, _ = talk("zxqv wkjh qqq")
    second, _ = talk("zxqv wkjh qqq", "wkjh zxqv")
    assert first.text != second.text


@pytest.mark.parametrize(
    "offered", [Choice(topic="noise"), Choice(topic="noise", aspect="cost"), Choice(menu="")]
)
def test_a_tapped_suggestion_does_what_it_says(talk, offered):
    """Topic, aspect of a topic, or menu."""
    reply, _ = talk(Turn(choose=offered))
    assert (reply.topic, reply.aspect) == (offered.topic, offered.aspect)
    if offered.menu is not None:
        assert {suggestion.choose.menu for suggestion in reply.suggestions} == {"street", "things", "council"}


def test_suggestions_can_be_tapped(talk, assistant):
    """Whatever any reply suggests is understood when it comes back."""
    seen, waiting = set(), [Turn(message="hello"), Turn(message="noisy neighbours"), Turn(message="zxqv")]
    while waiting:
        reply, _ = talk(waiting.pop())
        for suggestion in reply.suggestions:
            assert suggestion.label
            if suggestion.choose not in seen:
                seen.add(suggestion.choose)
                waiting.append(Turn(choose=suggestion.choose))
    assert {choice.topic for choice in seen if choice.topic} == set(assistant.knowledge.topics)


def test_small_talk_is_answered_kindly(talk):
    """Thanks are thanks."""
    reply, _ = talk("thank you")
    assert (reply.outcome, reply.smalltalk) == ("smalltalk", "thanks")


def test_a_state_of_an_older_knowledge_base_does_no_harm(assistant, talk, sunday_evening):
    """A topic that is gone is forgotten."""
    _, state = talk("noisy neighbours")
    old = state.with_(topic="gone", offered=("gone", "too"))
    reply, _ = assistant.respond(Turn(message="how much does it cost"), old, sunday_evening)
    assert reply.topic != "gone"


def test_the_chosen_language_wins(talk):
    """A question in English under Bengali is understood, and answered in Bengali where it is translated."""
    reply, _ = talk("noisy neighbours", language="bn")
    assert (reply.language, reply.topic) == ("bn", "noise")
    assert reply.text.startswith("শব্দ চলতে থাকলে")
    assert reply.translated == "partial"


def test_what_stands_in_english_is_pointed_to(talk):
    """Each text without a translation is named by a JSON pointer, and the others are not."""
    reply, _ = talk("noisy neighbours", language="bn")
    body = reply.to_json()
    for pointer in reply.in_english:
        value = body
        for part in pointer.strip("/").split("/"):
            value = value[int(part)] if part.isdigit() else value[part]
        assert isinstance(value, str)
    assert "/steps/0" in reply.in_english
    assert "/services/0/contacts/1/label" not in reply.in_english


def test_a_draft_notice_stands_beside_its_english(talk):
    """A safety notice that nobody confirmed shows the English too; in English there is nothing to add."""
    bengali, _ = talk("he has a knife now", language="bn")
    english, _ = talk("he has a knife now")
    assert bengali.urgent[0].english is not None
    assert bengali.urgent[0].english.text == english.urgent[0].text
    assert english.urgent[0].english is None


def test_a_notice_comes_with_its_contacts(talk):
    """The one number to call is there to be tapped."""
    reply, _ = talk("he has a knife right now")
    assert reply.urgent[0].kind == "danger"
    assert reply.urgent[0].contacts[0].href == "tel:999"


@pytest.mark.parametrize("room", ["step", "compose", "recognise"])
def test_no_fault_hides_a_notice(talk, monkeypatch, caplog, room):
    """Whatever step fails after a notice was found, the notice is shown."""

    def fail(*_arguments, **_named):
        raise RuntimeError("broken on purpose")

    targets = {
        "step": "bot.assistant.step",
        "compose": "bot.dialogue.compose.Composer.compose",
        "recognise": "bot.understanding.recognition.Understanding.recognise",
    }
    monkeypatch.setattr(targets[room], fail)
    reply, _ = talk("he has a knife right now")
    assert [notice.kind for notice in reply.urgent] == ["danger"]
    assert reply.urgent[0].contacts[0].value == "999"
    assert "knife" not in caplog.text
    with pytest.raises(RuntimeError):
        talk("noisy neighbours")


def test_a_reply_is_plain_data(talk):
    """The JSON of a reply holds nothing but plain values, and no null choice."""
    reply, _ = talk("noisy neighbours")

    def plain(value):
        if isinstance(value, dict):
            return all(type(key) is str and plain(item) for key, item in value.items())
        if isinstance(value, (list, tuple)):
            return all(plain(item) for item in value)
        return type(value) in (str, int, float, bool, type(None))

    assert plain(reply.to_json())


def test_reasons_are_given(assistant):
    """An explanation names the decision, the words, the concepts, the rules and the runners-up."""
    told = assistant.explain(Turn(message="noisy nieghbours"), DialogueState())
    for part in ("answer noise", "nieghbours=neighbour", "rule", "topic       noise +", "confidence"):
        assert part in told
