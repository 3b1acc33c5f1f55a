"""What examples teach: a linear model over features, fitted when it is built.

Softmax regression by stochastic gradient descent: a message's score for an intent is the sum of the
weights of its features, so every decision can be printed feature by feature. The order of the examples
makes no difference: they are sorted first, and shuffled by a fixed seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class ExampleModel:
    """Weights of features for intents."""

    intents: tuple[str, ...]
    features: Features
    #: features by intents
    weights: NDArray[np.float32]

    @classmethod
    def fit(cls, examples: Mapping[str, Sequence[Utterance]]) -> ExampleModel:
        """A model from intent -> utterances; an intent without any has no weights."""
        intents = tuple(sorted(examples))
        rows = sorted(
            (utterance.corrected, number, place)
            for number, intent in enumerate(intents)
            for place, utterance in enumerate(examples[intent])
        )
        utterances = [examples[intents[number]][place] for _, number, place in rows]
        features = Features.of(utterances, rarest=2 if len(rows) >= _MANY_EXAMPLES else 1)
        vectors = [features.vector(utterance) for utterance in utterances]
        return cls(
            intents, features, _descend(vectors, [row[1] for row in rows], len(features), len(intents))
        )

    def scores(self, utterance: Utterance) -> NDArray[np.float64]:
        """The score of each intent, in the order of `intents`: log odds up to a constant of the message."""
        numbers, values = self.features.vector(utterance)
        scores: NDArray[np.float64] = (values @ self.weights[numbers]).astype(np.float64)
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


def _descend(vectors: list[Vector], targets: list[int], features: int, intents: int) -> NDArray[np.float32]:
    weights = np.zeros((features, intents), dtype=np.float32)
    count = len(vectors)
    if count == 0:
        return weights
    passes = min(max(_UPDATES // count, _FEWEST_PASSES), _MOST_PASSES)
    random = np.random.default_rng(13)
    order = np.concatenate([random.permutation(count) for _ in range(passes)])
    steps = _STEP * (1 - np.arange(len(order)) / len(order))
    for step, place in zip(steps.astype(np.float32), order, strict=True):
        numbers, values = vectors[place]
        scores = values @ weights[numbers]
        wrong = np.exp(scores - scores.max())
        wrong /= wrong.sum()
        wrong[targets[place]] -= 1
        moved = np.flatnonzero(np.abs(wrong) > _NEGLIGIBLE)
        weights[np.ix_(numbers, moved)] -= (step * values)[:, None] * wrong[moved]
    return weights
