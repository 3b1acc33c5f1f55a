"""Counting how conversations went, on scripted replies."""

import datetime as dt
from dataclasses import replace
from typing import cast

import pytest

from bot.assistant import Assistant, Turn
from bot.cases import Case, Said
from bot.costs import COSTS, KINDS
from bot.dialogue.reply import Choice, Notice, Reply, Suggestion
from bot.dialogue.state import DialogueState
from bot.evaluation.measures import (
    Asked,
    by_language,
    by_topic,
    calibration_error,
    confusions,
    evaluate,
    grouped,
    mean_cost,
    reliability,
    right_answers,
    share,
)

NOW = dt.datetime(2026, 11, 25, 10, 30, tzinfo=dt.UTC)
ANSWER = Reply("en", "ltr", "answer", topic="noise", confidence=0.9)
FALLBACK = Reply("en", "ltr", "fallback")
CHOICE = Reply("en", "ltr", "clarify", suggestions=(Suggestion("Theft", Choice(topic="theft")),))
THANKS = Reply("en", "ltr", "smalltalk", smalltalk="thanks", confidence=0.8)


class Scripted:
    """An assistant that gives the reply that belongs to a message."""

    def __init__(self, replies: dict[str, Reply]) -> None:
        self.replies = replies

    def respond(self, turn: Turn, state: DialogueState, now: dt.datetime) -> tuple[Reply, DialogueState]:
        return self.replies[turn.message or ""], state

    def explain(self, turn: Turn, state: DialogueState) -> str:
        return ""


def case_of(text: str, line: int = 1, spoken: str = "en", **expected: tuple[str, ...]) -> Case:
    return Case(f"conversations/{spoken}/a.yaml", line, text, spoken, (Said(text, expected),))


def asked_one(reply: Reply, **expected: tuple[str, ...]) -> Asked:
    [asked] = evaluate(cast(Assistant, Scripted({"a": reply})), [case_of("a", **expected)], NOW).asked
    return asked


@pytest.mark.parametrize(
    ("reply", "expected", "got", "kind"),
    [
        (ANSWER, {"topic": ("theft", "noise")}, "noise", "right"),
        (ANSWER, {"topic": ("theft",)}, "noise", "wrong"),
        (ANSWER, {"topic": ("none",)}, "noise", "wrong"),
        (ANSWER, {"outcome": ("fallback", "smalltalk")}, "noise", "wrong"),
        (CHOICE, {"topic": ("theft",)}, "choice", "choice"),
        (CHOICE, {"topic": ("noise",)}, "choice", "astray"),
        (CHOICE, {"topic": ("none",)}, "choice", "needless"),
        (FALLBACK, {"topic": ("noise",)}, "none", "lost"),
        (FALLBACK, {"topic": ("noise", "none")}, "none", "right"),
        (FALLBACK, {"outcome": ("fallback",)}, "none", "right"),
        (FALLBACK, {"smalltalk": ("thanks",)}, "none", "lost"),
        (THANKS, {"smalltalk": ("thanks",)}, "smalltalk:thanks", "right"),
        (THANKS, {"topic": ("noise",)}, "smalltalk:thanks", "lost"),
        (THANKS, {"outcome": ("fallback",)}, "smalltalk:thanks", "right"),
    ],
)
def test_what_a_reply_is_depends_on_what_the_resident_gets(
    reply: Reply, expected: dict[str, tuple[str, ...]], got: str, kind: str
) -> None:
    asked = asked_one(reply, **expected)
    assert (asked.got, asked.kind) == (got, kind)


@pytest.mark.parametrize(
    ("expected", "right"),
    [
        ({"urgent": ("danger",)}, ()),
        ({"outcome": ("answer",)}, ()),
        ({"smalltalk": ("none",)}, ()),
        ({"outcome": ("fallback",), "topic": ("noise",)}, ("noise",)),
        ({"outcome": ("fallback",)}, ("none",)),
    ],
)
def test_only_a_message_with_a_known_answer_is_counted(
    expected: dict[str, tuple[str, ...]], right: tuple[str, ...]
) -> None:
    assert right_answers(Said("a", expected)) == right


def test_a_wrong_answer_costs_more_than_a_choice_and_a_choice_more_than_the_right_one() -> None:
    assert sorted(KINDS, key=lambda kind: COSTS[kind]) == list(KINDS)
    costs = list(COSTS.values())
    assert costs[0] < costs[1] < costs[2] <= costs[3] < costs[4] < costs[5]


def asked(wanted: str, got: str, confidence: float = 0.9, spoken: str = "en") -> Asked:
    kind = "right" if wanted == got else "choice" if got == "choice" else "wrong"
    return Asked(f"{wanted}-{got}", f"{wanted} as {got}", spoken, (wanted,), got, kind, confidence)


def test_shares_and_costs_are_those_of_the_messages() -> None:
    some = [asked("noise", "noise"), asked("noise", "theft"), asked("theft", "choice", spoken="bn")]
    assert share(some, "right") == pytest.approx(1 / 3)
    assert share(some, "right", "choice") == pytest.approx(2 / 3)
    assert mean_cost(some) == pytest.approx((COSTS["wrong"] + COSTS["choice"]) / 3)
    assert {name: len(many) for name, many in grouped(some, by_topic).items()} == {"noise": 2, "theft": 1}
    assert {name: len(many) for name, many in grouped(some, by_language).items()} == {"bn": 1, "en": 2}


def test_confusions_are_listed_with_their_messages_the_most_frequent_first() -> None:
    some = [asked("b", "a"), asked("a", "choice"), asked("a", "a"), asked("b", "a")]
    assert confusions(some) == [("b", "a", ("b as a", "b as a")), ("a", "choice", ("a as choice",))]


def test_the_calibration_error_compares_what_was_said_with_what_was_right() -> None:
    """Two answers at 0.95 of which one is right, one at 0.55 that is right; a choice says nothing."""
    some = [asked("a", "a", 0.95), asked("a", "b", 0.95), asked("a", "a", 0.55), asked("a", "choice", 0.3)]
    assert calibration_error(some) == pytest.approx((2 * 0.45 + 1 * 0.45) / 3)
    assert [(one.answers, one.right) for one in reliability(some) if one.answers] == [(1, 1.0), (2, 0.5)]


def test_nothing_has_no_fault() -> None:
    assert (share([], "right"), mean_cost([]), calibration_error([])) == (1.0, 0.0, 0.0)


def test_notices_missed_and_shown_wrongly_are_told_apart() -> None:
    danger = Notice("danger", "Call 999", "Call 999 now.", (), None)
    replies = {"a": replace(ANSWER, urgent=(danger,)), "b": FALLBACK}
    cases = [case_of("a", 1, urgent=()), case_of("b", 2, urgent=("child", "abuse"))]
    evaluation = evaluate(cast(Assistant, Scripted(replies)), cases, NOW)
    assert evaluation.missed == [("abuse", "b"), ("child", "b")]
    assert evaluation.false_alarms == [("danger", "a")]


def test_the_order_of_the_cases_makes_no_difference() -> None:
    cases = [case_of("a", 2, topic=("noise",)), case_of("b", 1, topic=("noise",)), case_of("a", 3, "bn")]
    assistant = cast(Assistant, Scripted({"a": ANSWER, "b": FALLBACK}))
    assert evaluate(assistant, cases, NOW) == evaluate(assistant, cases[::-1], NOW)
