"""`signpost ask` and `signpost batch`: answers without a server, straight from the shipped folder."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.assistant import Assistant, Turn
from bot.dialogue.state import DialogueState
from store.building import build_assistant
from store.content import read_content
from web.cards import card
from web.problems import Problem
from web.service import utc_now, with_state
from web.settings import learned_folder, project_folder
from web.tokens import Tokens
from web.turns import MAXIMUM_CHARACTERS, offered_language, parse_json

#: Signs the tokens in the output of a terminal, the same ones for the same input. No service takes them.
_OFFLINE_KEY = "the terminal's key is no secret"


def ask(arguments: argparse.Namespace) -> int:
    """Print the answer to one question. Raises Problem for a language that is not offered."""
    assistant = shipped_assistant()
    now = arguments.now or utc_now()
    turn = Turn(message=arguments.text, language=_language(arguments.language, assistant))
    if arguments.explain:
        print(assistant.explain(turn, DialogueState()))
        return 0
    reply, state = assistant.respond(turn, DialogueState(), now)
    if arguments.json:
        print(json.dumps(with_state(reply, _tokens(now).sign(state)), ensure_ascii=False, indent=2))
    else:
        print(card(reply))
    return 0


def batch(arguments: argparse.Namespace) -> int:
    """Answer the conversations on standard input, a line each, as they come."""
    assistant = shipped_assistant()
    for answer in answers(sys.stdin.buffer, assistant, arguments.now or utc_now()):
        sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()
    return 0


def answers(lines: Iterable[bytes], assistant: Assistant, now: datetime) -> Iterator[dict[str, Any]]:
    """For each line `{"id", "turns", "language"?}` `{"id", "replies"}`; for a bad one `{"id", "error"}`."""
    tokens = _tokens(now)
    for line in lines:
        if not line.strip():
            continue
        identity: Any = None
        try:
            asked = _conversation(line)
            identity = asked.get("id")
            replies = _play(asked, assistant, tokens, now)
        except Problem as problem:
            yield {"id": identity, "error": problem.detail}
        else:
            yield {"id": identity, "replies": replies}


def shipped_assistant() -> Assistant:
    """The assistant of the project's folder. Raises SettingsError, ContentError or CatalogueError."""
    home = project_folder(os.environ)
    return build_assistant(read_content(home), learned_folder(home))


def _conversation(line: bytes) -> dict[str, Any]:
    asked = parse_json(line)
    if not isinstance(asked, dict):
        raise Problem(400, "wrong-type", "A line is an object with id and turns.")
    return asked


def _play(asked: dict[str, Any], assistant: Assistant, tokens: Tokens, now: datetime) -> list[dict[str, Any]]:
    """The replies to the turns of one conversation, each given the state of the one before."""
    language = _language(asked.get("language"), assistant)
    state = DialogueState()
    replies = []
    for text in _turns(asked):
        reply, state = assistant.respond(Turn(message=text, language=language), state, now)
        replies.append(with_state(reply, tokens.sign(state)))
    return replies


def _turns(asked: dict[str, Any]) -> list[str]:
    turns = asked.get("turns")
    if not isinstance(turns, list) or not all(isinstance(text, str) for text in turns):
        raise Problem(400, "wrong-type", "turns is a list of texts.")
    if any(len(text.strip()) > MAXIMUM_CHARACTERS for text in turns):
        raise Problem(422, "too-long", f"A turn has more than {MAXIMUM_CHARACTERS} characters.")
    return [text.strip() for text in turns]


def _language(tag: Any, assistant: Assistant) -> str | None:
    if tag is None:
        return None
    if not isinstance(tag, str):
        raise Problem(400, "wrong-type", "language is a text.")
    return offered_language(tag, assistant.knowledge)


def _tokens(now: datetime) -> Tokens:
    return Tokens(_OFFLINE_KEY, lambda: now)
