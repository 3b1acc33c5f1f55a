"""A message as words and as the concepts that are said in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.language.text import Token
from bot.understanding.vocabulary import How

#: The language that Londoners mix into all others.
MIXED_IN = "en"
#: Concepts whose mention denies the one that follows ("not noise") or comes before ("শব্দ না").
DENIES_NEXT = "negation"
DENIES_PREVIOUS = "negation-after"
#: The concept of words that mean nothing to us, listed so that none is taken for another of the same stem.
ORDINARY = "ordinary"
#: Concepts that tell whom a message is about begin so. They are for the rules of audiences alone: what is
#: needed does not follow from who needs it, and an age by itself is no danger.
WHO = "who-"


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
    a vocabulary has it. `language` is the one it was read in.
    """

    tokens: tuple[Token, ...]
    corrected: tuple[str, ...]
    stems: tuple[str, ...]
    known: tuple[bool, ...]
    mentions: tuple[Mention, ...]
    language: str = MIXED_IN

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The concepts that are said and not denied."""
        return frozenset(mention.concept for mention in self.mentions if not mention.denied)

    @cached_property
    def taken_back(self) -> frozenset[int]:
        """The places of the words that a denial takes back: "noise" in "not noise, it is drugs"."""
        return frozenset(place for one in self.mentions if one.denied for place in range(one.start, one.end))
