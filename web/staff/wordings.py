"""The words of concepts and the examples of what residents say, a language at a time."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.exceptions import NotFound

from bot.knowledge.records import Language
from store.editing.two_people import concepts_of_rules
from web.staff.checking import faults_here
from web.staff.content import Content
from web.staff.form_pages import Filled, Form, Shown, saved_or_shown, show
from web.staff.guard import allowed, blueprint
from web.staff.records import examples_place, words_place
from web.staff.workshop import Work, work

#: What there can be examples of, and what each is called.
EXAMPLES_OF = {
    "topics": "topic", "urgent": "safety notice", "aspects": "follow-up question", "smalltalk": "small talk",
    "none": "not ours",
}  # fmt: skip
_TWO = (
    "A safety notice is raised by this. Two people have to agree: whoever changes it, and somebody else who "
    "approves the draft."
)


@blueprint.get("/words/<concept>/<language>")
@allowed("viewer")
def words(concept: str, language: str) -> Shown:
    """The words of a concept in a language."""
    found = work()
    return _shown(_words_form(concept, language, found), found)


@blueprint.post("/words/<concept>/<language>")
@allowed("editor")
def save_words(concept: str, language: str) -> Shown:
    """What becomes of them."""
    return saved_or_shown(_words_form(concept, language, work()))


@blueprint.get("/examples/<language>/<what>/<name>")
@allowed("viewer")
def examples(language: str, what: str, name: str) -> Shown:
    """What residents say in a language, of one topic or of another kind."""
    found = work()
    return _shown(_examples_form(language, what, name, found), found)


@blueprint.post("/examples/<language>/<what>/<name>")
@allowed("editor")
def save_examples(language: str, what: str, name: str) -> Shown:
    """What becomes of it."""
    return saved_or_shown(_examples_form(language, what, name, work()))


def languages_of(content: Content) -> dict[str, Language]:
    """The languages that words are written in, those in preparation included."""
    return {**content.knowledge.languages, **content.knowledge.preparing}


def _shown(form: Form, found: Work) -> Shown:
    place = form.place(found.content)
    data = place.shown(found.content)
    return show(form, Filled(data, data, faults=faults_here(found, place)), found)


def _words_form(concept: str, language: str, found: Work) -> Form:
    record = found.content.knowledge.concepts.get(concept)
    spoken = languages_of(found.content).get(language)
    if record is None or spoken is None:
        raise NotFound
    notes = [f"It means: {record.means}."]
    if record.implies:
        notes.append(f"Whoever says it also says: {', '.join(record.implies)}.")
    if concept in concepts_of_rules(found.content.files):
        notes.append(_TWO)
    return Form(
        title=f"Words: {concept} ({spoken.english})",
        place=lambda content: words_place(content, language, concept),
        notes=tuple(notes),
        language=spoken.tag,
        direction=spoken.direction,
        action=request.path,
        history=f"{request.path}/history",
        links=_in_every_language(found, "staff.words", concept=concept),
    )


def _in_every_language(found: Work, endpoint: str, **values: Any) -> tuple[tuple[str, str], ...]:
    """The address of the same form in each language, and the language's English name."""
    return tuple(
        (url_for(endpoint, language=tag, **values), each.english)
        for tag, each in languages_of(found.content).items()
    )


def _examples_form(language: str, what: str, name: str, found: Work) -> Form:
    spoken = languages_of(found.content).get(language)
    if spoken is None or not _is_known(what, name, found.content):
        raise NotFound
    topic = found.content.knowledge.topics.get(name) if what == "topics" else None
    called = topic.title if topic else name
    notes = [f"What belongs here: {topic.covers}"] if topic else []
    if what == "urgent":
        notes.append(_TWO)
    return Form(
        title=f"Examples: {called} ({spoken.english})",
        place=lambda content: examples_place(language, what, name),
        notes=tuple(notes),
        language=spoken.tag,
        direction=spoken.direction,
        action=request.path,
        history=f"{request.path}/history",
        links=_in_every_language(found, "staff.examples", what=what, name=name),
    )


def _is_known(what: str, name: str, content: Content) -> bool:
    knowledge = content.knowledge
    known = {
        "topics": knowledge.topics, "urgent": (*knowledge.urgent, "none"), "aspects": knowledge.aspects,
        "smalltalk": knowledge.smalltalk, "none": ("none",),
    }  # fmt: skip
    return name in known.get(what, ())
