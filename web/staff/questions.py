"""Questions that residents chose to send: to read, to make examples of, and to delete."""

from __future__ import annotations

import re
from datetime import date

from flask import flash, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from store.editing.draft import Draft, NotYours
from store.editing.yaml_edit import EditError
from store.feedback import Feedback, SentQuestion
from web.service import service
from web.staff.content import Content, file_path, texts
from web.staff.forms.cleaning import clean
from web.staff.guard import allowed, blueprint, me
from web.staff.pages import page
from web.staff.records import examples_place
from web.staff.saving import save_made
from web.staff.services import staff
from web.staff.wordings import languages_of
from web.staff.workshop import Work, chosen_draft, my_drafts, take_in_hand, work

#: What stands where something was taken out of a question.
_TAKEN_OUT = re.compile(r"\[(?:name|number|address|contact)\]")


@blueprint.get("/questions")
@allowed("editor")
def questions() -> tuple[str, int]:
    """The questions that are kept, newest first, with the days that each is still kept."""
    return _shown({}, {})


@blueprint.post("/questions/<int:number>")
@allowed("editor")
def question(number: int) -> tuple[str, int] | Response:
    """Make an example of a question, or delete it."""
    found = next((each for each in _kept().sent() if each.id == number), None)
    if found is None:
        raise NotFound("This question has been deleted.")
    if request.form.get("do") == "delete":
        _delete(found)
        flash("The question is deleted.", "good")
        return redirect(url_for("staff.questions"), 303)
    looked_at = work()
    wrong = _wrong(looked_at)
    if wrong:
        return _shown({number: wrong}, {number: dict(request.form)})
    try:
        draft = _with_example()
    except (NotYours, EditError) as error:
        return _shown({number: {"text": str(error)}}, {number: dict(request.form)})
    take_in_hand(draft)
    _delete(found)
    flash(f"Added to the draft “{draft.title}”, and deleted here. Nothing is live yet.", "good")
    return redirect(url_for("staff.questions"), 303)


def _shown(wrong: dict[int, dict[str, str]], typed: dict[int, dict[str, str]]) -> tuple[str, int]:
    """The page; what is wrong with a form stands beside its field, and what was typed stays."""
    found, today = work(), staff().now().date()
    errors = [(f"{name}-{number}", said) for number, each in wrong.items() for name, said in each.items()]
    return page(
        "questions", found, 422 if wrong else 200, wrong=wrong, typed=typed, errors=errors,
        questions=[(each, (date.fromisoformat(each.delete_after) - today).days) for each in _kept().sent()],
        allowed=service().settings.question_days is not None, languages=languages_of(found.content),
        topics=sorted(found.content.knowledge.topics.values(), key=lambda topic: topic.title),
        drafts=my_drafts(),
    )  # fmt: skip


def _kept() -> Feedback:
    return Feedback(staff().engine, staff().now)


def _delete(found: SentQuestion) -> None:
    _kept().delete(found.id)
    staff().audit.write(me().email, "question-deleted", f"question {found.id}")


def _wrong(found: Work) -> dict[str, str]:
    """Field -> why no example can be made of it like that."""
    wrong = {}
    text = clean(request.form.get("text", ""))
    if not text:
        wrong["text"] = "Write what a resident says."
    elif _TAKEN_OUT.search(text):
        wrong["text"] = "Something was taken out before it was sent: write the sentence without the brackets."
    if request.form.get("topic") not in found.content.knowledge.topics:
        wrong["topic"] = "Choose what the question is about."
    if request.form.get("language") not in languages_of(found.content):
        wrong["language"] = "Choose the language that it is written in."
    return wrong


def _with_example() -> Draft:
    """The draft chosen, with the example added to the end of its list. Raises NotYours, EditError."""
    topic, language = request.form["topic"], request.form["language"]
    text = clean(request.form["text"])

    def added(content: Content) -> dict[str, bytes | None]:
        place = examples_place(language, "topics", topic)
        key = place.fields[0].key
        before = texts(place.shown(content).get(key))
        if text in before:
            return {}
        return {file_path(place.file): place.written(content, {key: [*before, text]})}

    return save_made(chosen_draft(request.form.get("draft", ""), f"Examples from questions: {topic}"), added)
