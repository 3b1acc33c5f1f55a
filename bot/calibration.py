"""Finds how confidence is computed, and from where on a topic is answered or offered.

Made from messages with known answers that the model has not seen: the English examples, each matched by what
the others taught, and the questions kept in other languages. `signpost calibrate` writes what is found into
the knowledge base, with its date and method.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.cases import Case
from bot.costs import COSTS, kind_of_answer, kind_of_choice, kind_of_fallback
from bot.dialogue.decision import rivals
from bot.evaluation.thefts import best, matched_unseen
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Confidence
from bot.language.catalogue import SOURCE_LANGUAGE
from bot.understanding.confidence import Calibration, Evidence, fit
from bot.understanding.learning import NOTHING, SMALLTALK
from bot.understanding.matcher import Match
from bot.understanding.recognition import Understanding

#: The thresholds that are tried.
_STEPS: NDArray[np.float64] = np.arange(1, 50) / 50
#: The cost is flat near its least: a few examples more would move the threshold by a tenth either way.
_HARDLY_MORE = 1.003
#: Each example is matched by what the other parts teach, of so many.
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Observed:
    """One message: the evidence for the best intent, and what came of it.

    `right`: the best intent is right; `near`: a right one is among those that a choice would offer;
    `ours`: anything of ours is right.
    """

    evidence: Evidence
    right: bool
    near: bool
    ours: bool

    @classmethod
    def of(cls, match: Match, wanted: Iterable[str]) -> Observed:
        """What `match` made of a message to which any of `wanted` is a right answer."""
        right = set(wanted)
        topics = [row for row in match.ranking if not row[0].startswith(SMALLTALK)]
        offered = rivals(topics) if topics else []
        return cls(
            match.evidence, best(match) in right, bool(right.intersection(offered)), right != {NOTHING}
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
    knowledge: Knowledge, understanding: Understanding, cases: Iterable[Case], today: dt.date
) -> Confidence:
    """The weights and thresholds that fit examples and questions. Raises ValueError for too few.

    Not the English conversations: words and rules were mended until those went right, so a match is surer
    there than it is in life. With them the thresholds came out so low that of 462 messages kept apart 13 %
    were answered wrongly. And not the examples of other languages, of which there are some thirty a topic:
    without a fifth of them a match is less sure than it is in life. Of 204 Spanish questions those with a
    confidence from 0.4 to 0.7, found so, went right 29 times of 33; both measured 2026-11-22.
    """
    examples = list(_in_examples(knowledge, understanding))
    questions = list(_in_questions(cases, understanding))
    observed = [*examples, *questions]
    weights = fit([(one.evidence, one.right) for one in observed])
    answer, offer = thresholds(Calibration(weights), observed)
    method = (
        f"Logistic regression on {len(examples)} English examples, each matched by a model that had not seen "
        f"it, and {len(questions)} questions in other languages; the thresholds are those of the least cost."
    )
    return Confidence(weights=weights, answer=answer, offer=offer, found=today, method=method)


def as_yaml(confidence: Confidence) -> str:
    """The file of the knowledge base that says it."""
    weights = ", ".join(str(weight) for weight in confidence.weights)
    return (
        "# How sure a match is. Written by `signpost calibrate`; change the words and examples, not this.\n"
        f"weights: [{weights}]\nanswer: {confidence.answer}\noffer: {confidence.offer}\n"
        f"found: {confidence.found.isoformat()}\nmethod: >-\n  {confidence.method}\n"
    )


def _in_examples(knowledge: Knowledge, understanding: Understanding) -> Iterator[Observed]:
    for one in matched_unseen(knowledge, understanding, cache(understanding.read), _FOLDS):
        if not one.match.evidence.other:
            yield Observed.of(one.match, [one.intent])


def _in_questions(cases: Iterable[Case], understanding: Understanding) -> Iterator[Observed]:
    """The first messages of the questions that are measured in languages other than English."""
    for case in cases:
        said = case.turns[0]
        wanted = [
            *said.expected.get("topic", ()),
            *(SMALLTALK + kind for kind in said.expected.get("smalltalk", ())),
        ]
        if not wanted and "fallback" in said.expected.get("outcome", ()):
            wanted = [NOTHING]
        if case.measured and case.spoken != SOURCE_LANGUAGE and wanted:
            yield Observed.of(understanding.topics.match_reading(understanding.read(said.text)), wanted)


def thresholds(calibration: Calibration, observed: Sequence[Observed]) -> tuple[float, float]:
    """The pair (answer, offer) that costs least; of answers that cost hardly more the most careful one."""
    sure = np.array([calibration.confidence(one.evidence) for one in observed])
    answered, offered, refused = np.array([one.costs for one in observed]).T
    from_on = sure[None, :] >= _STEPS[:, None]
    # An answer is a choice that went on to an answer, and a choice a refusal that went on to a choice.
    by_answer, by_offer = from_on @ (answered - offered), from_on @ (offered - refused)
    cost = np.round(refused.sum() + by_answer[:, None] + by_offer[None, :], 6)
    cost[np.triu_indices(len(_STEPS), 1)] = np.inf  # nothing is answered that would not be offered
    answer = max(np.flatnonzero(cost.min(axis=1) <= cost.min() * _HARDLY_MORE))
    offer = max(np.flatnonzero(cost[answer] == cost[answer].min()))
    return float(_STEPS[answer]), float(_STEPS[offer])
