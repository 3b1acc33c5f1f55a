"""The forms of records: services, topics, the glossary, sites, safety notices, small talk."""

from __future__ import annotations

import re

from flask import flash, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from store.editing.draft import NotYours
from store.editing.yaml_edit import EditError
from web.staff.checking import faults_here
from web.staff.form_pages import Filled, Form, Shown, saved_or_shown, show
from web.staff.guard import allowed, blueprint
from web.staff.pages import page
from web.staff.records import GROWING, KINDS, Kind, record_place, without
from web.staff.saving import save_made
from web.staff.workshop import Work, chosen_draft, take_in_hand, work

_KINDS = f"<any({','.join(KINDS)}):kind>"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Notes above the forms of a kind.
_NOTES = {
    "urgent": (
        "Residents in danger see this before everything else. Two people have to agree: whoever changes it, "
        "and somebody else who approves the draft.",
    ),
    "topics": ("Numbers, addresses and times belong to the services, never into an answer.",),
}


@blueprint.get(f"/{_KINDS}/<identity>")
@allowed("viewer")
def record(kind: str, identity: str) -> Shown:
    """A record in its form."""
    found = work()
    form = _form(KINDS[kind], identity, found)
    place = form.place(found.content)
    data = place.shown(found.content)
    if not data:
        raise NotFound
    return show(form, Filled(data, data, faults=faults_here(found, place)), found)


@blueprint.post(f"/{_KINDS}/<identity>")
@allowed("editor")
def save_record(kind: str, identity: str) -> Shown:
    """What becomes of the form of a record."""
    found, one = work(), KINDS[kind]
    is_new = identity not in one.ids(found.content)
    if is_new and (kind not in GROWING or not _ID.fullmatch(identity)):
        raise NotFound
    return saved_or_shown(_form(one, identity, found))


@blueprint.post(f"/{_KINDS}/<identity>/remove")
@allowed("editor")
def remove_record(kind: str, identity: str) -> Shown:
    """Take a record away in the draft."""
    found = work()
    one = KINDS[kind]
    if kind not in GROWING or identity not in one.ids(found.content):
        raise NotFound
    try:
        draft = chosen_draft(request.form.get("draft", ""), f"Without {identity}")
        saved = save_made(draft, lambda content: without(content, one, identity))
    except (NotYours, EditError) as error:
        flash(str(error), "bad")
        return redirect(url_for("staff.record", kind=kind, identity=identity), 303)
    take_in_hand(saved)
    flash(f"{identity} is taken away in the draft “{saved.title}”.", "good")
    return redirect(url_for("staff.records", kind=kind), 303)


@blueprint.route(f"/{_KINDS}/new", methods=["GET", "POST"])
@allowed("editor")
def new_record(kind: str) -> tuple[str, int] | Response:
    """Asks for the id of a new record, and opens its form."""
    if kind not in GROWING:
        raise NotFound
    found, one = work(), KINDS[kind]
    identity = request.form.get("identity", "").strip()
    wrong = _not_an_id(identity, one, found) if request.method == "POST" else ""
    if request.method == "GET" or wrong:
        errors = [("identity", wrong)] if wrong else []
        return page("new", found, 422 if wrong else 200, kind=one, identity=identity, errors=errors)
    return redirect(url_for("staff.fresh_record", kind=kind, identity=identity), 303)


@blueprint.get(f"/{_KINDS}/<identity>/fresh")
@allowed("editor")
def fresh_record(kind: str, identity: str) -> Shown:
    """The empty form of a new record; it is there as soon as it is saved."""
    found, one = work(), KINDS[kind]
    if kind not in GROWING or _not_an_id(identity, one, found):
        raise NotFound
    return show(_form(one, identity, found), Filled({}, {}), found)


def _form(one: Kind, identity: str, found: Work) -> Form:
    raw = found.content.raw(*one.place(identity))
    called = next((raw[key] for key in ("name", "title") if isinstance(raw, dict) and key in raw), identity)
    address = url_for("staff.record", kind=one.name, identity=identity)
    return Form(
        title=f"{one.one.capitalize()}: {called}",
        place=lambda content: record_place(one, identity),
        model=one.model,
        identity=identity,
        action=address,
        notes=_NOTES.get(one.name, ()),
        links=tuple(_links(one, identity, found)),
        removable=one.name in GROWING,
        history=url_for("staff.record_history", kind=one.name, identity=identity),
    )


def _links(one: Kind, identity: str, found: Work) -> list[tuple[str, str]]:
    links = [(url_for("staff.records", kind=one.name), f"All {one.many.lower()}")]
    examples = {"topics": "topics", "urgent": "urgent", "smalltalk": "smalltalk"}
    if one.name in examples:
        address = url_for("staff.examples", language="en", what=examples[one.name], name=identity)
        links.append((address, "How residents say it"))
    return links


def _not_an_id(identity: str, one: Kind, found: Work) -> str:
    """Why `identity` cannot be the id of a new record; "" if it can."""
    if not _ID.fullmatch(identity) or identity == "new":
        near = re.sub(r"[^a-z0-9]+", "-", identity.lower()).strip("-")
        example = f", such as {near}" if _ID.fullmatch(near) and near != "new" else ", such as noise-council"
        return f"Write lower case letters and digits with hyphens between them{example}."
    if identity in one.ids(found.content):
        return f"There is a {one.one} with this id already."
    return ""
