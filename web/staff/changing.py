"""One form that changes a number, an address or a link wherever it stands."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.knowledge.mentions import mentions
from store.editing.draft import NotYours
from store.editing.yaml_edit import EditError
from web.staff.everywhere import occurrences, replaced
from web.staff.forms.cleaning import clean
from web.staff.guard import allowed, blueprint, me
from web.staff.pages import page
from web.staff.saving import save_made
from web.staff.workshop import Work, chosen_draft, my_drafts, take_in_hand, work

#: Shorter ones stand everywhere by chance.
_SHORTEST = 3


@blueprint.get("/everywhere")
@allowed("viewer")
def everywhere() -> tuple[str, int]:
    """Where something stands."""
    return _shown(work(), clean(request.args.get("find", "")), "", {})


@blueprint.post("/everywhere")
@allowed("editor")
def change_everywhere() -> tuple[str, int] | Response:
    """Change it in the ticked places of a draft."""
    found = work()
    wanted, new = clean(request.form.get("find", "")), clean(request.form.get("new", ""))
    ticked = set(request.form.getlist("place"))
    wrong = _wrong(wanted, new, ticked)
    if wrong:
        return _shown(found, wanted, new, wrong, ticked)
    try:
        draft = chosen_draft(request.form.get("draft", ""), f"{wanted} becomes {new}")
        saved = save_made(draft, lambda content: replaced(content, wanted, new, ticked))
    except (NotYours, EditError) as error:
        return _shown(found, wanted, new, {"": str(error)}, ticked)
    if saved.version == draft.version:
        gone = f"{wanted} does not stand in these places of the draft “{draft.title}”."
        return _shown(found, wanted, new, {"places": gone}, ticked)
    take_in_hand(saved)
    number = f"{len(ticked)} place{'s' if len(ticked) != 1 else ''}"
    flash(f"Changed in {number} of the draft “{saved.title}”. Nothing is live yet.", "good")
    return redirect(url_for("staff.draft", number=saved.id), 303)


def _shown(
    found: Work, wanted: str, new: str, wrong: dict[str, str], ticked: set[str] | None = None
) -> tuple[str, int]:
    places = occurrences(found.content, wanted) if len(wanted) >= _SHORTEST else []
    return page(
        "everywhere", found, 422 if wrong else 200, find=wanted, new=new, places=places, ticked=ticked,
        wrong=wrong, errors=list(wrong.items()), drafts=my_drafts(), may_save=me().may("editor"),
    )  # fmt: skip


def _wrong(wanted: str, new: str, ticked: set[str]) -> dict[str, str]:
    """Field -> what is wrong with it."""
    wrong = {}
    if len(wanted) < _SHORTEST:
        wrong["find"] = "Write what is to be found, in full."
    if not new:
        wrong["new"] = "Write what it becomes."
    elif _kinds(wanted) and not _kinds(new):
        wrong["new"] = f"{new} is not of the kind of {wanted}: check it."
    if not ticked:
        wrong["places"] = "Tick at least one place."
    return wrong


def _kinds(text: str) -> set[str]:
    return {mention.kind for mention in mentions(text)}
