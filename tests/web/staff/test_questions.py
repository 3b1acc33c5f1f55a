"""Questions that residents sent: seen by editors, made examples of in a draft with one press, or deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.feedback import Feedback
from tests.web.staff.conftest import Browser
from tests.web.staff.editing import site, small_assistant, text_of
from web.staff.services import Staff

__all__ = ["site", "small_assistant"]

SignedIn = Callable[..., Browser]
EXAMPLES = "knowledge/examples/en/topics/noise.yaml"
SENT = "the lorries reverse all night long"


@pytest.fixture
def kept(shop: Staff) -> Feedback:
    """One question, to be kept for 30 days."""
    feedback = Feedback(shop.engine, shop.now)
    feedback.keep(SENT, "en", "noise", 30)
    return feedback


@pytest.fixture
def editor(signed_in: SignedIn) -> Browser:
    opened = signed_in("editor")
    opened.get("/staff/questions")
    return opened


def test_questions_are_listed_with_the_days_they_are_kept(kept: Feedback, editor: Browser) -> None:
    """As they were sent, with topic and language filled in."""
    page = editor.get("/staff/questions").text
    assert SENT in page
    assert "kept for 30 more days" in page
    assert '<option value="noise" selected>' in page


def test_a_question_becomes_an_example_with_one_press(kept: Feedback, editor: Browser, shop: Staff) -> None:
    """In a draft, at the end of its list and nothing else changed; the question is kept no longer."""
    page = editor.post("/staff/questions/1", text=SENT, topic="noise", language="en", draft="", do="example")
    assert "Added to the draft" in page.text
    before, after = shop.store.files(1)[EXAMPLES], shop.drafts.changes(1)[EXAMPLES]
    assert after == before.rstrip(b"\n") + f"\n- {SENT}\n".encode()
    assert kept.sent() == []


def test_it_may_be_an_example_of_another_topic_and_language(
    kept: Feedback, editor: Browser, shop: Staff
) -> None:
    """Also where there is no such list yet."""
    fields = {"text": "শব্দ হচ্ছে", "topic": "library-of-things", "language": "bn", "draft": ""}
    editor.post("/staff/questions/1", **fields, do="example")
    path = "knowledge/examples/bn/topics/library-of-things.yaml"
    assert shop.drafts.changes(1) == {path: "- শব্দ হচ্ছে\n".encode()}


def test_an_example_there_is_stands_once(kept: Feedback, editor: Browser, shop: Staff) -> None:
    first = shop.store.files(1)[EXAMPLES].decode().splitlines()[0].removeprefix("- ")
    editor.post("/staff/questions/1", text=first, topic="noise", language="en", draft="", do="example")
    assert shop.drafts.changes(1) == {}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "  "}, "Write what a resident says."),
        ({"text": "call [number]"}, "without the brackets"),
        ({"topic": ""}, "Choose what the question is about."),
        ({"language": "xx"}, "Choose the language"),
    ],
)
def test_what_is_no_example_is_refused_and_kept(
    fields: dict[str, str], said: str, kept: Feedback, editor: Browser, shop: Staff
) -> None:
    """All faults at once, beside their fields, and nothing typed is lost."""
    good = {"text": "typed anew", "topic": "noise", "language": "en", "draft": "", "do": "example"}
    page = editor.post("/staff/questions/1", **{**good, **fields})
    assert page.status_code == 422
    assert said in text_of(page.text)
    assert fields.get("text", "typed anew") in page.text
    assert len(kept.sent()) == 1
    assert shop.drafts.all_open() == []


def test_a_question_is_deleted_with_one_press(kept: Feedback, editor: Browser, shop: Staff) -> None:
    """The log says so, and not what it said; a second press finds nothing."""
    assert "The question is deleted." in editor.post("/staff/questions/1", do="delete").text
    assert kept.sent() == []
    [entry] = shop.audit.entries(5, action="question-deleted")
    assert (entry.subject, entry.detail) == ("question 1", "")
    assert editor.post("/staff/questions/1", do="delete").status_code == 404
