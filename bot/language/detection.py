"""Which of the languages on offer a message is written in.

Script decides first where only one language on offer uses it. Among languages that share a script each is
asked how likely it is to say these words: as often as its phrases here say them, and for words that they do
not say, by its sequences of letters. All is learned from the phrases of the knowledge base, so romanised
Bengali is known as it is typed here. Londoners mix English words into every language, so these speak against
none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.language.text import Token, script

# The figures below were chosen on 4 500 first messages of three words or more, kept with the knowledge base
# in nine languages, 2026-11-22: 99.8 in 100 are found right. Decision 5 has the others that were tried.

#: The language that is mixed into all others, and the share of the words of a message that are of it.
_MIXED_IN = "en"
_MIXED = 0.1
#: The least likelihood of a word: no single one that a language never says may decide alone.
_FLOOR = 1e-6
#: How many words' weight the letters have beside the words counted.
_BY_LETTERS = 300.0
#: More often than this no phrase of a language is counted to say a word: lists of expressions repeat some.
_MOST_COUNTED = 50
#: Letters that a sequence may go on with, and how often each is taken to have been seen beforehand.
_ALPHABET = 40
_UNSEEN = 0.1
#: The lead (log odds) that another language needs over the conversation's own; and that it needs by a word or
#: three, which may be a name ("whats a THEO").
_LEAD = 2.0
_SHORT = 3
_SHORT_LEAD = 4.0
#: The share of the letters from which on a script beside Latin decides: "THEO কারা" is Bengali.
_OWN_SCRIPT = 0.3
#: The share of its words from which on a language is written in a script: Hindi names Bengali as Bengalis do.
_WRITTEN_IN = 0.02
#: The most words whose likelihoods are remembered.
_REMEMBERED = 20_000


@dataclass(slots=True)
class Detector:
    """Counts of words and letter sequences for each language on offer.

    Log likelihoods stand in the order of `languages`.
    """

    languages: tuple[str, ...]
    #: ISO 15924 code -> the languages written in it
    scripts: Mapping[str, tuple[str, ...]]
    #: word key -> (place of a language, its share of all words of that language)
    words: Mapping[str, tuple[tuple[int, float], ...]]
    #: three letters -> the log of how often they were seen; two letters -> of how often these were
    triples: Mapping[str, tuple[float, ...]]
    pairs: Mapping[str, tuple[float, ...]]
    #: the share of the letters' likelihood in each language
    by_letters: tuple[float, ...]
    _remembered: dict[str, tuple[float, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def learn(cls, phrases: Mapping[str, Iterable[tuple[str, ...]]]) -> Detector:
        """A detector from the phrases of each language, each given as the keys of its words."""
        languages = tuple(phrases)
        words: dict[str, list[tuple[int, float]]] = {}
        scripts: dict[str, list[str]] = {}
        triples: list[Counter[str]] = []
        by_letters = []
        for place, language in enumerate(languages):
            said = Counter(word for phrase in phrases[language] for word in phrase)
            counts = {word: min(times, _MOST_COUNTED) for word, times in said.items()}
            total = sum(counts.values()) + _BY_LETTERS
            by_letters.append(_BY_LETTERS / total)
            seen: Counter[str] = Counter()
            for word, times in counts.items():
                words.setdefault(word, []).append((place, times / total))
                for triple in _triples(word):
                    seen[triple] += times
            triples.append(seen)
            for name, number in Counter(script(word) for word in counts).items():
                if name and number >= _WRITTEN_IN * len(counts):
                    scripts.setdefault(name, []).append(language)
        return cls(
            languages,
            {name: tuple(users) for name, users in scripts.items()},
            {word: tuple(shares) for word, shares in words.items()},
            _logs(triples, _UNSEEN),
            _logs([_beginnings(seen) for seen in triples], _UNSEEN * _ALPHABET),
            tuple(by_letters),
        )

    def detect(self, tokens: tuple[Token, ...], current: str) -> str:
        """The language of `tokens`; `current` (the conversation's) where they do not tell."""
        said = [token.key for token in tokens if not token.key.isdigit()]
        if not said:
            return current
        candidates = self.scripts.get(_script_of(said), ())
        if len(candidates) == 1 and candidates[0] != _MIXED_IN:
            return candidates[0]
        rows = [self._likelihoods(word) for word in said]
        places = {name: self.languages.index(name) for name in candidates or self.languages}
        scores = {name: sum(row[place] for row in rows) for name, place in places.items()}
        best = max(sorted(scores), key=lambda language: scores[language])
        lead = _SHORT_LEAD if len(said) <= _SHORT else _LEAD
        if current in scores and scores[best] - scores[current] < lead:
            return current
        return best

    def _likelihoods(self, word: str) -> tuple[float, ...]:
        """The log likelihood of `word` in each language, English mixed into the others."""
        found = self._remembered.get(word)
        if found is None:
            letters = zip(self.by_letters, self._letters(word), strict=True)
            shares = [share * math.exp(score) for share, score in letters]
            for place, share in self.words.get(word, ()):
                shares[place] += share
            if _MIXED_IN in self.languages:
                mixed = shares[self.languages.index(_MIXED_IN)]
                shares = [(1 - _MIXED) * share + _MIXED * mixed for share in shares]
            found = tuple(math.log(share + _FLOOR) for share in shares)
            if len(self._remembered) >= _REMEMBERED:
                self._remembered = {}
            self._remembered[word] = found
        return found

    def _letters(self, word: str) -> list[float]:
        """The log likelihood of the letters of `word` in each language."""
        scores = [0.0] * len(self.languages)
        never, nowhere = math.log(_UNSEEN), math.log(_UNSEEN * _ALPHABET)
        for triple in _triples(word):
            seen, begun = self.triples.get(triple), self.pairs.get(triple[:2])
            for place in range(len(scores)):
                scores[place] += (seen[place] if seen else never) - (begun[place] if begun else nowhere)
        return scores


def _script_of(said: list[str]) -> str:
    """The script of the words: one beside Latin that has a fair share of the letters, else that of most."""
    letters: Counter[str] = Counter()
    for word in said:
        letters[script(word) or ""] += len(word)
    most = letters.most_common(1)[0][0]
    others = [name for name in letters if name not in ("", "Latn")]
    beside = max(others, key=lambda name: letters[name], default="")
    return beside if letters[beside] >= _OWN_SCRIPT * letters.total() else most


def _triples(word: str) -> list[str]:
    padded = f"^^{word}$"
    return [padded[start : start + 3] for start in range(len(padded) - 2)]


def _beginnings(triples: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for triple, times in triples.items():
        found[triple[:2]] += times
    return found


def _logs(counts: list[Counter[str]], unseen: float) -> dict[str, tuple[float, ...]]:
    every = set().union(*counts)
    return {name: tuple(math.log(counted[name] + unseen) for counted in counts) for name in every}
