"""Words of one family: those that share a stem in a language whose inflections a stemmer finds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import Stemmer

#: Snowball's stemmer for each language that it covers; the others list their forms.
_STEMMERS = {
    "en": "english", "ar": "arabic", "es": "spanish", "fr": "french", "hi": "hindi", "it": "italian",
    "lt": "lithuanian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "tr": "turkish",
}  # fmt: skip


def stemmed(language: str) -> bool:
    """Whether `language` has a stemmer."""
    return language in _STEMMERS


def stem(language: str, word: str) -> str:
    """The stem of a word's key. Raises KeyError for a language without a stemmer."""
    return str(_stemmer(language).stemWord(word))


def families(language: str, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Stem -> those of `words` that have it, in order. Raises KeyError for a language without a stemmer."""
    found: dict[str, list[str]] = {}
    in_order = sorted(words)
    for word, stem_of_it in zip(in_order, _stemmer(language).stemWords(in_order), strict=True):
        found.setdefault(stem_of_it, []).append(word)
    return {name: tuple(family) for name, family in found.items()}


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    # One stemmer serves all threads: it holds the interpreter's lock throughout. Its own cache makes it four
    # times slower where words come once.
    return Stemmer.Stemmer(_STEMMERS[language], 0)
