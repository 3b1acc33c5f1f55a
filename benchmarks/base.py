"""The shipped base, as it is served, and what residents say to it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from benchmarks.timing import ROOT
from bot.assistant import Assistant, Turn
from bot.cases import read_cases
from bot.dialogue.state import DialogueState
from store.building import build_assistant
from store.content import Files, part_of, read_content
from web.settings import learned_folder

#: A Wednesday morning: offices are open.
NOW = datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London"))


@cache
def shipped() -> Assistant:
    """The assistant of the project's folder; what was learned is kept where `signpost` keeps it."""
    return build_assistant(files(), learned_folder(ROOT))


@cache
def files() -> Files:
    """The content of the project's folder."""
    return read_content(ROOT)


def messages() -> dict[str, list[str]]:
    """Language -> every message of the conversations kept with the base, each once, in order."""
    cases, _ = read_cases(part_of(files(), "knowledge"), shipped().knowledge)
    found: dict[str, dict[str, None]] = {}
    for case in sorted(cases, key=lambda case: (case.spoken, case.file, case.line, case.name)):
        found.setdefault(case.spoken, {}).update({turn.text: None for turn in case.turns})
    return {language: list(said) for language, said in found.items()}


def match(message: str) -> object:
    """One match: text in, ranking of topics out."""
    understanding = shipped().understanding
    return understanding.topics.match_reading(understanding.read(message))


def respond(message: str, assistant: Assistant | None = None) -> object:
    """One turn from a fresh conversation: text in, whole reply out. `assistant` None: the shipped one."""
    return (assistant or shipped()).respond(Turn(message=message), DialogueState(), NOW)
