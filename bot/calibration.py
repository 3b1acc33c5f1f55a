"""Finds how confidence is computed, from where on a topic is answered or offered, and what is a follow-up.

Made from messages with known answers that shaped nothing: those under `calibration/`, and for languages that
keep none the questions that are measured. `signpost calibrate` writes what is found into the knowledge base,
with its date and method.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from bot.assistant import Assistant, Turn
from bot.cases import Case
from bot.costs import COSTS, kind_of_answer, kind_of_choice, kind_of_fallback
from bot.dialogue.context import Context
from bot.dialogue.decision import rivals
from bot.dialogue.following import signs
from bot.dialogue.state import DialogueState
from bot.evaluation.thefts import best
from bot.knowledge.records import Confidence
from bot.understanding.confidence import Calibration, Evidence, fit
from bot.understanding.learning import NOTHING, SMALLTALK
from bot.understanding.matcher import Match
from bot.understanding.recognition import Understanding

#: The thresholds that are tried.
_STEPS: NDArray[np.float64] = np.arange(1, 50) / 50
#: The cost is flat near its least, and a few examples more move the least itself by a tenth either way (from
#: 0.58 to 0.70 on 2026-11-22, where 0.56, 0.68 and 0.70 cost the same): so the middle of those is taken that
#: cost hardly more.
_HARDLY_MORE = 1.02


@dataclass(frozen=True, slots=True)
class Observed:
    """One message: the evidence for the best intent, and what came of it.

    `right`: the best intent is right; `near`: a right one is among those that a choice would offer;
    `ours`: anything of ours is right; `counts`: for how many it stands.
    """

    evidence: Evidence
    right: bool
    near: bool
    ours: bool
    counts: float = 1.0

    @classmethod
    def of(cls, match: Match, wanted: Iterable[str], counts: float = 1.0) -> Observed:
        """What `match` made of a message to which any of `wanted` is a right answer."""
        right = set(wanted)
        topics = [row for row in match.ranking if not row[0].startswith(SMALLTALK)]
        offered = rivals(topics) if topics else []
        return cls(
            match.evidence,
            best(match) in right,
            bool(right.intersection(offered)),
            right != {NOTHING},
            counts,
        )

    @property
    def costs(self) -> tuple[float, float, float]:
        """What it costs to answer, to offer a choice, and to say that nothing fits."""
        return (
            COSTS[kind_of_answer(self.right)],
            COSTS[kind_of_choice(self.ours, self.near)],
            COSTS[kind_of_fallback(self.ours)],
        )


def calibrate(
    assistant: Assistant, kept: Sequence[Case], questions: Iterable[Case], today: dt.date
) -> Confidence:
    """The weights and thresholds that fit the messages `kept` for it, and `questions` in other languages.

    Of those kept, conversations say what a follow-up is like, and single messages all else. These and the
    questions count for the same together, however many there are. Not the questions in a language of those
    kept: words and rules were mended until most of them went right, so a match is surer there than it is in
    life. Nor the examples, each matched by what the others taught: they are harder than life. Found on them,
    95 of 100 matches with a confidence from 0.7 to 0.8 were right, and 79 from 0.6 to 0.7 (156 messages that
    shaped nothing, 2026-11-22). Raises ValueError for too few messages.
    """
    understanding = assistant.understanding
    single = [case for case in kept if len(case.turns) == 1]
    spoken = {case.spoken for case in single}
    first = list(_observed(single, understanding, 1.0))
    others = [case for case in questions if case.measured and case.spoken not in spoken and _wanted(case)]
    second = list(_observed(others, understanding, min(1.0, len(first) / max(len(others), 1))))
    observed = [*first, *second]
    weights = fit([(one.evidence.values(), one.right and one.ours, one.counts) for one in observed])
    near = fit(
        [(one.evidence.values(), (one.right or one.near) and one.ours, one.counts) for one in observed]
    )
    goes_on = list(_second_messages(assistant, kept, today))
    follow_up = fit(_even(goes_on)) if goes_on else None
    answer, offer = thresholds(Calibration(weights, near), observed)
    method = (
        f"Logistic regression on {len(first)} messages that shaped nothing and {len(second)} questions in "
        "other languages, both counted for the same; the thresholds are the middle of those that cost "
        f"hardly more than the least; what is a follow-up, on {len(goes_on)} second messages that "
        "shaped nothing."
    )
    return Confidence(
        weights=weights,
        near=near,
        answer=answer,
        offer=offer,
        follow_up=follow_up,
        found=today,
        method=method,
    )


def as_yaml(confidence: Confidence) -> str:
    """The file of the knowledge base that says it."""
    weights, near, follow_up = (
        ", ".join(str(weight) for weight in row)
        for row in (confidence.weights, confidence.near, confidence.follow_up or ())
    )
    return (
        "# How sure a match is. Written by `signpost calibrate`; change the words and examples, not this.\n"
        f"weights: [{weights}]\nnear: [{near}]\nanswer: {confidence.answer}\noffer: {confidence.offer}\n"
        + (f"follow_up: [{follow_up}]\n" if follow_up else "")
        + f"found: {confidence.found.isoformat()}\nmethod: >-\n  {confidence.method}\n"
    )


def _observed(cases: Iterable[Case], understanding: Understanding, counts: float) -> Iterator[Observed]:
    """What was made of the first message of each case whose right answer is known."""
    for case in cases:
        if wanted := _wanted(case):
            reading = understanding.read(case.turns[0].text)
            yield Observed.of(understanding.topics.match_reading(reading), wanted, counts)


def _second_messages(
    assistant: Assistant, cases: Iterable[Case], today: dt.date
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The signs of the last message of each conversation, and whether it asks about the topic in hand.

    Not where the message before it was answered with another topic than it should have been.
    """
    noon = dt.datetime.combine(today, dt.time(12), ZoneInfo(assistant.knowledge.settings.timezone))
    for case in cases:
        state = DialogueState()
        for said in case.turns[:-1]:
            _, state = assistant.respond(Turn(message=said.text), state, noon)
        if len(case.turns) > 1 and state.topic in case.turns[-2].expected.get("topic", ()):
            last = case.turns[-1]
            recognition = assistant.recognised(Turn(message=last.text), state)
            context = Context(recognition, state, assistant.knowledge, assistant.calibration)
            yield signs(context), "aspect" in last.expected


def _even(observed: Sequence[tuple[tuple[float, ...], bool]]) -> list[tuple[tuple[float, ...], bool, float]]:
    """`observed`, those that do and those that do not counting for the same together."""
    asking = sum(right for _, right in observed)
    counts = asking / max(1, len(observed) - asking)
    return [(values, right, 1.0 if right else counts) for values, right in observed]


def _wanted(case: Case) -> list[str]:
    """The right answers to the first message: topics, small talk, or that it is not ours; none if unknown."""
    expected = case.turns[0].expected
    wanted = [
        *expected.get("topic", ()),
        *(SMALLTALK + kind for kind in expected.get("smalltalk", ())),
    ]
    return wanted or ([NOTHING] if "fallback" in expected.get("outcome", ()) else [])


def thresholds(calibration: Calibration, observed: Sequence[Observed]) -> tuple[float, float]:
    """The pair (answer, offer): the middle one of the answers that cost hardly more than the least, and of
    the offers with it."""
    sure = np.array([calibration.confidence(one.evidence) for one in observed])
    near = np.array([calibration.nearness(one.evidence) for one in observed])
    counts = np.array([one.counts for one in observed])
    answered, offered, refused = np.array([one.costs for one in observed]).T * counts
    answers, offers = sure[None, :] >= _STEPS[:, None], near[None, :] >= _STEPS[:, None]
    otherwise = np.where(offers, offered, refused)
    cost = np.round((answers @ answered)[:, None] + ~answers @ otherwise.T, 6)
    answer = _middle(cost.min(axis=1))
    offer = _middle(cost[answer])
    return float(_STEPS[answer]), float(_STEPS[offer])


def _middle(costs: NDArray[np.float64]) -> int:
    """The place of the middle one of those that cost hardly more than the least; the later of two."""
    hardly_more = np.flatnonzero(costs <= costs.min() * _HARDLY_MORE)
    return int(hardly_more[len(hardly_more) // 2])
