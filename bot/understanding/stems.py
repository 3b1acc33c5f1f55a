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
    # One stemmer serves all threads: stemWord holds the interpreter's lock throughout.
    return str(_stemmer(language).stemWord(word))


def families(language: str, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Stem -> those of `words` that have it, in order. Raises KeyError for a language without a stemmer."""
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(stem(language, word), []).append(word)
    return {name: tuple(family) for name, family in found.items()}


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language])
