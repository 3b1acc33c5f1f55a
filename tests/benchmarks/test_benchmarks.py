"""What the benchmarks are made of does what it says; how fast anything is, is no test."""

import json
import random
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.hostile import filled
from benchmarks.intents import Judged, auroc, balanced, drawn_examples, read_set, recalls, together
from benchmarks.misses import unknown_messages
from benchmarks.phrases import joined, with_slips
from benchmarks.table import Figure, Table, as_data, as_text, at_least, at_most, missed
from benchmarks.timing import Times, timed

PHRASES = [f"word{number} middle{number} then{number} end{number}" for number in range(40)]
SURE = st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.9]), min_size=1, max_size=8)


def test_made_phrases_are_as_many_as_wanted_and_all_different() -> None:
    made = joined(PHRASES, 5, 101)
    assert [len(said) for said in made.values()] == [21, 20, 20, 20, 20]
    assert all(len(set(said)) == len(said) for said in made.values())


def test_made_phrases_are_the_same_every_time_whatever_the_order() -> None:
    assert joined(PHRASES, 5, 50) == joined(PHRASES[::-1], 5, 50)
    assert joined(PHRASES, 5, 50) != joined(PHRASES, 5, 50, seed=14)


def test_too_few_phrases_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        joined(PHRASES[:5], 5, 5)
    with pytest.raises(ValueError, match="only 4 of 9"):
        joined(["a b", "c d"], 1, 9)


def test_a_slip_changes_every_longer_word_by_one_letter_and_no_other() -> None:
    words = [f"{word} loud" for word in ("neighbour", "upstairs", "thursday")] * 20
    dice = random.Random(1)
    for text in words:
        slipped, kept = with_slips(text, dice).split()
        assert kept == "loud"
        assert abs(len(slipped) - len(text.split()[0])) <= 1


@given(SURE, SURE)
def test_auroc_agrees_with_comparing_every_pair(ours: list[float], others: list[float]) -> None:
    pairs = [(one > other) + (one == other) / 2 for one in ours for other in others]
    found = auroc([Judged(one, True) for one in ours], [Judged(one, False) for one in others])
    assert found == pytest.approx(sum(pairs) / len(pairs))


def test_recall_in_scope_counts_what_is_right_and_not_refused() -> None:
    ours = [Judged(0.9, True), Judged(0.9, False), Judged(0.1, True), Judged(0.5, True)]
    others = [Judged(0.5, False), Judged(0.2, False)]
    assert recalls(ours, others, 0.5) == (0.5, 0.5)
    assert balanced(ours, others) == 0.9
    assert together(ours, others) == 0.5


def test_both_recalls_hold_where_one_threshold_parts_the_messages() -> None:
    ours = [Judged(0.9, True), Judged(0.6, True), Judged(0.4, True), Judged(0.9, False)]
    others = [Judged(0.5, False), Judged(0.2, False), Judged(0.1, False), Judged(0.7, False)]
    assert together(ours, others) == 0.5
    assert recalls(ours, others, 0.6) == (0.5, 0.75)


@given(SURE, SURE)
def test_no_threshold_balances_better(ours: list[float], others: list[float]) -> None:
    mine, theirs = [Judged(one, True) for one in ours], [Judged(one, False) for one in others]
    best = sum(recalls(mine, theirs, balanced(mine, theirs)))
    assert best == max(sum(recalls(mine, theirs, tried)) for tried in {*ours, *others})


def test_a_set_is_read_and_examples_are_drawn_from_it(tmp_path: Path) -> None:
    file = tmp_path / "set.json"
    train = [[f"{intent} {number}", intent] for intent in "ab" for number in range(20)]
    file.write_text(json.dumps({name: train for name in ("train", "val", "test", "oos_val", "oos_test")}))
    rows = read_set(file)["train"]
    drawn = drawn_examples(rows, 10, seed=13)
    assert {intent: len(set(said)) for intent, said in drawn.items()} == {"a": 10, "b": 10}
    assert drawn != drawn_examples(rows, 10, seed=14)
    assert {intent: len(said) for intent, said in drawn_examples(rows, None, 13).items()} == {
        "a": 20,
        "b": 20,
    }


def test_percentiles_are_durations_that_were_measured() -> None:
    times = Times(tuple(float(number) for number in range(1, 101)))
    assert (times.percentile(50), times.percentile(99), times.longest) == (50.0, 99.0, 100.0)
    assert Times((7.0,)).percentile(1) == 7.0


def test_every_argument_is_timed_once_the_first_ones_are_tried() -> None:
    seen: list[int] = []
    assert len(timed(seen.append, list(range(30)), least_of=2).milliseconds) == 30
    assert len(seen) == 20 + 2 * 30


def test_a_table_says_whether_each_target_is_met() -> None:
    table = Table(
        "T", "How.", (at_most("a", 2, "ms", 1), at_least("b", 2, "%", 1), Figure("c", 0.123456, "s"))
    )
    lines = [line.split() for line in as_text(table).splitlines()]
    assert lines[2:] == [
        ["a", "2.000", "ms", "at", "most", "1.000", "MISSED"],
        ["b", "2.000", "%", "at", "least", "1.000", "met"],
        ["c", "0.123", "s"],
    ]
    assert missed([table]) == ["T: a"]
    assert [figure["met"] for figure in as_data([table])[0]["figures"]] == [False, True, None]


def test_hostile_messages_are_as_long_as_a_message_may_be() -> None:
    assert len(filled(chain(["a" * 3000]))) == 1000


def test_messages_that_match_nothing_are_the_same_every_time() -> None:
    assert unknown_messages(3) == unknown_messages(3)
    assert len(set(unknown_messages(50))) == 50
