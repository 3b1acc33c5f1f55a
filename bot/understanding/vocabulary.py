"""One language's words: which there are, which belong together, and what a slip in one may stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.understanding.speller import Speller
from bot.understanding.stems import families, stem, stemmed

How = Literal["exact", "inflected", "misspelt"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language in the phrases of a base, and its common words, which are no slips.

    `everyday` are those of the common words that are surely its own: word lists have loan words further down.
    """

    language: str
    #: word key -> how often it occurs in the phrases of the base
    weights: Mapping[str, int]
    common: frozenset[str]
    everyday: frozenset[str]
    speller: Speller = field(repr=False)
    #: stem -> known words; empty for a language without a stemmer
    stems: Mapping[str, tuple[str, ...]] = field(repr=False)
    #: word -> the other known words of its stem
    kin: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(
        cls,
        language: str,
        weights: Mapping[str, int],
        common: frozenset[str] = frozenset(),
        everyday: frozenset[str] = frozenset(),
    ) -> Vocabulary:
        """The vocabulary of `language`, a BCP 47 tag."""
        stems = families(language, weights) if stemmed(language) else {}
        kin = {
            word: tuple(other for other in family if other != word)
            for family in stems.values()
            if len(family) > 1
            for word in family
        }
        return cls(language, weights, common, everyday, Speller.of(weights), stems, kin)

    def known(self, key: str) -> list[tuple[str, How]]:
        """The word itself and its kin; nothing for a word that does not occur."""
        if key not in self.weights:
            return []
        return [(key, "exact"), *((word, "inflected") for word in self.kin.get(key, ()))]

    def inflected(self, key: str) -> list[tuple[str, How]]:
        """The known words that share a stem with the unknown word `key`."""
        same = self.stems.get(stem(self.language, key), ()) if self.stems else ()
        return [(word, "inflected") for word in same]

    def corrected(self, key: str) -> list[tuple[str, How]]:
        """The known words a slip away from the unknown word `key`, the likeliest first, each with its kin."""
        found: list[tuple[str, How]] = []
        for word in self.speller.corrections(key):
            found.append((word, "misspelt"))
            found.extend((other, "misspelt") for other in self.kin.get(word, ()))
        return found

    def at_home(self, word: str) -> bool:
        """Whether `word` is one of this language, as far as is known."""
        return word in self.weights or word in self.common
