"""Which of the languages on offer a message is written in.

Script decides first where only one language on offer uses it. Among languages that share a script each is
asked how likely it is to say these words: as often as its phrases here say them, and for words that they do
not say, by its sequences of letters. All is learned from the phrases of the knowledge base, so romanised
Bengali is known as it is typed here. Londoners mix English words into every language, so these speak against
none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bot.language.names import Names
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
#: No word is counted for more than this share of a language's words (and each for so many at least): lists of
#: expressions repeat some. A number that was the same for all made English words rare as its phrases became a
#: million: 1.0 of 100 first messages were taken for other languages, with the share 0.1; 2026-11-22.
_MOST_OF_ALL = 0.001
_COUNTED_ALL = 50
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


#: A number for each language, in one row.
Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each of some texts, and a last one (-1, `UNKNOWN`) for all others."""

    numbers: Names
    rows: NDArray[np.float32]

    @classmethod
    def of(cls, counts: list[Counter[str]], unseen: float = 0.0) -> Table:
        """How often each text was counted in each language, and `unseen` more."""
        names = Names.of(set().union(*counts))
        rows = np.zeros((len(names) + 1, len(counts)), dtype=np.float32)
        for place, counted in enumerate(counts):
            rows[[names.number(name) for name in counted], place] = list(counted.values())
        return cls(names, rows + np.float32(unseen))

    def __getitem__(self, texts: Iterable[str]) -> NDArray[np.float32]:
        """The rows of `texts`, in order."""
        return self.rows[[self.numbers.number(text) for text in texts]]


@dataclass(slots=True)
class Detector:
    """Likelihoods of words and letter sequences in each language on offer, in the order of `languages`."""

    languages: tuple[str, ...]
    #: ISO 15924 code -> the languages written in it
    scripts: Mapping[str, tuple[str, ...]]
    #: each word's share of all words of a language
    words: Table
    #: the logs of how often three letters were seen, and two of them
    triples: Table
    pairs: Table
    #: the share of the letters' likelihood in each language
    by_letters: Row
    _remembered: dict[str, Row] = field(default_factory=dict, repr=False)

    @classmethod
    def learn(cls, phrases: Mapping[str, Iterable[tuple[str, ...]]]) -> Detector:
        """A detector from the phrases of each language, each given as the keys of its words."""
        counts = []
        scripts: dict[str, list[str]] = {}
        for language, said in phrases.items():
            times = Counter(word for phrase in said for word in phrase)
            most = max(_COUNTED_ALL, round(times.total() * _MOST_OF_ALL))
            counts.append(Counter({word: min(often, most) for word, often in times.items()}))
            for name, number in Counter(script(word) for word in times).items():
                if name and number >= _WRITTEN_IN * len(times):
                    scripts.setdefault(name, []).append(language)
        triples = [_triples_of(counted) for counted in counts]
        totals = np.array([counted.total() for counted in counts]) + _BY_LETTERS
        words = Table.of(counts)
        return cls(
            tuple(phrases),
            {name: tuple(users) for name, users in scripts.items()},
            Table(words.numbers, (words.rows / totals).astype(np.float32)),
            _logs(Table.of(triples, _UNSEEN)),
            _logs(Table.of([_beginnings(seen) for seen in triples], _UNSEEN * _ALPHABET)),
            _BY_LETTERS / totals,
        )

    def detect(self, tokens: tuple[Token, ...], current: str) -> str:
        """The language of `tokens`; `current` (the conversation's) where they do not tell."""
        said = [token.key for token in tokens if not token.key.isdigit()]
        if not said:
            return current
        candidates = self.scripts.get(_script_of(said), ())
        if len(candidates) == 1 and candidates[0] != _MIXED_IN:
            return candidates[0]
        likely = np.sum([self._likelihoods(word) for word in said], axis=0).tolist()
        scores = {
            name: score
            for name, score in zip(self.languages, likely, strict=True)
            if not candidates or name in candidates
        }
        best = max(sorted(scores), key=lambda language: scores[language])
        lead = _SHORT_LEAD if len(said) <= _SHORT else _LEAD
        if current in scores and scores[best] - scores[current] < lead:
            return current
        return best

    def _likelihoods(self, word: str) -> Row:
        """The log likelihood of `word` in each language, English mixed into the others."""
        found = self._remembered.get(word)
        if found is None:
            triples = _triples(word)
            letters = (self.triples[triples] - self.pairs[[triple[:2] for triple in triples]]).sum(axis=0)
            shares = self.by_letters * np.exp(letters.astype(np.float64)) + self.words[[word]][0]
            if _MIXED_IN in self.languages:
                mixed = shares[self.languages.index(_MIXED_IN)]
                shares = (1 - _MIXED) * shares + _MIXED * mixed
            found = np.log(shares + _FLOOR)
            if len(self._remembered) >= _REMEMBERED:
                self._remembered = {}
            self._remembered[word] = found
        return found


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


def _triples_of(counted: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, times in counted.items():
        for triple in _triples(word):
            found[triple] += times
    return found


def _beginnings(triples: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for triple, times in triples.items():
        found[triple[:2]] += times
    return found


def _logs(counts: Table) -> Table:
    return Table(counts.numbers, np.log(counts.rows))
