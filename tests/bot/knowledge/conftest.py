"""The tiny knowledge base of the engine, as files that a test may spoil."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.checks import check_files
from bot.knowledge.reading import read_folder

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def tiny() -> dict[str, bytes]:
    """The files of tests/knowledge."""
    return read_folder(Path(__file__).parents[2] / "knowledge")


@pytest.fixture
def faults_after(tiny: dict[str, bytes]) -> Callable[..., list[str]]:
    """Replaces a text in one file, and gives the faults that the content has then, as printed."""

    def after(file: str, old: str, new: str) -> list[str]:
        text = tiny.get(file, b"").decode()
        assert old in text, f"{old!r} does not stand in {file}"
        _, faults = check_files({**tiny, file: text.replace(old, new, 1).encode()}, TODAY)
        return [str(fault) for fault in faults]

    return after
