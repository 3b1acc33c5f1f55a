"""What a page loads for the widget: one script, its style sheet, and the words of the interface.

The addresses carry the version of the widget's contract with its host pages (`/w/1/`).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from flask import Blueprint, Response, abort, jsonify, request

from web.headers import share_with_all
from web.interface import interface
from web.service import service

blueprint = Blueprint("widget", __name__, url_prefix="/w/1")
blueprint.after_request(share_with_all)

#: The parts of the script, in the order in which they build on each other.
_PARTS = ("words.js", "reply.js", "exit.js", "launcher.js", "chat.js")
#: Seconds that a browser may keep a file before it asks again; these addresses are never pinned.
_KEPT_SECONDS = 3600
#: The words hold telephone numbers, which an edit changes at once.
_WORDS_KEPT_SECONDS = 60


@blueprint.get("/signpost.js")
def script() -> Response:
    """The whole widget."""
    return _kept(Response(whole_script(), mimetype="text/javascript"), _KEPT_SECONDS)


@blueprint.get("/signpost.css")
def style() -> Response:
    """The style sheet by itself: for the plain page, and for browsers that take no constructed sheets."""
    return _kept(Response(_text("signpost.css"), mimetype="text/css"), _KEPT_SECONDS)


@blueprint.get("/strings/<language>.json")
def strings(language: str) -> Response:
    """The words of the interface in `language`, with the lines to call if nothing else works."""
    assistant = service().assistants.current()
    if language not in assistant.knowledge.languages:
        abort(404)
    words = interface(language, assistant.knowledge, assistant.catalogues)
    return _kept(jsonify(words.to_json()), _WORDS_KEPT_SECONDS)


@cache
def whole_script() -> str:
    """The parts as one script that leaves no name behind in the host page."""
    sheet = json.dumps(_text("signpost.css"))
    parts = [f"const STYLE = {sheet};", *(_text(f"widget/{part}") for part in _PARTS)]
    return '(function () {\n"use strict";\n' + "\n".join(parts) + "})();\n"


@cache
def _text(name: str) -> str:
    return files("web").joinpath("static", name).read_text(encoding="utf-8")


def _kept(response: Response, seconds: int) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.add_etag()
    response.make_conditional(request)
    return response
