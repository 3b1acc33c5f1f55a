"""A layer learns what no sum of weights can, and what it says can be taken apart again."""

import numpy as np
import pytest

from bot.understanding.layer import Layer
from bot.understanding.rows import Row, digest

NAMES = ["word jump", "word window", "word seat", "word please"]


def vector(*numbers):
    return np.array(numbers, dtype=np.int32), np.ones(len(numbers), dtype=np.float32)


def each_by_itself(scores, meant):
    return 1 / (1 + np.exp(-scores)) - meant


def rows(*shown):
    """Rows of (features, whether the only intent is meant), a hundred times each."""
    return [
        Row(vector(*features), [0] if meant else [], [], digest((str(number), *map(str, features))))
        for number in range(100)
        for features, meant in shown
    ]


@pytest.fixture(scope="module")
def either():
    """Either word alone is meant, both together are not: no sum of two weights says that."""
    told = rows(((0,), True), ((1,), True), ((0, 1), False), ((2,), False), ((2, 3), False))
    return Layer.learn(NAMES, told, 1, 0.0, each_by_itself)


@pytest.mark.parametrize(("features", "meant"), [((0,), True), ((1,), True), ((0, 1), False), ((2,), False)])
def test_words_together_may_mean_what_neither_does(either, features, meant):
    """Learned from the messages alone."""
    assert (either.scores(vector(*features))[0] > 0) == meant


@pytest.mark.parametrize("features", [(0,), (0, 1), (0, 1, 2, 3)])
def test_the_weights_of_a_message_sum_to_its_score(either, features):
    """With what the units that are awake have by themselves: so the reasons are all there is."""
    numbers, values = vector(*features)
    awake = values @ either.inner[numbers].astype(np.float32) + either.inner_bias > 0
    by_itself = either.inner_bias[awake] @ either.outer[awake] + either.outer_bias
    summed = values @ either.weights((numbers, values)) + by_itself
    assert summed == pytest.approx(either.scores((numbers, values)), abs=1e-4)


def test_the_same_messages_teach_the_same_in_any_order():
    """They are looked at by digests of their words, and weights begin by the names of the features."""
    told = rows(((0,), True), ((0, 1), False))
    found = [Layer.learn(NAMES, order, 1, 0.0, each_by_itself) for order in (told, told[::-1])]
    assert np.array_equal(found[0].inner, found[1].inner)
    assert np.array_equal(found[0].outer, found[1].outer)


def test_one_more_feature_changes_no_other():
    """A new word of staff's must not turn the answers to others' questions over."""
    told = rows(((0,), True), ((1,), False))
    fewer = Layer.learn(NAMES[:2], told, 1, 0.0, each_by_itself)
    more = Layer.learn(NAMES, told, 1, 0.0, each_by_itself)
    assert np.array_equal(fewer.inner, more.inner[:2])


def test_nothing_said_has_the_score_to_begin_with(either):
    """No feature at all is no fault."""
    assert np.isfinite(either.scores(vector())).all()
