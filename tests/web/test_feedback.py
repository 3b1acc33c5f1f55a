"""Opinions are counted and nothing else; questions are sent only as they were shown, and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.understanding.lexicon import Lexicon
from store.feedback import Feedback, open_feedback
from tests.web.conftest import NOW, Echo, Only
from tests.web.test_chat import assert_problem
from web.app import create_app
from web.settings import Settings, SettingsError, settings_from

READ = Lexicon.of(
    {"en": {}}, phrases={"en": [("my", "name", "loud", "music", "call", "me", "on", "number")]}
).read


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'feedback.db'}"


@pytest.fixture
def kept(database: str) -> Iterator[Feedback]:
    feedback = open_feedback(database, lambda: NOW)
    yield feedback
    feedback.close()


@pytest.fixture
def asking(settings: Settings, echo: Echo, database: str) -> Iterator[FlaskClient]:
    """A council that takes questions for 30 days."""
    echo.understanding = SimpleNamespace(utterance=READ)  # type: ignore[attr-defined]
    app = create_app(replace(settings, database_url=database, question_days=30), Only(echo), lambda: NOW)
    with app.test_client() as client:
        yield client
    app.extensions["signpost-feedback"].close() if "signpost-feedback" in app.extensions else None


def test_an_opinion_is_a_count_and_nothing_more(asking: FlaskClient, kept: Feedback) -> None:
    """By day, topic, language, outcome and answer; the same opinion twice is one row."""
    state = asking.post("/api/v1/chat", json={"message": "noise", "language": "en"}).json["state"]
    for said in ("yes", "yes", "no"):
        response = asking.post("/api/v1/feedback", json={"helpful": said, "state": state})
        assert (response.status_code, response.data) == (204, b"")
    rows = [
        (row.day, row.topic, row.language, row.outcome, row.helpful, row.number) for row in kept.opinions()
    ]
    assert rows == [
        ("2026-11-23", "noise", "en", "answer", "no", 1),
        ("2026-11-23", "noise", "en", "answer", "yes", 2),
    ]


def test_an_opinion_on_nothing_of_ours_counts_for_nothing(asking: FlaskClient, kept: Feedback) -> None:
    """A forged state is no error."""
    assert asking.post("/api/v1/feedback", json={"helpful": "yes", "state": "forged"}).status_code == 204
    assert kept.opinions() == []


@pytest.mark.parametrize("body", [{}, {"helpful": "maybe", "state": ""}, {"helpful": True, "state": ""}, []])
def test_other_shapes_are_refused(asking: FlaskClient, body: Any) -> None:
    assert_problem(asking.post("/api/v1/feedback", json=body), 400)


def test_a_question_is_sent_just_as_it_was_shown(asking: FlaskClient, kept: Feedback) -> None:
    """The preview takes out what tells who wrote, keeps nothing, and is what is stored."""
    text = "loud music, my name is Fatima, call me on 07700 900123"
    shown = asking.post("/api/v1/questions/preview", json={"text": text})
    assert shown.json["days"] == 30
    assert "Fatima" not in shown.json["text"]
    assert "900123" not in shown.json["text"]
    assert kept.number_sent() == 0
    body = {"text": shown.json["text"], "language": "en", "topic": "noise"}
    assert asking.post("/api/v1/questions", json=body).status_code == 201
    [question] = kept.sent()
    assert (question.text, question.topic, question.language) == (shown.json["text"], "noise", "en")
    assert (question.day, question.delete_after) == ("2026-11-23", "2026-12-23")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"text": "call me on 07700 900123"}, 422), ({"topic": "gone"}, 422), ({"language": "xx"}, 422),
        ({"text": "a" * 1001}, 422), ({"text": ""}, 400), ({"text": 7}, 400),
    ],
)  # fmt: skip
def test_nothing_else_is_kept(
    asking: FlaskClient, kept: Feedback, change: dict[str, Any], status: int
) -> None:
    """What was not shown, or is not of the right shape, is refused."""
    body = {"text": "loud music", "language": "en", "topic": "noise", **change}
    assert_problem(asking.post("/api/v1/questions", json=body), status)
    assert kept.number_sent() == 0


@pytest.mark.parametrize("path", ["/api/v1/questions", "/api/v1/questions/preview"])
def test_questions_are_off_unless_settings_allow_them(client: FlaskClient, path: str) -> None:
    assert_problem(client.post(path, json={"text": "loud music", "language": "en"}), 404)


def test_questions_are_deleted_after_their_day(database: str, kept: Feedback) -> None:
    """At the start and at each use; staff may delete one sooner."""
    kept.keep("loud music", "en", "noise", days=30)
    kept.keep("music", "en", "", days=60)
    kept.keep("loud", "en", "", days=60)
    later = open_feedback(database, lambda: NOW + timedelta(days=31))
    assert [question.text for question in later.sent()] == ["loud", "music"]
    assert later.delete(later.sent()[0].id)
    assert not later.delete(999)
    assert [question.text for question in later.sent()] == ["music"]
    later.close()


def test_two_workers_count_together(database: str, kept: Feedback) -> None:
    """Neither loses what the other counted."""
    other = open_feedback(database, lambda: datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    for each in (kept, other, kept):
        each.count("noise", "en", "answer", helpful=True)
    assert [row.number for row in kept.opinions()] == [3]
    other.close()


@pytest.mark.parametrize(
    ("given", "days"),
    [({}, None), ({"SIGNPOST_QUESTIONS": "on"}, 30), ({"SIGNPOST_QUESTION_DAYS": "7"}, None),
     ({"SIGNPOST_QUESTIONS": "on", "SIGNPOST_QUESTION_DAYS": "7"}, 7)],
)  # fmt: skip
def test_settings_say_whether_and_for_how_long(home: Path, given: dict[str, str], days: int | None) -> None:
    assert settings_from({"SIGNPOST_HOME": str(home), **given}).question_days == days


def test_a_setting_that_is_neither_on_nor_off_is_refused(home: Path) -> None:
    with pytest.raises(SettingsError, match="on or off"):
        settings_from({"SIGNPOST_HOME": str(home), "SIGNPOST_QUESTIONS": "maybe"})
