"""Which of the languages on offer a message is written in.

Script decides first where only one language on offer uses it; among languages that share a script, words that
only one of them knows decide, then counts of letter sequences. Both are learned from the phrases of
the knowledge base itself, so romanised Bengali is known as it is typed here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.language.text import Token, script

#: What one word known to a single language weighs beside the letter sequences (natural log units).
#: Chosen on the conversations of the knowledge base, 2026-11-22.
_KNOWN_WORD = 3.0
#: The lead, in the same units, that another language needs over the conversation's own.
_LEAD = 2.0
_ORDER = 3


@dataclass(frozen=True, slots=True)
class Detector:
    """Counts of words and letter sequences for each language on offer."""

    languages: tuple[str, ...]
    scripts: Mapping[str, tuple[str, ...]]
    #: word key -> languages that know it
    known: Mapping[str, frozenset[str]]
    #: letter sequence -> log probability in each language, in the order of `languages`
    sequences: Mapping[str, tuple[float, ...]]
    unseen: tuple[float, ...]

    @classmethod
    def learn(cls, phrases: Mapping[str, Iterable[tuple[str, ...]]]) -> Detector:
        """A detector from the phrases of each language, each given as the keys of its words."""
        languages = tuple(phrases)
        vocabularies = {
            language: Counter(word for phrase in phrases[language] for word in phrase)
            for language in languages
        }
        known: dict[str, set[str]] = {}
        scripts: dict[str, set[str]] = {}
        counts: list[Counter[str]] = []
        for language in languages:
            counted: Counter[str] = Counter()
            for word, times in vocabularies[language].items():
                known.setdefault(word, set()).add(language)
                name = script(word)
                if name:
                    scripts.setdefault(name, set()).add(language)
                for sequence in _sequences(word):
                    counted[sequence] += min(times, 20)
            counts.append(counted)
        every = set().union(*counts)
        totals = [sum(counted.values()) + 0.5 * len(every) for counted in counts]
        return cls(
            languages,
            {name: tuple(sorted(users)) for name, users in scripts.items()},
            {word: frozenset(users) for word, users in known.items()},
            {
                sequence: tuple(
                    math.log((counted[sequence] + 0.5) / total)
                    for counted, total in zip(counts, totals, strict=True)
                )
                for sequence in every
            },
            tuple(math.log(0.5 / total) for total in totals),
        )

    def detect(self, tokens: tuple[Token, ...], current: str) -> str:
        """The language of `tokens`; `current` (the conversation's) where they do not tell."""
        letters = [token.key for token in tokens if not token.key.isdigit()]
        if not letters:
            return current
        candidates = self.scripts.get(script(" ".join(letters)) or "", ())
        if len(candidates) == 1 and candidates[0] != "en":
            return candidates[0]
        scores = self._scores(letters, candidates or self.languages)
        best = max(sorted(scores), key=lambda language: scores[language])
        if current in scores and scores[best] - scores[current] < _LEAD:
            return current
        return best

    def _scores(self, letters: list[str], candidates: tuple[str, ...]) -> dict[str, float]:
        places = {language: self.languages.index(language) for language in candidates}
        scores = dict.fromkeys(candidates, 0.0)
        for word in letters:
            users = self.known.get(word, frozenset())
            if len(users) == 1 and (only := next(iter(users))) in scores:
                scores[only] += _KNOWN_WORD
            sequences = _sequences(word)
            for sequence in sequences:
                probabilities = self.sequences.get(sequence, self.unseen)
                for language, place in places.items():
                    scores[language] += probabilities[place] / len(sequences)
        return scores


def _sequences(word: str) -> list[str]:
    padded = f"^{word}$"
    return [padded[start : start + _ORDER] for start in range(max(1, len(padded) - _ORDER + 1))]
