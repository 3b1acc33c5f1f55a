"""What to say, decided: the outcome of a turn before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.reply import Outcome


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of a turn.

    `who` are the audiences that it is about, as far as known. `offered` are the topics of a clarifying
    question. `services` lead the answer before the topic's own where the resident named them; `retired`:
    by a number that is no longer used. `term` is the glossary's entry to explain, of the topic `topic`.
    `menu` is the group to list, "" for the groups. `because` is the step that decided, for explanations.
    """

    outcome: Outcome
    because: str
    topic: str | None = None
    aspect: str | None = None
    smalltalk: str | None = None
    term: str | None = None
    who: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    retired: bool = False
    menu: str | None = None
    confidence: float = 0.0
