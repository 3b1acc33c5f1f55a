"""What to say, decided: the outcome of a turn before it is put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.reply import Outcome

#: The most topics that a clarifying question offers.
MOST_OFFERED = 4
#: A rival is offered with the best topic if its score is at most this far behind (log odds), and two are
#: always: the right topic is among the first three for 93 of 100 questions kept apart, the first for 84, and
#: one more line to read costs less than no way on. Measured 2026-11-22.
_RIVAL_LEAD = 5.0
_FEWEST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of a turn.

    `who` are the audiences that it is about, as far as known. `offered` are the topics of a clarifying
    question. `others` are further needs of the same message. `service` is the one service that it is about,
    named or picked by the resident (None: the topic's). `services` lead the answer before the topic's own;
    `retired`: one was named by a number that is no longer used. `tried`: the resident turned to the service
    in hand in vain. `asks` are the answers to the topic's short question, where it is asked. `term` is the
    glossary's entry to explain, of the topic `topic`. `menu` is the group to list, "" for the groups.
    `because` is the step that decided, for explanations.
    """

    outcome: Outcome
    because: str
    topic: str | None = None
    aspect: str | None = None
    smalltalk: str | None = None
    term: str | None = None
    who: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    service: str | None = None
    services: tuple[str, ...] = ()
    retired: bool = False
    tried: bool = False
    asks: tuple[str, ...] = ()
    menu: str | None = None
    confidence: float = 0.0


def rivals(ranked: Sequence[tuple[str, float]]) -> list[str]:
    """The topics worth offering, of (topic, score) from the best on: those near the best, three at least."""
    return [
        topic
        for place, (topic, score) in enumerate(ranked[:MOST_OFFERED])
        if place < _FEWEST_OFFERED or ranked[0][1] - score <= _RIVAL_LEAD
    ]
