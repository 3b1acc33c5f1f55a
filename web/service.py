"""What the views of one application share: settings, the current assistant, tokens and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, cast

from flask import current_app

from bot.assistant import Assistant
from bot.dialogue.reply import Reply
from store.snapshots import Health
from web.counting import Counting
from web.settings import Settings
from web.tokens import Tokens
from web.turns import ChatRequest, turn_from

#: Gives the present moment, aware.
Now = Callable[[], datetime]


class Assistants(Protocol):
    """The assistant to answer with, which an edit may replace between two turns."""

    def current(self) -> Assistant:
        """The newest one; take it once a turn."""

    def health(self) -> Health:
        """What is served, and what stands in the way of something newer."""


@dataclass(frozen=True, slots=True)
class Service:
    """One running assistant service."""

    settings: Settings
    assistants: Assistants
    tokens: Tokens
    now: Now
    counting: Counting

    def respond(self, asked: ChatRequest, *, again: bool = False) -> tuple[Reply, str]:
        """The reply to one turn and the token of the new state. Raises Problem for what is not known here.

        `again`: the turn was answered before, in another language, and is not counted twice.
        """
        assistant = self.assistants.current()
        turn = turn_from(asked, assistant.knowledge)
        reply, state = assistant.respond(turn, self.tokens.read(asked.state), self.now())
        if not again:
            self.counting.note(reply, turn.site)
        return reply, self.tokens.sign(state)


def with_state(reply: Reply, token: str) -> dict[str, Any]:
    """The body of the chat API's reply."""
    return {**reply.to_json(), "state": token}


def service() -> Service:
    """The service of the application that handles this request."""
    return cast(Service, current_app.extensions["signpost"])


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
