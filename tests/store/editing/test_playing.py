"""Playing conversations in processes of their own gives what playing them here gives."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cases import Case, read_cases
from store import aside
from store.building import build_assistant
from store.content import ContentError, Files, part_of
from store.editing.playing import play_all
from store.editing.results import CaseResult, played
from tests.store.editing.conftest import CONTENT, NOISE

Play = Callable[[Files], tuple[CaseResult, ...]]


@pytest.fixture
def cases(learned_folder: Path) -> list[Case]:
    knowledge = build_assistant(CONTENT, learned_folder).knowledge
    return read_cases(part_of(CONTENT, "knowledge"), knowledge)[0]


@pytest.fixture
def play(learned_folder: Path) -> Play:
    """Plays all of them where nothing may be built here, unless it has to be."""

    def build(files: Files) -> Assistant:
        logging.getLogger("test").warning("built here")
        return build_assistant(files, learned_folder)

    return lambda files: play_all(files, build, learned_folder)


def test_what_is_played_aside_is_what_would_be_played_here(
    play: Play, cases: list[Case], learned_folder: Path, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """All of it, in the same order, whatever the number of processes; and nothing is built for it here."""
    monkeypatch.setattr(aside, "LARGE", 0)
    assert play(CONTENT) == played(build_assistant(CONTENT, learned_folder), cases)
    assert caplog.text == ""


def test_little_is_played_at_once(play: Play, cases: list[Case], caplog: pytest.LogCaptureFixture) -> None:
    """To start a process takes longer than to play a few conversations."""
    assert len(play(CONTENT)) == len(cases)
    assert "built here" in caplog.text


def test_what_cannot_be_built_is_said_here(
    play: Play, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the reasons, as if no other process had tried."""
    monkeypatch.setattr(aside, "LARGE", 0)
    with pytest.raises(ContentError, match=NOISE.removeprefix("knowledge/")):
        play({**CONTENT, NOISE: b"title: [\n"})
    assert "ContentError" in capfd.readouterr().err
