"""Confidence is learned from which matches were right."""

import random

import pytest

from bot.understanding.confidence import Calibration, Evidence, fit


def test_fitting_finds_how_often_matches_are_right():
    """Of matches with the same evidence the fitted confidence says how many were right."""
    dice = random.Random(7)
    sure, unsure = Evidence(0.95, 6.0, 1.0, 4.5), Evidence(0.3, 0.5, 0.5, 0.0)
    observed = [(sure, dice.random() < 0.95) for _ in range(600)] + [
        (unsure, dice.random() < 0.3) for _ in range(600)
    ]
    calibration = Calibration(fit(observed))
    assert calibration.confidence(sure) == pytest.approx(0.95, abs=0.03)
    assert calibration.confidence(unsure) == pytest.approx(0.3, abs=0.05)


def test_too_few_observations_are_refused():
    """A handful of matches is no ground for a figure."""
    with pytest.raises(ValueError, match="at least 20"):
        fit([(Evidence(1, 1, 1, 1), True)] * 5)


def test_more_of_any_evidence_never_lowers_the_default_confidence():
    """The shipped weights are monotonous."""
    calibration = Calibration()
    low = calibration.confidence(Evidence(0.2, 0.2, 0.2, 0.0))
    for better in (
        Evidence(0.9, 0.2, 0.2, 0),
        Evidence(0.2, 5, 0.2, 0),
        Evidence(0.2, 0.2, 1, 0),
        Evidence(0.2, 0.2, 0.2, 4),
    ):
        assert calibration.confidence(better) > low
