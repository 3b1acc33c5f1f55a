"""What models learn from: each different message once, with the intents that it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Reading, Vector

#: What else speaks for the intents of a message, in the units of the scores: intent -> score. It is counted
#: in while the weights are found, so that the examples teach what it leaves open.
Told = Callable[[Reading], Mapping[str, float]]


class Row(NamedTuple):
    """A message to learn from: its features, the numbers of the intents that it stands for, and what else
    speaks for which."""

    vector: Vector
    meant: list[int]
    told: list[tuple[int, float]]
    #: Of its words: where it stands in the order in which the messages are looked at.
    digest: int
    #: What it counts for beside others.
    weight: np.float32 = np.float32(1)


def rows_of(
    examples: Mapping[str, Sequence[Reading]],
    others: Iterable[Reading],
    told: Told,
    balanced: float = 0.0,
) -> tuple[tuple[str, ...], list[Row]]:
    """The intents in order, and each different message once with the numbers of those that it stands for.

    `others` stand for none. `balanced` is how far intents with more examples than others of the same language
    are kept from outweighing them: 0, not at all; 1, all of their examples together count for as many as are
    usual in that language.
    """
    intents = tuple(sorted(examples))
    numbers = {intent: number for number, intent in enumerate(intents)}
    meant: dict[tuple[str, ...], tuple[Reading, set[int]]] = {}
    for intent, number in numbers.items():
        for reading in examples[intent]:
            meant.setdefault(reading.utterance.corrected, (reading, set()))[1].add(number)
    for reading in others:
        meant.setdefault(reading.utterance.corrected, (reading, set()))
    counts = _weights(meant.values(), balanced)
    rows = []
    for words in sorted(meant):
        reading, stands_for = meant[words]
        said = [(numbers[intent], score) for intent, score in told(reading).items() if intent in numbers]
        language = reading.utterance.language
        weight = min((counts[language, number] for number in stands_for), default=1.0)
        rows.append(Row(reading.vector, sorted(stands_for), said, digest(words), np.float32(weight)))
    return intents, rows


def in_order(rows: Sequence[Row], number: int) -> NDArray[np.intp]:
    """The places of `rows`, shuffled in another way for each `number` (0, 1 ...), that of a pass.

    By digests of their words: one more among them leaves the others in their order.
    """
    digests = np.array([row.digest for row in rows], dtype=np.uint64)
    return np.argsort(mixed(digests, number), kind="stable")


def digest(words: tuple[str, ...]) -> int:
    """A number of 64 bits for these words, the same everywhere."""
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")


def mixed(digests: NDArray[np.uint64], number: int) -> NDArray[np.uint64]:
    """Other numbers for each `number` (0, 1 ...), that order the digests in another way."""
    others = digests * np.uint64(0x9E3779B97F4A7C15 + 2 * number)
    return others ^ (others >> np.uint64(32))


def _weights(meant: Iterable[tuple[Reading, set[int]]], balanced: float) -> dict[tuple[str, int], float]:
    """(language, number of an intent) -> what each of its examples counts for, at most 1."""
    sizes = Counter((reading.utterance.language, number) for reading, those in meant for number in those)
    usual = {
        name: median(size for (language, _), size in sizes.items() if language == name)
        for name in {language for language, _ in sizes}
    }
    return {key: min(1.0, usual[key[0]] / size) ** balanced for key, size in sizes.items()}
