"""What an utterance shows to a model of examples: words, pairs of words, letters, concepts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.understanding.lexicon import WHO, Utterance

#: What each kind of evidence counts for; every kind is scaled to length one first, so that a long message
#: is no louder than a short one. Found on CLINC150 and on the conversations, 2026-11-22.
_SHARES = {"word": 1.0, "pair": 0.7, "letters": 0.8, "concept": 1.0}
_KINDS = tuple(_SHARES)
_LETTERS = (3, 4, 5)

#: (numbers of the features, their values)
Vector = tuple[NDArray[np.int64], NDArray[np.float32]]


@dataclass(slots=True)
class Features:
    """The features known from a set of utterances, with their numbers and rarity."""

    numbers: dict[str, int]
    rarity: NDArray[np.float32]
    kinds: NDArray[np.int8]
    _letters: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, utterances: Iterable[Utterance], rarest: int) -> Features:
        """The features that at least `rarest` of `utterances` show."""
        seen: Counter[str] = Counter()
        letters: dict[str, tuple[str, ...]] = {}
        total = 0
        for utterance in utterances:
            seen.update(set(_shown(utterance, letters)))
            total += 1
        names = sorted(name for name, count in seen.items() if count >= rarest)
        rarity = np.array([math.log((total + 1) / (seen[name] + 1)) + 1 for name in names], dtype=np.float32)
        kinds = np.array([_kind(name) for name in names], dtype=np.int8)
        return cls({name: number for number, name in enumerate(names)}, rarity, kinds)

    def __len__(self) -> int:
        return len(self.numbers)

    def vector(self, utterance: Utterance) -> Vector:
        """The utterance's known features, by number, each kind of length one times its share."""
        counts = Counter(
            number
            for name in _shown(utterance, self._letters if len(self._letters) < 20_000 else {})
            if (number := self.numbers.get(name)) is not None
        )
        numbers = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        values = np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts))) + np.float32(1)
        values *= self.rarity[numbers]
        kinds = self.kinds[numbers]
        lengths = np.sqrt(np.bincount(kinds, weights=values * values, minlength=len(_KINDS)))
        scale = np.array([_SHARES[kind] for kind in _KINDS]) / np.where(lengths > 0, lengths, 1)
        return numbers, (values * scale[kinds]).astype(np.float32)

    def names(self, numbers: NDArray[np.int64]) -> list[str]:
        """What the features of these numbers are, for a reader."""
        listed = list(self.numbers)
        return [listed[number] for number in numbers]


def _kind(name: str) -> int:
    return _KINDS.index(name.partition(" ")[0])


def _shown(utterance: Utterance, letters: dict[str, tuple[str, ...]]) -> list[str]:
    """The names of all that the utterance shows, as often as it does; `letters` remembers words' parts."""
    shown: list[str] = []
    for word in utterance.corrected:
        shown.append(f"word {word}")
        if word not in letters:
            letters[word] = _parts(word)
        shown.extend(letters[word])
    for stem in utterance.stems:
        shown.append(f"word ~{stem}")
    shown.extend(f"pair {first} {second}" for first, second in pairwise(("^", *utterance.corrected, "$")))
    concepts = sorted(concept for concept in utterance.concepts if not concept.startswith(WHO))
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
