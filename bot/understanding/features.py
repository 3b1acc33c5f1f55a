"""What an utterance shows to a model of examples: words, pairs of words, letters, concepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.understanding.lexicon import ORDINARY, WHO, Utterance

#: What each kind of evidence counts for; every kind is scaled to length one first, so that a long message
#: is no louder than a short one. Found on CLINC150 and on the conversations, 2026-11-22.
_SHARES = {"word": 1.0, "pair": 0.7, "letters": 0.8, "concept": 1.0}
_KINDS = tuple(_SHARES)
_LETTERS = (3, 4, 5)
_WEIGHTS = np.array(list(_SHARES.values()))
#: The most words whose parts are remembered.
_REMEMBERED = 20_000

#: (numbers of the features, their values)
Vector = tuple[NDArray[np.int32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Reading:
    """An utterance, and what of it the models know."""

    utterance: Utterance
    vector: Vector


@dataclass(slots=True)
class Features:
    """The features known from a set of utterances, with their numbers and rarity.

    One set serves all models of a base, so that a message is taken apart once.
    """

    numbers: dict[str, int]
    rarity: NDArray[np.float32]
    kinds: NDArray[np.int8]
    #: word -> its parts, of the words met lately
    _letters: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def learn(cls, utterances: Sequence[Utterance], rarest: int) -> tuple[Features, list[Reading]]:
        """The features that at least `rarest` of `utterances` show, and the reading of each of these."""
        found: dict[str, int] = {}
        letters: dict[str, tuple[str, ...]] = {}
        rows = []
        for utterance in utterances:
            shown = [found.setdefault(name, len(found)) for name in _shown(utterance, letters)]
            rows.append(np.unique(np.array(shown, dtype=np.int32), return_counts=True))
        seen = np.zeros(len(found), dtype=np.int64)
        for numbers, _ in rows:
            seen[numbers] += 1
        names = sorted(name for name, number in found.items() if seen[number] >= rarest)
        old = np.array([found[name] for name in names], dtype=np.int32)
        renumbered = np.full(len(found), -1, dtype=np.int32)
        renumbered[old] = np.arange(len(names), dtype=np.int32)
        rarity = (np.log((len(rows) + 1) / (seen[old] + 1)) + 1).astype(np.float32)
        kinds = np.array([_kind(name) for name in names], dtype=np.int8)
        features = cls({name: number for number, name in enumerate(names)}, rarity, kinds)
        readings = []
        for utterance, (numbers, counts) in zip(utterances, rows, strict=True):
            numbers = renumbered[numbers]
            kept = numbers >= 0
            readings.append(Reading(utterance, features._scaled(numbers[kept], counts[kept])))
        return features, readings

    def __len__(self) -> int:
        return len(self.numbers)

    def read(self, utterance: Utterance) -> Reading:
        """The utterance with its known features, by number, each kind of length one times its share."""
        if len(self._letters) > _REMEMBERED:
            self._letters = {}
        counts = Counter(
            number
            for name in _shown(utterance, self._letters)
            if (number := self.numbers.get(name)) is not None
        )
        numbers = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        return Reading(
            utterance, self._scaled(numbers, np.fromiter(counts.values(), np.int64, count=len(counts)))
        )

    def names(self, numbers: NDArray[np.int32]) -> list[str]:
        """What the features of these numbers are, for a reader."""
        listed = list(self.numbers)
        return [listed[number] for number in numbers]

    def _scaled(self, numbers: NDArray[np.int32], counts: NDArray[np.int64]) -> Vector:
        values = (np.log(counts.astype(np.float32)) + np.float32(1)) * self.rarity[numbers]
        kinds = self.kinds[numbers]
        lengths = np.sqrt(np.bincount(kinds, weights=values * values, minlength=len(_KINDS)))
        scale = _WEIGHTS / np.where(lengths > 0, lengths, 1)
        return numbers, (values * scale[kinds]).astype(np.float32)


def _kind(name: str) -> int:
    return _KINDS.index(name.partition(" ")[0])


def _shown(utterance: Utterance, letters: dict[str, tuple[str, ...]]) -> list[str]:
    """The names of all that the utterance shows, as often as it does; `letters` remembers words' parts.

    What a denial takes back is not shown: "not noise, it is drugs" speaks of drugs.
    """
    shown: list[str] = []
    said = [word for place, word in enumerate(utterance.corrected) if place not in utterance.taken_back]
    for word in said:
        shown.append(f"word {word}")
        if word not in letters:
            letters[word] = _parts(word)
        shown.extend(letters[word])
    for place, stem in enumerate(utterance.stems):
        if stem and place not in utterance.taken_back:
            shown.append(f"word ~{stem}")
    shown.extend(f"pair {first} {second}" for first, second in pairwise(("^", *said, "$")))
    concepts = sorted(
        concept for concept in utterance.concepts if concept != ORDINARY and not concept.startswith(WHO)
    )
    shown.extend(f"concept {concept}" for concept in concepts)
    shown.extend(
        f"concept {first} + {second}"
        for place, first in enumerate(concepts)
        for second in concepts[place + 1 :]
    )
    return shown


def _parts(word: str) -> tuple[str, ...]:
    padded = f"<{word}>"
    return tuple(
        f"letters {padded[start : start + length]}"
        for length in _LETTERS
        for start in range(len(padded) - length + 1)
    )
