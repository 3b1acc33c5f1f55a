"""From words to concepts: which meanings the rules know are said in an utterance, and where.

All languages' expressions are known at once. At each place the longest expression wins, so that
"car alarm" is no car and "this is killing me" no killing; what the longer one still says is listed with its
concept as `implies`. An expression is found as written, inflected (its stem is known) or misspelt
(one slip away, and the word itself is none that we know).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from bot.language.text import Token, tokenize, words
from bot.understanding.seams import Seams
from bot.understanding.speller import Speller
from bot.understanding.stems import Stems, kin_of, stem, stemmed, stems_of

How = Literal["exact", "inflected", "misspelt"]

#: Concepts whose mention denies the one that follows ("not noise") or comes before ("শব্দ না").
DENIES_NEXT = "negation"
DENIES_PREVIOUS = "negation-after"
#: Concepts that tell whom a message is about begin so. They are for the rules of audiences alone: what is
#: needed does not follow from who needs it, and an age by itself is no danger.
WHO = "who-"
#: What ends a part of a message: in "outside the mosque, school finished" nobody speaks of a mosque school.
_BREAK = re.compile(r"[.,;:!?()\n।؟،۔。，！？；]")
#: The longest expression that is looked for, in words.
_MAX_EXPRESSION = 8
#: How many different unknown words of a message are looked up in the speller: that bounds the time for a
#: hostile one. Of the questions kept with the knowledge base none has more than 3 (2026-11-22).
_MOST_MENDED = 30


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept said in the words `start` to `end` (half open) of an utterance."""

    concept: str
    start: int
    end: int
    how: How
    denied: bool = False


@dataclass(frozen=True)
class Utterance:
    """A message as the assistant understands it: its words and the concepts said in them.

    `corrected` are the words' keys, misspelt ones replaced by the word they are taken for; `stems` are
    the shortest of each word's family, for words that have one, else ""; `known` says of each word whether
    the vocabulary has it.
    """

    tokens: tuple[Token, ...]
    corrected: tuple[str, ...]
    stems: tuple[str, ...]
    known: tuple[bool, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The concepts that are said and not denied."""
        return frozenset(mention.concept for mention in self.mentions if not mention.denied)

    @cached_property
    def taken_back(self) -> frozenset[int]:
        """The places of the words that a denial takes back: "noise" in "not noise, it is drugs"."""
        return frozenset(place for one in self.mentions if one.denied for place in range(one.start, one.end))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Expressions of every language, filed by their words."""

    #: expression (words joined by a space) -> concepts
    expressions: Mapping[str, tuple[str, ...]]
    #: the beginnings of longer expressions
    prefixes: frozenset[str]
    #: word -> known words of the same stem, itself among them
    kin: Mapping[str, tuple[str, ...]]
    #: (language, stem) -> known words
    stems: Stems
    implies: Mapping[str, tuple[str, ...]]
    speller: Speller
    seams: Seams
    #: languages with a stemmer
    stemmed: tuple[str, ...]

    @classmethod
    def of(
        cls,
        expressions: Mapping[str, Mapping[str, Iterable[str]]],
        implies: Mapping[str, tuple[str, ...]] | None = None,
        phrases: Mapping[str, Iterable[tuple[str, ...]]] | None = None,
        common: frozenset[str] = frozenset(),
        split: Callable[[str], tuple[str, ...]] = words,
    ) -> Lexicon:
        """A lexicon from language -> concept -> expressions.

        `implies` gives the concepts that go with one. `phrases` are further words of each language
        (those of the examples), and `common` the words of everyday, both known so that they are not taken
        for misspellings of others. `split` cuts an expression into its words.
        """
        filed, vocabulary = _file(expressions, split)
        for language, rows in (phrases or {}).items():
            vocabulary.setdefault(language, Counter()).update(key for row in rows for key in row)
        weights = sum(vocabulary.values(), Counter[str]())
        languages = stemmed(vocabulary)
        stems = stems_of(vocabulary, languages)
        return cls(
            {text: tuple(sorted(concepts)) for text, concepts in filed.items()},
            frozenset(beginning for text in filed for beginning in _beginnings(text)),
            kin_of(stems),
            stems,
            implies or {},
            Speller.of(weights, common),
            Seams.of(weights),
            languages,
        )

    def read(self, text: str) -> Utterance:
        """`text` as words and concepts."""
        tokens = self.seams.mend(tokenize(text), self._familiar)
        variants = self._all_variants(token.key for token in tokens)
        corrected = tuple(
            found[0][0] if found and found[0][1] == "misspelt" else token.key
            for token, found in zip(tokens, variants, strict=True)
        )
        known = tuple(token.key in self.speller.weights for token in tokens)
        stems = tuple(
            min((other for other, _ in found), key=lambda other: (len(other), other))
            if len(found) > 1
            else ""
            for found in variants
        )
        return Utterance(
            tokens, corrected, stems, known, self._mentions(corrected, variants, _parts(text, tokens))
        )

    def _familiar(self, key: str) -> bool:
        """Whether `key` is spelt right, or may stand for a known word."""
        return key in self.speller.right or bool(self._variants(key, mend=True))

    def _all_variants(self, keys: Iterable[str]) -> list[list[tuple[str, How]]]:
        """For each word the known words that it may stand for; of unknown ones only the first are mended."""
        found: dict[str, list[tuple[str, How]]] = {}
        unknown = 0
        rows = []
        for key in keys:
            if key not in found:
                unknown += key not in self.speller.weights
                found[key] = self._variants(key, mend=unknown <= _MOST_MENDED)
            rows.append(found[key])
        return rows

    def _variants(self, key: str, mend: bool) -> list[tuple[str, How]]:
        """The known words that `key` may stand for: itself first, then its kin, else its corrections."""
        if key in self.speller.weights:
            return [(key, "exact"), *((word, "inflected") for word in self.kin.get(key, ()))]
        same_stem = {
            word for language in self.stemmed for word in self.stems.get((language, stem(language, key)), ())
        }
        if same_stem:
            return [(word, "inflected") for word in sorted(same_stem)]
        found: list[tuple[str, How]] = []
        for word in self.speller.corrections(key) if mend else ():
            found.append((word, "misspelt"))
            found.extend((other, "misspelt") for other in self.kin.get(word, ()))
        return found

    def _mentions(
        self, corrected: tuple[str, ...], variants: list[list[tuple[str, How]]], parts: Sequence[int]
    ) -> tuple[Mention, ...]:
        found: list[tuple[int, int, How, str]] = []
        for start in range(len(corrected)):
            found.extend((start, end, how, text) for end, how, text in self._from(start, variants, parts))
        kept = _longest(found)
        mentions: dict[tuple[str, int, int], Mention] = {}
        for start, end, how, text in kept:
            for concept in self.expressions[text]:
                for said in (concept, *self.implies.get(concept, ())):
                    mentions.setdefault((said, start, end), Mention(said, start, end, how))
        return _deny(
            sorted(mentions.values(), key=lambda mention: (mention.start, mention.end, mention.concept))
        )

    def _from(
        self, start: int, variants: list[list[tuple[str, How]]], parts: Sequence[int]
    ) -> list[tuple[int, How, str]]:
        """The expressions that begin at word `start` and end in the same part: (end, how, expression)."""
        found: list[tuple[int, How, str]] = []
        begun: dict[str, How] = {"": "exact"}
        for end in range(start + 1, min(start + _MAX_EXPRESSION, parts[start]) + 1):
            longer: dict[str, How] = {}
            exact = False
            for beginning, how in begun.items():
                for word, word_how in variants[end - 1]:
                    text = f"{beginning} {word}" if beginning else word
                    together: How = word_how if how == "exact" else how
                    if text in self.expressions and not (exact and not beginning and word_how == "inflected"):
                        found.append((end, together, text))
                        exact = exact or together == "exact"
                    if text in self.prefixes:
                        longer.setdefault(text, together)
            if not longer:
                break
            begun = longer
        return found


def _parts(text: str, tokens: Sequence[Token]) -> list[int]:
    """For each word, the place after the last word before the next punctuation: no expression goes across."""
    ends = [len(tokens)] * len(tokens)
    for place in range(len(tokens) - 2, -1, -1):
        apart = _BREAK.search(text, tokens[place].end, tokens[place + 1].start)
        ends[place] = place + 1 if apart else ends[place + 1]
    return ends


def _file(
    expressions: Mapping[str, Mapping[str, Iterable[str]]], split: Callable[[str], tuple[str, ...]]
) -> tuple[dict[str, set[str]], dict[str, Counter[str]]]:
    """The concepts of each expression, and how often each language's expressions use each word."""
    filed: dict[str, set[str]] = {}
    vocabulary: dict[str, Counter[str]] = {}
    for language, concepts in expressions.items():
        counts = vocabulary.setdefault(language, Counter())
        for concept, texts in concepts.items():
            for keys in filter(None, (split(text)[:_MAX_EXPRESSION] for text in texts)):
                filed.setdefault(" ".join(keys), set()).add(concept)
                counts.update(keys)
    return filed, vocabulary


def _beginnings(expression: str) -> Iterable[str]:
    keys = expression.split(" ")
    return (" ".join(keys[:length]) for length in range(1, len(keys)))


def _longest(found: list[tuple[int, int, How, str]]) -> list[tuple[int, int, How, str]]:
    """Those of `found` that no longer one encloses; at equal places exact wins."""
    order = {"exact": 0, "inflected": 1, "misspelt": 2}
    found.sort(key=lambda row: (row[0] - row[1], order[row[2]], row[0], row[3]))
    kept: list[tuple[int, int, How, str]] = []
    for row in found:
        start, end, how, _ = row
        enclosed = any(
            other[0] <= start
            and end <= other[1]
            and (other[1] - other[0] > end - start or order[other[2]] < order[how])
            for other in kept
        )
        if not enclosed:
            kept.append(row)
    return kept


def _deny(mentions: list[Mention]) -> tuple[Mention, ...]:
    """`mentions`, those marked that a denial right before or right after them takes back."""
    before = {mention.end for mention in mentions if mention.concept == DENIES_NEXT}
    after = {mention.start for mention in mentions if mention.concept == DENIES_PREVIOUS}
    return tuple(
        replace(mention, denied=True)
        if mention.concept not in (DENIES_NEXT, DENIES_PREVIOUS)
        and (mention.start in before or mention.end in after)
        else mention
        for mention in mentions
    )
