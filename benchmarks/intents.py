"""How good and fast the matcher is on a public set of intents, learned from its examples alone.

The file has the form of CLINC150's `data_full.json`: `train`, `val`, `test` with [text, intent], `oos_val`
and `oos_test` with messages of no intent. Twice, each in a process of its own: with 10 examples an intent
(the mean of three draws, since one draw is worth half a point more or less), and with all. Right: the best
intent, whether it would be refused or not. Slips: one in every word of five letters or more. AUROC: how well
`confidence` tells messages of the set from those of no intent. Recall in scope: the messages that are right
and not refused; out of scope: those that are refused. Both together: the highest share that both reach with
one threshold, whichever that is; at the balanced threshold: with the one that has the highest mean of both on
the validation messages, of which CLINC150 has only 100 out of scope.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter

import numpy as np

from benchmarks.phrases import SEED, with_slips
from benchmarks.table import Figure, Table, at_least, at_most
from benchmarks.timing import in_fresh_process, peak_megabytes, timed
from bot import Matcher

_FEW = 10
#: Draws of them, each with a seed of its own.
_DRAWS = 3
#: In per cent of the test messages, for few examples and for all: the lexical ceiling with a speller.
_CLEAN = {"few": 82.0, "all": 92.0}
_SLIPS = {"few": 80.0, "all": 91.0}
#: In per cent, with all examples.
_AUROC, _RECALL = 95.0, 88.0
_P50_MS, _LOAD_SECONDS, _PEAK_MB = 0.5, 5.0, 200.0
#: How many messages are timed.
_TIMED = 1000

Rows = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one message: the confidence of its best intent, and whether that is right."""

    confidence: float
    right: bool


def run(path: Path) -> list[Table]:
    """A table for few examples and one for all. Raises CalledProcessError where `path` cannot be read."""
    return [_table(path, amount) for amount in ("few", "all")]


def _table(path: Path, amount: str) -> Table:
    found = in_fresh_process("benchmarks.intents", str(path.resolve()), amount)
    drawn = f"{_FEW} examples an intent, {_DRAWS} draws" if amount == "few" else "all examples"
    refusing = [
        (f"AUROC of refusing, {found['others']} messages of no intent", found["auroc"], _AUROC),
        ("recall in scope and out of scope, both together", found["both"], _RECALL),
    ]
    figures = (
        at_least("right, as written", found["clean"], "%", _CLEAN[amount]),
        at_least("right, with slips", found["slips"], "%", _SLIPS[amount]),
        *(
            at_least(name, value, "%", target) if amount == "all" else Figure(name, value, "%")
            for name, value, target in refusing
        ),
        Figure("balanced threshold: recall in scope", found["in_scope"], "%"),
        Figure("balanced threshold: recall out of scope", found["out_of_scope"], "%"),
        at_most("match: p50", found["p50"], "ms", _P50_MS),
        Figure("match: p99", found["p99"], "ms"),
        at_most("load", found["seconds"], "s", _LOAD_SECONDS),
        at_most("peak memory", found["peak"], "MB", _PEAK_MB),
    )
    how = f"{found['intents']} intents, {found['examples']} examples, {found['messages']} test messages."
    return Table(f"{path.name}, {drawn}", how, figures)


def read_set(path: Path) -> Mapping[str, Rows]:
    """The parts of the set. Raises OSError, ValueError or KeyError where it is missing or of another form."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: [(text, intent) for text, intent in content[name]]
        for name in ("train", "val", "test", "oos_val", "oos_test")
    }


def drawn_examples(train: Rows, most: int | None, seed: int) -> dict[str, list[str]]:
    """Intent -> examples, at most `most` of each, drawn by chance; None: all of them."""
    examples: dict[str, list[str]] = {}
    for text, intent in train:
        examples.setdefault(intent, []).append(text)
    if most is None:
        return examples
    dice = random.Random(seed)
    return {intent: dice.sample(said, min(most, len(said))) for intent, said in sorted(examples.items())}


def judged(matcher: Matcher, rows: Rows) -> list[Judged]:
    """What `matcher` makes of messages with their intents."""
    found = []
    for text, intent in rows:
        match = matcher.match(text)
        best = match.ranking[0][0] if match.ranking else None
        found.append(Judged(match.confidence, best == intent))
    return found


def auroc(ours: Sequence[Judged], others: Sequence[Judged]) -> float:
    """How often (0 to 1) a message of ours is surer than one of the others; a tie counts half."""
    high = np.sort([one.confidence for one in others])
    sure = np.array([one.confidence for one in ours])
    below, up_to = np.searchsorted(high, sure, "left"), np.searchsorted(high, sure, "right")
    return float((below + up_to).sum() / 2 / (len(sure) * len(high)))


def recalls(ours: Sequence[Judged], others: Sequence[Judged], threshold: float) -> tuple[float, float]:
    """The shares (0 to 1) of ours that are right and not refused, and of the others that are refused."""
    return (
        sum(one.right and one.confidence >= threshold for one in ours) / len(ours),
        sum(one.confidence < threshold for one in others) / len(others),
    )


def balanced(ours: Sequence[Judged], others: Sequence[Judged]) -> float:
    """The threshold with the highest mean of both recalls; the lowest of several."""
    return max(
        _tried(ours, others), key=lambda threshold: (sum(recalls(ours, others, threshold)), -threshold)
    )


def together(ours: Sequence[Judged], others: Sequence[Judged]) -> float:
    """The highest share (0 to 1) that both recalls reach with one threshold."""
    return max(min(recalls(ours, others, threshold)) for threshold in _tried(ours, others))


def _tried(ours: Sequence[Judged], others: Sequence[Judged]) -> list[float]:
    return sorted({round(one.confidence, 3) for one in (*ours, *others)})


def _measure(path: Path, amount: str) -> dict[str, float]:
    """The means of all draws; speed, load and memory are those of the first."""
    parts = read_set(path)
    most, seeds = (_FEW, range(SEED, SEED + _DRAWS)) if amount == "few" else (None, range(SEED, SEED + 1))
    first = drawn_examples(parts["train"], most, SEED)
    start = perf_counter()
    matcher = Matcher.from_examples(first)
    seconds, peak = perf_counter() - start, peak_megabytes()
    times = timed(matcher.match, [text for text, _ in parts["test"][:_TIMED]], least_of=2)
    matchers = (Matcher.from_examples(drawn_examples(parts["train"], most, seed)) for seed in seeds)
    accuracies = [_accuracy(matcher, parts) for matcher in matchers]
    return {
        "intents": len(first),
        "examples": sum(map(len, first.values())),
        "messages": len(parts["test"]),
        "others": len(parts["oos_test"]),
        "p50": times.percentile(50),
        "p99": times.percentile(99),
        "seconds": seconds,
        "peak": peak,
        **{name: fmean(row[name] for row in accuracies) for name in accuracies[0]},
    }


def _accuracy(matcher: Matcher, parts: Mapping[str, Rows]) -> dict[str, float]:
    """Everything that is in per cent."""
    dice = random.Random(SEED)
    slips = [(with_slips(text, dice), intent) for text, intent in parts["test"]]
    clean, others = judged(matcher, parts["test"]), judged(matcher, parts["oos_test"])
    threshold = balanced(judged(matcher, parts["val"]), judged(matcher, parts["oos_val"]))
    in_scope, out_of_scope = recalls(clean, others, threshold)
    return {
        "clean": 100 * fmean(one.right for one in clean),
        "slips": 100 * fmean(one.right for one in judged(matcher, slips)),
        "auroc": 100 * auroc(clean, others),
        "both": 100 * together(clean, others),
        "in_scope": 100 * in_scope,
        "out_of_scope": 100 * out_of_scope,
    }


if __name__ == "__main__":
    json.dump(_measure(Path(sys.argv[1]), sys.argv[2]), sys.stdout)
