"""A conversation tried out on a draft: played from its beginning at each turn, and kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.assistant import Assistant
from bot.dialogue.reply import Reply
from bot.dialogue.state import DialogueState
from store.editing.yaml_edit import Value, edit, read_plain
from web.turns import parse_json, turn_from, validated

#: Turns of a conversation that is tried out.
MOST_TURNS = 40


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: what was typed, or what was tapped with the label that it had."""

    text: str
    choose: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn with its reply, and why (words, concepts, rules, scores; empty after a tap)."""

    said: Said
    reply: Reply
    why: str


def play(
    assistant: Assistant, turns: Sequence[Said], language: str | None, site: str | None, now: datetime
) -> list[Exchange]:
    """The turns, each with the reply at the aware moment `now`. Raises Problem for what the draft has not."""
    state = DialogueState()
    played = []
    for said in turns:
        asked = {"choose": said.choose} if said.choose else {"message": said.text}
        turn = turn_from(validated({**asked, "language": language, "site": site}), assistant.knowledge)
        why = "" if said.choose else assistant.explain(turn, state)
        reply, state = assistant.respond(turn, state, now)
        played.append(Exchange(said, reply, why))
    return played


def turns_from(text: str) -> list[Said]:
    """The turns that a form carries. Raises Problem where they are no JSON, ValueError for another shape."""
    items = parse_json((text or "[]").encode("utf-8", "replace"))
    if not isinstance(items, list) or len(items) > MOST_TURNS:
        raise ValueError(f"A conversation that is tried out has at most {MOST_TURNS} turns: begin again.")
    return [_said(item) for item in items]


def turns_text(turns: Sequence[Said]) -> str:
    """The turns for a form to carry."""
    return json.dumps([[said.text, said.choose] for said in turns], ensure_ascii=False)


def tapped(value: str, reply: Reply | None) -> Said:
    """The turn of a tapped suggestion, from its button's value, with its label in `reply`. Raises Problem."""
    choose = parse_json(value.encode("utf-8", "replace"))
    suggestions = reply.suggestions if reply else ()
    label = next((each.label for each in suggestions if each.choose.to_json() == choose), "")
    return Said(label or "(chosen from the menu)", choose)


def kept(content: bytes, name: str, language: str | None, played: Sequence[Exchange]) -> bytes:
    """A file of conversations with this one added: each turn is to be answered again as it was.

    Raises ValueError where a turn was tapped, since conversations hold what residents type, and EditError
    where the file cannot be added to.
    """
    if any(exchange.said.choose for exchange in played):
        raise ValueError("A tapped suggestion cannot be kept: begin again, and type what the resident says.")
    whole: dict[str, Value] = {"conversation": name}
    if language:
        whole["language"] = language
    whole["turns"] = [expectation(exchange) for exchange in played]
    before = read_plain(content) if content.strip() else []
    return edit(content, {(len(before),): whole} if before else {(): [whole]})


def expectation(exchange: Exchange) -> dict[str, Value]:
    """One turn as conversations are written: what was said, and what has to come back."""
    reply = exchange.reply
    told: dict[str, Any] = {"user": exchange.said.text, "outcome": reply.outcome}
    told["urgent"] = [notice.kind for notice in reply.urgent]
    for key in ("topic", "aspect", "smalltalk", "term"):
        if getattr(reply, key) is not None:
            told[key] = getattr(reply, key)
    return told


def _said(item: Any) -> Said:
    if not isinstance(item, list) or len(item) != 2 or not isinstance(item[0], str):
        raise ValueError("The conversation cannot be read: begin again.")
    return Said(item[0], item[1] or None)
