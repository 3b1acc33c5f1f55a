"""A draft: what it changes in words, what the conversations say of it, and its way to publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.knowledge.faults import errors
from bot.knowledge.hours import LONDON
from store.content import ContentError
from store.database import StoreError
from store.editing.differences import differences
from store.editing.draft import LIVING, Draft, Stale
from store.editing.two_people import needing_two
from store.revisions import Outdated
from web.staff.checking import check
from web.staff.guard import allowed, blueprint, me
from web.staff.pages import page
from web.staff.services import staff
from web.staff.workshop import (
    draft_or_404,
    drafts,
    in_hand,
    is_publisher,
    may_edit,
    proof_of,
    take_in_hand,
    work_on,
)

Action = Callable[[Draft], None]


@blueprint.get("/drafts/<int:number>")
@allowed("viewer")
def draft(number: int) -> tuple[str, int]:
    """What a draft changes, and what may be done with it."""
    one = draft_or_404(number)
    found, base = work_on(one), drafts().base_files(number)
    proof = proof_of(found, base, "prove" in request.args) if one.state in LIVING else None
    checked, held = check(found), in_hand()
    return page(
        "draft", None, draft=one, changes=differences(base, found.content.files),
        checked=checked, faults=errors(checked.made or ()), proof=proof,
        two=needing_two(base, found.content.files), may_edit=may_edit(one), may_publish=is_publisher(),
        outdated=one.base != staff().store.current(),
        accounts=[each for each in staff().accounts.all() if each.may("editor")],
        in_hand=held is not None and held.id == number, by_me=me().email.lower() in one.authors,
    )  # fmt: skip


@blueprint.get("/drafts/")
@allowed("viewer")
def all_drafts() -> tuple[str, int]:
    """Every draft that is still to be published or given up."""
    return page("drafts", None, drafts=drafts().all_open())


def _step(words: str) -> Callable[[Action], Callable[[int], Response]]:
    """Do something with the draft of the address as it was shown, say `words`, and show it again.

    What cannot be done is said instead; the function is given the draft as its form showed it.
    """

    def around(action: Action) -> Callable[[int], Response]:
        @wraps(action)
        def view(number: int) -> Response:
            one = draft_or_404(number)
            try:
                if one.version != request.form.get("version", type=int):
                    raise Stale(one)
                action(one)
            except (StoreError, ContentError, ValueError) as error:
                flash(_told(error), "bad")
            else:
                flash(words, "good")
            return redirect(url_for("staff.draft", number=number), 303)

        return view

    return around


@blueprint.post("/drafts/<int:number>/take")
@allowed("editor")
@_step("You are working on this draft now.")
def take(one: Draft) -> None:
    """Work on the draft."""
    if not may_edit(one):
        raise ValueError("This draft is somebody else's: ask them to share it with you.")
    take_in_hand(one)


@blueprint.post("/drafts/aside")
@allowed("viewer")
def put_aside() -> Response:
    """Work on no draft any more."""
    take_in_hand(None)
    flash("The draft is put aside. It is kept as it is.", "good")
    return redirect(url_for("staff.start"), 303)


@blueprint.post("/drafts/<int:number>/rename")
@allowed("editor")
@_step("The draft has another name.")
def rename(one: Draft) -> None:
    """Give the draft another name."""
    drafts().rename(one.id, me().email, _field("title", "Write a name."), one.version, is_publisher())


@blueprint.post("/drafts/<int:number>/share")
@allowed("editor")
@_step("The draft is shared.")
def share(one: Draft) -> None:
    """Let somebody else work on the draft."""
    drafts().share(one.id, me().email, _field("email", "Choose somebody."), is_publisher())


@blueprint.post("/drafts/<int:number>/hand-in")
@allowed("editor")
@_step("The draft waits for review.")
def hand_in(one: Draft) -> None:
    """Ask for the draft to be looked at."""
    message = _field("message", "Say what the change is and why: it stands in the history.")
    drafts().hand_in(one.id, me().email, one.version, message, is_publisher())


@blueprint.post("/drafts/<int:number>/send-back")
@allowed("publisher")
@_step("The draft is sent back.")
def send_back(one: Draft) -> None:
    """Give the draft back to its owner."""
    drafts().send_back(one.id, _field("reason", "Say what is to be done."), one.version)


@blueprint.post("/drafts/<int:number>/approve")
@allowed("publisher")
@_step("The draft is approved.")
def approve(one: Draft) -> None:
    """Agree to the draft."""
    drafts().approve(one.id, me().email, one.version)
    staff().audit.write(me().email, "approve", f"draft {one.id}", one.title)


@blueprint.post("/drafts/<int:number>/later")
@allowed("publisher")
@_step("The time is set.")
def publish_later(one: Draft) -> None:
    """Set a time for the publication of an approved draft, or take it back."""
    typed = request.form.get("at", "").strip()
    moment = _moment(typed) if typed else None
    if moment is not None and moment <= staff().now():
        raise ValueError("Choose a time that is still to come.")
    message = request.form.get("message", "").strip() or one.message or one.title
    drafts().set_publication(one.id, moment, one.version, message)


@blueprint.post("/drafts/<int:number>/publish")
@allowed("publisher")
@_step("Published. It is live everywhere within two seconds.")
def publish(one: Draft) -> None:
    """Make the draft what residents get."""
    message = _field("message", "Say what the change is and why: it stands in the history.")
    staff().publishing.publish(one.id, me().email, message, one.version)


@blueprint.post("/drafts/<int:number>/discard")
@allowed("editor")
@_step("The draft is given up.")
def discard(one: Draft) -> None:
    """Give the draft up."""
    drafts().discard(one.id, me().email, one.version, is_publisher())


def _field(name: str, otherwise: str) -> str:
    """What the form says under `name`. Raises ValueError with the words `otherwise` where it says nothing."""
    value = " ".join(request.form.get(name, "").split())
    if not value:
        raise ValueError(otherwise)
    return value


def _moment(typed: str) -> datetime:
    """A moment by London's clocks. Raises ValueError, saying what to do."""
    try:
        return datetime.strptime(typed.replace(" ", "T")[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=LONDON)
    except ValueError:
        raise ValueError(f"{typed!r} is no time: write it as in 2026-12-24 09:00.") from None


def _told(error: Exception) -> str:
    if isinstance(error, Outdated):
        return "Somebody else has published meanwhile. Nothing was done: bring the two together first."
    return str(error)
