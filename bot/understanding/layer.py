"""What a sum of weights cannot learn: that a window is a danger beside "jump" and none beside "seat".

A small layer of units stands between the features and the intents. A unit is awake where the features that it
knows say enough; what speaks for an intent goes through the units that are awake. So for any one message the
score is a sum over its features again, and every reason can be printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Vector
from bot.understanding.rows import Row, digest, in_order, mixed

#: Of 822 alarming messages that shaped nothing (465 English) as many raise a notice as said where 2 of 100 of
#: 3 087 harmless ones do: by weights alone 79 of 100 English ones and 93 of others; by the mean of both with
#: 16 units 83 and 95, with 32 84 and 95. The layer alone: 82 and 94. Features left out at random while
#: learning, and a fourth pass, change nothing; measured 2026-11-23.
_UNITS = 32
_PASSES = 3
#: The first step of the descent (Adagrad), which falls to 0; how many messages are looked at together; and
#: what the squares of the gradients begin with.
_STEP, _TOGETHER, _BEFORE = 0.1, 64, 1e-3
#: A message that is off by less than this is not looked at again.
_SETTLED = 0.02
#: The weights begin at random between plus and minus this, by their features' names: one more feature changes
#: no other's.
_SPREAD = 0.5

#: (scores, which intents are meant), both messages by intents -> how far each score is off
Wrong = Callable[[NDArray[np.float32], NDArray[np.bool_]], NDArray[np.float32]]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layer:
    """Features by units, and units by intents, each with what a unit or an intent has without any feature."""

    inner: NDArray[np.float16]
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    @classmethod
    def learn(
        cls, names: Sequence[str], rows: Sequence[Row], intents: int, bias: float, wrong: Wrong
    ) -> Layer:
        """A layer that explains which of so many intents are meant by each of `rows`.

        `names` are those of all features; `bias` is the score of an intent to begin with.
        """
        learning = _Learning.begun(names, intents, bias)
        told = [row for row in rows if len(row.vector[0])]
        settled = np.zeros(len(told), dtype=np.bool_)
        for number in range(_PASSES):
            order = in_order(told, number)
            order = order[~settled[order]]
            for start in range(0, len(order), _TOGETHER):
                step = np.float32(_STEP * (1 - (number + start / len(order)) / _PASSES))
                places = order[start : start + _TOGETHER]
                off = learning.look([told[place] for place in places], step, wrong)
                settled[places] = np.abs(off).max(axis=1) < _SETTLED
        inner, inner_bias, outer, outer_bias = (each.values for each in learning)
        return cls(inner.astype(np.float16), inner_bias, outer, outer_bias)

    def scores(self, vector: Vector) -> Floats:
        """The score of each intent for a message with these features."""
        numbers, values = vector
        units = values @ self.inner[numbers].astype(np.float32) + self.inner_bias
        scores: Floats = np.maximum(units, 0) @ self.outer + self.outer_bias
        return scores

    def weights(self, vector: Vector) -> Floats:
        """What each of a message's features weighs for each intent, through the units that are awake."""
        numbers, values = vector
        inner = self.inner[numbers].astype(np.float32)
        awake = values @ inner + self.inner_bias > 0
        weights: Floats = inner[:, awake] @ self.outer[awake]
        return weights


class _Found(NamedTuple):
    """Values being learned, and for each, or for each row of them, the squares of its gradients so far."""

    values: Floats
    squares: Floats

    def step(self, gradient: Floats, step: np.float32) -> None:
        self.squares[...] += gradient * gradient
        self.values[...] -= step * gradient / np.sqrt(self.squares)


class _Learning(NamedTuple):
    inner: _Found
    inner_bias: _Found
    outer: _Found
    outer_bias: _Found

    @classmethod
    def begun(cls, names: Sequence[str], intents: int, bias: float) -> _Learning:
        digests = np.array([digest((name,)) for name in names], dtype=np.uint64)
        outer = np.array([digest((str(unit),)) for unit in range(_UNITS)], dtype=np.uint64)
        return cls(
            _Found(_scattered(digests, _UNITS, _SPREAD), np.full(len(names), _BEFORE, np.float32)),
            _Found(np.zeros(_UNITS, np.float32), np.full(_UNITS, _BEFORE, np.float32)),
            _Found(
                _scattered(outer, intents, (3 / _UNITS) ** 0.5),
                np.full((_UNITS, intents), _BEFORE, np.float32),
            ),
            _Found(np.full(intents, bias, np.float32), np.full(intents, _BEFORE, np.float32)),
        )

    def look(self, rows: Sequence[Row], step: np.float32, wrong: Wrong) -> Floats:
        """Set all values a little righter for `rows`, each of which has a feature: how far off each was."""
        lengths = [len(row.vector[0]) for row in rows]
        starts = np.cumsum([0, *lengths[:-1]])
        numbers = np.concatenate([row.vector[0] for row in rows])
        values = np.concatenate([row.vector[1] for row in rows])[:, None]
        units = np.add.reduceat(self.inner.values[numbers] * values, starts) + self.inner_bias.values
        awake = np.maximum(units, 0)
        scores = awake @ self.outer.values + self.outer_bias.values
        meant = np.zeros(scores.shape, dtype=np.bool_)
        for place, row in enumerate(rows):
            meant[place, row.meant] = True
            for intent, score in row.told:
                scores[place, intent] += score
        off = wrong(scores, meant) * np.array([row.weight for row in rows], dtype=np.float32)[:, None]
        by_unit = (off @ self.outer.values.T) * (units > 0)
        self.outer.step(awake.T @ off, step)
        self.outer_bias.step(off.sum(axis=0), step)
        self.inner_bias.step(by_unit.sum(axis=0), step)
        self._look_inside(numbers, np.repeat(by_unit, lengths, axis=0) * values, step)
        return off

    def _look_inside(self, numbers: NDArray[np.int32], by_feature: Floats, step: np.float32) -> None:
        """The same for the weights of the features `numbers`, some of which are there several times."""
        order = np.argsort(numbers, kind="stable")
        firsts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
        features = numbers[order[firsts]]
        gradient = np.add.reduceat(by_feature[order], firsts)
        self.inner.squares[features] += np.mean(gradient * gradient, axis=1)
        pace = step / np.sqrt(self.inner.squares[features])
        self.inner.values[features] -= pace[:, None] * gradient


def _scattered(digests: NDArray[np.uint64], width: int, spread: float) -> Floats:
    """Numbers between plus and minus `spread`, `width` for each digest: the same for the same digest."""
    columns = [mixed(mixed(digests, place), place + 1) for place in range(width)]
    shares = np.stack([(column >> np.uint64(40)).astype(np.float32) for column in columns], axis=1)
    return (shares / np.float32(1 << 24) - np.float32(0.5)) * np.float32(2 * spread)
