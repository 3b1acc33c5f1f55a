"""The parts of a message that may each tell of a need: its sentences, cut again where needs are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.language.text import words
from bot.understanding.learning import JOINS

#: Ends of sentences and clauses in the scripts that we serve.
_ENDS = re.compile(r"[.!?;,:।؟،؛]+(?:\s|$)|\n+|[。！？；，]")
#: A part says something from so many words on.
_FEWEST_WORDS = 3
#: More parts than this are no list of needs but a story, which is matched as a whole.
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Parts:
    """Cuts messages into parts."""

    #: what joins one need to another ("and", "on top of that", "আর"), in words
    joins: frozenset[tuple[str, ...]]
    longest: int

    @classmethod
    def of(cls, knowledge: Knowledge) -> Parts:
        """With the words of every language."""
        said = [text for concepts in knowledge.words.values() for text in concepts.get(JOINS, ())]
        joins = frozenset(words(text) for text in said)
        return cls(joins, max(map(len, joins), default=0))

    def cut(self, message: str) -> tuple[str, ...]:
        """The parts of `message`, in order; none where it has only one, or too many."""
        parts = [part for sentence in _ENDS.split(message) for part in self._clauses(words(sentence))]
        return tuple(parts) if 1 < len(parts) <= _MOST_PARTS else ()

    def _clauses(self, said: tuple[str, ...]) -> Iterator[str]:
        """The words between those that join, where they are enough to say something."""
        start = place = 0
        while place < len(said):
            width = self._join_at(said, place)
            if width:
                yield from _part(said[start:place])
                start = place + width
            place += width or 1
        yield from _part(said[start:])

    def _join_at(self, said: tuple[str, ...], place: int) -> int:
        """How many words at `place` join, the longest expression first; 0: none."""
        widths = range(self.longest, 0, -1)
        return next((width for width in widths if said[place : place + width] in self.joins), 0)


def _part(said: tuple[str, ...]) -> Iterator[str]:
    if len(said) >= _FEWEST_WORDS:
        yield " ".join(said)
