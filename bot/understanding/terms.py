"""Which entry of the glossary a message asks about: "what is a marac", "the theos", "pspo মানে কি"."""

from __future__ import annotations

from bot.understanding.learning import TERM
from bot.understanding.lexicon import Mention, Utterance

#: The concept that asks what something is or means.
ASKS_MEANING = "ask-meaning"
#: The most words between the question and the name: "what is [this so called] marac".
_GAP = 3
#: The most words beside the question and the name. Who says more tells of a need ("my son was asked to join
#: county lines what is that i am scared"). Found on wordings of our own, 2026-11-22.
_BESIDE = 6
#: The most words beside a name that stands alone: "the community trigger please".
_ALONE = 2


def asked_about(utterance: Utterance) -> str | None:
    """The id of the term that `utterance` asks about; None where it asks for something else, or names none.

    A denial takes nothing back here: "i dont know what a marac is" asks.
    """
    names = [mention for mention in utterance.mentions if mention.concept.startswith(TERM)]
    questions = [mention for mention in utterance.mentions if mention.concept == ASKS_MEANING]
    if not names:
        return None
    name, asked = names[0], _is_alone(utterance, names[0])
    if questions:
        pairs = [(name, question) for name in names for question in questions]
        name, question = min(pairs, key=lambda pair: (_gap(*pair), pair[0].start, pair[0].concept))
        asked = _gap(name, question) <= _GAP and _beside(utterance, name, question) <= _BESIDE
    return name.concept.removeprefix(TERM) if asked else None


def _gap(first: Mention, second: Mention) -> int:
    """The number of words between two mentions."""
    return max(first.start - second.end, second.start - first.end, 0)


def _beside(utterance: Utterance, *mentions: Mention) -> int:
    """The number of words that belong to none of `mentions`."""
    return len(utterance.tokens) - len({place for one in mentions for place in range(one.start, one.end)})


def _is_alone(utterance: Utterance, name: Mention) -> bool:
    """Whether hardly anything, and nothing with a meaning of its own, stands beside the name."""
    others = [one for one in utterance.mentions if one.start < name.start or one.end > name.end]
    return _beside(utterance, name) <= _ALONE and not others
