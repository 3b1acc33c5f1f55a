"""A run is kept, read back and compared, message by message."""

import json
from dataclasses import replace

import pytest

from bot.evaluation.measures import Alarm, Asked, Evaluation
from bot.evaluation.runs import Run, UnreadableRun, as_json, comparison, read_run, run_of

RIGHT = Asked("a.yaml: so loud", "so loud", "en", ("noise",), "noise", "right", 0.9)
WRONG = replace(RIGHT, got="theft", kind="wrong")
ALARM = Alarm("a.yaml: he hits me", "he hits me", True, ("abuse",), ())
SHOWN = replace(ALARM, missed=())


def run(*asked: Asked, alarms: tuple[Alarm, ...] = (), blind: bool = False) -> Run:
    return run_of(Evaluation((), asked, alarms), blind)


def test_what_was_kept_is_read_back_as_it_was() -> None:
    kept = run(RIGHT, alarms=(ALARM,))
    assert read_run(as_json(kept)) == kept


def test_what_got_worse_is_told_with_its_message() -> None:
    told = comparison(run(RIGHT), run(WRONG), sentences=True)
    assert "Better: 0\nWorse: 1\n  so loud\n      expected noise: noise (right) -> theft (wrong)" in told


def test_what_got_better_is_told_with_its_message() -> None:
    told = comparison(run(WRONG), run(RIGHT), sentences=True)
    assert "Better: 1\n  so loud\n      expected noise: theft (wrong) -> noise (right)\nWorse: 0" in told


def test_what_stayed_as_it_was_is_neither_better_nor_worse() -> None:
    assert "Better: 0\nWorse: 0\n" in comparison(run(WRONG), run(WRONG), sentences=True)


def test_a_notice_that_is_missed_is_worse_than_any_answer() -> None:
    before, after = run(WRONG, alarms=(SHOWN,)), run(RIGHT, alarms=(ALARM,))
    told = comparison(before, after, sentences=True)
    assert "Worse: 1\n  he hits me\n      expected -: right -> abuse missed" in told


def test_figures_stand_side_by_side_and_new_messages_are_counted() -> None:
    told = comparison(run(RIGHT), run(replace(WRONG, place="b.yaml: x")), sentences=True)
    assert ["right at once", "1.000", "0.000"] in [
        line.rsplit(None, 2) for line in map(str.strip, told.splitlines())
    ]
    assert told.endswith("New messages: 1; gone: 1.")


def test_a_blind_run_keeps_no_sentence_and_is_compared_all_the_same() -> None:
    before, after = run(RIGHT, alarms=(SHOWN,), blind=True), run(WRONG, alarms=(ALARM,), blind=True)
    for kept in (as_json(before), comparison(before, after, sentences=False)):
        assert "loud" not in kept
        assert "hits" not in kept
    assert "Worse: 2" in comparison(before, after, sentences=False)
    assert "  noise: right -> wrong: 1" in comparison(before, after, sentences=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"figures": {}, "messages": [1]}',
        '{"figures": {"x": "1"}, "messages": []}',
        json.dumps({"figures": {}, "messages": [{"place": "a"}]}),
        as_json(run(RIGHT)).replace('"right"', '"splendid"'),
        as_json(run(RIGHT)).replace('["noise"]', '"noise"'),
    ],
)
def test_anything_else_is_no_run(text: str) -> None:
    with pytest.raises(UnreadableRun, match="--save"):
        read_run(text)
