"""Lists with search and filters, words and examples, and one form that changes a number everywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.staff.conftest import Browser
from tests.web.staff.editing import FILES, fields_of, site, small_assistant, text_of
from tests.web.staff.test_editing import changed
from web.staff.content import Content
from web.staff.services import Staff

__all__ = ["site", "small_assistant"]

SignedIn = Callable[..., Browser]


@pytest.fixture
def editor(signed_in: SignedIn) -> Browser:
    return signed_in("editor")


def names(browser: Browser, path: str) -> str:
    """What the table of a list says."""
    page = browser.get(path)
    assert page.status_code == 200
    return text_of(page.text.partition("<tbody>")[2].partition("</tbody>")[0])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=noise", "Littleborough Noise Team"),
        ("q=02079460018", "Littleborough Noise Team"),
        ("q=environmental+desk", "Littleborough Noise Team"),
        ("show=plan", "Littleborough Noise Team"),
        ("show=untranslated", "Littleborough Noise Team"),
        ("q=nowhere", ""),
    ],
)
def test_services_are_searched_and_filtered(query: str, found: str, editor: Browser) -> None:
    """By name, former name, number however it is printed, and by what is to be done."""
    said = names(editor, f"/staff/services/?{query}")
    assert found in said
    assert bool(said) == bool(found)


def test_reviews_that_are_due_are_told(editor: Browser) -> None:
    """On the first page and in the list."""
    changed(editor, "/staff/services/noise-team", review_by="2026-11-30")
    assert "due soon" in names(editor, "/staff/services/?show=due")


@pytest.mark.parametrize(
    "path", ["", "drafts/", "topics/", "glossary/", "urgent/", "smalltalk/", "sites/", "everywhere",
             "history/", "history/1", "words/", "examples/"],
)  # fmt: skip
def test_every_list_is_there_for_viewers(path: str, signed_in: SignedIn) -> None:
    """They see everything that is not theirs to change."""
    assert signed_in("viewer").get(f"/staff/{path}").status_code == 200


def test_a_word_is_added_to_a_concept_in_its_line(editor: Browser, shop: Staff) -> None:
    """The other concepts of the file stay as they are."""
    assert "noise" in names(editor, "/staff/words/?q=racket")
    page = fields_of(editor.get("/staff/words/noise/en").text)
    editor.post("/staff/words/noise/en", **{**page, "do": "save", "words": page["words"] + "\nhullabaloo"})
    path = "knowledge/concepts/en/things.yaml"
    kept = b"noise: [noise, noisy, racket, din, hullabaloo]"
    assert shop.drafts.changes(1) == {path: FILES[path].replace(b"noise: [noise, noisy, racket, din]", kept)}


def test_the_first_words_of_a_concept_in_a_language_make_a_file_if_need_be(
    editor: Browser, shop: Staff
) -> None:
    """Beside the words of other concepts of its kind."""
    changed(editor, "/staff/words/borrow/bn", words="ধার")
    assert Content(shop.drafts.files(1)).knowledge.words["bn"]["borrow"] == ("ধার",)


def test_words_that_raise_a_safety_notice_say_that_two_must_agree(editor: Browser) -> None:
    """Others do not."""
    assert "Two people have to agree" in editor.get("/staff/words/weapon/en").text
    assert "Two people have to agree" not in editor.get("/staff/words/music/en").text


def test_examples_are_kept_a_line_each(editor: Browser, shop: Staff) -> None:
    """What is pasted with bullets comes out without; a language without examples gets its file."""
    changed(editor, "/staff/examples/en/topics/noise", lines="• bass through the wall\n• bins at 4am")
    changed(editor, "/staff/examples/bn/urgent/danger", lines="ছুরি হাতে লোক")
    knowledge = Content(shop.drafts.files(1)).knowledge
    assert knowledge.examples["en"].topics["noise"] == ("bass through the wall", "bins at 4am")
    assert knowledge.examples["bn"].urgent["danger"] == ("ছুরি হাতে লোক",)
    assert shop.drafts.changes(1)["knowledge/examples/bn/urgent/danger.yaml"] == "- ছুরি হাতে লোক\n".encode()
    assert "bass through the wall" in names(editor, "/staff/examples/?q=bass")


def test_examples_that_are_all_taken_away_take_their_file_with_them(editor: Browser, shop: Staff) -> None:
    """An empty file would be a fault."""
    changed(editor, "/staff/examples/bn/topics/noise", lines="")
    assert shop.drafts.changes(1) == {"knowledge/examples/bn/topics/noise.yaml": None}


@pytest.mark.parametrize("path", ["words/noise/xx", "words/nothing/en", "examples/en/topics/nothing",
                                  "examples/en/rules/noise", "words/?language=xx"])  # fmt: skip
def test_there_is_no_page_for_what_is_not_there(path: str, editor: Browser) -> None:
    """In no language, either."""
    assert editor.get(f"/staff/{path}").status_code == 404


def test_a_number_is_changed_wherever_it_is_ticked(editor: Browser, shop: Staff) -> None:
    """However it is printed; what is no longer given is not ticked."""
    page = editor.get("/staff/everywhere?find=02079460018").text
    assert "It stands in 1 place" in text_of(page)
    place = "services/noise-team.yaml/contacts/0/value"
    refused = editor.post("/staff/everywhere", find="02079460018", new="", place="")
    assert "Write what it becomes." in refused.text
    said = editor.post("/staff/everywhere", find="02079460018", new="020 7946 0020", place=place)
    assert "Changed in 1 place of the draft" in said.text
    assert "020 7946 0018 becomes 020 7946 0020" in text_of(said.text)


def test_a_number_is_changed_in_a_draft_that_is_not_in_hand(editor: Browser, shop: Staff) -> None:
    """What the draft had changed in the same file stays; where it has another number nothing is done."""
    changed(editor, "/staff/services/noise-team", name="Night Team")
    editor.post("/staff/drafts/aside")
    form = {"find": "02079460018", "place": "services/noise-team.yaml/contacts/0/value", "draft": "1"}
    editor.post("/staff/everywhere", new="020 7946 0020", **form)
    service = Content(shop.drafts.files(1)).knowledge.services["noise-team"]
    assert (service.name, service.contacts[0].value) == ("Night Team", "020 7946 0020")
    editor.post("/staff/drafts/aside")
    again = editor.post("/staff/everywhere", new="020 7946 0021", **form).text
    assert "does not stand in these places of the draft" in again


def test_a_part_of_a_link_is_changed_in_all_links(editor: Browser, shop: Staff) -> None:
    """A council that moves its site changes a hundred of them."""
    old, new = "www.littleborough.example", "www.newborough.example"
    page = fields_of(editor.get(f"/staff/everywhere?find={old}").text)
    assert page["find"] == old
    places = ["services/noise-team.yaml/source", "services/noise-team.yaml/contacts/2/value"]
    editor.send("/staff/everywhere", {"csrf_token": editor.token, "find": old, "new": new, "place": places})
    service = Content(shop.drafts.files(1)).knowledge.services["noise-team"]
    assert (service.source, service.contacts[2].value) == (
        f"https://{new}/noise", f"https://{new}/noise/report",
    )  # fmt: skip
    assert service.contacts[0].source == f"https://{old}/noise"


def test_nothing_is_found_inside_of_ids(editor: Browser) -> None:
    """999 stands in the id police-999, and that is no number to change."""
    assert "police-999/voice" not in editor.get("/staff/everywhere?find=999").text


def test_what_is_no_longer_given_is_shown_and_not_ticked(editor: Browser) -> None:
    """It is there to be recognised, and stays what it was."""
    page = editor.get("/staff/everywhere?find=02079460999").text
    assert "no longer given" in page
    assert "checked" not in page.partition("<fieldset")[2].partition("</fieldset>")[0]
