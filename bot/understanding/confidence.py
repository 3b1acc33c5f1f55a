"""How sure a match is: a figure from 0 to 1 that says how often such a match is right.

A logistic function of what can be seen of a ranking, another for how often one of the first few is right,
by which a choice is offered, and a third for whether a message goes on with what is in hand
(bot.dialogue.following). Their weights are data, found on messages that shaped nothing (`signpost
calibrate`), with the thresholds for answering and for offering.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: More words than these make no message longer.
_LONG = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """What can be seen of a ranking.

    `probability` of the best intent among all (0 to 1), `near`, that of the first few together, `lead` over
    the second (log odds, at most 10), `coverage`, the share of the message's words that are known (0 to 1),
    `rules`, the score of the best intent's rules, `other`, whether the message is in another language than
    most examples (there the same lead is a surer sign, since there are fewer examples to win it by), and
    `words`, how many it has.
    """

    probability: float
    near: float
    lead: float
    coverage: float
    rules: float
    other: bool = False
    words: int = 0

    def values(self) -> tuple[float, ...]:
        """As the numbers that the weights belong to; the first is constant."""
        lead, rules = min(self.lead, 10.0) / 10, min(self.rules, 10.0) / 10
        length = min(self.words, _LONG) / _LONG
        return (1.0, self.probability, self.near, lead, self.coverage, rules, float(self.other), length)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of `Evidence.values`, and thresholds.

    `weights` make the confidence that the best intent is right; from `answer` on it is answered. `near` make
    the one that it or another of the first few is (empty: the same); from `offer` on a choice is offered;
    below, nothing fits. `follow_up` are the weights of `bot.dialogue.following.signs`. The defaults were
    found on CLINC150 (10 and 100 examples an intent, validation and out-of-scope messages), those of
    follow-ups on our own, 2026-11-22.
    """

    weights: tuple[float, ...] = (-6.6, 0.5, 3.8, 4.3, 4.9, 2.0, 0.0, 0.0)
    near: tuple[float, ...] = ()
    answer: float = 0.5
    offer: float = 0.2
    follow_up: tuple[float, ...] = (1.6, 1.2, -1.3, 3.0, -1.5, 2.2)

    def confidence(self, evidence: Evidence) -> float:
        """How often the best intent of such a match is right, 0 to 1."""
        return logistic(self.weights, evidence.values())

    def nearness(self, evidence: Evidence) -> float:
        """How often one of the first few is, 0 to 1."""
        return logistic(self.near or self.weights, evidence.values())


def fit(
    observed: Sequence[tuple[Sequence[float], bool, float]], passes: int = 50, ridge: float = 0.5
) -> tuple[float, ...]:
    """The weights that explain best which of (values, whether it was right, what it counts for) were right.

    The first value of each is constant. Logistic regression by Newton's method. `ridge` keeps the weights
    small where few were observed. Raises ValueError for fewer than 20.
    """
    if len(observed) < 20:
        raise ValueError("calibration needs at least 20 observed matches")
    rows: NDArray[np.float64] = np.array([values for values, _, _ in observed])
    right: NDArray[np.float64] = np.array([float(was_right) for _, was_right, _ in observed])
    counts: NDArray[np.float64] = np.array([count for _, _, count in observed])
    weights = np.zeros(rows.shape[1])
    penalty = ridge * np.eye(rows.shape[1])
    penalty[0, 0] = 1e-6
    for _ in range(passes):
        expected = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (right - expected)) - penalty @ weights
        curve = rows.T @ (rows * (counts * expected * (1 - expected))[:, None]) + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return tuple(round(float(weight), 4) for weight in weights)


def logistic(weights: Sequence[float], values: Sequence[float]) -> float:
    """The probability (0 to 1) that the weighted sum of `values` stands for, as log odds."""
    odds = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def log_odds(probability: float) -> float:
    """The log odds of a probability (0 to 1), none beyond 1 in 10 000."""
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))
