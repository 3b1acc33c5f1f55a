"""The state of a dialogue: all that is remembered between two turns, and no word of the resident's."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class DialogueState:
    """What the next turn needs to know of the ones before it.

    `language` is that of the last reply. `topic` is the topic in hand. `previous` is the topic before
    it, for going back. `offered` are the topics of a clarifying question that is still open, in the
    order shown. `who` are the audiences that the conversation is about. `repeated`: the last answer was
    that of the topic in hand once more. `fallbacks` counts the turns in a row to which nothing fitted.
    `urgent` are the kinds of notice already shown.
    """

    language: str | None = None
    topic: str | None = None
    previous: str | None = None
    offered: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    repeated: bool = False
    fallbacks: int = 0
    urgent: tuple[str, ...] = ()
    turns: int = 0

    def with_(self, **changes: Any) -> DialogueState:
        """A copy with `changes`."""
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """The fields that differ from a fresh conversation's."""
        fresh = asdict(DialogueState())
        return {key: value for key, value in asdict(self).items() if value != fresh[key]}

    @classmethod
    def from_json(cls, value: Any) -> DialogueState:
        """The state that `to_json` gave. Raises ValueError for anything of another shape.

        Topics are not looked up here: a topic that a newer knowledge base no longer has is dropped
        by the turn that uses it.
        """
        kinds: dict[str, type | tuple[type, ...]] = {
            "language": str, "topic": str, "previous": str, "offered": (list, tuple),
            "who": (list, tuple), "repeated": bool,
            "fallbacks": int, "urgent": (list, tuple), "turns": int,
        }  # fmt: skip
        if not isinstance(value, dict) or not set(value) <= set(kinds):
            raise ValueError("not the state of a dialogue")
        if not all(isinstance(part, kinds[key]) for key, part in value.items()):
            raise ValueError("a part of the state is of the wrong type")
        lists = {
            key: tuple(str(item) for item in part)
            for key, part in value.items()
            if isinstance(part, (list, tuple))
        }
        return cls(**{**value, **lists})
