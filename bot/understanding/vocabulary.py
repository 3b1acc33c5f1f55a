"""One language's words: which there are, which belong together, and what a slip in one may stand for."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.understanding.speller import Speller
from bot.understanding.stems import families, stem, stemmed

How = Literal["exact", "inflected", "misspelt"]


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language in the phrases of a base, and its common words, which are no slips.

    `language` is a BCP 47 tag. `everyday` are those of the common words that are surely its own: word lists
    have loan words further down. What follows from the words is made when it is first asked for (a tenth of
    a second), so that a start does not wait for languages that nobody writes in.
    """

    language: str
    #: word key -> how often it occurs in the phrases of the base
    weights: Mapping[str, int]
    common: Container[str] = frozenset()
    everyday: Container[str] = frozenset()

    @cached_property
    def speller(self) -> Speller:
        """Corrects slips in these words."""
        return Speller.of(self.weights)

    @cached_property
    def stems(self) -> Mapping[str, tuple[str, ...]]:
        """Stem -> known words; empty for a language without a stemmer."""
        return families(self.language, self.weights) if stemmed(self.language) else {}

    def prepare(self) -> None:
        """Make now what else is made when it is first asked for."""
        _ = self.speller, self.stems

    def known(self, key: str) -> list[tuple[str, How]]:
        """The word itself and its kin; nothing for a word that does not occur."""
        if key not in self.weights:
            return []
        return [(key, "exact"), *((word, "inflected") for word in self._family(key) if word != key)]

    def inflected(self, key: str) -> list[tuple[str, How]]:
        """The known words that share a stem with the unknown word `key`."""
        return [(word, "inflected") for word in self._family(key)]

    def corrected(self, key: str) -> list[tuple[str, How]]:
        """The known words a slip away from the unknown word `key`, the likeliest first, each with its kin."""
        found: list[tuple[str, How]] = []
        for word in self.speller.corrections(key):
            found.append((word, "misspelt"))
            found.extend((other, "misspelt") for other in self._family(word) if other != word)
        return found

    def _family(self, key: str) -> tuple[str, ...]:
        """The known words of the stem of `key`."""
        return self.stems.get(stem(self.language, key), ()) if self.stems else ()

    def at_home(self, word: str) -> bool:
        """Whether `word` is one of this language, as far as is known."""
        return word in self.weights or word in self.common
