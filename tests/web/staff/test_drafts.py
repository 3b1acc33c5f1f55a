"""Drafts: seen, shared, reviewed, proven, published, undone, brought together; and the history of it all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.staff.conftest import Browser
from tests.web.staff.editing import FILES, fields_of, site, small_assistant, text_of
from tests.web.staff.test_editing import SERVICE, changed
from web.staff.content import Content
from web.staff.services import Staff
from web.staff.workshop import prepare

__all__ = ["site", "small_assistant"]

SignedIn = Callable[..., Browser]
FILE = "knowledge/services/noise-team.yaml"


@pytest.fixture
def publisher(signed_in: SignedIn) -> Browser:
    return signed_in("publisher")


def step(browser: Browser, action: str, version: int, **fields: str) -> str:
    """Press a button of draft 1 as its page showed `version`; what the next page says."""
    browser.get("/staff/drafts/1")
    return text_of(browser.post(f"/staff/drafts/1/{action}", version=str(version), **fields).text)


def test_a_draft_tells_its_changes_in_words(publisher: Browser) -> None:
    """As a person would say them."""
    changed(publisher, SERVICE, **{"contacts-0-value": "020 7946 0020"})
    said = text_of(publisher.get("/staff/drafts/1").text)
    assert "Phone of Littleborough Noise Team: 020 7946 0018 becomes 020 7946 0020" in said
    assert "No errors." in said


def test_a_publication_asks_for_a_message_and_is_undone_with_one_press(
    publisher: Browser, shop: Staff
) -> None:
    """Undoing it publishes the state before, as a new revision."""
    changed(publisher, SERVICE, name="Night Team")
    assert "Say what the change is and why" in step(publisher, "publish", 2)
    assert shop.store.current() == 1
    assert "Published." in step(publisher, "publish", 2, message="Renamed in May.")
    assert shop.store.current() == 2
    history = text_of(publisher.get("/staff/history/").text)
    assert "publisher@testham.gov.uk Renamed in May." in history
    publisher.get("/staff/history/2")
    said = text_of(publisher.post("/staff/history/1/restore").text)
    assert "The content is as it was in revision 1." in said
    assert shop.store.files(3) == FILES


def test_the_history_of_a_record_says_who_when_why_and_what(publisher: Browser) -> None:
    """Only of publications that changed this record."""
    changed(publisher, SERVICE, name="Night Team")
    step(publisher, "publish", 2, message="Renamed in May.")
    said = text_of(publisher.get(f"{SERVICE}/history").text)
    assert "publisher@testham.gov.uk Revision 2 : Renamed in May." in said
    assert "Littleborough Noise Team becomes Night Team" in said
    assert "None of the last publications" in publisher.get("/staff/topics/noise/history").text


def test_the_conversations_that_change_are_shown_before_and_after(publisher: Browser) -> None:
    """Sentence by sentence, and those that fail stand in the way of publication."""
    changed(publisher, "/staff/words/weapon/en", words="sword")
    changed(publisher, "/staff/examples/en/urgent/danger", lines="a man is waving a sword outside")
    said = text_of(publisher.get("/staff/drafts/1?prove=1").text)
    assert "conversations and sentences were played" in said
    assert "my neighbour has a knife right now" in said
    assert "safety notice: If you are in danger, call 999" in said
    assert "These fail since the change, and stand in the way of publication" in said


def test_what_was_played_is_shown_to_whoever_looks_next(signed_in: SignedIn, site: Flask) -> None:
    """Also by another process, and after the draft was handed in; not after it was changed."""
    editor, publisher = signed_in("editor"), signed_in("publisher")
    changed(editor, SERVICE, name="Night Team")
    assert "Play them" in text_of(editor.get("/staff/drafts/1").text)
    editor.get("/staff/drafts/1?prove=1")
    step(editor, "hand-in", 2, message="Renamed in May.")
    prepare(site, run=lambda work: work())
    assert "conversations and sentences were played" in text_of(publisher.get("/staff/drafts/1").text)
    changed(editor, SERVICE, name="Day Team")
    assert "Play them" in text_of(publisher.get("/staff/drafts/1").text)


def test_an_editor_hands_in_and_a_publisher_sends_back(signed_in: SignedIn, shop: Staff) -> None:
    """With words on both ways."""
    editor, publisher = signed_in("editor"), signed_in("publisher")
    changed(editor, SERVICE, name="Night Team")
    assert "waits for review" in step(editor, "hand-in", 2, message="Renamed in May.")
    assert "Waiting for somebody" in publisher.get("/staff/").text
    assert "sent back" in step(publisher, "send-back", 3, reason="Ask them first.")
    assert "Ask them first." in editor.get("/staff/").text
    assert shop.drafts.get(1).state == "open"


def test_an_editor_cannot_publish(signed_in: SignedIn) -> None:
    """Nor approve."""
    editor = signed_in("editor")
    changed(editor, SERVICE, name="Night Team")
    editor.get("/staff/drafts/1")
    for action in ("publish", "approve", "send-back", "later"):
        assert editor.post(f"/staff/drafts/1/{action}", version="2").status_code == 403


def test_two_people_must_agree_to_a_change_of_safety_notices(signed_in: SignedIn, shop: Staff) -> None:
    """Whoever changed them cannot approve them, nor publish without approval."""
    one, other = signed_in("publisher", "ann"), signed_in("publisher", "ben")
    changed(one, "/staff/urgent/danger", title="In danger, call 999")
    assert "Somebody else has to approve it" in one.get("/staff/drafts/1").text
    assert "somebody else has to approve it" in step(one, "approve", 2)
    assert "second person" in step(one, "publish", 2, message="Plainer.")
    assert "approved" in step(other, "approve", 2)
    assert "Published." in step(one, "publish", 3, message="Plainer.")
    assert Content(shop.store.files(2)).knowledge.urgent["danger"].title == "In danger, call 999"


def test_a_button_of_an_older_page_does_nothing(publisher: Browser, shop: Staff) -> None:
    """Somebody approves what they have seen."""
    changed(publisher, SERVICE, name="Night Team")
    assert "Somebody else has changed this draft" in step(publisher, "approve", 1)
    assert shop.drafts.get(1).state == "open"


def test_a_draft_is_shared_by_name(signed_in: SignedIn, shop: Staff) -> None:
    """Whoever it is shared with finds it on their first page."""
    editor, other = signed_in("editor", "ann"), signed_in("editor", "ben")
    changed(editor, SERVICE, name="Night Team")
    step(editor, "share", 2, email="ben@testham.gov.uk")
    assert "Your drafts Service: Littleborough Noise Team" in text_of(other.get("/staff/").text)


def test_a_time_is_set_for_an_approved_draft(publisher: Browser, shop: Staff) -> None:
    """By London's clocks; one in the past is refused."""
    changed(publisher, SERVICE, name="Night Team")
    step(publisher, "approve", 2)
    assert "still to come" in step(publisher, "later", 3, at="2020-01-01T09:00")
    step(publisher, "later", 3, at="2027-07-01T09:00")
    found = shop.drafts.get(1)
    assert (found.state, found.publish_at and found.publish_at.isoformat()) == (
        "scheduled", "2027-07-01T08:00:00+00:00",
    )  # fmt: skip


def test_a_draft_is_given_up_and_can_still_be_read(publisher: Browser, shop: Staff) -> None:
    """It is in nobody's hand any more."""
    changed(publisher, SERVICE, name="Night Team")
    step(publisher, "discard", 2)
    assert "Night Team" in publisher.get("/staff/drafts/1").text
    assert "You are working on" not in publisher.get("/staff/services/").text


def test_what_others_published_is_brought_together_field_by_field(signed_in: SignedIn, shop: Staff) -> None:
    """What both changed is chosen; what one changed is taken."""
    one, other = signed_in("publisher", "ann"), signed_in("publisher", "ben")
    changed(one, SERVICE, name="Ann's name", summary="Ann's summary.")
    changed(other, SERVICE, name="Ben's name", cost="Nothing")
    other.get("/staff/drafts/2")
    other.post("/staff/drafts/2/publish", version="2", message="Ben's.")
    assert "Others have published since" in one.get("/staff/drafts/1").text
    page = text_of(one.get("/staff/drafts/1/merge").text)
    assert "Ann's name" in page
    assert "Ben's name" in page
    refused = one.post("/staff/drafts/1/merge", version="2", current="2")
    assert "choose one side" in refused.text
    one.post("/staff/drafts/1/merge", version="2", current="2", **{"side-0": "mine"})
    service = Content(shop.drafts.files(1)).knowledge.services["noise-team"]
    assert (service.name, service.summary, service.cost) == ("Ann's name", "Ann's summary.", "Nothing")
    assert "Published." in step(one, "publish", 3, message="Ann's.")


def test_an_edit_is_in_the_audit_log(publisher: Browser, shop: Staff) -> None:
    """By whom, and which file; no more."""
    changed(publisher, SERVICE, name="Night Team")
    entry = next(each for each in shop.audit.entries(20, None) if each.action == "edit")
    assert (entry.account, entry.subject, entry.detail) == ("publisher@testham.gov.uk", "draft 1", FILE)


def test_a_draft_is_put_aside_and_taken_up_again(publisher: Browser) -> None:
    """Put aside, forms show what is live."""
    changed(publisher, SERVICE, name="Night Team")
    assert fields_of(publisher.get(SERVICE).text)["name"] == "Night Team"
    publisher.post("/staff/drafts/aside")
    assert fields_of(publisher.get(SERVICE).text)["name"] == "Littleborough Noise Team"
    step(publisher, "take", 2)
    assert fields_of(publisher.get(SERVICE).text)["name"] == "Night Team"


def test_words_and_examples_have_a_history_too(publisher: Browser) -> None:
    """Of their own concept or topic alone."""
    changed(publisher, "/staff/words/noise/en", words="noise\nnoisy\nracket\ndin\nhullabaloo")
    changed(publisher, "/staff/examples/bn/topics/noise", lines="অনেক আওয়াজ")
    step(publisher, "publish", 3, message="A word.")
    assert "hullabaloo" in publisher.get("/staff/words/noise/en/history").text
    assert "hullabaloo" not in publisher.get("/staff/words/music/en/history").text
    assert "অনেক আওয়াজ" in publisher.get("/staff/examples/bn/topics/noise/history").text
