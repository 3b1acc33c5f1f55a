"""Below a reply: did it help, the way to the council. And no fault in showing a reply hides a notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.assistant import Turn
from bot.dialogue.reply import Reminder, Reply
from bot.dialogue.state import DialogueState
from tests.web.conftest import NOW, Echo, Only, reply_to
from tests.web.test_feedback import READ
from web.app import create_app
from web.below import in_words
from web.settings import Settings
from web.trees import says

TYPED = "loud music, call me on 07700 900123"
ALARM = reply_to(Turn(message=""), DialogueState()).urgent[0]
KEPT = Reminder("danger", "Call now", ALARM.contacts[0])


@dataclass
class Changing(Echo):
    """An assistant whose replies are changed by the test; calm unless it says otherwise."""

    change: dict[str, Any] = field(default_factory=lambda: {"urgent": ()})
    understanding: Any = field(default_factory=lambda: SimpleNamespace(utterance=READ))

    def respond(self, turn: Turn, state: DialogueState, now: datetime) -> tuple[Reply, DialogueState]:
        """The reply with the changes."""
        reply, after = super().respond(turn, state, now)
        return replace(reply, **self.change), after


@pytest.fixture
def echo() -> Changing:
    return Changing()


@pytest.fixture
def asking(settings: Settings, echo: Changing) -> Iterator[FlaskClient]:
    """A council that takes questions for 30 days."""
    app = create_app(replace(settings, question_days=30), Only(echo), lambda: NOW)
    with app.test_client() as client:
        yield client


def rows(client: FlaskClient, **asked: str) -> list[str]:
    """Where the rows below a reply send to."""
    reply = client.post("/api/v1/chat", data={"view": "1", **(asked or {"message": TYPED})}).get_json()
    return re.findall(r"'data-to': '([^']+)'", str(reply["view"]["item"]))


@pytest.mark.parametrize(
    ("outcome", "below"),
    [("answer", ["feedback"]), ("aspect", ["feedback"]), ("smalltalk", []), ("clarify", []),
     ("fallback", ["questions/preview"])],
)  # fmt: skip
def test_an_answer_is_rated_and_what_nothing_fits_may_be_sent(
    asking: FlaskClient, echo: Changing, outcome: str, below: list[str]
) -> None:
    echo.change["outcome"] = outcome
    assert rows(asking) == below


@pytest.mark.parametrize("change", [{"urgent": (ALARM,)}, {"urgent": (), "urgent_shown": (KEPT,)}])
def test_nothing_is_offered_to_be_sent_beside_a_notice(
    asking: FlaskClient, echo: Changing, change: dict[str, Any]
) -> None:
    """Nor beside one that is kept in reach; whoever is in danger shall call."""
    echo.change = {"outcome": "answer", **change}
    reply = asking.post("/api/v1/chat", data={"view": "1", "message": TYPED}).get_json()
    assert "data-text" not in str(reply["view"])
    echo.change = {"outcome": "fallback", **change}
    assert rows(asking) == []


def test_a_tap_is_never_offered_to_be_sent(asking: FlaskClient, echo: Changing) -> None:
    """There are no words of the resident's."""
    echo.change["outcome"] = "fallback"
    assert rows(asking, choose='{"topic": "noise"}') == []


def test_nothing_is_offered_where_the_council_takes_no_questions(client: FlaskClient, echo: Changing) -> None:
    echo.change["outcome"] = "fallback"
    assert rows(client) == []
    state = client.post("/api/v1/chat", data={"message": TYPED}).get_json()["state"]
    body = {"helpful": "no", "state": state, "text": TYPED, "view": "1", "language": "en"}
    no = client.post("/api/v1/feedback", data=body).get_json()
    assert no["gist"] == "Thank you for telling us."


def test_the_widget_gets_each_step_as_it_is_shown(asking: FlaskClient) -> None:
    """No: thanks and the offer; then exactly what would be sent, and for how long; then that it was sent."""
    state = asking.post("/api/v1/chat", data={"message": TYPED}).get_json()["state"]
    common = {"language": "en", "topic": "noise", "view": "1"}
    no = asking.post("/api/v1/feedback", data={"helpful": "no", "state": state, "text": TYPED, **common})
    assert no.get_json()["gist"] == "Thank you for telling us. Send my question to the council"
    shown = asking.post("/api/v1/questions/preview", data={"text": TYPED, **common}).get_json()
    [text] = re.findall(r"'data-text': '([^']+)'", str(shown["item"]))
    assert "900123" not in shown["gist"]
    assert text in shown["gist"]
    assert "Kept for: 30 days." in shown["gist"]
    sent = asking.post("/api/v1/questions", data={"text": text, **common})
    assert (sent.status_code, sent.get_json()["gist"]) == (
        201, "Thank you. Your question has been sent to the council."
    )  # fmt: skip


def test_yes_brings_thanks_alone(asking: FlaskClient) -> None:
    state = asking.post("/api/v1/chat", data={"message": TYPED}).get_json()["state"]
    body = {"helpful": "yes", "state": state, "text": TYPED, "view": "1"}
    assert asking.post("/api/v1/feedback", data=body).get_json()["gist"] == "Thank you for telling us."


def hidden(html: str, name: str) -> str:
    """The value of a field of the page's form."""
    [value] = re.findall(rf'name="{name}" value="([^"]*)"', html)
    return str(value).replace("&#34;", '"')


def test_the_page_without_script_goes_through_the_same_steps(asking: FlaskClient) -> None:
    html = asking.post("/", data={"message": TYPED}).get_data(as_text=True)

    def press(**button: str) -> str:
        fields = {name: hidden(html, name) for name in ("seen", "state", "asked")}
        return asking.post("/", data={**fields, **button}).get_data(as_text=True)

    assert "Was this helpful?" in html
    no = press(helpful="no")
    assert "Thank you for telling us." in no
    assert "Was this helpful?" not in no
    shown = press(preview="1")
    assert "Kept for: 30 days." in shown
    text = hidden(shown, "send")
    assert "900123" not in text
    assert "Send my question to the council" in press(keep="1")
    assert "Your question has been sent" in press(send=text)
    assert "Only this will be sent" in press(send="something else")


def test_a_count_that_fails_leaves_the_answer(asking: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    html = asking.post("/", data={"message": TYPED}).get_data(as_text=True)
    monkeypatch.setattr("web.below.count_opinion", lambda *_: 1 / 0)
    fields = {name: hidden(html, name) for name in ("seen", "state", "asked")}
    after = asking.post("/", data={**fields, "helpful": "yes"})
    assert after.status_code == 200
    assert "Sorry, this did not work" in after.get_data(as_text=True)
    assert "You said" in after.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/api/v1/chat"])
def test_a_notice_of_before_stays_in_one_line_with_its_number(
    client: FlaskClient, echo: Changing, path: str
) -> None:
    echo.change = {"urgent": (), "urgent_shown": (KEPT,)}
    said = client.post(path, data={"message": "noise", "view": "1"}).get_data(as_text=True)
    assert re.search("kept small.{1,40}Call now.{1,40}tel:[+]442079460000", said)


@pytest.mark.parametrize("broken", ["web.views.render_template", "web.views.interface", "web.views.beneath"])
def test_a_fault_in_showing_a_reply_hides_no_notice(
    client: FlaskClient, echo: Changing, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Its words and its number are there, and so are the answer and the cards."""
    echo.change = {}
    monkeypatch.setattr(broken, lambda *_, **__: 1 / 0)
    response = client.post("/api/v1/chat", data={"message": "noise", "view": "1"})
    view = response.get_json()["view"]
    assert view["item"][2][0] == "section.notice danger"
    assert says(view["item"]).startswith("Call now Call 999. Noise line 020 7946 0000 You said")
    assert "tel:+442079460000" in str(view["item"])
    assert view["gist"].startswith("Call now. Call 999.")


@pytest.mark.parametrize("broken", ["show", "plain_words", "for_site", "head", "beneath", "Desk"])
def test_a_fault_in_the_page_hides_no_notice(
    client: FlaskClient, echo: Changing, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Whatever step after the reply it is in."""
    echo.change = {}
    monkeypatch.setattr(f"web.form.{broken}", lambda *_, **__: 1 / 0)
    response = client.post("/", data={"message": "<noise>"})
    html = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "Call 999.</p>" in html
    assert 'href="tel:+442079460000"' in html
    assert "&lt;noise&gt;" in html
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("language", "said"), [("en", "30 days"), ("pl", "30 dni"), ("xx", "30 days")])
def test_days_are_said_as_the_language_says_them(language: str, said: str) -> None:
    """In English where the language is not known to the library."""
    assert in_words(30, language) == said


@pytest.mark.parametrize(("days", "there"), [(None, False), (30, True)])
def test_the_page_on_privacy_says_what_is_true_here(
    settings: Settings, echo: Changing, days: int | None, there: bool
) -> None:
    app = create_app(replace(settings, question_days=days), Only(echo), lambda: NOW)
    html = app.test_client().get("/privacy").get_data(as_text=True)
    assert "only the number of such answers is kept" in html
    assert ("A question goes to the council only if" in html) is there
