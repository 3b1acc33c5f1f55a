"""Spaces that are missing ("cantbreathe") or one too many ("neigh bour"), as thumbs and dictation leave them.

Only unknown words are touched, and only known ones come out of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.language.text import Token

#: The shortest and the longest word that is taken apart, and the longest piece, in characters: they bound the
#: time for a hostile message.
_SHORTEST, _LONGEST, _LONGEST_PIECE = 6, 24, 14
#: How many unknown words of a message are tried: that too bounds the time for a hostile one (1.3 ms).
_MOST_TRIED = 10
#: The most pieces: "he got a knife".
_MOST_PIECES = 4
#: How unlikely the pieces may be, in bits for each character: common words are cheap. Of the questions kept
#: with the knowledge base, each with one space left out, 48 in 100 are set right with 2.8 and 0.2 wrongly (24
#: have a slip's correction already); of the unknown words of the questions as they stand 5 of 368 are taken
#: apart, "infront" and "lightweights" among them. With 3.2 58 and 0.4, and 7; measured 2026-11-22. A base
#: that grows makes each word dearer.
_DEAREST = 3.0
_NO_WAY: tuple[float, tuple[str, ...]] = (math.inf, ())
#: The shortest word that two pieces are put together to, in characters.
_SHORTEST_JOINED = 5


@dataclass(frozen=True, slots=True)
class Seams:
    """Sets spaces right by the known words and the bits that each takes to say: few for a common one."""

    costs: Mapping[str, float] = field(repr=False)

    @classmethod
    def of(cls, weights: Mapping[str, int]) -> Seams:
        """From word key -> how often it occurs in the phrases of the base."""
        whole = sum(weights.values())
        return cls({word: math.log2(whole / count) for word, count in weights.items()})

    def mend(self, tokens: tuple[Token, ...], familiar: Callable[[str], bool]) -> tuple[Token, ...]:
        """`tokens` with their spaces set right; each piece of a word has the place of the whole.

        A word is left whole that is `familiar`: spelt right, or misspelt, for all that is known.
        """
        if all(token.key in self.costs for token in tokens):
            return tokens
        found: list[Token] = []
        tried = 0
        for token in tokens:
            together = found[-1].key + token.key if found else ""
            if self._torn(together, token.key, together.removesuffix(token.key)):
                found[-1] = Token(together, found[-1].start, token.end)
                continue
            tried += token.key not in self.costs
            pieces = () if token.key in self.costs or tried > _MOST_TRIED else self.split(token.key)
            if pieces and not familiar(token.key):
                found.extend(Token(piece, token.start, token.end) for piece in pieces)
            else:
                found.append(token)
        return tuple(found)

    def split(self, word: str) -> tuple[str, ...]:
        """The two to four common words that an unknown `word` consists of; () if it does not."""
        if not _SHORTEST <= len(word) <= _LONGEST:
            return ()
        dearest = _DEAREST * len(word)
        #: for each length of the beginning: number of pieces -> (bits, pieces), the cheapest
        ways: list[dict[int, tuple[float, tuple[str, ...]]]] = [{0: (0.0, ())}]
        for end in range(1, len(word) + 1):
            best: dict[int, tuple[float, tuple[str, ...]]] = {}
            for start in range(max(0, end - _LONGEST_PIECE), end):
                cost = self.costs.get(word[start:end]) if ways[start] else None
                # Most beginnings are no words: whether a word may be a piece is asked of the few that are.
                if cost is None or not _may_be_piece(word[start:end]):
                    continue
                for count, (bits, pieces) in ways[start].items():
                    way = (bits + cost, (*pieces, word[start:end]))
                    if count < _MOST_PIECES and way[0] <= dearest and way < best.get(count + 1, _NO_WAY):
                        best[count + 1] = way
            ways.append(best)
        return min((way for count, way in ways[-1].items() if count > 1), default=_NO_WAY)[1]

    def _torn(self, together: str, *pieces: str) -> bool:
        """Whether `pieces`, one of them unknown, make a known word `together`."""
        return (
            len(together) >= _SHORTEST_JOINED
            and together in self.costs
            and not all(piece in self.costs for piece in pieces)
        )


def _may_be_piece(word: str) -> bool:
    """Digits are no pieces, and of single letters only "a" and "i"."""
    return (len(word) > 1 or word in ("a", "i")) and not any(character.isdigit() for character in word)
