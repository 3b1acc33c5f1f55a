"""What an utterance shows to a model of examples: words, pairs of words, letters, concepts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.language.names import UNKNOWN, Names
from bot.understanding.utterance import ORDINARY, WHO, Utterance

#: What each kind of evidence counts for; every kind is scaled to a length of about one first, so that a long
#: message is no louder than a short one. Found on CLINC150 and on the conversations, 2026-11-22.
_SHARES = {"word": 1.1, "pair": 0.77, "letters": 0.88, "concept": 1.1}
#: Where a message shows little of a kind that little stays faint: with the lengths (the rarities of its
#: features, squared and summed) this much is added before they are scaled. With 0 one common concept alone
#: ("tonight") was as loud as ten: of 4 700 messages kept apart 69 of 100 alarming English ones were found
#: where one harmless one of 100 raises a notice, and 73 so (in other languages 83 and 87); 2026-11-22.
_FAINT = {"word": 10.0, "pair": 10.0, "letters": 10.0, "concept": 20.0}
_KINDS = tuple(_SHARES)
_LETTERS = (3, 4, 5)
_WEIGHTS = np.array(list(_SHARES.values()))
_LEAST = np.array([_FAINT[kind] ** 2 for kind in _KINDS])
#: How many utterances are taken apart at once.
_BLOCK = 2_000
#: The most words, and the most pairs of concepts, that are remembered.
_REMEMBERED = 20_000
#: The digits of a number to call that residents name: 999, 101, 111, 105.
_TO_CALL = 3
#: The sizes of smaller numbers, most of which are ages: of a child, of a young person, of an adult.
_SIZES = (9, 17, 99)
_SIZED = "up-to-"
#: (numbers of the features, their values)
Vector = tuple[NDArray[np.int32], NDArray[np.float32]]
#: The name of a feature -> its number.
Number = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Reading:
    """An utterance, and what of it the models know."""

    utterance: Utterance
    vector: Vector


class _Shown(NamedTuple):
    """What `utterances` messages show: row by row each feature's number once, and how often it is there."""

    utterances: int
    rows: NDArray[np.int32]
    numbers: NDArray[np.int32]
    counts: NDArray[np.float32]


class _Met(NamedTuple):
    """What was looked up already: pairs of words are not, as nearly every message has new ones."""

    #: word -> the numbers of its own feature and of its parts
    words: dict[str, list[int]]
    #: one concept, or two in order -> the number of its feature
    concepts: dict[tuple[str, ...], int]


@dataclass(slots=True)
class Features:
    """The features known from a set of utterances, with their numbers and rarity.

    One set serves all models of a base, so that a message is taken apart once.
    """

    numbers: Names
    rarity: NDArray[np.float32]
    kinds: NDArray[np.int8]
    _met: _Met = field(default_factory=lambda: _Met({}, {}), repr=False)

    @classmethod
    def learn(cls, utterances: Sequence[Utterance], rarest: int) -> tuple[Features, list[Reading]]:
        """The features that at least `rarest` of `utterances` show, and the reading of each of these."""
        found: dict[str, int] = {}
        met = _Met({}, {})

        def number(name: str) -> int:
            return found.setdefault(name, len(found))

        # In blocks, since millions of numbers at once would take more memory than all that is learned.
        blocks = [
            _counted([_shown(utterance, number, met) for utterance in utterances[start : start + _BLOCK]])
            for start in range(0, len(utterances), _BLOCK)
        ]
        seen = np.zeros(len(found), dtype=np.int64)
        for block in blocks:
            seen += np.bincount(block.numbers, minlength=len(found))
        known = Names.of(name for name, number in found.items() if seen[number] >= rarest)
        names = [known.name(number) for number in range(len(known))]
        old = np.array([found[name] for name in names], dtype=np.int32)
        renumbered = np.full(len(found), UNKNOWN, dtype=np.int32)
        renumbered[old] = np.arange(len(names), dtype=np.int32)
        rarity = (np.log((len(utterances) + 1) / (seen[old] + 1)) + 1).astype(np.float32)
        kinds = np.array([_kind(name) for name in names], dtype=np.int8)
        features = cls(known, rarity, kinds)
        vectors = chain.from_iterable(features._scaled(block, renumbered) for block in blocks)
        return features, [Reading(*read) for read in zip(utterances, vectors, strict=True)]

    def __len__(self) -> int:
        return len(self.numbers)

    def read(self, utterance: Utterance) -> Reading:
        """The utterance with its known features, by number, each kind scaled to its share."""
        if len(self._met.words) > _REMEMBERED or len(self._met.concepts) > _REMEMBERED:
            self._met = _Met({}, {})
        shown = _shown(utterance, self.numbers.number, self._met)
        numbers, counts = _distinct(np.array(shown, dtype=np.int64))
        if len(numbers) and numbers[0] == UNKNOWN:
            numbers, counts = numbers[1:], counts[1:]
        return Reading(utterance, (numbers.astype(np.int32), self._weighed(numbers, counts)))

    def all_names(self) -> list[str]:
        """What all features are, in the order of their numbers."""
        return [self.numbers.name(number) for number in range(len(self))]

    def names(self, numbers: NDArray[np.int32]) -> list[str]:
        """What the features of these numbers are, for a reader."""
        return [self.numbers.name(number) for number in numbers.tolist()]

    def _scaled(self, shown: _Shown, renumbered: NDArray[np.int32] | None = None) -> list[Vector]:
        """The vectors of the utterances that show this; `renumbered` are the numbers now of those then."""
        numbers = shown.numbers if renumbered is None else renumbered[shown.numbers]
        known = numbers != UNKNOWN
        rows, numbers, counts = shown.rows[known], numbers[known], shown.counts[known]
        values = self._weighed(numbers, counts, rows, shown.utterances)
        ends = np.cumsum(np.bincount(rows, minlength=shown.utterances)).tolist()
        return [(numbers[start:end], values[start:end]) for start, end in pairwise((0, *ends))]

    def _weighed(
        self,
        numbers: NDArray[np.integer],
        counts: NDArray[np.float32],
        rows: NDArray[np.int32] | int = 0,
        utterances: int = 1,
    ) -> NDArray[np.float32]:
        """The values of features that are so often in the utterance of their row."""
        values = (np.log(counts) + np.float32(1)) * self.rarity[numbers]
        kinds = rows * len(_KINDS) + self.kinds[numbers]
        lengths = np.bincount(kinds, weights=values * values, minlength=utterances * len(_KINDS))
        scale = _WEIGHTS / np.sqrt(lengths.reshape(utterances, -1) + _LEAST)
        weighed: NDArray[np.float32] = (values * scale.ravel()[kinds]).astype(np.float32)
        return weighed


def _kind(name: str) -> int:
    return _KINDS.index(name.partition(" ")[0])


def _counted(shown: list[list[int]]) -> _Shown:
    """Of each of `shown`, the numbers that one utterance shows, each number once."""
    rows = np.repeat(np.arange(len(shown)), [len(row) for row in shown])
    numbers = np.fromiter(chain.from_iterable(shown), dtype=np.int64, count=len(rows))
    once, counts = _distinct(rows << 32 | (numbers + 1))
    return _Shown(
        len(shown), (once >> 32).astype(np.int32), ((once & 0xFFFFFFFF) - 1).astype(np.int32), counts
    )


def _distinct(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Each of `numbers` once, in order, and how often it is there. They are sorted in place."""
    numbers.sort()
    new = np.ones(len(numbers) + 1, dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:-1])
    firsts = np.flatnonzero(new)
    return numbers[firsts[:-1]], np.diff(firsts).astype(np.float32)


def _shown(utterance: Utterance, number: Number, met: _Met) -> list[int]:
    """The numbers of all that the utterance shows, as often as it does; `met` remembers some of them.

    What a denial takes back is not shown: "not noise, it is drugs" speaks of drugs.
    """
    shown: list[int] = []
    taken_back = utterance.taken_back
    said = [_counted_as(word) for place, word in enumerate(utterance.corrected) if place not in taken_back]
    for word in said:
        if word not in met.words:
            names = (f"word {word}", *(() if _SIZED in word else _parts(word)))
            met.words[word] = [number(name) for name in names]
        shown += met.words[word]
    shown += [
        number(f"word ~{stem}")
        for place, stem in enumerate(utterance.stems)
        if stem and place not in taken_back
    ]
    shown += [number(f"pair {first} {second}") for first, second in pairwise(("^", *said, "$"))]
    concepts = sorted(
        concept for concept in utterance.concepts if concept != ORDINARY and not concept.startswith(WHO)
    )
    for together in chain(combinations(concepts, 1), combinations(concepts, 2)):
        if together not in met.concepts:
            met.concepts[together] = number(f"concept {' + '.join(together)}")
        shown.append(met.concepts[together])
    return shown


def _counted_as(word: str) -> str:
    """The word; of a number its size: who is 14 needs what somebody of 15 does. Numbers to call stay."""
    if not word.isdecimal() or len(word) == _TO_CALL:
        return word
    if len(word) > _TO_CALL:
        return "0" * len(word)
    return f"{_SIZED}{next(size for size in _SIZES if int(word) <= size)}"


def _parts(word: str) -> tuple[str, ...]:
    padded = f"<{word}>"
    return tuple(
        f"letters {padded[start : start + length]}"
        for length in _LETTERS
        for start in range(len(padded) - length + 1)
    )
