"""The page and its plain form, without a browser: what the server renders."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import web
from bot.language.catalogue import Catalogue
from tests.web.conftest import Echo
from web.interface import STRINGS

WEB = Path(web.__file__).parent


@dataclass
class Translated(Echo):
    """An assistant with a catalogue of two drafts."""

    catalogues: dict[str, Catalogue] = field(
        default_factory=lambda: {
            "zh-Hans": Catalogue("zh-Hans", {"Send": ("发送", True), "Cost: {cost}": ("费用:{cost}", True)})
        }
    )


@pytest.fixture
def echo() -> Echo:
    return Translated()


@pytest.fixture
def send(client: FlaskClient) -> Callable[..., str]:
    """Posts the plain form and gives the page that answers."""

    def post(**fields: str) -> str:
        response = client.post("/", data=fields)
        assert response.status_code == 200
        return response.get_data(as_text=True)

    return post


def get(client: FlaskClient, path: str = "/", **headers: str) -> str:
    return client.get(path, headers=headers).get_data(as_text=True)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return html.unescape(found[1])


def test_the_page_has_a_neutral_title_and_a_form(client: FlaskClient) -> None:
    page = get(client)
    assert "<title>Testham: information and contacts</title>" in page
    assert '<form class="ask" id="ask" method="post" action="/">' in page
    assert 'maxlength="1000"' in page


def test_the_emergency_line_and_the_way_out_are_on_every_page(
    client: FlaskClient, send: Callable[..., str], echo: Echo
) -> None:
    pages = [get(client), send(message="noise"), send(message="")]
    echo.failure = RuntimeError("down")
    pages.append(client.post("/", data={"message": "noise"}).get_data(as_text=True))
    for page in pages:
        assert 'href="tel:+442079460000"' in page
        assert '<a class="exit" href="https://www.bbc.co.uk/weather" rel="nofollow noreferrer">' in page


def test_nothing_on_the_page_needs_a_loosened_policy(client: FlaskClient, send: Callable[..., str]) -> None:
    for page in (get(client), send(message="noise")):
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page)


def test_a_page_with_a_reply_loads_no_script(client: FlaskClient, send: Callable[..., str]) -> None:
    assert "<script" in get(client)
    assert "<script" not in send(message="noise")


def test_a_reply_shows_the_notice_before_the_answer_and_the_answer_before_the_card(
    send: Callable[..., str],
) -> None:
    page = send(message="noise")
    places = [
        page.index(part) for part in ("Call 999.", "You said", "What to do", "Noise Line</bdi>", "Phone?")
    ]
    assert places == sorted(places)


def test_a_contact_is_a_link_with_its_number_left_to_right(send: Callable[..., str]) -> None:
    page = send(message="noise")
    assert 'class="way phone" href="tel:+442079460000"' in page
    assert '<bdi dir="ltr">020 7946 0000</bdi>' in page


def test_a_card_says_when_it_was_checked_and_where_it_comes_from(send: Callable[..., str]) -> None:
    page = send(message="noise")
    assert "Checked: <bdi>1 November 2026</bdi>" in page
    assert 'href="https://noise.example.org/"' in page


def test_what_the_resident_wrote_is_shown_as_text(send: Callable[..., str]) -> None:
    page = send(message="<img src=x onerror=alert(1)>")
    assert "<img" not in page
    assert '<span dir="auto">&lt;img src=x onerror=alert(1)&gt;</span>' in page


def test_the_state_travels_in_the_form(send: Callable[..., str]) -> None:
    first = send(message="noise")
    second = send(message="and then?", state=hidden(first, "state"))
    assert "in turn 1" in second


def test_a_suggestion_is_a_button_that_sends_its_choice(send: Callable[..., str], echo: Echo) -> None:
    page = send(message="noise")
    found = re.search(r'name="choose" value="([^"]*)">Phone\?', page)
    assert found
    send(choose=html.unescape(found[1]), message="half typed", seen="en", language="en")
    choice = echo.turns[-1].choose
    assert choice is not None
    assert (choice.topic, choice.aspect) == ("noise", "phone")


def test_another_language_answers_the_last_question_again(send: Callable[..., str], echo: Echo) -> None:
    first = send(message="one", seen="en", language="en")
    second = send(message="two", state=hidden(first, "state"), seen="en", language="en")
    third = send(
        change="1",
        message="",
        state=hidden(second, "state"),
        asked=hidden(second, "asked"),
        seen="en",
        language="zh-Hans",
    )
    assert echo.turns[-1].message == "two"
    assert echo.turns[-1].language == "zh-Hans"
    assert "in turn 1" in html.unescape(third)
    assert hidden(third, "chosen") == "zh-Hans"


def test_a_language_that_was_not_chosen_is_found_out_by_the_assistant(
    send: Callable[..., str], echo: Echo
) -> None:
    send(message="one", seen="zh-Hans", language="zh-Hans", chosen="")
    assert echo.turns[-1].language is None


def test_a_chosen_language_stays_chosen(send: Callable[..., str], echo: Echo) -> None:
    page = send(message="one", seen="en", language="zh-Hans")
    send(message="two", seen="zh-Hans", language="zh-Hans", chosen=hidden(page, "chosen"))
    assert echo.turns[-1].language == "zh-Hans"


def test_the_language_of_the_browser_is_where_a_conversation_begins(client: FlaskClient) -> None:
    page = get(client, **{"Accept-Language": "zh-Hans, en;q=0.5"})
    assert '<html lang="zh-Hans"' in page
    assert ">发送</button>" in page


def test_an_address_can_name_the_language(client: FlaskClient) -> None:
    page = get(client, "/zh-Hans/")
    assert '<html lang="zh-Hans"' in page
    assert hidden(page, "chosen") == "zh-Hans"


def test_an_unknown_address_leads_to_the_beginning(client: FlaskClient) -> None:
    response = client.get("/xx/")
    assert response.status_code == 302
    assert response.location == "/"


def test_a_text_without_translation_is_marked_as_english(client: FlaskClient) -> None:
    page = get(client, "/zh-Hans/")
    assert '<span lang="en" dir="ltr">Choose a subject</span>' in page
    assert '<span lang="en" dir="ltr">发送</span>' not in page


@pytest.mark.parametrize(
    ("message", "error"), [("", "Please write something"), ("x" * 1001, "This is too long")]
)
def test_a_message_that_cannot_be_sent_is_kept_with_the_reason(
    send: Callable[..., str], echo: Echo, message: str, error: str
) -> None:
    page = send(message=message)
    assert error in page
    assert message in page
    assert 'aria-describedby="error"' in page
    assert echo.turns == []


def test_an_error_does_not_take_the_last_answer_away(send: Callable[..., str]) -> None:
    page = send(message="noise")
    again = send(message=" ", asked=hidden(page, "asked"), state=hidden(page, "state"))
    assert "Please write something" in again
    assert "You said &#39;noise&#39;" in again


def test_line_ends_of_a_form_count_once(send: Callable[..., str], echo: Echo) -> None:
    message = "\n".join(["a"] * 500)
    send(message=message.replace("\n", "\r\n"))
    assert echo.turns[-1].message == message


def test_the_longest_message_of_the_widest_script_fits_the_form(send: Callable[..., str]) -> None:
    message = "আ" * 1000
    page = send(message=message)
    assert message in send(message=message, asked=hidden(page, "asked"), state=hidden(page, "state"))


def test_a_failure_shows_whom_to_call_and_logs_nothing_that_was_typed(
    client: FlaskClient, echo: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    echo.failure = RuntimeError("my secret is out")
    response = client.post("/", data={"message": "my secret"})
    page = response.get_data(as_text=True)
    assert response.status_code == 500
    assert "If you cannot wait, call:" in page
    assert "020 7946 0000" in page
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text + page


@pytest.mark.parametrize(
    "fields", [{"choose": "{"}, {"choose": '{"topic": "nowhere"}'}, {"message": "a", "choose": "[]"}]
)
def test_a_form_that_no_page_of_ours_sends_is_refused_kindly(
    client: FlaskClient, fields: dict[str, str]
) -> None:
    response = client.post("/", data=fields)
    assert 400 <= response.status_code < 500
    assert "Try again" in response.get_data(as_text=True)


def test_pages_with_a_conversation_are_kept_nowhere(client: FlaskClient) -> None:
    response = client.post("/", data={"message": "noise"})
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_every_string_of_the_interface_is_used() -> None:
    sources = "".join(path.read_text("utf-8") for path in (WEB / "templates").rglob("*.html"))
    sources += "".join((WEB / name).read_text("utf-8") for name in ("form.py", "views.py"))
    made_up = {"full", "draft", "partial", "source_plan", "source_prevent"}  # named by data
    unused = [name for name in STRINGS if not re.search(rf'["\'.]{name}\b', sources)]
    assert set(unused) <= made_up
