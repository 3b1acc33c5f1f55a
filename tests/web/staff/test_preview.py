"""The conversation beside a form: on the draft, as a resident would see it, with the reasons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.staff.conftest import Browser
from tests.web.staff.editing import fields_of, site, small_assistant, text_of
from tests.web.staff.test_editing import changed
from web.staff.content import Content
from web.staff.services import Staff
from web.staff.workshop import prepare

__all__ = ["site", "small_assistant"]

SignedIn = Callable[..., Browser]
NOISE = "my neighbours are so noisy"


@pytest.fixture
def editor(signed_in: SignedIn) -> Browser:
    return signed_in("editor")


def ask(browser: Browser, message: str, **fields: str) -> str:
    """Type into the conversation as it stands; the page that comes."""
    page = fields_of(browser.get("/staff/preview").text)
    return browser.post("/staff/preview", **{**page, "message": message, **fields}).text


def test_it_answers_from_what_is_live_and_says_why(editor: Browser) -> None:
    """Words, concepts, rules and scores."""
    said = text_of(ask(editor, NOISE))
    assert "The council can look into noise that goes on." in said
    assert "neighbour (neighbours, stem)" in said or "neighbour (neighbours" in said
    assert "rule" in said.partition("Why this answer")[2]


def test_it_answers_from_the_draft_in_hand(editor: Browser) -> None:
    """And not a word of it is live."""
    changed(editor, "/staff/topics/noise", answer="Somebody listens at once.")
    assert "Somebody listens at once." in ask(editor, NOISE)


def test_it_goes_on_turn_by_turn(editor: Browser) -> None:
    """The whole conversation stands there, and a suggestion can be tapped."""
    page = ask(editor, NOISE)
    fields = fields_of(page)
    page = editor.post("/staff/preview", **{**fields, "message": "how much does it cost"}).text
    assert text_of(page).count("Resident:") == 2
    assert "aspect, topic noise, cost" in text_of(page)
    tapped = '{"topic": "bike-theft"}'
    page = editor.post("/staff/preview", **{**fields_of(page), "message": "", "choose": tapped}).text
    assert text_of(page).count("Resident:") == 3


@pytest.mark.parametrize(("at", "state"), [("2026-11-25T10:30", "Open"), ("2026-12-25T10:30", "Closed")])
def test_it_is_seen_at_any_date_and_hour(at: str, state: str, editor: Browser) -> None:
    """A bank holiday among them."""
    said = text_of(ask(editor, NOISE, at=at)).partition("Why this answer")[0]
    assert f"{state} now" in said


def test_a_conversation_is_kept_with_one_press(editor: Browser, shop: Staff) -> None:
    """As one that has to go like this from now on."""
    page = fields_of(ask(editor, "my neighbour makes noise with drums"))
    editor.post("/staff/preview/keep", turns=page["turns"], name="drums at night", language="en")
    kept = shop.drafts.changes(1)["knowledge/conversations/en/staff.yaml"]
    assert kept is not None
    assert b"- conversation: drums at night" in kept
    assert b"user: my neighbour makes noise with drums" in kept
    assert b"topic: noise" in kept
    assert "No errors." in text_of(editor.get("/staff/drafts/1").text)


def test_a_second_conversation_comes_below_the_first(editor: Browser, shop: Staff) -> None:
    """In the same file."""
    for words in ("drums all night upstairs", "a loud party next door"):
        page = fields_of(ask(editor, words))
        editor.post("/staff/preview/keep", turns=page["turns"], name=words, language="en")
    kept = shop.drafts.changes(1)["knowledge/conversations/en/staff.yaml"] or b""
    assert kept.count(b"- conversation:") == 2


def test_an_assistant_that_cannot_be_built_says_why(editor: Browser) -> None:
    """Rather than none at all."""
    editor.get("/staff/topics/council-contact")
    editor.post("/staff/topics/council-contact/remove", draft="")
    said = text_of(editor.get("/staff/preview").text)
    assert "Conversation to try out" in said


def test_what_takes_long_is_looked_for_again(site: Flask, editor: Browser) -> None:
    """The page stands at once; the assistant comes when it is made."""
    waiting: list[Callable[[], None]] = []
    prepare(site, run=waiting.append)
    changed(editor, "/staff/topics/noise", answer="Somebody listens at once.")
    page = editor.get("/staff/preview").text
    assert "The assistant is being built from the draft." in text_of(page)
    for work in waiting:
        work()
    assert "Somebody listens at once." in ask(editor, NOISE)


@pytest.mark.parametrize("turns", ["{", "[1]", '[["a"]]', '[["x", {"topic": "nothing"}]]', "[[" * 200])
def test_a_form_that_nobody_made_is_answered_politely(turns: str, editor: Browser) -> None:
    """With no conversation, and no fault."""
    editor.get("/staff/preview")
    answer = editor.post("/staff/preview", turns=turns, message="")
    assert answer.status_code == 422, text_of(answer.text)


def test_only_our_own_pages_may_frame_it(editor: Browser) -> None:
    """It stands beside the forms in a frame; every other page of ours may not be framed at all."""
    page = editor.get("/staff/preview?framed=1")
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    form = editor.get("/staff/topics/noise")
    assert "frame-ancestors 'none'" in form.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in form.headers["Content-Security-Policy"]


def test_viewers_try_it_and_keep_nothing(signed_in: SignedIn, shop: Staff) -> None:
    """Keeping is for editors."""
    viewer = signed_in("viewer")
    page = ask(viewer, NOISE)
    assert "Keep this conversation" not in page
    assert viewer.post("/staff/preview/keep", turns="[]", name="x").status_code == 403
    assert Content(shop.store.files(1)).knowledge.topics
