"""The pages of topics and services say what a conversation says, and how well it is translated."""

import pytest

from bot.dialogue.leaflet import Leaflets
from bot.dialogue.reply import Choice
from bot.dialogue.wording import Wording
from bot.language.catalogue import Catalogue


@pytest.fixture
def leaflets(knowledge, assistant, sunday_evening):
    def in_language(tag):
        catalogue = assistant.catalogues.get(tag) or Catalogue(tag, {})
        return Leaflets(knowledge, Wording(knowledge.languages[tag], catalogue), sunday_evening)

    return in_language


def test_the_page_of_a_topic_has_the_answer_of_a_conversation(leaflets, knowledge, talk):
    page = leaflets("en").topic(knowledge.topics["noise"])
    assert page.answer.text == talk("noisy neighbours")[0].text
    assert page.answer.services == talk("noisy neighbours")[0].services
    assert (page.title, page.translated) == ("Noise", "full")


def test_it_answers_the_questions_that_a_conversation_would_offer(leaflets, knowledge, talk):
    reply, _ = talk("noisy neighbours")
    page = leaflets("en").topic(knowledge.topics["noise"])
    offered = [each.label for each in reply.suggestions if each.choose.aspect]
    assert [each.label for each in page.follow_ups] == offered
    assert page.follow_ups[0].reply.outcome == "aspect"
    assert page.follow_ups[0].reply.text


def test_it_leads_on_to_what_is_for_some_people_and_to_what_is_near(leaflets, knowledge):
    page = leaflets("en").topic(knowledge.topics["noise"])
    assert [each.choose for each in page.audiences] == [
        Choice(topic="noise", who="tenant"),
        Choice(topic="noise", who="owner"),
    ]
    assert [each.choose for each in page.neighbours] == [Choice(topic="council-contact")]


def test_who_has_another_topic_is_led_there(leaflets, knowledge):
    """A topic that hands some people over to another."""
    page = leaflets("en").topic(knowledge.topics["bike-theft"])
    assert Choice(topic="council-contact") in [each.choose for each in page.audiences]


def test_the_page_for_some_people_has_their_answer(leaflets, knowledge):
    page = leaflets("en").topic(knowledge.topics["noise"], "tenant")
    assert page.answer.text.startswith("If you rent from the council")
    assert page.audiences == ()


def test_the_page_of_a_service_has_every_contact(leaflets, knowledge):
    record = knowledge.services["noise-team"]
    (card,) = leaflets("en").service(record).services
    assert {contact.id for contact in card.contacts} == {contact.id for contact in record.contacts}


def test_the_page_of_a_service_says_which_topics_it_leads(leaflets, knowledge):
    page = leaflets("en").service(knowledge.services["noise-team"])
    assert Choice(topic="noise") in [each.choose for each in page.topics]


def test_what_lacks_a_translation_is_told(leaflets, knowledge):
    page = leaflets("bn").topic(knowledge.topics["noise"])
    assert page.translated == "partial"
    assert "/title" in page.in_english
    assert "/text" in page.answer.in_english
