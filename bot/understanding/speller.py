"""Corrects unknown words to known ones that are a slip away.

Every known word is filed under itself and itself less one character, so a look-up costs the length of
the word and not the size of the vocabulary; rapidfuzz decides on the few that remain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

#: The shortest word that is corrected: of shorter ones too many are one slip from another word.
MIN_LETTERS = 4
#: From this length on two slips are allowed. Both figures: ENGINES findings of November 2026, where they kept
#: clean text unharmed and won back nearly all that one slip a word costs.
TWO_SLIPS_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words with their weights; the heavier of two equally near words is preferred."""

    weights: Mapping[str, int]
    _filed: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, weights: Mapping[str, int]) -> Speller:
        """A speller over `weights`: word key -> how often it occurs in the phrases of the base."""
        filed: dict[str, list[str]] = {}
        for word in sorted(weights):
            if len(word) >= MIN_LETTERS - 1 and not word.isdigit():
                for cut in _cuts(word):
                    filed.setdefault(cut, []).append(word)
        return cls(weights, {cut: tuple(words) for cut, words in filed.items()})

    def corrections(self, word: str, most: int = 2) -> tuple[str, ...]:
        """The known words nearest to the unknown `word`, best first, at most `most`; () for none.

        Only words at the smallest distance are given. A word with digits is never corrected.
        """
        length = len(word)
        if length < MIN_LETTERS or any(character.isdigit() for character in word):
            return ()
        limit = 2 if length >= TWO_SLIPS_LETTERS else 1
        tries = _cuts(word)
        if limit == 2:
            tries |= {again for cut in tries for again in _cuts(cut)}
        candidates = {known for cut in tries for known in self._filed.get(cut, ())}
        ranked = []
        for known in candidates:
            distance = OSA.distance(word, known, score_cutoff=limit)
            if distance <= limit and (len(known) > MIN_LETTERS - 1 or distance == 1):
                ranked.append((distance, known[0] != word[0], -self.weights[known], known))
        ranked.sort()
        return tuple(row[3] for row in ranked[:most] if row[0] == ranked[0][0])


def _cuts(word: str) -> set[str]:
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}
