"""How a match slows down as examples grow: `Matcher.from_examples` beside a plain look through all of them.

1 000, 10 000 and 100 000 made phrases of 150 intents (halves of the base's own examples, joined), and 100
others as messages. Beside it, over the same phrases in the same run, rapidfuzz's `extractOne` with
`token_sort_ratio`, which compares each message with every phrase. Each size has a process of its own.
"""

from __future__ import annotations

import json
import sys
from itertools import chain
from time import perf_counter

from rapidfuzz import fuzz, process

from benchmarks.base import files
from benchmarks.phrases import SEED, joined
from benchmarks.table import Figure, Table, at_least, at_most
from benchmarks.timing import in_fresh_process, peak_megabytes, timed
from bot import Matcher
from bot.knowledge.reading import read_files
from bot.understanding.learning import topic_phrases
from store.content import part_of

_SIZES = (1_000, 10_000, 100_000)
_INTENTS = 150
_MESSAGES = 100
#: How many messages are looked through for: each takes tens of milliseconds among 100 000.
_LOOKED_THROUGH = 30
#: How many times faster than the look through, among the most examples.
_FASTER = 50


def run() -> Table:
    """The table of all sizes; the last figures compare the largest with the smallest."""
    found = {size: in_fresh_process("benchmarks.growth", str(size)) for size in _SIZES}
    figures: list[Figure] = []
    for size, row in found.items():
        figures += [
            Figure(f"{size:,} examples: match p50", row["p50"], "ms"),
            Figure(f"{size:,} examples: match p99", row["p99"], "ms"),
            Figure(f"{size:,} examples: extractOne p50", row["extract"], "ms"),
            Figure(f"{size:,} examples: load", row["seconds"], "s"),
            Figure(f"{size:,} examples: peak memory", row["peak"], "MB"),
        ]
    first, last = found[_SIZES[0]], found[_SIZES[-1]]
    figures += [
        at_least(
            f"times faster than extractOne at {_SIZES[-1]:,}", last["extract"] / last["p50"], "", _FASTER
        ),
        at_most(
            f"times slower than at {_SIZES[0]:,}", last["p50"] / first["p50"], "", _SIZES[-1] / _SIZES[0]
        ),
    ]
    how = f"Made phrases, {_INTENTS} intents, {_MESSAGES} other messages, seed {SEED}."
    return Table("Growth with the examples", how, tuple(figures))


def _measure(size: int) -> dict[str, float]:
    knowledge, _ = read_files(part_of(files(), "knowledge"))
    if knowledge is None:
        raise ValueError("the knowledge base has faults: `signpost check` lists them")
    real = list(chain(*topic_phrases(knowledge).values()))
    examples = joined(real, _INTENTS, size)
    said = list(chain(*joined(real, _INTENTS, _MESSAGES, seed=SEED + 1).values()))
    start = perf_counter()
    matcher = Matcher.from_examples(examples)
    seconds = perf_counter() - start
    peak = peak_megabytes()
    matched = timed(matcher.match, said, least_of=2)
    phrases = list(chain(*examples.values()))
    looked = timed(
        lambda text: process.extractOne(text, phrases, scorer=fuzz.token_sort_ratio), said[:_LOOKED_THROUGH]
    )
    return {
        "p50": matched.percentile(50),
        "p99": matched.percentile(99),
        "extract": looked.percentile(50),
        "seconds": seconds,
        "peak": peak,
    }


if __name__ == "__main__":
    json.dump(_measure(int(sys.argv[1])), sys.stdout)
