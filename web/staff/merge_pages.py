"""Bringing a draft together with what others have published since: both sides, field by field."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from store.editing.draft import Draft, Stale
from store.editing.merge import Conflict, Merged, merge, resolve
from store.editing.yaml_edit import EditError
from web.staff.guard import allowed, blueprint, me
from web.staff.pages import page
from web.staff.services import staff
from web.staff.workshop import draft_or_404, drafts, is_publisher


@blueprint.get("/drafts/<int:number>/merge")
@allowed("editor")
def merge_draft(number: int) -> tuple[str, int]:
    """What only one side changed is taken; what both changed stands side by side."""
    return _shown(draft_or_404(number), {})


@blueprint.post("/drafts/<int:number>/merge")
@allowed("editor")
def save_merge(number: int) -> tuple[str, int] | Response:
    """Let the draft begin from what is live, with the sides that were chosen."""
    one = draft_or_404(number)
    current, merged = _merged(one)
    as_shown = (request.form.get("version", type=int), request.form.get("current", type=int))
    chosen = [request.form.get(f"side-{place}", "") for place in range(len(merged.conflicts))]
    wrong = {
        f"side-{place}": f"{each.record}, {each.field}: choose one side."
        for place, each in enumerate(merged.conflicts) if chosen[place] not in ("mine", "theirs")
    }  # fmt: skip
    if as_shown != (one.version, current):
        flash("Something has changed since this page was shown: please look at it again.", "bad")
        return redirect(url_for("staff.merge_draft", number=number), 303)
    if wrong:
        return _shown(one, wrong, chosen)
    try:
        files = resolve(merged, chosen)
        drafts().rebase(number, me().email, current, files, one.version, is_publisher())
    except (Stale, EditError) as error:
        return _shown(one, {"": str(error)}, chosen)
    staff().audit.write(me().email, "edit", f"draft {number}", f"brought together with revision {current}")
    flash("The draft begins from what is live now.", "good")
    return redirect(url_for("staff.draft", number=number), 303)


def _shown(one: Draft, wrong: dict[str, str], chosen: list[str] | None = None) -> tuple[str, int]:
    current, merged = _merged(one)
    return page(
        "merge", None, 422 if wrong else 200, draft=one, current=current, conflicts=merged.conflicts,
        chosen=chosen or [""] * len(merged.conflicts), wrong=wrong, errors=list(wrong.items()),
        told_side=_told,
    )  # fmt: skip


def _merged(one: Draft) -> tuple[int, Merged]:
    """The current revision, and the draft together with it."""
    current = staff().store.current() or one.base
    files = staff().store.files
    return current, merge(files(one.base), files(current), drafts().files(one.id))


def _told(conflict: Conflict, side: str) -> str:
    """One side of a conflict, for people."""
    value = {"base": conflict.base, "theirs": conflict.theirs, "mine": conflict.mine}[side]
    return "" if value is None else value if isinstance(value, str) else _lines(value)


def _lines(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_lines(child)}" for key, child in value.items())
    if isinstance(value, list):
        return "\n".join(_lines(child) for child in value)
    return str(value)
