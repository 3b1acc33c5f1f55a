"""What examples teach: linear models over features, fitted when they are built.

A message's score for an intent is the sum of the weights of its features, so every decision can be printed
feature by feature. The weights are found by stochastic gradient descent; the order of the examples makes no
difference: they are sorted first, and shuffled by a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Features, Vector
from bot.understanding.lexicon import Utterance

#: Step of the descent, falling to 0 over the passes. With the number of passes found on CLINC150 (10
#: examples an intent: 82.1 % right, 80.3 % with a slip in every longer word; all: 92.3 and 90.5), 2026-11-22.
_STEP = 2.0
#: Updates to aim at: few examples are passed over more often than many.
_UPDATES = 45_000
_FEWEST_PASSES, _MOST_PASSES = 3, 12
#: Intents whose probability is off by less than this are left alone in an update.
_NEGLIGIBLE = 0.005
#: From this many examples on, features that only one of them shows are dropped.
_MANY_EXAMPLES = 8_000
#: For intents that are each meant or not: the log odds before a word is read, and how much more missing one
#: weighs than seeing one that is not there. Found on the conversations, 2026-11-22.
_BIAS = -3.0
_MISSED = 1.5

#: (scores, targets) -> how far each is off
_Wrong = Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class ExampleModel:
    """Weights of features for intents."""

    intents: tuple[str, ...]
    features: Features
    #: features by intents
    weights: NDArray[np.float32]
    #: added to every score
    bias: float = 0.0

    @classmethod
    def rivals(cls, examples: Mapping[str, Sequence[Utterance]]) -> ExampleModel:
        """A model of intents of which one is meant (softmax regression), from intent -> utterances."""
        return cls._fit(examples, (), _one_of_all, 0.0)

    @classmethod
    def independent(
        cls, examples: Mapping[str, Sequence[Utterance]], others: Iterable[Utterance]
    ) -> ExampleModel:
        """A model of intents of which any number may be meant: for each, the log odds that it is.

        An utterance may stand under several intents; `others` mean none of them.
        """
        return cls._fit(examples, others, _each_by_itself, _BIAS)

    @classmethod
    def _fit(
        cls,
        examples: Mapping[str, Sequence[Utterance]],
        others: Iterable[Utterance],
        wrong: _Wrong,
        bias: float,
    ) -> ExampleModel:
        intents = tuple(sorted(examples))
        meant: dict[tuple[str, ...], tuple[Utterance, set[int]]] = {}
        for number, intent in enumerate(intents):
            for utterance in examples[intent]:
                meant.setdefault(utterance.corrected, (utterance, set()))[1].add(number)
        for utterance in others:
            meant.setdefault(utterance.corrected, (utterance, set()))
        rows = [meant[words] for words in sorted(meant)]
        features = Features.of((row[0] for row in rows), rarest=2 if len(rows) >= _MANY_EXAMPLES else 1)
        targets = np.zeros((len(rows), len(intents)), dtype=np.float32)
        for place, (_, numbers) in enumerate(rows):
            targets[place, list(numbers)] = 1
        vectors = [features.vector(row[0]) for row in rows]
        return cls(intents, features, _descend(vectors, targets, len(features), wrong, bias), bias)

    def scores(self, utterance: Utterance) -> NDArray[np.float64]:
        """The score of each intent, in the order of `intents`: log odds, for rivals up to a constant."""
        numbers, values = self.features.vector(utterance)
        scores: NDArray[np.float64] = (values @ self.weights[numbers]).astype(np.float64) + self.bias
        return scores

    def reasons(self, utterance: Utterance, intent: str, most: int) -> list[tuple[str, float]]:
        """The features that speak most for `intent` and against the others: (feature, weight), best first."""
        numbers, values = self.features.vector(utterance)
        column = self.weights[numbers]
        weights = values * (column[:, self.intents.index(intent)] - column.mean(axis=1))
        best = np.argsort(-weights, kind="stable")[:most]
        names = self.features.names(numbers[best])
        return [
            (name, float(weight)) for name, weight in zip(names, weights[best], strict=True) if weight > 0
        ]


def _one_of_all(scores: NDArray[np.float32], target: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each probability is off where exactly one intent is meant; several targets share it."""
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum() - target / target.sum(), dtype=np.float32)


def _each_by_itself(scores: NDArray[np.float32], target: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each probability is off where each intent is meant or not; missing one weighs more."""
    off = 1 / (1 + np.exp(-scores)) - target
    return np.asarray(off * np.where(target > 0, _MISSED, 1.0), dtype=np.float32)


def _descend(
    vectors: list[Vector], targets: NDArray[np.float32], features: int, wrong: _Wrong, bias: float
) -> NDArray[np.float32]:
    weights = np.zeros((features, targets.shape[1]), dtype=np.float32)
    count = len(vectors)
    if count == 0:
        return weights
    passes = min(max(_UPDATES // count, _FEWEST_PASSES), _MOST_PASSES)
    random = np.random.default_rng(13)
    order = np.concatenate([random.permutation(count) for _ in range(passes)])
    steps = (_STEP * (1 - np.arange(len(order)) / len(order))).astype(np.float32)
    for step, place in zip(steps, order, strict=True):
        numbers, values = vectors[place]
        off = wrong(values @ weights[numbers] + np.float32(bias), targets[place])
        moved = np.flatnonzero(np.abs(off) > _NEGLIGIBLE)
        if len(moved):
            weights[np.ix_(numbers, moved)] -= (step * values)[:, None] * off[moved]
    return weights
