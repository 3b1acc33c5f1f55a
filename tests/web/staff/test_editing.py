"""Forms of records: shown, changed, refused, rearranged, saved to a draft, and never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.conftest import Clock
from tests.web.staff.conftest import Browser
from tests.web.staff.editing import FILES, fields_of, site, small_assistant, text_of
from web.staff.content import Content
from web.staff.records import KINDS
from web.staff.services import Staff

__all__ = ["site", "small_assistant"]

SignedIn = Callable[..., Browser]
SERVICE = "/staff/services/noise-team"
FILE = "knowledge/services/noise-team.yaml"
SMALL = Content(FILES)
PATHS = [f"/staff/{kind.name}/{name}" for kind in KINDS.values() for name in kind.ids(SMALL)]


@pytest.fixture
def editor(signed_in: SignedIn) -> Browser:
    return signed_in("editor")


def changed(browser: Browser, path: str, **fields: str) -> str:
    """Open a form, change fields of it, and save it; what the next page says."""
    page = browser.get(path)
    return browser.post(path, **{**fields_of(page.text), "do": "save", **fields}).text


@pytest.mark.parametrize("path", PATHS)
def test_a_form_that_nobody_has_touched_changes_nothing(path: str, editor: Browser, shop: Staff) -> None:
    """Every record comes back from its form byte for byte."""
    assert "Nothing was changed" in changed(editor, path, draft=""), path
    shop.drafts.create("editor@testham.gov.uk", "A draft")
    assert "Saved to the draft" in changed(editor, path, draft="1"), path
    assert shop.drafts.changes(1) == {}


def test_a_number_is_changed_in_its_line_alone(editor: Browser, shop: Staff) -> None:
    """And what is live stays as it was."""
    said = changed(editor, SERVICE, **{"contacts-0-value": "020 7946 0020"})
    assert "Saved to the draft “Service: Littleborough Noise Team”" in text_of(said)
    assert shop.drafts.changes(1) == {FILE: FILES[FILE].replace(b"020 7946 0018", b"020 7946 0020")}
    assert shop.store.current() == 1


def test_the_next_save_goes_to_the_draft_in_hand(editor: Browser, shop: Staff) -> None:
    """One piece of work is one draft, over several records."""
    changed(editor, SERVICE, name="Night Team")
    changed(editor, "/staff/topics/noise", title="Noise nuisance")
    assert sorted(shop.drafts.changes(1)) == [FILE, "knowledge/topics/noise.yaml"]
    assert len(shop.drafts.all_open()) == 1


def test_all_errors_come_at_once_beside_their_fields_and_nothing_is_lost(
    editor: Browser, shop: Staff
) -> None:
    """In a summary with links as well, and what was typed stands there still."""
    page = changed(
        editor, SERVICE,
        **{"summary": "", "contacts-0-value": "020 12", "name": "Typed before",
           "contacts-0-hours-how": "week", "contacts-0-hours-0-0-from": "late", "review_by": "soon"},
    )  # fmt: skip
    said = text_of(page)
    assert "There is a problem" in said
    for name, words in (
        ("summary", "What it does: write something here."),
        ("contacts-0-value", "'020 12' is no valid telephone number"),
        ("contacts-0-hours", "'late' is no time. Write it as in 09:00 or 17:30."),
        ("review_by", "'soon' is no date. Write year, month and day, as in 2026-11-21."),
    ):
        assert f'href="#f-{name}"' in page
        assert said.count(words) == 2, words
    fields = fields_of(page)
    assert (fields["name"], fields["contacts-0-hours-0-0-from"]) == ("Typed before", "late")
    assert shop.drafts.all_open() == []


def test_contacts_are_added_moved_and_removed_without_saving(editor: Browser, shop: Staff) -> None:
    """Each by a button, with all that was typed, and without script."""
    page = editor.get(SERVICE).text
    page = editor.post(SERVICE, **{**fields_of(page), "do": "up:contacts:1", "name": "Typed"}).text
    fields = fields_of(page)
    assert [fields["contacts-0-id"], fields["contacts-1-id"], fields["name"]] == ["night", "phone", "Typed"]
    page = editor.post(SERVICE, **{**fields, "do": "remove:contacts:0"}).text
    page = editor.post(SERVICE, **{**fields_of(page), "do": "add:contacts"}).text
    fields = fields_of(page)
    assert [fields["contacts-0-id"], fields["contacts-3-id"], fields["contacts-count"]] == ["phone", "", "4"]
    assert shop.drafts.all_open() == []


def test_moved_contacts_are_saved_in_their_new_order(editor: Browser, shop: Staff) -> None:
    """Whole, with everything that belongs to each."""
    page = editor.get(SERVICE).text
    page = editor.post(SERVICE, **{**fields_of(page), "do": "up:contacts:1"}).text
    editor.post(SERVICE, **{**fields_of(page), "do": "save"})
    contacts = Content(shop.drafts.files(1)).knowledge.services["noise-team"].contacts
    before = SMALL.knowledge.services["noise-team"].contacts
    assert contacts == (before[1], before[0], *before[2:])


def test_hours_are_changed_in_the_week(editor: Browser, shop: Staff) -> None:
    """The grid is written as opening hours."""
    changed(editor, SERVICE, **{"contacts-0-hours-5-0-from": "10:00", "contacts-0-hours-5-0-to": "1600",
                                "contacts-0-hours-how": "week"})  # fmt: skip
    hours = Content(shop.drafts.files(1)).knowledge.services["noise-team"].contacts[0].hours
    assert hours == "Mo-Fr 09:00-17:00; Sa 10:00-16:00; PH off"


def test_text_from_a_word_processor_comes_out_clean(editor: Browser, shop: Staff) -> None:
    """Plain quotation marks, no bullets, nothing that is not seen."""
    pasted = "•\tTell your neigh\u00adbour\u2019s landlord.\r\n2. Keep\u00a0notes."
    changed(editor, "/staff/topics/noise", steps=pasted)
    topic = Content(shop.drafts.files(1)).knowledge.topics["noise"]
    assert topic.steps == ("Tell your neighbour's landlord.", "Keep notes.")


def test_two_editors_of_one_draft_keep_each_others_fields(signed_in: SignedIn, shop: Staff) -> None:
    """Who saves second, from an older page, changes only what they changed."""
    one, other = signed_in("editor", "ann"), signed_in("editor", "ben")
    changed(one, SERVICE, cost="Free of charge")
    shop.drafts.share(1, "ann@testham.gov.uk", "ben@testham.gov.uk")
    other.get("/staff/drafts/1")
    other.post("/staff/drafts/1/take", version="2")
    page = fields_of(other.get(SERVICE).text)
    changed(one, SERVICE, name="Ann's name")
    other.post(SERVICE, **{**page, "do": "save", "summary": "Ben's summary."})
    service = Content(shop.drafts.files(1)).knowledge.services["noise-team"]
    assert (service.name, service.summary, service.cost) == ("Ann's name", "Ben's summary.", "Free of charge")


def test_a_field_that_two_changed_is_shown_both_ways(signed_in: SignedIn, shop: Staff) -> None:
    """Mine stays in the form, theirs stands beside it, and saving again keeps mine."""
    one, other = signed_in("editor", "ann"), signed_in("publisher", "ben")
    changed(one, SERVICE, cost="Free of charge")
    other.get("/staff/drafts/1")
    other.post("/staff/drafts/1/take", version="2")
    page = fields_of(other.get(SERVICE).text)
    changed(one, SERVICE, name="Ann's name")
    answer = other.post(SERVICE, **{**page, "do": "save", "name": "Ben's name"})
    assert answer.status_code == 409
    assert "Somebody else has made this “Ann's name” meanwhile." in text_of(answer.text)
    assert fields_of(answer.text)["name"] == "Ben's name"
    assert Content(shop.drafts.files(1)).knowledge.services["noise-team"].name == "Ann's name"
    other.post(SERVICE, **{**fields_of(answer.text), "do": "save"})
    assert Content(shop.drafts.files(1)).knowledge.services["noise-team"].name == "Ben's name"


def test_a_new_service_is_made_from_an_empty_form(editor: Browser, shop: Staff) -> None:
    """Its id is asked first; a bad one is refused with a good one beside it."""
    editor.get("/staff/services/new")
    refused = editor.post("/staff/services/new", identity="Quiet Line")
    assert "such as quiet-line." in text_of(refused.text)
    page = editor.post("/staff/services/new", identity="quiet-line").text
    path = "/staff/services/quiet-line"
    page = editor.post(path, **{**fields_of(page), "do": "add:contacts"}).text
    contact = {"id": "phone", "kind": "phone", "label": "Quiet line", "value": "020 7946 0055",
               "source": "plan", "checked": "2021", "evidence": "plan"}  # fmt: skip
    editor.post(path, **{
        **fields_of(page), "do": "save", "name": "Quiet Line", "summary": "Listens.", "area": "borough",
        "source": "plan", "checked": "2026-11-21", "review_by": "2027-05-21",
        **{f"contacts-0-{key}": value for key, value in contact.items()},
    })  # fmt: skip
    service = Content(shop.drafts.files(1)).knowledge.services["quiet-line"]
    assert service.contacts[0].value == "020 7946 0055"
    assert editor.get(path).status_code == 200


def test_a_record_is_taken_away_in_the_draft_alone(editor: Browser, shop: Staff) -> None:
    """Of a file of its own the file goes, of others the block."""
    editor.get("/staff/sites/partner")
    editor.post("/staff/sites/partner/remove", draft="")
    editor.post("/staff/topics/bike-theft/remove", draft="1")
    knowledge = Content(shop.drafts.files(1)).knowledge
    assert "partner" not in knowledge.sites
    assert "bike-theft" not in knowledge.topics
    assert "partner" in SMALL.knowledge.sites


def test_what_cannot_be_published_is_saved_and_told_beside_its_field(editor: Browser) -> None:
    """A number that is no longer given is refused at publication: the form says so as soon as it is saved."""
    said = changed(editor, "/staff/topics/noise", answer="Call 020 7946 0999 while it is loud.")
    assert "Saved to the draft" in said
    assert "This is saved, and cannot be published like that yet" in said
    assert 'href="#f-answer"' in said


def test_viewers_look_and_do_not_touch(signed_in: SignedIn) -> None:
    """They see the form without a way to save, and sending it is refused."""
    viewer = signed_in("viewer")
    page = viewer.get(SERVICE)
    assert "You may look at this, and not change it." in page.text
    assert viewer.post(SERVICE, **fields_of(page.text)).status_code == 403


def test_a_change_of_a_safety_notice_says_that_two_must_agree(editor: Browser) -> None:
    """Before it is made."""
    assert "Two people have to agree" in editor.get("/staff/urgent/danger").text


@pytest.mark.parametrize("path", ["/staff/services/No", "/staff/urgent/fire", "/staff/smalltalk/none"])
def test_there_is_no_form_for_what_is_not_there(path: str, editor: Browser) -> None:
    """And fixed kinds get no new records."""
    assert editor.get(path).status_code == 404
    assert editor.post(path, name="x").status_code == 404


def test_a_rule_is_added_in_a_line_of_its_own(editor: Browser, shop: Staff) -> None:
    """The rules that were there stay as they are, and a slip is told before anything is saved."""
    page = fields_of(editor.get("/staff/topics/noise").text)
    assert page["rules"].splitlines()[0] == "noise + neighbour; strong"
    refused = editor.post("/staff/topics/noise", **{**page, "do": "save", "rules": "Loud noise"})
    assert "Rule 1 has 'Loud noise' where a concept belongs." in text_of(refused.text)
    assert fields_of(refused.text)["rules"] == "Loud noise"
    new = page["rules"] + "\nparty + night; not child; within 6; hint"
    editor.post("/staff/topics/noise", **{**page, "do": "save", "rules": new})
    path = "knowledge/topics/noise.yaml"
    added = b"- {all: [party, night], not: [child], within: 6, weight: hint}\n"
    assert shop.drafts.changes(1) == {path: FILES[path] + added}


def test_a_form_that_comes_after_the_session_has_ended_is_saved_after_signing_in(
    editor: Browser, shop: Staff, clock: Clock
) -> None:
    """With everything that was typed."""
    page = fields_of(editor.get(SERVICE).text)
    clock.move(minutes=40)
    late = editor.post(SERVICE, **{**page, "do": "save", "name": "Typed for an hour"})
    assert "What you typed is kept" in late.text
    editor.sign_in("editor@testham.gov.uk")
    (form,) = shop.kept.of("editor@testham.gov.uk", "")
    said = editor.post(form.path, kept_form=str(form.id), **dict(form.fields))
    assert "Saved to the draft" in said.text, text_of(said.text)
    assert Content(shop.drafts.files(1)).knowledge.services["noise-team"].name == "Typed for an hour"
