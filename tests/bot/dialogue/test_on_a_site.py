"""A site that embeds the assistant adds its own contacts and leads the menu; it takes nothing away."""

from copy import copy
from dataclasses import replace

import pytest

from bot.assistant import Turn
from bot.dialogue.reply import Choice
from bot.dialogue.state import DialogueState
from bot.knowledge.sites import Site

OWN = {
    "id": "own",
    "kind": "phone",
    "label": "Our own line",
    "value": "020 7946 0001",
    "hours": "Mo-Fr 09:00-17:00",
    "source": "https://partner.example/contact",
    "checked": "2026-11",
    "evidence": "current",
}


@pytest.fixture
def on_a_site(assistant, sunday_evening):
    """Says what a partner with a contact of its own is told, which leads with things and with noise."""
    site = Site(
        id="partner", name="A partner", topics=("library-of-things",), groups=("street",), contacts=(OWN,)
    )
    bare = Site(id="bare", name="Bare")
    served = copy(assistant)
    served.knowledge = replace(assistant.knowledge, sites={"partner": site, "bare": bare})

    def say(message=None, choose=None, site="partner"):
        turn = Turn(message=message, choose=choose, site=site)
        return served.respond(turn, DialogueState(), sunday_evening)[0]

    return say


def ids(reply):
    return [card.id for card in reply.services]


def test_its_contacts_stand_in_answers_on_what_it_leads_with(on_a_site):
    """After the services of the topic; with source, date and whether they are open, like any contact."""
    reply = on_a_site("noisy neighbours")
    assert ids(reply) == ["noise-team", "partner"]
    (contact,) = reply.services[-1].contacts
    assert (contact.value, contact.source) == ("020 7946 0001", "https://partner.example/contact")
    assert (contact.checked, contact.open_now) == ("2026-11-01", False)
    assert reply.services[-1].checked_text == "November 2026"


def test_they_do_not_stand_in_other_answers(on_a_site):
    assert "partner" not in ids(on_a_site(choose=Choice(topic="council-contact")))


def test_whoever_is_not_understood_gets_them_besides_the_councils(on_a_site):
    assert ids(on_a_site("qwxz vbnm plugh")) == ["council-desk", "partner"]


def test_its_topics_and_groups_lead_the_menu_and_none_is_missing(on_a_site):
    offered = [suggestion.choose for suggestion in on_a_site(choose=Choice(menu="")).suggestions]
    assert offered == [
        Choice(topic="library-of-things"),
        Choice(menu="street"),
        Choice(menu="things"),
        Choice(menu="council"),
    ]


@pytest.mark.parametrize("site", [None, "bare", "unknown"])
def test_without_a_site_or_its_own_things_everything_is_as_ever(on_a_site, talk, site):
    for message in ("noisy neighbours", "qwxz vbnm plugh"):
        assert on_a_site(message, site=site) == talk(message)[0]


def test_a_safety_notice_is_the_same_on_every_site(on_a_site, talk):
    """No partner's contact stands in it."""
    message = "he is hitting me"
    notices = talk(message)[0].urgent
    assert on_a_site(message).urgent == notices
