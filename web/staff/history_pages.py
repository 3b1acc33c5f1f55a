"""What was published: by whom, when, why and what; of everything and of one record; and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from store.content import ContentError, Files
from store.database import StoreError
from store.editing.differences import differences
from store.revisions import Revision, UnknownRevision
from web.staff.content import file_path
from web.staff.guard import allowed, blueprint, me
from web.staff.pages import page
from web.staff.records import KINDS, examples_place, words_place
from web.staff.services import staff
from web.staff.workshop import is_publisher, live, workshop

_KINDS = f"<any({','.join(KINDS)}):kind>"
_PAGE = 50


@dataclass(frozen=True, slots=True)
class Change:
    """What a revision changed in one record."""

    revision: Revision
    words: list[str]


@blueprint.get("/history/")
@allowed("viewer")
def history() -> tuple[str, int]:
    """The publications, newest first."""
    found = staff().store.history(_PAGE * max(1, request.args.get("pages", 1, type=int)))
    more = len(found) % _PAGE == 0
    return page("history", None, revisions=found, current=staff().store.current(), more=more)


@blueprint.get("/history/<int:number>")
@allowed("viewer")
def revision(number: int) -> tuple[str, int]:
    """One publication: what it changed."""
    one = _revision(number)
    files = staff().store.files
    return page(
        "revision", None, revision=one, may_publish=is_publisher(),
        changes=differences(files(one.parent), files(number)) if one.parent else [],
        current=staff().store.current(),
    )  # fmt: skip


@blueprint.post("/history/<int:number>/restore")
@allowed("publisher")
def restore(number: int) -> Response:
    """Publish an older state of the content once more."""
    _revision(number)
    try:
        new = staff().publishing.restore(number, me().email)
    except (StoreError, ContentError) as error:
        flash(str(error), "bad")
        return redirect(url_for("staff.revision", number=number), 303)
    flash(f"The content is as it was in revision {number}. It is live everywhere within two seconds.", "good")
    return redirect(url_for("staff.revision", number=new), 303)


@blueprint.get(f"/{_KINDS}/<identity>/history")
@allowed("viewer")
def record_history(kind: str, identity: str) -> tuple[str, int]:
    """What the last publications changed in one record."""
    one = KINDS[kind]
    file, _ = one.place(identity)
    if identity not in one.ids(live().content):
        raise NotFound
    back = url_for("staff.record", kind=kind, identity=identity)
    return _shown(identity, back, file, identity, whole_file="{id}" in one.file)


@blueprint.get("/words/<concept>/<language>/history")
@allowed("viewer")
def words_history(concept: str, language: str) -> tuple[str, int]:
    """What the last publications changed in the words of a concept."""
    place = words_place(live().content, language, concept)
    back = url_for("staff.words", concept=concept, language=language)
    return _shown(f"{concept} ({language})", back, place.file, concept, whole_file=False)


@blueprint.get("/examples/<language>/<what>/<name>/history")
@allowed("viewer")
def examples_history(language: str, what: str, name: str) -> tuple[str, int]:
    """What the last publications changed in a list of examples."""
    place = examples_place(language, what, name)
    back = url_for("staff.examples", language=language, what=what, name=name)
    return _shown(f"examples of {name} ({language})", back, place.file, name, whole_file=not place.path)


def _shown(title: str, back: str, file: str, identity: str, whole_file: bool) -> tuple[str, int]:
    changes = list(_changes(file_path(file), identity, whole_file))
    return page("record_history", None, title=title, back=back, changes=changes)


def _changes(path: str, identity: str, whole_file: bool) -> Iterator[Change]:
    """What each of the last publications changed in a record, newest first."""
    found = staff().store.history(_PAGE)
    for one in found:
        if one.parent is None:
            continue
        old, new = _only(one.parent, path), _only(one.id, path)
        if old != new:
            told = [each.words for each in differences(old, new) if whole_file or each.id == identity]
            if told:
                yield Change(one, told)


def _revision(number: int) -> Revision:
    try:
        return staff().store.revision(number)
    except UnknownRevision:
        raise NotFound from None


def _only(number: int, path: str) -> Files:
    """One file of a revision; none where it has none."""
    content = workshop().old_files.get((number, path), lambda: staff().store.files(number).get(path))
    return {} if content is None else {path: content}
