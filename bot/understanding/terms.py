"""Which entry of the glossary a message asks about: "what is a marac", "the theos", "pspo মানে কি"."""

from __future__ import annotations

from bot.understanding.lexicon import Mention, Utterance

#: The concept that asks what something is or means.
ASKS_MEANING = "ask-meaning"
#: The most words between the question and the name: "what is [a local] marac", but "what are the signs of
#: county lines" is asked by those who fear it.
_GAP = 2
#: The most words beside the question and the name. Who says more tells of a need ("my son was asked to join
#: county lines what is that i am scared"). Found on wordings of our own, 2026-11-22.
_BESIDE = 8
#: The most words beside a name that stands alone: "the community trigger please".
_ALONE = 2


def asked_about(utterance: Utterance, names: tuple[Mention, ...]) -> str | None:
    """The id of the term that `utterance` asks about; None where it asks for something else, or names none.

    `names` are the glossary's names in it, as mentions of the terms' ids. A denial takes nothing back here:
    "i dont know what a marac is" asks.
    """
    questions = _questions(utterance)
    asked = [
        (min((_gap(name, question) for question in questions), default=0), name.start, name.concept)
        for name in names
        if _is_asked(utterance, name, questions)
    ]
    return min(asked)[2] if asked else None


def asks_meaning(utterance: Utterance) -> bool:
    """Whether it is asked at all what something is."""
    return bool(_questions(utterance))


def _questions(utterance: Utterance) -> list[Mention]:
    return [mention for mention in utterance.mentions if mention.concept == ASKS_MEANING]


def _gap(first: Mention, second: Mention) -> int:
    """The number of words between two mentions."""
    return max(first.start - second.end, second.start - first.end, 0)


def _beside(utterance: Utterance, *mentions: Mention) -> int:
    """The number of words that belong to none of `mentions`."""
    return len(utterance.tokens) - len({place for one in mentions for place in range(one.start, one.end)})


def _is_asked(utterance: Utterance, name: Mention, questions: list[Mention]) -> bool:
    """Whether a question is put right beside the name, with little else; or the name stands alone.

    Of an everyday word "what is pet" is the name, and nothing may stand beside it: "what is pet insurance".
    Alone, a name is not found inflected: "what channel is it" does not say "whats channel".
    """
    outside = [question for question in questions if _apart(name, question)]
    if outside:
        nearest = min(outside, key=lambda question: (_gap(name, question), question.start))
        return _gap(name, nearest) <= _GAP and _beside(utterance, name, nearest) <= _BESIDE
    others = [one for one in utterance.mentions if _apart(name, one)]
    room = 0 if questions else _ALONE
    return _beside(utterance, name) <= room and not others and name.how != "inflected"


def _apart(first: Mention, second: Mention) -> bool:
    return first.end <= second.start or second.end <= first.start
