"""The state of a dialogue: all that is remembered between two turns, and no word of the resident's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

#: How many questions that were asked are remembered, the last ones: room in the token is scarce.
_MOST_ASKED = 6
#: Hexadecimal digits that tell two questions of one conversation apart.
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class DialogueState:
    """What the next turn needs to know of the ones before it.

    `language` is that of the last reply. `topic` is the topic in hand, `previous` the one before it and
    `first` the conversation's first, for going back. `service` is the service in hand: one that the resident
    named or picked (None: those `shown`). `shown` are the services of the last list, in the order shown, and
    `given` says how many of the topic's services were. `tried` are services that the resident turned to in
    vain. `offered` are the topics of a clarifying question that is still open, in the order shown. `asked`
    has a mark for each question asked so far. `who` are the audiences that the conversation is about.
    `repeated`: the last answer was that of the topic in hand once more. `fallbacks` counts the turns in a
    row to which nothing fitted. `urgent` are the kinds of notice already shown.
    `outcome` is that of the last reply.
    """

    language: str | None = None
    topic: str | None = None
    previous: str | None = None
    first: str | None = None
    service: str | None = None
    shown: tuple[str, ...] = ()
    given: int = 0
    tried: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    repeated: bool = False
    fallbacks: int = 0
    urgent: tuple[str, ...] = ()
    outcome: str | None = None
    turns: int = 0

    def with_(self, **changes: Any) -> DialogueState:
        """A copy with `changes`."""
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """The fields that differ from a fresh conversation's, under short names."""
        fresh = DialogueState()
        return {
            short: getattr(self, name)
            for name, short in _SHORT.items()
            if getattr(self, name) != getattr(fresh, name)
        }

    @classmethod
    def from_json(cls, value: Any) -> DialogueState:
        """The state that `to_json` gave. Raises ValueError for anything of another shape.

        Topics and services are not looked up here: what a newer knowledge base no longer has is dropped
        by the turn that uses it.
        """
        fresh = DialogueState()
        if not isinstance(value, dict) or not set(value) <= set(_SHORT.values()):
            raise ValueError("not the state of a dialogue")
        parts = {name: value[short] for name, short in _SHORT.items() if short in value}
        if not all(_fits(part, getattr(fresh, name)) for name, part in parts.items()):
            raise ValueError("a part of the state is of the wrong type")
        found: dict[str, Any] = {
            name: tuple(part) if isinstance(part, list) else part for name, part in parts.items()
        }
        return cls(**found)


#: What the fields are called on their way through the browser, where room is scarce. A name is never
#: used for something else later: an old token would be misread.
_SHORT = {
    "language": "l",
    "topic": "t",
    "previous": "p",
    "first": "f",
    "service": "s",
    "shown": "h",
    "given": "g",
    "tried": "d",
    "offered": "o",
    "asked": "q",
    "who": "w",
    "repeated": "r",
    "fallbacks": "b",
    "urgent": "u",
    "outcome": "e",
    "turns": "n",
}


def _fits(part: Any, fresh: Any) -> bool:
    """Whether `part` is of the type of a field whose value is `fresh` at first (None: a text)."""
    if isinstance(fresh, tuple):
        return isinstance(part, (list, tuple)) and all(isinstance(item, str) for item in part)
    return isinstance(part, str) if fresh is None else type(part) is type(fresh)


def mark(question: Iterable[str]) -> str:
    """A short mark for a question by what it offers, in any order."""
    return hashlib.sha256("\n".join(sorted(question)).encode()).hexdigest()[:_DIGITS]


def with_mark(asked: tuple[str, ...], question: Iterable[str]) -> tuple[str, ...]:
    """The marks of the questions asked so far, and of `question`."""
    return tuple(dict.fromkeys([*asked, mark(question)]))[-_MOST_ASKED:]
