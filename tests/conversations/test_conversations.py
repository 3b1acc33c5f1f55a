"""Every conversation that staff wrote down is a test of its own, named by its file and its words."""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant import Assistant
from bot.cases import Case, read_cases
from bot.conversations import play
from bot.knowledge.faults import errors
from bot.knowledge.reading import read, read_files, read_folder
from bot.language.catalogue import read_catalogues

ROOT = Path(__file__).parents[2]
#: A Wednesday morning: offices are open.
NOW = dt.datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London"))


FILES = read_folder(ROOT / "knowledge")
READING = read(FILES)
CASES, FAULTS = read_cases(FILES, READING.found) if READING.found else ([], [])


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """The assistant as it is shipped. Raises ValueError where its content is faulty."""
    knowledge, faults = read_files(FILES)
    if knowledge is None:
        raise ValueError("\n".join(str(fault) for fault in errors(faults)))
    folder = ROOT / "translations"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.po"))}
    return Assistant(knowledge, read_catalogues(knowledge.languages, files))


def test_every_conversation_is_written_as_it_should_be() -> None:
    assert CASES
    assert "\n".join(str(fault) for fault in FAULTS) == ""


def named(case: Case) -> str:
    """The file, without its folder, and the words."""
    return f"{case.file.removeprefix('conversations/')}: {case.name}"


@pytest.mark.parametrize("case", [case for case in CASES if not case.measured], ids=named)
def test_conversation(case: Case) -> None:
    """What staff wrote down happens."""
    played = play(assistant(), case, NOW, explain=True)
    assert played.passed, str(played)


def transcript(case: Case) -> str:
    """How a case goes, and why."""
    return str(play(assistant(), case, NOW, explain=True))


@pytest.mark.parametrize("language", sorted({case.spoken for case in CASES if case.measured}))
def test_enough_questions_are_understood(language: str) -> None:
    """Of the measured questions of a language at least the share agreed for it is right."""
    played = [play(assistant(), case, NOW) for case in CASES if case.measured and case.spoken == language]
    wrong = [one.case for one in played if not one.passed]
    share = 1 - len(wrong) / len(played)
    wanted = assistant().knowledge.questions_right(language)
    assert share >= wanted, "\n".join([f"{share:.1%} right", *map(transcript, wrong)])
