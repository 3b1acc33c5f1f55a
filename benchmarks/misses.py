"""The path of a message that matches nothing: the one that junk takes, and often the slowest.

Words that nobody knows, so that every one is looked up by its stem and its spelling in every language, on
the shipped base; the same words again are not remembered, since each message is new.
"""

from __future__ import annotations

import random

from benchmarks.base import match, respond
from benchmarks.phrases import SEED
from benchmarks.table import Figure, Table, at_most
from benchmarks.timing import timed

_MESSAGES = 500
_WORDS = 8
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Milliseconds: as for any match.
_P50, _P99 = 0.3, 1.5


def run() -> Table:
    """The table of match and turn without a match."""
    said = unknown_messages(_MESSAGES)
    matched, turned = timed(match, said), timed(respond, said)
    return Table(
        "A message that matches nothing",
        f"{_MESSAGES} messages of {_WORDS} random words of 3 to 12 letters.",
        (
            at_most("match: p50", matched.percentile(50), "ms", _P50),
            at_most("match: p99", matched.percentile(99), "ms", _P99),
            Figure("turn: p50", turned.percentile(50), "ms"),
            Figure("turn: p99", turned.percentile(99), "ms"),
        ),
    )


def unknown_messages(number: int) -> list[str]:
    """So many messages of words that are no words; the same ones every time."""
    dice = random.Random(SEED)
    return [
        " ".join("".join(dice.choices(_LETTERS, k=dice.randint(3, 12))) for _ in range(_WORDS))
        for _ in range(number)
    ]
