"""Confidence is learned from which matches were right."""

import random

import pytest

from bot.understanding.confidence import Calibration, Evidence, fit


def test_fitting_finds_how_often_matches_are_right():
    """Of matches with the same evidence the fitted confidence says how many were right."""
    dice = random.Random(7)
    sure, unsure = Evidence(0.95, 0.97, 6.0, 1.0, 4.5), Evidence(0.3, 0.8, 0.5, 0.5, 0.0)
    observed = [(sure.values(), dice.random() < 0.95, 1.0) for _ in range(600)] + [
        (unsure.values(), dice.random() < 0.3, 1.0) for _ in range(600)
    ]
    calibration = Calibration(fit(observed))
    assert calibration.confidence(sure) == pytest.approx(0.95, abs=0.03)
    assert calibration.confidence(unsure) == pytest.approx(0.3, abs=0.05)


def test_too_few_observations_are_refused():
    """A handful of matches is no ground for a figure."""
    with pytest.raises(ValueError, match="at least 20"):
        fit([(Evidence(1, 1, 1, 1, 1).values(), True, 1.0)] * 5)


def test_what_counts_for_more_draws_the_confidence_to_itself():
    """Of the same matches, half right and half wrong, the right ones counting three times as much."""
    match = Evidence(0.5, 0.7, 1.0, 1.0, 0.0)
    calibration = Calibration(fit([(match.values(), True, 3.0)] * 200 + [(match.values(), False, 1.0)] * 200))
    assert calibration.confidence(match) == pytest.approx(0.75, abs=0.02)


def test_one_of_the_first_few_is_right_by_weights_of_its_own():
    """Without such weights it is as sure as the best."""
    match = Evidence(0.3, 0.9, 0.1, 1.0, 0.0)
    own = Calibration(weights=(-4.0, 8.0, *[0.0] * 6), near=(-4.0, 0.0, 8.0, *[0.0] * 5))
    assert own.confidence(match) < 0.5 < own.nearness(match)
    assert Calibration().nearness(match) == Calibration().confidence(match)


def test_more_of_any_evidence_never_lowers_the_default_confidence():
    """The shipped weights are monotonous."""
    calibration = Calibration()
    low = calibration.confidence(Evidence(0.2, 0.2, 0.2, 0.2, 0.0))
    for better in (
        Evidence(0.9, 0.2, 0.2, 0.2, 0),
        Evidence(0.2, 0.2, 5, 0.2, 0),
        Evidence(0.2, 0.2, 0.2, 1, 0),
        Evidence(0.2, 0.2, 0.2, 0.2, 4),
    ):
        assert calibration.confidence(better) > low
