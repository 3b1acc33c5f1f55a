"""A conversation with the assistant of a draft, at any date, hour and language; and why it answers so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for

from bot.assistant import Assistant
from bot.knowledge.hours import LONDON
from bot.language.catalogue import SOURCE_LANGUAGE
from store.editing.draft import NotYours
from store.editing.yaml_edit import EditError
from web.desk import Desk, frame, plain_words
from web.headers import policy
from web.problems import Problem
from web.service import service
from web.staff.content import file_path
from web.staff.exchange import Exchange, Said, kept, play, tapped, turns_from, turns_text
from web.staff.guard import allowed, blueprint, me
from web.staff.saving import save_made
from web.staff.workshop import Work, assistant_of, chosen_draft, take_in_hand, work

#: Within which our own pages may show the conversation beside a form.
_FRAMED = policy("'self'")


@dataclass(frozen=True, slots=True)
class Wanted:
    """As whom, where and when the resident asks. `at` is aware; `language` None: it is found out."""

    language: str | None
    site: str | None
    at: datetime
    #: The moment as it was typed; "": now.
    typed: str
    framed: bool


@blueprint.get("/preview")
@allowed("viewer")
def preview() -> Response:
    """The beginning of a conversation."""
    return _shown(work(), _wanted(), [])


@blueprint.post("/preview")
@allowed("viewer", keeps=False)
def preview_turn() -> Response:
    """One more turn, or the same ones at another time or in another language."""
    found, wanted = work(), _wanted()
    try:
        turns = turns_from(request.form.get("turns", ""))
        making = assistant_of(found)
        if making.made is not None:
            turns = _with_turn(making.made, turns, wanted)
        return _shown(found, wanted, turns)
    except (Problem, ValueError) as error:
        said = error.detail if isinstance(error, Problem) else str(error)
        return _shown(found, wanted, [], said)


@blueprint.post("/preview/keep")
@allowed("editor")
def keep_exchange() -> Any:
    """Keep the conversation as one that has to go like this from now on."""
    found, wanted = work(), _wanted()
    making = assistant_of(found)
    name = " ".join(request.form.get("name", "").split())
    try:
        if making.made is None or not name:
            raise ValueError("Say in a few words what the conversation shows.")
        played = _played(making.made, turns_from(request.form.get("turns", "")), wanted)
        file = file_path(f"conversations/{_folder(found, wanted, played)}/staff.yaml")
        draft = chosen_draft(str(found.draft.id) if found.draft else "", f"Conversation: {name}")
        saved = save_made(
            draft,
            lambda content: {file: kept(content.files.get(file, b""), name, wanted.language, played)},
        )
    except (Problem, ValueError, EditError, NotYours) as error:
        return _shown(found, wanted, _turns_or_none(), str(error))
    take_in_hand(saved)
    flash(f"The conversation is kept in the draft “{saved.title}”.", "good")
    return redirect(url_for("staff.preview", framed="1" if wanted.framed else None), 303)


def _with_turn(assistant: Assistant, turns: list[Said], wanted: Wanted) -> list[Said]:
    """`turns` with what was typed or tapped, if anything was. Raises Problem."""
    if "choose" in request.form:
        before = _played(assistant, turns, wanted)
        return [*turns, tapped(request.form["choose"], before[-1].reply if before else None)]
    message = request.form.get("message", "").replace("\r\n", "\n").strip()
    return [*turns, Said(message)] if message else turns


def _played(assistant: Assistant, turns: Sequence[Said], wanted: Wanted) -> list[Exchange]:
    return play(assistant, turns, wanted.language, wanted.site, wanted.at)


def _shown(found: Work, wanted: Wanted, turns: Sequence[Said], error: str = "") -> Response:
    """The page with the turns answered; one that says to look again where the assistant is in the making."""
    making = assistant_of(found)
    shown: dict[str, Any] = {"played": [], "error": error}
    assistant = making.made or service().assistants.current()
    if making.made is not None:
        shown["played"] = _played(making.made, turns, wanted)
    last = shown["played"][-1].reply.language if shown["played"] else wanted.language
    desk = Desk(assistant, plain_words(last or SOURCE_LANGUAGE, assistant), None)
    html = render_template(
        "staff/preview.html", work=found, making=making, wanted=wanted, turns=turns_text(turns), desk=desk,
        replies_of=[exchange.reply.to_json() for exchange in shown["played"]], may_keep=me().may("editor"),
        **{**frame(desk), **shown},
    )  # fmt: skip
    response = make_response(html, 422 if error else 200)
    response.headers["Content-Security-Policy"] = _FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _wanted() -> Wanted:
    """How the resident asks, from the form; what cannot be read counts as not said."""
    assistant = service().assistants.current()
    language, site, typed = (request.values.get(name, "").strip() for name in ("language", "site", "at"))
    return Wanted(
        language if language in assistant.knowledge.languages else None,
        site if site in assistant.knowledge.sites else None,
        _moment(typed) or service().now(), typed if _moment(typed) else "",
        request.values.get("framed") == "1",
    )  # fmt: skip


def _moment(typed: str) -> datetime | None:
    """A moment by London's clocks, as a browser's date field gives it."""
    try:
        return datetime.strptime(typed.replace(" ", "T")[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=LONDON)
    except ValueError:
        return None


def _folder(found: Work, wanted: Wanted, played: Sequence[Exchange]) -> str:
    """The language under which a conversation is kept: the one chosen, or else that of the first reply."""
    language = wanted.language or (played[0].reply.language if played else SOURCE_LANGUAGE)
    return language if language in found.content.knowledge.languages else SOURCE_LANGUAGE


def _turns_or_none() -> list[Said]:
    try:
        return turns_from(request.form.get("turns", ""))
    except (Problem, ValueError):
        return []
