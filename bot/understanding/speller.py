"""Corrects unknown words to known ones that are a slip away.

Every known word is filed under itself and itself less one character, so one slip costs the length of the
word and not the size of the vocabulary. Two slips, looked for in long words only, are compared by rapidfuzz
with the words that begin alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: The shortest word that is corrected: of shorter ones too many are one slip from another word.
MIN_LETTERS = 4
#: From this length on two slips are allowed. Both figures: measured on CLINC150, November 2026, where they
#: kept clean text unharmed and won back nearly all that one slip a word costs.
TWO_SLIPS_LETTERS = 8

#: How much less likely, as a logarithm, a slip in the first letter is. From 1 to 3 nothing changes on
#: CLINC150 (validation messages, one slip in every longer word), 2026-11-22.
_OTHER_BEGINNING = 2.0


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words with their weights; of two equally near words the more likely one is preferred."""

    weights: Mapping[str, int]
    #: a word less a character -> the words it comes from, joined by a space: mostly one, which takes no room
    _filed: Mapping[str, str] = field(repr=False)
    #: first character -> long words
    _long: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, weights: Mapping[str, int]) -> Speller:
        """A speller over `weights`: word key -> how often it occurs in the phrases of the base."""
        filed: dict[str, list[str]] = {}
        long: dict[str, list[str]] = {}
        for word in sorted(weights):
            if len(word) >= MIN_LETTERS - 1 and not word.isdigit():
                for cut in _cuts(word):
                    filed.setdefault(cut, []).append(word)
                if len(word) >= TWO_SLIPS_LETTERS:
                    long.setdefault(word[0], []).append(word)
        return cls(
            weights,
            {cut: words[0] if len(words) == 1 else " ".join(words) for cut, words in filed.items()},
            {first: tuple(words) for first, words in long.items()},
        )

    def corrections(self, word: str, most: int = 2) -> tuple[str, ...]:
        """The known words nearest to the unknown `word`, best first, at most `most`; () for none.

        Only words at the smallest distance are given. A word with digits is left.
        """
        if len(word) < MIN_LETTERS or any(character.isdigit() for character in word):
            return ()
        candidates = {known for cut in _cuts(word) for known in self._filed.get(cut, "").split()}
        near = [known for known in candidates if OSA.distance(word, known, score_cutoff=1) <= 1]
        if not near and len(word) >= TWO_SLIPS_LETTERS - 1:
            found = process.extract(
                word, self._long.get(word[0], ()), scorer=OSA.distance, score_cutoff=2, limit=None
            )
            near = [known for known, _, _ in found]
        near.sort(key=lambda known: (-self._likely(word, known), known))
        return tuple(near[:most])

    def _likely(self, word: str, known: str) -> float:
        """How likely it is that `known` was meant by `word`, as a logarithm: common words are, and few
        slips change the first letter."""
        return math.log(self.weights[known]) - (_OTHER_BEGINNING if known[0] != word[0] else 0.0)


def _cuts(word: str) -> set[str]:
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}
