"""From words to concepts: which meanings the rules know are said in an utterance, and where.

All languages' expressions are known at once, since residents mix them; but a message is read in one language,
and there a word means what it means in that language: English "come" is no Somali faint. At each place the
longest expression wins, so that "car alarm" is no car and "this is killing me" no killing; what the longer
one still says is listed with its concept as `implies`. An expression is found as written, inflected (its
stem is known) or misspelt (one slip away, and the word itself is none that we know).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.language.text import Token, tokenize, words
from bot.understanding.expressions import Expressions, Found, Variants, longest
from bot.understanding.seams import Seams
from bot.understanding.uncollected import uncollected
from bot.understanding.utterance import DENIES_NEXT, DENIES_PREVIOUS, MIXED_IN, Mention, Utterance
from bot.understanding.vocabulary import Vocabulary

#: Common words of a language, and those of them that are everyday ones.
Common = tuple[Container[str], Container[str]]

#: What ends a part of a message: in "outside the mosque, school finished" nobody speaks of a mosque school.
_BREAK = re.compile(r"[.,;:!?()\n।؟،۔。，！？；]")
#: How many different unknown words of a message are looked up in the speller: that bounds the time for a
#: hostile one. Of the questions kept with the knowledge base none has more than 3 (2026-11-22).
_MOST_MENDED = 30
#: The most words of a language whose variants are remembered: most messages are made of the same few.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The expressions and words of every language."""

    expressions: Expressions
    implies: Mapping[str, tuple[str, ...]]
    #: language -> its words
    vocabularies: Mapping[str, Vocabulary]
    #: language -> where its words, and those mixed in, are cut; of the languages that were read so far
    _seams: dict[str, Seams] = field(default_factory=dict, repr=False, compare=False)
    #: language -> word -> its variants; of the words that were read so far
    _met: dict[str, dict[str, Variants]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        expressions: Mapping[str, Mapping[str, Iterable[str]]],
        implies: Mapping[str, tuple[str, ...]] | None = None,
        phrases: Mapping[str, Iterable[tuple[str, ...]]] | None = None,
        common: Mapping[str, Common] | None = None,
        split: Callable[[str], tuple[str, ...]] = words,
    ) -> Lexicon:
        """A lexicon from language -> concept -> expressions.

        `implies` gives the concepts that go with one. `phrases` are further words of each language
        (those of the examples), and `common` those of everyday, both known so that they are not taken for
        misspellings of others. `split` cuts an expression into its words.
        """
        filed, weights = Expressions.of(expressions, split)
        common = common or {}
        for language in (MIXED_IN, *common):
            weights.setdefault(language, Counter())
        for language, rows in (phrases or {}).items():
            weights.setdefault(language, Counter()).update(key for row in rows for key in row)
        return cls(
            filed,
            implies or {},
            {
                language: Vocabulary(language, counts, *common.get(language, ()))
                for language, counts in weights.items()
            },
        )

    def read(self, text: str, language: str = MIXED_IN) -> Utterance:
        """`text`, which is written in `language` (a BCP 47 tag), as words and concepts."""
        spoken = self._spoken(language)

        def familiar(key: str) -> bool:
            return any(key in one.common for one in spoken) or bool(self._variants(key, spoken, mend=True))

        tokens = self._seams_in(spoken).mend(tokenize(text), familiar)
        variants = self._all_variants([token.key for token in tokens], spoken)
        corrected = tuple(
            found[0][0] if found and found[0][1] == "misspelt" else token.key
            for token, found in zip(tokens, variants, strict=True)
        )
        known = tuple((token.key, "exact") in found for token, found in zip(tokens, variants, strict=True))
        stems = tuple(
            min((other for other, _ in found), key=lambda other: (len(other), other))
            if len(found) > 1
            else ""
            for found in variants
        )
        mentions = self._mentions(corrected, variants, _parts(text, tokens), spoken)
        return Utterance(tokens, corrected, stems, known, mentions, spoken[0].language)

    @uncollected
    def prepare(self) -> None:
        """Make now what else is made when a language is first read: some 50 ms for each."""
        for language, vocabulary in self.vocabularies.items():
            vocabulary.prepare()
            self._seams_in(self._spoken(language))

    def _spoken(self, language: str) -> tuple[Vocabulary, ...]:
        """The words that a message in `language` may be made of, its own first."""
        mixed_in = self.vocabularies[MIXED_IN]
        own = self.vocabularies.get(language, mixed_in)
        return (own,) if own is mixed_in else (own, mixed_in)

    def _seams_in(self, spoken: tuple[Vocabulary, ...]) -> Seams:
        """Where the words of these vocabularies, the first's language among them, are cut."""
        language = spoken[0].language
        if language not in self._seams:
            together = Counter(dict(spoken[0].weights))
            for mixed_in in spoken[1:]:
                together.update(mixed_in.weights)
            self._seams[language] = Seams.of(together)
        return self._seams[language]

    def _all_variants(self, keys: Sequence[str], spoken: tuple[Vocabulary, ...]) -> list[Variants]:
        """For each word the known words that it may stand for; of unknown ones only the first are mended."""
        found: dict[str, Variants] = {}
        unknown = 0
        for key in keys:
            if key not in found:
                found[key] = self._variants(key, spoken, mend=unknown < _MOST_MENDED)
                unknown += not found[key] or found[key][0][0] != key
        return [found[key] for key in keys]

    def _variants(self, key: str, spoken: tuple[Vocabulary, ...], mend: bool) -> Variants:
        """As `_looked_up` finds them; those of words met before are remembered."""
        met = self._met.setdefault(spoken[0].language, {})
        found = met.get(key)
        if found is None:
            found = self._looked_up(key, spoken, mend)
            if len(met) >= _REMEMBERED:
                met.clear()
            if mend or found:
                met[key] = found
        return found

    def _looked_up(self, key: str, spoken: tuple[Vocabulary, ...], mend: bool) -> Variants:
        """The known words that `key` may stand for: itself first, then its kin, else its corrections.

        An everyday word of the message's language is no form of an English one.
        """
        own = spoken[0]
        nearest = spoken[:1] if key in own.everyday else spoken
        found = list(dict.fromkeys(variant for one in nearest for variant in one.known(key)))
        found = found or next(filter(None, (one.inflected(key) for one in nearest)), [])
        if found:
            return found
        elsewhere = next((one for one in self.vocabularies.values() if key in one.weights), None)
        if elsewhere:
            return [(key, "exact")] if key in own.common else elsewhere.known(key)
        if not mend or any(key in one.common for one in spoken):
            return []
        return next(filter(None, (one.corrected(key) for one in spoken)), [])

    def _mentions(
        self,
        corrected: tuple[str, ...],
        variants: list[Variants],
        parts: Sequence[int],
        spoken: tuple[Vocabulary, ...],
    ) -> tuple[Mention, ...]:
        found: list[Found] = []
        meant: dict[str, tuple[str, ...]] = {}
        for start in range(len(corrected)):
            for end, how, text in self.expressions.beginning_at(start, variants, parts):
                if text not in meant:
                    meant[text] = self.expressions.concepts(text, spoken)
                if meant[text]:
                    found.append((start, end, how, text))
        mentions: dict[tuple[str, int, int], Mention] = {}
        for start, end, how, text in longest(found):
            for concept in meant[text]:
                for said in (concept, *self.implies.get(concept, ())):
                    mentions.setdefault((said, start, end), Mention(said, start, end, how))
        return _deny(
            sorted(mentions.values(), key=lambda mention: (mention.start, mention.end, mention.concept))
        )


def _parts(text: str, tokens: Sequence[Token]) -> list[int]:
    """For each word, the place after the last word before the next punctuation: no expression goes across."""
    ends = [len(tokens)] * len(tokens)
    for place in range(len(tokens) - 2, -1, -1):
        apart = _BREAK.search(text, tokens[place].end, tokens[place + 1].start)
        ends[place] = place + 1 if apart else ends[place + 1]
    return ends


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
