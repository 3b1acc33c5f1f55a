"""One form: shown, filled in, rearranged, checked, and saved to a draft. Nothing typed is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from flask import flash, make_response, redirect, request
from werkzeug.wrappers import Response

from bot.knowledge.record import Record
from store.editing.draft import Draft, NotYours, Stale
from store.editing.yaml_edit import EditError
from web.headers import policy
from web.staff.content import Content, block, file_path
from web.staff.forms.faults import wrongs_of
from web.staff.forms.merging import Clash, merged
from web.staff.forms.options import options_from
from web.staff.forms.shape import Data, Field, Value, Wrong, shown_hours, taken
from web.staff.guard import me
from web.staff.pages import page
from web.staff.records import Place
from web.staff.workshop import Work, chosen_draft, my_drafts, save, take_in_hand, work, work_on

Shown = tuple[str, int] | Response
_ATTEMPTS = 3
#: Characters of a file among the technical details.
_MOST_SHOWN = 20_000
#: The conversation to try out stands in a frame beside the form.
_WITH_FRAME = policy("'none'", "frame-src 'self'")


@dataclass(frozen=True, slots=True)
class Form:
    """One form and where its values are kept. `title` is what a new draft is called, too."""

    title: str
    #: Finds the place in a state of the content: a file may have moved in the draft.
    place: Callable[[Content], Place]
    model: type[Record] | None = None
    identity: str = ""
    #: Sentences above the form: what to know before changing this.
    notes: tuple[str, ...] = ()
    #: The language that the texts are in, and its direction.
    language: str = "en-GB"
    direction: str = "ltr"
    #: (address, what it is called), pages that belong to this one.
    links: tuple[tuple[str, str], ...] = ()
    #: Where the form is sent; "": to the page's own address.
    action: str = ""
    #: Whether the record can be taken away.
    removable: bool = False
    #: The page with its history; "": it has none of its own.
    history: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form: clean values, hours as typed, what is wrong, and what it showed at first."""

    data: Data
    shown: Data
    wrong: Sequence[Wrong] = ()
    #: What is wrong with the record in the draft, though it could be saved.
    faults: Sequence[Wrong] = ()
    typed: dict[str, str] = field(default_factory=dict)
    status: int = 200


def show(form: Form, filled: Filled, found: Work) -> Shown:
    """The page with the form as it is filled in."""
    place = form.place(found.content)
    beside: dict[str, list[str]] = {}
    for each in (*filled.wrong, *filled.faults):
        beside.setdefault(each.name, []).append(each.words)
    html, status = page(
        "form", found, filled.status,
        form=form, fields=place.fields, data=filled.data, beside=beside,
        wrong_inside=lambda start: any(name.startswith(f"{start}-") for name in beside),
        faults=filled.faults, shown=json.dumps(filled.shown, ensure_ascii=False),
        errors=[(f"f-{each.name}" if each.name else "", each.words) for each in filled.wrong],
        options=options_from(found.content.knowledge), cells=_cells(filled.typed),
        kept_as=(place.file, found.content.bytes(place.file).decode("utf-8", "replace")[:_MOST_SHOWN]),
        drafts=my_drafts() if me().may("editor") else [], may_save=me().may("editor"),
    )  # fmt: skip
    response = make_response(html, status)
    response.headers["Content-Security-Policy"] = _WITH_FRAME
    return response


def saved_or_shown(form: Form) -> Shown:
    """What becomes of a form that was sent: rearranged, refused with reasons, or saved to its draft."""
    found = work()
    fields = form.place(found.content).fields
    data, wrong = taken(request.form, fields)
    filled = Filled(data, _shown(), wrong, (), dict(request.form))
    do = request.form.get("do", "save")
    if do != "save":
        rearranged = replace(filled, typed={}) if not wrong else replace(filled, status=422)
        return show(form, replace(rearranged, data=data if wrong else moved(data, do)), found)
    wrong = [*wrong, *_refused(form, found.content, data, fields, {each.name for each in wrong})]
    if wrong:
        return show(form, replace(filled, wrong=wrong, status=422), found)
    return _save(form, filled, found)


def moved(data: Data, do: str) -> Data:
    """`data` after a button of a list: "add:contacts", "remove:contacts:1", "up:…", "down:contacts:1"."""
    what, _, rest = do.partition(":")
    name, _, number = rest.partition(":")
    blocks = data.get(name, [])
    items: list[Value] = list(blocks) if isinstance(blocks, list) else []
    at = int(number) if number.isascii() and number.isdigit() else -1
    if what == "add":
        items.append({})
    elif what == "remove" and 0 <= at < len(items):
        del items[at]
    elif what in ("up", "down") and 0 <= at < len(items):
        items.insert(max(0, at - 1) if what == "up" else at + 1, items.pop(at))
    return {**data, name: items}


def _save(form: Form, filled: Filled, found: Work) -> Shown:
    chosen = request.form.get("draft", "")
    if not chosen and filled.data == filled.shown:
        flash("Nothing was changed, so there was nothing to save.")
        return redirect(request.path, 303)
    try:
        draft = chosen_draft(chosen, form.title)
        saved, clashes = _saved(form, filled, draft)
    except (NotYours, EditError) as error:
        wrong = [Wrong("", str(error))]
        return show(form, replace(filled, wrong=wrong, status=422), found)
    take_in_hand(saved)
    if not clashes:
        flash(f"Saved to the draft “{saved.title}”. Nothing is live yet.", "good")
        return redirect(request.path, 303)
    theirs = work_on(saved)
    said = [Wrong(clash.name, _told(clash)) for clash in clashes]
    place = form.place(theirs.content)
    again = replace(filled, shown=place.shown(theirs.content), wrong=said, status=409)
    return show(form, again, theirs)


def _saved(form: Form, filled: Filled, draft: Draft, attempts: int = _ATTEMPTS) -> tuple[Draft, list[Clash]]:
    """The draft with what this form changed; with clashes nothing is saved, and it is the newest one."""
    content = work_on(draft).content
    place = form.place(content)
    data, clashes = merged(filled.shown, filled.data, place.shown(content))
    if clashes:
        return draft, clashes
    files = {file_path(place.file): place.written(content, data)}
    try:
        return save(draft, files), []
    except Stale as stale:
        if attempts == 1:
            raise
        return _saved(form, filled, stale.newer, attempts - 1)


def _refused(
    form: Form, content: Content, data: Data, fields: Sequence[Field], said: set[str]
) -> list[Wrong]:
    """What the record itself refuses, once for each field."""
    if form.model is None:
        return []
    place = form.place(content)
    keys = {each.key for each in fields}
    kept = block(content.raw(place.file, place.path))
    rest = {key: value for key, value in kept.items() if key not in keys}
    found = []
    for each in wrongs_of(form.model, form.identity, {**rest, **data}, fields):
        if each.name not in said:
            said.add(each.name)
            found.append(each)
    return found


def _shown() -> Data:
    """What the form showed when it was opened, as it carries it."""
    try:
        found = json.loads(request.form.get("shown", "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _told(clash: Clash) -> str:
    theirs = clash.theirs
    if isinstance(theirs, list):
        theirs = "; ".join(each if isinstance(each, str) else str(each.get("id", "")) for each in theirs
                           if isinstance(each, str | dict))  # fmt: skip
    said = f"“{theirs}”" if theirs else "empty"
    return f"Somebody else has made this {said} meanwhile. Yours stands here: save again to keep yours."


def _cells(typed: dict[str, str]) -> Callable[[str, str], dict[str, str]]:
    """Gives what a week's boxes hold: as typed where the form was sent, otherwise from the hours kept."""

    def cells(name: str, value: str) -> dict[str, str]:
        if f"{name}-how" in typed:
            start = f"{name}-"
            return {key.removeprefix(start): text for key, text in typed.items() if key.startswith(start)}
        return shown_hours(value)

    return cells
