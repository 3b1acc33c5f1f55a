"""Finds how confidence is computed, and from where on a topic is answered or offered.

Made from messages with known answers that the model has not seen: the conversations, and the examples, each
half of them matched by what the other half taught. `signpost calibrate` writes what is found into the
knowledge base, with its date and method.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.cases import Case
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Confidence
from bot.understanding.confidence import Calibration, Evidence, fit
from bot.understanding.learning import NOTHING, SMALLTALK, topic_phrases, topic_rules
from bot.understanding.matcher import Match, Matcher
from bot.understanding.recognition import Understanding

#: What a reply costs the resident who gets it, in units of "had to choose first". Being told something
#: wrong with confidence is the worst; for a message that is not ours, being sent on honestly is right.
COSTS = {
    "answered": {"right": 0.0, "wrong": 3.5, "not ours": 3.5},
    "offered": {"right": 1.0, "wrong": 2.5, "not ours": 1.5},
    "refused": {"right": 3.0, "wrong": 2.0, "not ours": 0.0},
}
_STEPS = [number / 50 for number in range(1, 50)]


@dataclass(frozen=True, slots=True)
class Observed:
    """One message: the evidence for the best intent, whether it is right, and whether anything of ours is."""

    evidence: Evidence
    right: bool
    ours: bool

    @property
    def kind(self) -> str:
        """The column of `COSTS`."""
        return "right" if self.right else "wrong" if self.ours else "not ours"


def calibrate(
    knowledge: Knowledge, understanding: Understanding, cases: Iterable[Case], today: dt.date
) -> Confidence:
    """The weights and thresholds that fit the conversations `cases` and the examples.

    Raises ValueError for too few messages.
    """
    said = list(_in_conversations(understanding, cases))
    observed = [*said, *_in_examples(knowledge, understanding)]
    weights = fit([(one.evidence, one.right) for one in observed])
    answer, offer = _thresholds(Calibration(weights), observed)
    method = (
        f"Logistic regression on {len(said)} messages of the conversations and {len(observed) - len(said)} "
        "examples, each matched by a model that had not seen it; the thresholds are those of the least cost."
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


def _in_conversations(understanding: Understanding, cases: Iterable[Case]) -> Iterator[Observed]:
    for case in cases:
        expected = case.turns[0].expected
        wanted = {*expected.get("topic", ()), *(SMALLTALK + kind for kind in expected.get("smalltalk", ()))}
        not_ours = not wanted and "fallback" in expected.get("outcome", ())
        if wanted or not_ours:
            match = understanding.topics.match_utterance(understanding.read(case.turns[0].text))
            yield Observed(match.evidence, _best(match) in wanted, not not_ours)


def _in_examples(knowledge: Knowledge, understanding: Understanding) -> Iterator[Observed]:
    lexicon = understanding.lexicon
    read = {
        intent: [lexicon.read(text) for text in dict.fromkeys(said)]
        for intent, said in topic_phrases(knowledge).items()
    }
    for half in (0, 1):
        taught = {intent: said[half::2] for intent, said in read.items()}
        matcher = Matcher.of(lexicon, topic_rules(knowledge), taught, nothing=NOTHING)
        for intent, said in read.items():
            for utterance in said[1 - half :: 2]:
                match = matcher.match_utterance(utterance)
                yield Observed(match.evidence, _best(match) == intent, intent != NOTHING)


def _best(match: Match) -> str:
    return match.ranking[0][0] if match.ranking else NOTHING


def _thresholds(calibration: Calibration, observed: Sequence[Observed]) -> tuple[float, float]:
    """The pair (answer, offer) that costs least; of equal ones the highest, the more careful."""
    rows = [(calibration.confidence(one.evidence), one.kind) for one in observed]
    pairs = [(answer, offer) for answer in _STEPS for offer in _STEPS if offer <= answer]
    return min(pairs, key=lambda pair: (_cost(rows, *pair), -pair[0], -pair[1]))


def _cost(rows: Sequence[tuple[float, str]], answer: float, offer: float) -> float:
    return sum(COSTS[_reply(sure, answer, offer)][kind] for sure, kind in rows)


def _reply(sure: float, answer: float, offer: float) -> str:
    return "answered" if sure >= answer else "offered" if sure >= offer else "refused"
