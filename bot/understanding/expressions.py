"""Expressions of every language, filed by their words: which of them are said, and what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.utterance import MIXED_IN
from bot.understanding.vocabulary import How, Vocabulary

#: The bit of an entry that says that longer expressions begin with it.
_BEGINS = 1
#: What an expression means: the languages that file it, and beside each the concepts there. In two columns,
#: since many short values of one kind are read back several times as fast as pairs.
Meaning = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
#: The known words that a word may stand for, and how.
Variants = list[tuple[str, How]]
#: (first word, after the last word, how, expression)
Found = tuple[int, int, How, str]
#: The longest expression that is looked for, in words; in Chinese, in characters.
_MAX_EXPRESSION = 12


@dataclass(frozen=True, slots=True)
class Expressions:
    """Expressions as words joined by a space; the language comes in with those who ask."""

    #: expression, or the beginning of one -> twice the number of what it means, and one more where longer
    #: ones begin with it: a single lookup tells both, and lookups take most of the time
    filed: Mapping[str, int]
    #: the meanings in two columns; number 0 is of what is only a beginning
    languages: tuple[tuple[str, ...], ...]
    meant: tuple[tuple[tuple[str, ...], ...], ...]

    @classmethod
    def of(
        cls, expressions: Mapping[str, Mapping[str, Iterable[str]]], split: Callable[[str], tuple[str, ...]]
    ) -> tuple[Expressions, dict[str, Counter[str]]]:
        """From language -> concept -> expressions; and how often each language's expressions use each word.

        `split` cuts an expression into its words.
        """
        numbers, meanings, weights = _file(expressions, split)
        filed = {text: 2 * number for text, number in numbers.items()}
        for text in numbers:
            for beginning in _beginnings(text):
                filed[beginning] = filed.get(beginning, 0) | _BEGINS
        languages, meant = zip(*meanings, strict=True)
        return cls(filed, languages, meant), weights

    def concepts(self, text: str, spoken: tuple[Vocabulary, ...]) -> tuple[str, ...]:
        """What the expression `text` means in a message of this language.

        Where the language does not file it, what it means in others, unless it is made of words that are at
        home here: Italian "come" is no English one. Loan words are in the phrases of every language, so only
        its everyday words keep English out. Of several words most mean the same to neighbours (Hindi and
        Urdu, Spanish and Portuguese); only in English are too many languages' expressions met by chance.
        """
        number = self.filed[text] // 2
        filed = list(zip(self.languages[number], self.meant[number], strict=True))
        own = spoken[0]
        for language, concepts in filed:
            if language == own.language:
                return concepts
        said = text.split(" ")
        several = len(said) > 1 and own.language != MIXED_IN
        strange = several or not any(all(map(one.at_home, said)) for one in spoken)
        mixed_in = not all(word in own.everyday for word in said)
        return tuple(
            concept
            for language, concepts in filed
            if (mixed_in if language == MIXED_IN else strange)
            for concept in concepts
        )

    def beginning_at(
        self, start: int, variants: Sequence[Variants], parts: Sequence[int]
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
                    entry = self.filed.get(text)
                    if entry is None:
                        continue
                    together: How = word_how if how == "exact" else how
                    if entry > _BEGINS and not (exact and not beginning and word_how == "inflected"):
                        found.append((end, together, text))
                        exact = exact or together == "exact"
                    if entry & _BEGINS:
                        longer.setdefault(text, together)
            if not longer:
                break
            begun = longer
        return found


def longest(found: list[Found]) -> list[Found]:
    """Those of `found` that no longer one encloses; at equal places exact wins."""
    order = {"exact": 0, "inflected": 1, "misspelt": 2}
    found.sort(key=lambda row: (row[0] - row[1], order[row[2]], row[0], row[3]))
    kept: list[Found] = []
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


def _file(
    expressions: Mapping[str, Mapping[str, Iterable[str]]], split: Callable[[str], tuple[str, ...]]
) -> tuple[dict[str, int], tuple[Meaning, ...], dict[str, Counter[str]]]:
    """What each expression means, by number; and how often a language's expressions use each word."""
    filed: dict[str, dict[str, set[str]]] = {}
    weights: dict[str, Counter[str]] = {}
    for language, concepts in expressions.items():
        counts = weights.setdefault(language, Counter())
        for concept, texts in concepts.items():
            for keys in filter(None, (split(text)[:_MAX_EXPRESSION] for text in texts)):
                filed.setdefault(" ".join(keys), {}).setdefault(language, set()).add(concept)
                counts.update(keys)
    # Most expressions mean what hundreds of others do: each meaning is kept once.
    meanings: dict[Meaning, int] = {((), ()): 0}
    numbered: dict[str, int] = {}
    for text, by_language in filed.items():
        meaning = tuple(by_language), tuple(tuple(sorted(meant)) for meant in by_language.values())
        numbered[text] = meanings.setdefault(meaning, len(meanings))
    return numbered, tuple(meanings), weights


def _beginnings(expression: str) -> Iterable[str]:
    keys = expression.split(" ")
    return (" ".join(keys[:length]) for length in range(1, len(keys)))
