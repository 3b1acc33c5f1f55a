"""What is in hand: services shown and picked, going back, other needs, and who had enough."""

import datetime as dt

import pytest

from bot.assistant import Assistant, Turn
from bot.dialogue.reply import Choice
from bot.dialogue.state import DialogueState
from bot.knowledge.reading import read_files, read_folder
from tests.bot.conftest import SUNDAY_EVENING, TINY

SERVICE = """name: {name}
summary: Helps as well, in its own way.
cost: "{cost}"
contacts:
- id: phone
  kind: phone
  label: Call
  value: 020 7946 00{number}
  hours: {hours}
  source: https://www.littleborough.example/{number}
  checked: 2026-11-21
  evidence: current
source: https://www.littleborough.example/{number}
checked: 2026-11-21
review_by: 2027-05-21
"""
HELPERS = [f"helper-{letter}" for letter in "abcde"]
ADDED = {
    "concepts/en/moves.yaml": """go-back: [go back, back to]
first-thing: [the first thing]
other-one: [the other one]
tried-it: [already called, rang them]
fed-up: [told you already, this is useless]
ask-more: [more, who else, the other one]
ask-no-reply: [no answer, already called]
choice-2: [second, the second one]
joins-needs: [and]
""",
    "concepts/concepts.yaml": """go-back: {means: wants to go back, kind: acts}
first-thing: {means: the first thing, kind: acts}
other-one: {means: the other one, kind: acts}
tried-it: {means: tried already, kind: acts}
fed-up: {means: had enough, kind: acts}
ask-more: {means: asks for more, kind: acts}
ask-no-reply: {means: nobody answers, kind: acts}
choice-2: {means: the second, kind: acts}
joins-needs: {means: joins needs, kind: acts}
""",
    "aspects.yaml": """more_options:
  label: Who else can help?
  text: "These can help as well:"
  unknown: We do not know anyone else.
  rules: [{all: [ask-more], weight: strong}]
not_working_or_no_reply:
  label: What if nobody answers?
  text: "You can try:"
  unknown: We do not have another way.
  rules: [{all: [ask-no-reply], weight: strong}]
""",
    "examples/en/aspects.yaml": """more_options: [who else is there, more please, show more, the other one]
not_working_or_no_reply: [there is no answer, i already called, i already called them]
""",
    "smalltalk.yaml": """insult:
  text: Sorry.
  suggest: [contact-centre, menu]
""",
}


@pytest.fixture(scope="module")
def helped():
    """The tiny knowledge base, with five more services for noise and the words for moves."""
    files = read_folder(TINY)
    for name, text in ADDED.items():
        files[name] = files.get(name, b"") + text.encode()
    for number, name in enumerate(HELPERS, start=20):
        hours = "24/7" if name == "helper-c" else "Mo-Fr 09:00-17:00"
        text = SERVICE.format(
            name=f"Alpha{number} Trust", cost=f"{number} pounds", number=number, hours=hours
        )
        files[f"services/{name}.yaml"] = text.encode()
    noise = files["topics/noise.yaml"].replace(
        b"leads: [noise-team]", f"leads: [noise-team, {', '.join(HELPERS)}]".encode()
    )
    noise = noise.replace(
        b"aspects:\n  not_working_or_no_reply: Call the council desk and say when you called before.\n", b""
    )
    found, faults = read_files({**files, "topics/noise.yaml": noise})
    assert found is not None, faults
    return Assistant(found)


@pytest.fixture
def said(helped):
    """Plays messages, or turns; gives the last reply and state."""

    def play(*messages, now=SUNDAY_EVENING):
        state = DialogueState()
        for message in messages:
            turn = message if isinstance(message, Turn) else Turn(message=message)
            reply, state = helped.respond(turn, state, now)
        return reply, state

    return play


def shown(reply):
    return [card.id for card in reply.services]


def test_the_second_one_is_the_second_of_those_shown(said):
    """One service is picked by its place, and follow-up questions are about it alone."""
    reply, state = said("noisy neighbours", "the second one")
    assert (reply.topic, shown(reply), state.service) == ("noise", ["helper-a"], "helper-a")
    reply, _ = said("noisy neighbours", "the second one", "how much does it cost")
    assert (reply.aspect, shown(reply)) == ("cost", ["helper-a"])
    assert "20 pounds" in reply.text
    assert "21 pounds" not in reply.text


def test_a_service_may_be_named_with_what_is_asked_of_it(said):
    """ "What about …, how much" is about the service named, though it was not on the table."""
    reply, state = said("noisy neighbours", "alpha24 trust how much does it cost")
    assert (reply.topic, reply.aspect, shown(reply)) == ("noise", "cost", ["helper-e"])
    assert state.service == "helper-e"


def test_the_other_one_is_not_the_one_in_hand(said):
    """Of those shown."""
    reply, _ = said("noisy neighbours", "the second one", "no the other one")
    assert shown(reply) == ["noise-team"]


def test_who_called_already_gets_the_next_ones_open_ones_first(said):
    """Not the same service again, and each that was tried is left out from then on."""
    reply, state = said("noisy neighbours", "i already called them")
    assert reply.aspect == "not_working_or_no_reply"
    assert shown(reply) == ["helper-c", "helper-a"]
    assert (state.tried, state.service) == (("noise-team",), "helper-c")
    reply, state = said("noisy neighbours", "i already called them", "i already called them")
    assert state.tried == ("noise-team", "helper-c")
    assert not set(state.tried) & set(shown(reply))


def test_more_gives_the_next_four_and_then_a_person(said):
    """Never a wall of cards, and never a dead end."""
    first, _ = said("noisy neighbours")
    second, _ = said("noisy neighbours", "more")
    third, _ = said("noisy neighbours", "more", "more")
    assert shown(first) + shown(second) == ["noise-team", *HELPERS]
    assert len(shown(first)) == 4
    assert shown(third) == ["council-desk"]
    assert third.text == "We do not know anyone else."


def test_going_back_gives_the_topic_before(said):
    """And back again, and to the first; where there was none, the menu."""
    assert said("noisy neighbours", "my bike was stolen", "go back")[0].topic == "noise"
    assert said("noisy neighbours", "my bike was stolen", "go back", "go back")[0].topic == "bike-theft"
    back = said("noisy neighbours", "my bike was stolen", "where can i hire a drill", "the first thing")
    assert back[0].topic == "noise"
    reply, _ = said("go back")
    assert (reply.outcome, shown(reply)) == ("fallback", ["council-desk"])
    assert reply.suggestions


@pytest.mark.parametrize("message", ["i told you already", "this is useless"])
def test_who_had_enough_gets_a_person_open_now_and_the_contact_centre(said, message):
    """The service of the topic in hand that answers now comes first, with its telephone alone."""
    reply, _ = said("noisy neighbours", message)
    assert (reply.outcome, reply.smalltalk) == ("smalltalk", "speak_to_person")
    assert shown(reply) == ["noise-team", "council-desk"]
    assert [contact.id for contact in reply.services[0].contacts] == ["night"]
    assert reply.suggestions[0].choose == Choice(topic="noise", aspect="more_options")


def test_a_new_need_told_in_anger_is_answered(said):
    """A complaint in the same breath does not hide what is needed."""
    reply, _ = said("noisy neighbours", "this is useless, my bike was stolen")
    assert reply.topic == "bike-theft"


def test_the_same_answer_is_not_given_twice(said):
    """The second time it is short, and a person to speak to comes with it."""
    first, _ = said("noisy neighbours")
    second, _ = said("noisy neighbours", "noisy neighbours upstairs")
    assert (first.topic, second.topic) == ("noise", "noise")
    assert first.text not in second.text
    assert second.steps == ()
    assert "council-desk" in shown(second)
    assert len(shown(second)) <= 4


def test_in_danger_the_whole_answer_is_said_again(said):
    """Nothing is shortened for who is in danger."""
    _, state = said("noisy neighbours", "he has a knife right now, noisy neighbours")
    assert not state.repeated


def test_another_need_of_the_same_message_is_the_first_suggestion(said):
    """Two needs joined: one is answered, the other offered before anything else."""
    reply, _ = said("my bike was stolen and noisy neighbours play loud music")
    other = {"noise": "bike-theft", "bike-theft": "noise"}[reply.topic]
    assert reply.suggestions[0].choose == Choice(topic=other)


def test_one_need_offers_no_other_first(said):
    """A message with one need in two clauses is one need."""
    reply, _ = said("noisy neighbours and their music is loud")
    assert reply.suggestions[0].choose.topic == "noise"


def test_a_short_question_is_asked_once(said):
    """Not again when the topic comes back later."""
    first, _ = said("noisy neighbours")
    again, _ = said("noisy neighbours", "my bike was stolen", "go back")
    assert "Do you rent" in first.text
    assert again.topic == "noise"
    assert "Do you rent" not in again.text


def test_whom_it_was_about_is_forgotten_with_the_subject(said):
    """A later need that is not next to the first may be another person's."""
    _, state = said("noisy neighbours in my council flat", "where can i hire a drill")
    assert state.topic == "library-of-things"
    assert state.who == ()


def test_whether_it_is_open_is_said_either_way(assistant, talk):
    """Closed is not unknown: when it opens next is said."""
    monday = dt.datetime(2026, 11, 23, 7, 0, tzinfo=SUNDAY_EVENING.tzinfo)
    asked = Turn(choose=Choice(topic="council-contact", aspect="hours"))
    assert talk(asked, now=monday)[0].services[0].contacts[0].open_now is False


def test_a_notice_of_an_earlier_turn_stays_in_reach(said):
    """In one line with its number, and not at full size again unless danger is told again."""
    first, _ = said("he has a knife right now")
    later, _ = said("he has a knife right now", "noisy neighbours")
    again, _ = said("he has a knife right now", "noisy neighbours", "he has a knife right now")
    assert first.urgent_shown == ()
    assert later.urgent == ()
    [line] = later.urgent_shown
    assert (line.kind, line.title) == ("danger", first.urgent[0].title)
    assert line.contact == first.urgent[0].contacts[0]
    assert [notice.kind for notice in again.urgent] == ["danger"]
    assert again.urgent_shown == ()


def test_services_that_are_gone_are_left_out(helped):
    """A state of an older knowledge base: the ordinals and what was tried do no harm."""
    old = DialogueState(
        topic="noise",
        first="gone",
        previous="gone",
        service="gone",
        shown=("gone", "helper-a"),
        tried=("gone",),
    )
    for message in ("the second one", "the other one", "i already called them", "how much is it", "go back"):
        reply, state = helped.respond(Turn(message=message), old, SUNDAY_EVENING)
        assert "gone" not in (reply.topic, *shown(reply))
        assert state.turns == 1
