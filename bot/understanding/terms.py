"""Which entry of the glossary a message asks about: "what is a marac", "the theos", "pspo মানে কি"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.language.catalogue import SOURCE_LANGUAGE
from bot.understanding.learning import ASKS_MEANING
from bot.understanding.lexicon import Common, Lexicon
from bot.understanding.utterance import Mention, Utterance

#: The most words between the question and the name: "what is [a local] marac", but "what are the signs of
#: county lines" is asked by those who fear it.
_GAP = 2
#: The most words beside the question and the name. Who says more tells of a need ("my son was asked to join
#: county lines what is that i am scared"). Found on wordings of our own, 2026-11-22.
_BESIDE = 8
#: A message of more words asks about no term: no question and name have so many that little else is said. It
#: need not be read for them.
_LONGEST = 32
#: The most words beside a name that stands alone: "the community trigger please".
_ALONE = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """Finds the names of the glossary's terms, and the words that ask what something is.

    Both have lexicons of their own, apart from that of the concepts: they hide none and change no topic.
    """

    names: Lexicon
    questions: Lexicon
    #: The ids of plain words. Such a word alone tells of a need: "cuckooing" happens to somebody.
    words: frozenset[str]

    @classmethod
    def of(cls, knowledge: Knowledge, common: Mapping[str, Common]) -> Terms:
        """The terms of `knowledge`; the words in `common` (by language) are no misspellings of theirs."""
        terms = knowledge.glossary.values()
        asking = {
            language: {ASKS_MEANING: said[ASKS_MEANING]}
            for language, said in knowledge.words.items()
            if ASKS_MEANING in said
        }
        return cls(
            Lexicon.of({SOURCE_LANGUAGE: {term.id: term.names for term in terms}}, common=common),
            Lexicon.of(asking, common=common),
            frozenset(term.id for term in terms if term.kind == "word"),
        )

    def asked(self, text: str, utterance: Utterance) -> str | None:
        """The id of the term that `text`, read as `utterance`, asks about; None: it asks for something else.

        The name nearest to a question wins, then the first.
        """
        if len(utterance.tokens) > _LONGEST:
            return None
        names = self.names.read(text, utterance.language).mentions
        if not names:
            return None
        questions = self.questions.read(text, utterance.language).mentions
        asked = [
            (min((_gap(name, question) for question in questions), default=0), name.start, name.concept)
            for name in names
            if self._is_asked(utterance, name, questions)
        ]
        return min(asked)[2] if asked else None

    def _is_asked(self, utterance: Utterance, name: Mention, questions: tuple[Mention, ...]) -> bool:
        """Whether a question is put right beside the name, with little else; or the name stands alone.

        Of an everyday word "what is pet" is the name, and nothing stands beside it: "what is pet insurance".
        Alone, a name is not found inflected: "what channel is it" does not say "whats channel".
        """
        outside = [question for question in questions if _apart(name, question)]
        if outside:
            nearest = min(outside, key=lambda question: (_gap(name, question), question.start))
            return _gap(name, nearest) <= _GAP and _beside(utterance, name, nearest) <= _BESIDE
        if name.how == "inflected" or (name.concept in self.words and not questions):
            return False
        others = [one for one in utterance.mentions if _apart(name, one)]
        return _beside(utterance, name) <= (0 if questions else _ALONE) and not others


def _apart(first: Mention, second: Mention) -> bool:
    return first.end <= second.start or second.end <= first.start


def _gap(first: Mention, second: Mention) -> int:
    """The number of words between two mentions."""
    return max(first.start - second.end, second.start - first.end, 0)


def _beside(utterance: Utterance, *mentions: Mention) -> int:
    """The number of words that belong to none of `mentions`."""
    return len(utterance.tokens) - len({place for one in mentions for place in range(one.start, one.end)})
