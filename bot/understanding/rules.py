"""Rules over concepts: which of them an utterance fulfils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.records import Rule
from bot.understanding.utterance import Utterance

#: What a fulfilled rule adds to its intent's score, in the units of the examples' log odds.
#: Found on the conversations of the knowledge base, 2026-11-22.
WEIGHTS = {"hint": 0.6, "normal": 1.5, "strong": 2.7}
#: What each further fulfilled rule of the same intent adds, as a share of its weight.
_FURTHER = 0.3

#: Languages whose every character is read as a word, and how many characters a word of theirs has: 1.59 in
#: wordfreq's Chinese list, weighted by how often each is said; counted 2026-11-22.
_CHARACTER_BY_CHARACTER = frozenset({"zh-Hans", "zh-Hant"})
_CHARACTERS_A_WORD = 1.6


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """A rule that an utterance fulfils, and by which concepts."""

    intent: str
    weight: float
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of all intents, filed by a concept that each of them needs."""

    filed: Mapping[str, tuple[tuple[str, int, Rule], ...]]

    @classmethod
    def of(cls, rules: Mapping[str, tuple[Rule, ...]]) -> Rules:
        """From intent -> its rules."""
        filed: dict[str, list[tuple[str, int, Rule]]] = {}
        for intent, listed in rules.items():
            for place, rule in enumerate(listed):
                for concept in min(rule.all, key=len):
                    filed.setdefault(concept, []).append((intent, place, rule))
        return cls({concept: tuple(rows) for concept, rows in filed.items()})

    def fulfilled(self, utterance: Utterance) -> tuple[Fulfilled, ...]:
        """The rules that `utterance` fulfils, by intent and then in the order of its file."""
        tried: dict[tuple[str, int], Rule] = {}
        for concept in utterance.concepts:
            for intent, place, rule in self.filed.get(concept, ()):
                tried[intent, place] = rule
        found = []
        for (intent, _), rule in sorted(tried.items(), key=lambda row: row[0]):
            chosen = _fulfil(rule, utterance)
            if chosen:
                found.append(Fulfilled(intent, WEIGHTS[rule.weight], chosen))
        return tuple(found)


def scores(fulfilled: tuple[Fulfilled, ...]) -> dict[str, float]:
    """Intent -> what its fulfilled rules add: the heaviest in full, the others in part."""
    weights: dict[str, list[float]] = {}
    for row in fulfilled:
        weights.setdefault(row.intent, []).append(row.weight)
    return {intent: max(row) + _FURTHER * (sum(row) - max(row)) for intent, row in weights.items()}


def _fulfil(rule: Rule, utterance: Utterance) -> tuple[str, ...] | None:
    """The concepts by which the rule is fulfilled, one for each of its parts; None if it is not."""
    said = utterance.concepts
    if any(concept in said for concept in rule.not_):
        return None
    parts = [[concept for concept in part if concept in said] for part in rule.all]
    if not all(parts):
        return None
    if rule.within is not None and not _close(rule, utterance):
        return None
    return tuple(part[0] for part in parts)


def _close(rule: Rule, utterance: Utterance) -> bool:
    """Whether some window of `within` words holds a mention for each part of the rule."""
    mentions = [
        [mention for mention in utterance.mentions if mention.concept in part and not mention.denied]
        for part in rule.all
    ]
    width = rule.within or 0
    if utterance.language in _CHARACTER_BY_CHARACTER:
        width = round(width * _CHARACTERS_A_WORD)
    for first in sorted({mention.start for row in mentions for mention in row}):
        if all(
            any(first <= mention.start and mention.end <= first + width for mention in row)
            for row in mentions
        ):
            return True
    return False
