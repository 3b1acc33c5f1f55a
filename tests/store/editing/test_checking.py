"""Checking in a process of its own finds what checking here finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.faults import Fault, errors
from store import aside
from store.content import Files
from store.editing import checking
from store.editing.checking import Checked, check, check_here, packed, unpacked
from tests.store.editing.conftest import CONTENT, NOISE_TEAM, with_number

TODAY = date(2026, 11, 23)
WRONG = {**CONTENT, NOISE_TEAM: with_number("no number"), "translations/xx/LC_MESSAGES/answers.po": b""}


@pytest.fixture
def not_here(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, whatever is checked is checked elsewhere."""

    def never(*_: object) -> None:
        raise AssertionError("it is checked here")

    return lambda: monkeypatch.setattr(checking, "check_here", never)


@pytest.mark.parametrize("files", [CONTENT, WRONG], ids=["sound", "faulty"])
def test_what_is_checked_aside_is_what_would_be_found_here(
    files: Files, not_here: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All faults, in the same order, and what is needed of each language."""
    here = check_here(files, TODAY)
    assert bool(errors(here.faults)) == (files is WRONG)
    assert bool(here.questions_right) == (files is CONTENT)
    monkeypatch.setattr(aside, "LARGE", 0)
    not_here()
    assert check(files, TODAY) == here


def test_little_is_checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To start a process takes longer."""
    monkeypatch.setattr(checking, "run_aside", lambda *_: pytest.fail("a process is started"))
    assert check(CONTENT, TODAY) == check_here(CONTENT, TODAY)


def test_what_cannot_be_checked_aside_is_checked_here(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No edit waits for a process that cannot be started."""
    monkeypatch.setattr(aside, "LARGE", 0)
    monkeypatch.setattr("store.aside.sys.executable", "/nothing")
    assert check(WRONG, TODAY) == check_here(WRONG, TODAY)
    assert "it is done here" in caplog.text


SEVERITIES = st.sampled_from(["error", "warning"])
FAULTS = st.builds(Fault, st.text(), st.integers(0), st.text(), st.text(), SEVERITIES)


@given(st.lists(FAULTS, max_size=3), st.dictionaries(st.sampled_from(["en", "bn"]), st.floats(0, 1)))
def test_a_check_is_kept_as_it_is(faults: list[Fault], needed: dict[str, float]) -> None:
    """Whatever is written in it."""
    found = Checked(tuple(faults), needed)
    assert unpacked(packed(found)) == found
