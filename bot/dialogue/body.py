"""The parts of a reply that depend on the decision."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.reply import ServiceCard, Suggestion
from bot.dialogue.wording import Said

#: The most services at once; the others are given when more are asked for. Our own judgement: nine cards for
#: someone who is afraid are no help.
MOST_SERVICES = 4


@dataclass(frozen=True, slots=True)
class Body:
    """What is said, what to do in order, who helps, and what may be said next."""

    text: Said
    steps: tuple[str, ...] = ()
    services: tuple[ServiceCard, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
