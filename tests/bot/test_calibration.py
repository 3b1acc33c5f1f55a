"""Thresholds are those that cost residents least."""

import datetime as dt
from pathlib import Path

import pytest

from bot.assistant import Assistant, Turn
from bot.calibration import Observed, as_yaml, calibrate, thresholds
from bot.cases import Case, Said
from bot.costs import COSTS
from bot.dialogue.context import Context
from bot.dialogue.following import signs
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Knowledge
from bot.knowledge.reading import read_folder
from bot.understanding.confidence import Calibration, Evidence, logistic
from bot.understanding.matcher import Match

TINY = read_folder(Path(__file__).parents[1] / "knowledge")
#: Confidence is the logistic function of the lead, from -4 to 4.
BY_LEAD = Calibration((-4.0, 0.0, 0.0, 8.0, *[0.0] * 4))


def observed(lead: float, right: bool, near: bool = True, ours: bool = True) -> Observed:
    return Observed(Evidence(0.0, 0.0, lead, 0.0, 0.0), right, near, ours)


def slow_cost(found: list[Observed], answer: float, offer: float) -> float:
    """The cost of `found` with these thresholds, one message after the other."""
    total = 0.0
    for one in found:
        sure = BY_LEAD.confidence(one.evidence)
        total += one.costs[0 if sure >= answer else 1 if sure >= offer else 2]
    return total


MIXED = [
    observed(place % 11, right=place % 11 > 3 + place % 4, near=place % 3 > 0, ours=place % 5 > 0)
    for place in range(200)
]


def test_no_other_thresholds_cost_noticeably_less() -> None:
    """Compared with trying every pair, message by message: two in a hundred, twice, are not noticed."""
    answer, offer = thresholds(BY_LEAD, MIXED)
    tried = [number / 50 for number in range(1, 50)]
    least = min(slow_cost(MIXED, one, other) for one in tried for other in tried if other <= one)
    assert least <= slow_cost(MIXED, answer, offer) <= least * 1.02**2


def test_of_thresholds_that_cost_the_same_the_middle_is_taken() -> None:
    """What is sure is right, and what is unsure is not ours: any threshold between the two is as good."""
    right = [observed(10, right=True), observed(0, right=False, near=False, ours=False)]
    assert thresholds(BY_LEAD, right) == (0.5, 0.5)


def test_more_wrong_answers_make_more_careful() -> None:
    some = [observed(5, right=True), observed(5, right=False)]
    none_wrong, _ = thresholds(BY_LEAD, [some[0]])
    many_wrong, _ = thresholds(BY_LEAD, [some[0], *[some[1]] * 3])
    assert none_wrong <= BY_LEAD.confidence(some[0].evidence) < many_wrong


def match_of(*ranking: tuple[str, float]) -> Match:
    return Match(ranking[0][0], 0.5, list(ranking), Evidence(0.0, 0.0, 0.0, 0.0, 0.0), ())


@pytest.mark.parametrize(
    ("wanted", "costs"),
    [
        (["a"], ("right", "choice", "lost")),
        (["b"], ("wrong", "choice", "lost")),
        (["d"], ("wrong", "astray", "lost")),
        (["none"], ("wrong", "needless", "right")),
    ],
)
def test_what_each_reply_would_cost_is_seen_from_the_ranking(
    wanted: list[str], costs: tuple[str, ...]
) -> None:
    """`d` is too far behind to be offered, and small talk never is."""
    match = match_of(("a", 3.0), ("smalltalk:yes", 2.5), ("b", 2.0), ("c", 1.0), ("d", -3.0))
    assert Observed.of(match, wanted).costs == tuple(COSTS[kind] for kind in costs)


def test_a_choice_is_offered_by_how_sure_the_first_few_are() -> None:
    """Three topics that share a word: none is sure, and one of them is right."""
    calibration = Calibration(BY_LEAD.weights, (-4.0, 0.0, 8.0, *[0.0] * 5))
    shared = Observed(Evidence(0.3, 0.9, 0.0, 1.0, 0.0), right=False, near=True, ours=True)
    foreign = Observed(Evidence(0.3, 0.4, 0.0, 1.0, 0.0), right=False, near=False, ours=False)
    answer, offer = thresholds(calibration, [shared, foreign])
    assert calibration.confidence(shared.evidence) < answer
    assert calibration.nearness(foreign.evidence) < offer <= calibration.nearness(shared.evidence)


def cases_of(spoken: str, *, measured: bool, **messages: str) -> list[Case]:
    return [
        Case("a.yaml", 1, text, spoken, (Said(text, {"topic": (topic,)}),), measured=measured)
        for text, topic in messages.items()
        for _ in range(20)
    ]


def test_calibrating_twice_gives_the_same_file(knowledge: Knowledge) -> None:
    assistant = Assistant(knowledge)
    kept = cases_of("en", measured=True, loud_music_at_night="noise", my_wife_beats_me="noise")
    first, second = (calibrate(assistant, kept, [], dt.date(2026, 11, 22)) for _ in range(2))
    assert as_yaml(first) == as_yaml(second)
    assert 0 < first.offer < 1
    assert 0 < first.answer < 1


def conversations(first: str, second: str, expected: dict[str, tuple[str, ...]]) -> list[Case]:
    turns = (Said(first, {"topic": ("noise",)}), Said(second, expected))
    return [Case("b.yaml", number, second, "en", turns) for number in range(15)]


def test_conversations_say_what_is_a_follow_up(knowledge: Knowledge) -> None:
    """A question goes on with the noise, a new need does not; after a wrong answer neither tells a thing."""
    assistant = Assistant(knowledge)
    kept = [
        *cases_of("en", measured=True, loud_music_at_night="noise", my_wife_beats_me="noise"),
        *conversations("loud music at night", "what is the number", {"aspect": ("phone",)}),
        *conversations("loud music at night", "my bike was stolen", {"topic": ("theft",)}),
        *conversations("my bike was stolen", "is it raining", {"aspect": ("phone",)}),
    ]
    found = calibrate(assistant, kept, [], dt.date(2026, 11, 22))
    assert found.follow_up is not None
    assert "30 second messages" in found.method
    assert "follow_up:" in as_yaml(found)
    state = DialogueState(topic="noise")
    likely = {
        text: logistic(
            found.follow_up,
            signs(
                Context(
                    assistant.recognised(Turn(message=text), state), state, knowledge, assistant.calibration
                )
            ),
        )
        for text in ("what is the number", "my bike was stolen")
    }
    assert likely["my bike was stolen"] < 0.5 < likely["what is the number"]
