"""How sure a match is: a figure from 0 to 1 that says how often such a match is right.

A logistic function of five things that can be seen of a ranking. Its weights are data, found on
questions held apart from the examples (`signpost calibrate`), with the thresholds for answering and for
offering a choice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Evidence:
    """What can be seen of a ranking.

    `probability` of the best intent among all (0 to 1), `lead` over the second (log odds, at most 10),
    `coverage`, the share of the message's words that are known (0 to 1), `rules`, the score of the best
    intent's rules, and `other`, whether the message is in another language than most examples: there the same
    lead is a surer sign, since there are fewer examples to win it by.
    """

    probability: float
    lead: float
    coverage: float
    rules: float
    other: bool = False

    def values(self) -> tuple[float, ...]:
        """As the numbers that the weights belong to; the first is constant."""
        lead, rules = min(self.lead, 10.0) / 10, min(self.rules, 10.0) / 10
        return (1.0, self.probability, lead, self.coverage, rules, float(self.other))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of `Evidence.values`, and the thresholds on confidence.

    From `answer` on the best intent is answered; from `offer` on a choice is offered; below, nothing fits.
    The defaults were found on CLINC150 (10 and 100 examples an intent, validation and out-of-scope
    messages), 2026-11-22.
    """

    weights: tuple[float, ...] = (-6.0, 5.0, 2.0, 4.0, 2.0, 0.0)
    answer: float = 0.5
    offer: float = 0.2

    def confidence(self, evidence: Evidence) -> float:
        """How often a match with such evidence is right, 0 to 1."""
        return _logistic(
            sum(weight * value for weight, value in zip(self.weights, evidence.values(), strict=True))
        )


def fit(observed: Sequence[tuple[Evidence, bool]], passes: int = 50, ridge: float = 0.5) -> tuple[float, ...]:
    """The weights that explain best which matches were right: logistic regression by Newton's method.

    `ridge` keeps the weights small where few were observed. Raises ValueError for fewer than 20.
    """
    if len(observed) < 20:
        raise ValueError("calibration needs at least 20 observed matches")
    rows: NDArray[np.float64] = np.array([evidence.values() for evidence, _ in observed])
    right: NDArray[np.float64] = np.array([float(was_right) for _, was_right in observed])
    weights = np.zeros(rows.shape[1])
    penalty = ridge * np.eye(rows.shape[1])
    penalty[0, 0] = 1e-6
    for _ in range(passes):
        expected = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (right - expected) - penalty @ weights
        curve = rows.T @ (rows * (expected * (1 - expected))[:, None]) + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return tuple(round(float(weight), 4) for weight in weights)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
