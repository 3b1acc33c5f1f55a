"""Turns are counted after they are answered, and no reply waits for a count or fails by it."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from store.counts import Counted, Kind, TurnCounts
from store.database import open_engine
from tests.web.conftest import Echo, Only
from tests.web.test_workers import ASKED, Served, served
from web.app import create_app
from web.counting import Counting
from web.service import Service
from web.settings import Settings, settings_from

__all__ = ["served"]

#: Half past midnight by London's summer clocks.
NIGHT = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
SECRET = "my neighbour Fatima shouts"


@pytest.fixture
def app(settings: Settings, echo: Echo, database_url: str) -> Iterator[Flask]:
    app = create_app(replace(settings, database_url=database_url), Only(echo), lambda: NIGHT)
    yield app
    counting(app).close()


@pytest.fixture
def counts(database_url: str) -> Iterator[TurnCounts]:
    engine = open_engine(database_url)
    yield TurnCounts(engine, lambda: NIGHT)
    engine.dispose()


def counting(app: Flask) -> Counting:
    """What counts in `app`."""
    service: Service = app.extensions["signpost"]
    return service.counting


def counted(counts: TurnCounts) -> list[Counted]:
    """Everything that is counted."""
    return counts.between(date(2000, 1, 1), date(2100, 1, 1))


def test_a_turn_is_counted_by_londons_clocks(app: Flask, counts: TurnCounts) -> None:
    """With its topic, language, outcome and site; that of a reply is said, not what was asked for."""
    body = {"message": SECRET, "language": "zh-Hans", "site": "partner"}
    assert app.test_client().post("/api/v1/chat", json=body).status_code == 200
    assert counted(counts) == []
    counting(app).write()
    assert counted(counts) == [Counted(Kind("2027-07-01", "noise", "zh-Hans", "answer", "partner", True), 1)]
    assert counts.by_hour(date(2027, 7, 1), date(2027, 7, 1)) == {0: 1}


def test_the_plain_form_counts_as_well_and_a_change_of_language_does_not(
    app: Flask, counts: TurnCounts
) -> None:
    """The same words read again in another language are one turn."""
    client = app.test_client()
    client.post("/", data={"message": SECRET, "seen": "en"})
    client.post(
        "/", data={"asked": f'{{"message": "{SECRET}"}}', "language": "zh-Hans", "seen": "en", "change": "1"}
    )
    client.post("/", data={"message": "", "seen": "en"})
    counting(app).write()
    assert [each.number for each in counted(counts)] == [1]


def test_a_refused_turn_is_not_counted(app: Flask, counts: TurnCounts) -> None:
    assert app.test_client().post("/api/v1/chat", json={"message": "hi", "site": "gone"}).status_code == 422
    counting(app).write()
    assert counted(counts) == []


def test_a_count_that_fails_fails_no_reply(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The fault is logged, and no word of the resident."""

    def fail(*_: Any) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("store.counts.Waiting.note", fail)
    with caplog.at_level(logging.ERROR):
        assert app.test_client().post("/api/v1/chat", json={"message": SECRET}).status_code == 200
    assert "was not counted" in caplog.text
    assert "Fatima" not in caplog.text


def test_a_database_that_is_away_delays_counts_and_no_reply(
    app: Flask, counts: TurnCounts, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What was counted meanwhile is written when it is back."""
    with monkeypatch.context() as away:
        away.setattr(TurnCounts, "add", lambda *_: (_ for _ in ()).throw(OSError("away")))
        assert app.test_client().post("/api/v1/chat", json={"message": SECRET}).status_code == 200
        counting(app).write()
    assert "not counted yet" in caplog.text
    assert counted(counts) == []
    counting(app).write()
    assert [each.number for each in counted(counts)] == [1]


def test_the_workers_of_a_service_that_ends_have_lost_nothing(served: Served, tmp_path: Path) -> None:
    """Turns of several workers add up, and those of the last seconds are written at the end."""
    for _ in range(12):
        assert served.send(ASKED)[0] == 200
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(timeout=30)
    engine = open_engine(settings_from({"SIGNPOST_HOME": str(tmp_path)}).database_url)
    assert sum(each.number for each in counted(TurnCounts(engine, lambda: NIGHT))) == 12
    engine.dispose()
