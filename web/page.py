"""The page at `/`: it hosts the widget, and holds the same conversation as a plain form without script.

The address never changes during a conversation and nothing is kept: what the next turn needs travels in the
form. Pages that show a reply load no script, so that a conversation begun without it goes on without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from web.interface import Interface, interface
from web.problems import Problem, log_fault
from web.rendering import mark, part, say, shown
from web.service import service, with_state
from web.turns import MAXIMUM_CHARACTERS, parse_json, validated
from web.widget import blueprint as widget

blueprint = Blueprint("page", __name__)
blueprint.register_blueprint(widget)

#: Where the exit leads: a page that anyone might have open. Source: GOV.UK Design System, exit this page.
EXIT = "https://www.bbc.co.uk/weather"
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


@blueprint.get("/")
def start() -> AnyResponse:
    """The beginning of a conversation, in the language that the browser asks for."""
    offered = _offered()
    response = _page(request.accept_languages.best_match(offered) or offered[0], None, Shown())
    response.headers["Vary"] = "Accept-Language"
    return response


@blueprint.get("/<language>/")
def start_in(language: str) -> AnyResponse:
    """The beginning of a conversation in the language that the address names."""
    if language not in _offered():
        return redirect(url_for("page.start"))
    return _page(language, language, Shown())


@blueprint.post("/")
def turn() -> AnyResponse:
    """One turn of the plain form."""
    request.max_content_length = _MAXIMUM_FORM_BYTES
    language, chosen = _languages()
    draft = request.form.get("message", "").replace("\r\n", "\n").strip()
    asked = _json(request.form.get("asked", ""))
    error = None
    if "choose" in request.form:
        asked = {"choose": _json(request.form["choose"]), "state": request.form.get("state")}
    elif "change" not in request.form:
        error = "too_long" if len(draft) > MAXIMUM_CHARACTERS else None if draft else "empty"
        if not error:
            asked, draft = {"message": draft, "state": request.form.get("state")}, ""
    if not asked:
        return _page(language, chosen, Shown(error=error, draft=draft))
    wanted = language if "choose" in asked else chosen
    reply, token = service().respond(validated({**asked, "language": wanted}))
    said = str(asked.get("message") or "")
    return _page(reply.language, chosen, Shown(with_state(reply, token), said, asked, error, draft))


@blueprint.errorhandler(Exception)
def failed(error: Exception) -> AnyResponse:
    """A page with the lines to call, whatever has happened; the log says where, never what was typed."""
    status = 500
    if isinstance(error, HTTPException):
        status = error.code or 500
    elif isinstance(error, Problem):
        status = error.status
    else:
        log_fault(error)
    response = Response(_failure(), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _failure() -> str:
    try:
        words = _words(_offered()[0])
    except Exception as error:  # the page must stand even where there is nothing to serve
        log_fault(error)
        words = None
    return render_template("failure.html", words=words, say=say, mark=mark, exit=EXIT)


def _page(language: str, chosen: str | None, shown_now: Shown) -> Response:
    html = render_template(
        "page.html",
        words=_words(language),
        chosen=chosen,
        exit=EXIT,
        most=MAXIMUM_CHARACTERS,
        say=say,
        mark=mark,
        part=part,
        shown=shown,
        **{name: getattr(shown_now, name) for name in Shown.__slots__},
    )
    response = Response(html)
    response.headers["Cache-Control"] = "no-store" if request.method == "POST" else "no-cache"
    return response


def _languages() -> tuple[str, str | None]:
    """The language that the form was read in or has been changed to, and the one that was chosen, if any."""
    offered = _offered()
    seen, picked, chosen = (request.form.get(name, "") for name in ("seen", "language", "chosen"))
    if picked in offered and picked != seen:
        return picked, picked
    return seen if seen in offered else offered[0], chosen if chosen in offered else None


def _json(text: str) -> dict[str, Any]:
    value = parse_json(text.encode("utf-8", "replace")) if text else {}
    return value if isinstance(value, dict) else {}


def _offered() -> list[str]:
    return list(service().assistants.current().knowledge.languages)


def _words(language: str) -> Interface:
    assistant = service().assistants.current()
    return interface(language, assistant.knowledge, assistant.catalogues)
