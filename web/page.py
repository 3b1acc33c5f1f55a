"""The page at `/`: it hosts the widget, and holds the same conversation as a plain form without script.

The address never changes during a conversation and nothing is kept: what the next turn needs travels in the
form. Pages that show a reply load no script, so that a conversation begun without it goes on without it.
"""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from web.desk import frame, open_anywhere, open_desk
from web.form import Shown, conversation, take_turn
from web.problems import Problem, log_fault
from web.widget import blueprint as widget

blueprint = Blueprint("page", __name__)
blueprint.register_blueprint(widget)


@blueprint.get("/", defaults={"language": None})
@blueprint.get("/<tag:language>/")
def start(language: str | None) -> AnyResponse:
    """The beginning of a conversation, in the language that the address names or the browser asks for."""
    return conversation(open_desk(language), Shown())


@blueprint.post("/")
def turn() -> AnyResponse:
    """One turn of the plain form."""
    return take_turn()


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
        desk = open_anywhere()
        return render_template("failure.html", **(frame(desk) if desk else {}))
    except Exception as error:  # the page must stand whatever is broken
        log_fault(error)
        return render_template("failure.html")
