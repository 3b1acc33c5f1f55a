"""The report in plain text, with as many sentences as are wanted."""

from dataclasses import replace

from bot.evaluation.measures import Alarm, Asked, Evaluation
from bot.evaluation.report import report

WRONG = Asked("a.yaml: so loud", "so loud", "en", ("noise",), "theft", "wrong", 0.95)
NOT_OURS = Asked("b.yaml: hm", "hm", "bn", ("none",), "none", "right", 0.1)
MISSED = Alarm("a.yaml: he hits me", "he hits me", True, ("abuse",), ("danger",))
EVALUATION = Evaluation((), (WRONG, replace(WRONG, text="very loud"), NOT_OURS), (MISSED,))


def lines(sentences: int) -> list[list[str]]:
    return [line.split() for line in report(EVALUATION, sentences).splitlines()]


def test_every_figure_is_there() -> None:
    told = lines(sentences=1)
    for row in (
        "messages of ours 2", "right at once 0.000", "told so 1.000", "cost a message 2.333",
        "calibration error 0.950", "notices missed 1", "false alarms 1", "wrong 66.7% 2 costs 3.5",
        "bn 100.0% 1", "en 0.0% 2", "noise 0.0% 2 en 0.0% 2", "none 100.0% 1 bn 100.0% 1", "95.0% 0.0% 2",
    ):  # fmt: skip
        assert row.split() in told


def test_in_one_language_topics_are_not_told_twice() -> None:
    told = report(Evaluation((), (WRONG,), ()), sentences=0).splitlines()
    assert ["noise", "0.0%", "1"] in [line.split() for line in told]


def test_a_confusion_has_its_first_sentences() -> None:
    told = lines(sentences=1)
    assert ["noise", "->", "theft:", "2"] in told
    assert ["so", "loud"] in told
    assert ["very", "loud"] not in told
    assert ["abuse:", "he", "hits", "me"] in told


def test_without_sentences_only_figures_and_counts_are_told() -> None:
    """For the blind test, which is blind no more once its sentences are read."""
    told = report(EVALUATION, sentences=0)
    assert "noise -> theft: 2" in told
    assert "notices missed" in told
    assert not any(said in told for said in ("so loud", "very loud", "he hits me"))
