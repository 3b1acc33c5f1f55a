"""Words of one family: those that share a stem in a language whose inflections a stemmer finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import Stemmer

#: Snowball's stemmer for each language that it covers; the others list their forms.
_STEMMERS = {
    "en": "english", "ar": "arabic", "es": "spanish", "fr": "french", "hi": "hindi", "it": "italian",
    "lt": "lithuanian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "tr": "turkish",
}  # fmt: skip

#: (language, stem) -> words
Stems = Mapping[tuple[str, str], tuple[str, ...]]


def stemmed(languages: Iterable[str]) -> tuple[str, ...]:
    """Those of `languages` that have a stemmer."""
    return tuple(language for language in languages if language in _STEMMERS)


def stem(language: str, word: str) -> str:
    """The stem of a word's key. Raises KeyError for a language without a stemmer."""
    # One stemmer serves all threads: stemWord holds the interpreter's lock throughout.
    return str(_stemmer(language).stemWord(word))


def stems_of(vocabulary: Mapping[str, Iterable[str]], languages: tuple[str, ...]) -> Stems:
    """The words of each stem, from language -> words; `languages` have a stemmer."""
    stems: dict[tuple[str, str], list[str]] = {}
    for language in languages:
        for word in sorted(vocabulary[language]):
            stems.setdefault((language, stem(language, word)), []).append(word)
    return {place: tuple(found) for place, found in stems.items()}


def kin_of(stems: Stems) -> dict[str, tuple[str, ...]]:
    """Word -> the others that share a stem with it in some language, for words that have any."""
    kin: dict[str, set[str]] = {}
    for family in stems.values():
        for word in family if len(family) > 1 else ():
            kin.setdefault(word, set()).update(other for other in family if other != word)
    return {word: tuple(sorted(others)) for word, others in kin.items()}


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language])
