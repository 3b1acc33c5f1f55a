"""Workers notice what is to be published at its time, and leave the work to another process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from store.database import open_engine
from store.editing.drafts import Drafts
from store.revisions import Store
from tests.web.conftest import NOW
from web.due import DueLook


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were run."""
    commands: list[list[str]] = []

    def run(command: list[str], check: bool) -> None:
        commands.append(command)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with a draft that is to be published in an hour."""
    made = open_engine(database_url)
    store = Store(made, lambda: NOW)
    store.publish({"knowledge/settings.yaml": b"a: b\n"}, None, "shipped", "First.")
    drafts = Drafts(made, store, lambda: NOW)
    draft = drafts.create("amina@example.org", "Later")
    draft = drafts.save(draft.id, draft.owner, {"knowledge/settings.yaml": b"a: c\n"}, draft.version)
    good = drafts.approve(draft.id, "ben@example.org", draft.version)
    drafts.set_publication(draft.id, NOW + timedelta(hours=1), good.version)
    yield made
    made.dispose()


@pytest.mark.parametrize(("passed", "times"), [(timedelta(), 0), (timedelta(hours=1), 1)])
def test_what_is_due_is_left_to_a_process_of_its_own(
    engine: Engine, ran: list[list[str]], database_url: str, passed: timedelta, times: int
) -> None:
    """When its time has come, and not before."""
    look = DueLook(database_url, lambda: NOW + passed)
    look.look()
    look.close()
    assert ran == [[sys.executable, "-m", "web", "publish-due"]] * times


def test_a_database_that_is_gone_ends_no_watch(
    ran: list[list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    """It is looked for again the next time."""

    def now() -> datetime:
        return NOW

    DueLook("sqlite:////dev/null/x.db", now).look()
    assert ran == []
    assert "cannot be looked up" in caplog.text
