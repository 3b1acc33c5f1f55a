"""A conversation as a plain form, which works without script: on our own page, and in a partner's frame.

The address never changes during a conversation and nothing is kept: what the next turn needs travels in the
form. Pages that show a reply load no script, so that a conversation begun without it goes on without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response, request, url_for

from bot.knowledge.sites import Site
from web.bare import bare_page
from web.below import BUTTONS, Below, beneath, pressed
from web.desk import Desk, head, plain_words, show
from web.problems import log_fault
from web.service import service, with_state
from web.sites import exit_of, for_site
from web.turns import MAXIMUM_CHARACTERS, parse_json, validated

#: The form carries the message twice, as typed and as what was last asked; a byte may be written as three.
_MAXIMUM_FORM_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows besides the frame; by default the beginning of a conversation."""

    #: The reply as the chat API gives it, with its state; None at the start.
    reply: dict[str, Any] | None = None
    #: What the resident wrote; "" after a tap.
    said: str = ""
    #: The request that `reply` answers, so that it can be asked again in another language.
    asked: dict[str, Any] = field(default_factory=dict)
    #: Name of the string that says what is wrong with what was sent; None: nothing.
    error: str | None = None
    #: What stands in the text box.
    draft: str = ""
    #: What stands below the reply.
    below: Below | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """What was posted: the request for the assistant (empty: there is none), and what stands around it."""

    asked: dict[str, Any]
    draft: str
    error: str | None
    #: The button below the last reply that was pressed, if any: then the same is asked again.
    again: str | None
    #: The language that the form was read in, and the one that was chosen.
    language: str
    chosen: str | None


def take_turn(site: Site | None = None) -> Response:
    """The page with what the posted form asks, answered; in the frame of `site`. Raises Problem.

    Whatever goes wrong once there is a reply, it is shown: a notice may be in it.
    """
    request.max_content_length = _MAXIMUM_FORM_BYTES
    assistant = service().assistants.current()
    form = _posted(list(assistant.knowledge.languages))
    if not form.asked:
        desk = Desk(assistant, plain_words(form.language, assistant), form.chosen)
        return _unkept(conversation(desk, Shown(error=form.error, draft=form.draft), site))
    wanted = form.language if "choose" in form.asked else form.chosen
    whole = {**form.asked, "language": wanted, "site": site.id if site else None}
    reply, token = service().respond(validated(whole), again=form.again is not None)
    body, said = with_state(reply, token), str(form.asked.get("message") or "")
    try:
        desk = Desk(assistant, plain_words(reply.language, assistant), form.chosen)
        below, fault = _below(form.again, body, said)
        shown = Shown(body, said, form.asked, form.error or fault, form.draft, below)
        response = conversation(desk, shown, site)
    except Exception as error:
        log_fault(error)
        response = Response(bare_page(body, exit_of(site)))
    return _unkept(response)


def conversation(desk: Desk, shown_now: Shown, site: Site | None = None) -> Response:
    """The page with the form; in the frame of `site` without what belongs to a page of our own."""
    desk = replace(desk, words=for_site(desk.words, site, desk.knowledge, desk.catalogue))
    content = {name: getattr(shown_now, name) for name in Shown.__slots__}
    home = "embed.framed" if site else "page.start"
    values: dict[str, Any] = {"site_id": site.id} if site else {}
    return show(
        desk,
        "page.html",
        head(desk, desk.words.strings["title"], ()),
        most=MAXIMUM_CHARACTERS,
        site=site,
        action=url_for("embed.framed_turn", **values) if site else url_for("page.turn"),
        home=url_for(home, language=desk.chosen, **values),
        **{**content, "exit": exit_of(site)},
    )


def _unkept(response: Response) -> Response:
    """An answer to what was posted: no browser and no proxy keeps it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers.pop("ETag", None)
    return response


def _posted(offered: list[str]) -> _Form:
    language, chosen = _languages(offered)
    draft = request.form.get("message", "").replace("\r\n", "\n").strip()
    asked = _json(request.form.get("asked", ""))
    error = None
    again = next((name for name in ("change", *BUTTONS) if name in request.form), None)
    if "choose" in request.form:
        asked = {"choose": _json(request.form["choose"]), "state": request.form.get("state")}
    elif again is None:
        error = "too_long" if len(draft) > MAXIMUM_CHARACTERS else None if draft else "empty"
        if not error:
            asked, draft = {"message": draft, "state": request.form.get("state")}, ""
    return _Form(asked, draft, error, again, language, chosen)


def _below(button: str | None, reply: dict[str, Any], said: str) -> tuple[Below | None, str | None]:
    """What stands below `reply` once `button` was pressed, and the name of the string for what went wrong."""
    first = None
    try:
        first = beneath(reply, said)
        return pressed(button, first) if button in BUTTONS else first, None
    except Exception as error:  # a count that fails must not take the answer away
        log_fault(error)
        return first, "failed_plain"


def _languages(offered: list[str]) -> tuple[str, str | None]:
    """The language that the form was read in or has been changed to, and the one that was chosen, if any."""
    seen, picked, chosen = (request.form.get(name, "") for name in ("seen", "language", "chosen"))
    if picked in offered and picked != seen:
        return picked, picked
    return seen if seen in offered else offered[0], chosen if chosen in offered else None


def _json(text: str) -> dict[str, Any]:
    value = parse_json(text.encode("utf-8", "replace")) if text else {}
    return value if isinstance(value, dict) else {}
