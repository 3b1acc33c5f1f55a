"""A small service with an assistant that only says what it was asked, and a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.assistant import Turn
from bot.dialogue.reply import Choice, Contact, Notice, Reply, ServiceCard, Suggestion
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Aspect, Group, Language, Topic
from bot.knowledge.records import Settings as KnowledgeSettings
from bot.knowledge.services import Service
from bot.knowledge.sites import Site
from bot.language.catalogue import Catalogue
from store.snapshots import Health
from web.app import create_app
from web.cli import main
from web.settings import Settings

SMALL = Path(__file__).parent.parent / "knowledge"
Run = Callable[..., tuple[int, str, str]]

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
KEY = "a key for the tests alone"

CONTACT = {
    "id": "phone",
    "kind": "phone",
    "label": "Noise line",
    "value": "020 7946 0000",
    "source": "https://noise.example.org/",
    "checked": "2026-11",
    "evidence": "current",
}


def knowledge() -> Knowledge:
    """One topic, one service, two languages, one site."""
    service = Service.model_validate(
        {
            "id": "noise-line",
            "name": "Noise Line",
            "summary": "Help with noise.",
            "contacts": [CONTACT],
            "source": "https://noise.example.org/",
            "checked": "2026-11-01",
            "review_by": "2027-05-01",
            "retired": [{"value": "020 7946 0999", "why": "Closed.", "source": "plan"}],
        }
    )
    topic = Topic(
        id="noise",
        title="Noise",
        need="Noise",
        group="asb",
        covers="Noise.",
        answer="Call.",
        leads=("noise-line",),
    )
    return Knowledge(
        settings=KnowledgeSettings(
            borough="Testham", timezone="Europe/London", contact_centre="noise-line", emergency="noise-line"
        ),
        languages={
            "en": Language(tag="en", name="English", english="English"),
            "zh-Hans": Language(tag="zh-Hans", name="简体中文", english="Chinese"),
        },
        groups={"asb": Group(id="asb", title="Nuisance")},
        services={"noise-line": service},
        topics={"noise": topic},
        concepts={},
        words={},
        examples={},
        urgent={},
        aspects={"phone": Aspect(id="phone", label="Phone?", text="Call:", unknown="Not known.")},
        smalltalk={},
        sites={"partner": Site(id="partner", name="Partner", origins=("https://partner.example.org",))},
    )


def reply_to(turn: Turn, state: DialogueState) -> Reply:
    """A reply with every kind of part in it; its text says what the assistant was given."""
    contact = Contact(
        id="phone",
        kind="phone",
        label="Noise line",
        value="020 7946 0000",
        href="tel:+442079460000",
        hours=None,
        open_now=None,
        next_open=None,
        next_open_text=None,
        note=None,
        source="https://noise.example.org/",
        checked="2026-11-01",
        checked_text="November 2026",
    )
    service = ServiceCard(
        id="noise-line",
        name="Noise Line",
        summary="Help.",
        for_whom=None,
        contacts=(contact,),
        cost="Free",
        languages=("en",),
        source="https://noise.example.org/",
        checked="2026-11-01",
        checked_text="1 November 2026",
    )
    return Reply(
        language=turn.language or state.language or "en",
        direction="ltr",
        outcome="answer",
        topic="noise",
        aspect=None,
        smalltalk=None,
        term=None,
        confidence=0.91234,
        urgent=(Notice("danger", "Call now", "Call 999.", (contact,), None),),
        text=f"You said {turn.message!r} and chose {turn.choose!r} in turn {state.turns}.",
        steps=("Call.",),
        services=(service,),
        suggestions=(Suggestion("Phone?", Choice(topic="noise", aspect="phone")),),
        translated="full",
    )


@dataclass
class Echo:
    """An assistant that answers every turn, unless it is told to fail."""

    knowledge: Knowledge = field(default_factory=knowledge)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    failure: Exception | None = None

    def respond(self, turn: Turn, state: DialogueState, _now: datetime) -> tuple[Reply, DialogueState]:
        """The reply, with the turn counted and remembered."""
        self.turns.append(turn)
        if self.failure is not None:
            raise self.failure
        return reply_to(turn, state), state.with_(
            turns=state.turns + 1, language=turn.language, topic="noise", outcome="answer"
        )

    def explain(self, turn: Turn, _state: DialogueState) -> str:
        """Some reasons."""
        return f"reasons for {turn.message}"


@dataclass
class Only:
    """Assistants of which there is only one."""

    assistant: Any
    problem: str | None = None

    def current(self) -> Any:
        """The one."""
        return self.assistant

    def health(self) -> Health:
        """Revision 7 is served."""
        return Health(7, 7, self.problem)

    def look(self) -> None:
        """There is nothing to look for."""


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url="sqlite://", secret_key=KEY)


@pytest.fixture
def app(settings: Settings, echo: Echo) -> Flask:
    return create_app(settings, Only(echo), lambda: NOW)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture
def say(client: FlaskClient) -> Callable[..., Any]:
    """Sends a turn as JSON."""
    return lambda **body: client.post("/api/v1/chat", json=body)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with the small knowledge base in it."""
    shutil.copytree(SMALL, tmp_path / "knowledge")
    monkeypatch.setenv("SIGNPOST_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command: its exit code, its output, its complaints."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command
