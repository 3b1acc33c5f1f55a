"""Errors as RFC 9457 problem details: what went wrong and what to do, and never a word of the resident's."""

from __future__ import annotations

import json
import logging
import traceback
from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

_log = logging.getLogger(__name__)

#: A resident who meets an error may be in danger, so every one that is not their program's fault says this.
EMERGENCY = "In an emergency call 999."

_DETAILS = {
    400: "The request could not be read.",
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "The request is too large: at most 8 KiB, and 1000 characters of message.",
    415: "Send JSON (application/json) or a form (application/x-www-form-urlencoded).",
    429: f"Too many questions from this address just now. Please try again in a moment. {EMERGENCY}",
    500: f"Something went wrong here. Please try again. {EMERGENCY}",
    503: f"The assistant is not available just now. Please try again soon. {EMERGENCY}",
}


class Problem(Exception):
    """Something in a request that its sender can put right.

    `code` tells problems of one status apart and never changes; `detail` is a sentence for people.
    """

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


def problem_response(status: int, code: str, detail: str) -> Response:
    """The body and headers of a problem."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    response = Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response


def handle_problems(app: Flask) -> None:
    """Turn every error of `app` into a problem (under /api) or a plain sentence (elsewhere)."""
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, _fault)


def _problem(problem: Problem) -> Response:
    return _respond(problem.status, problem.code, problem.detail)


def http_error(error: HTTPException) -> Response:
    """The problem, or the sentence, for an error of the protocol."""
    status = error.code or 500
    response = _respond(status, _code(status), _DETAILS.get(status, HTTPStatus(status).phrase + "."))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def log_fault(error: Exception) -> None:
    """Log where `error` came from; its message is left out, since it may quote what was typed."""
    _log.error("%s at %s: %s", type(error).__name__, request.endpoint, trail(error))


def trail(error: BaseException) -> str:
    """Where in the code `error` was raised, innermost first; no word of its message."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames[-8:]))


def _fault(error: Exception) -> Response:
    log_fault(error)
    return _respond(500, _code(500), _DETAILS[500])


def _respond(status: int, code: str, detail: str) -> Response:
    if request.path.startswith(("/api/", "/healthz")):
        return problem_response(status, code, detail)
    text = detail if EMERGENCY in detail else f"{detail} {EMERGENCY}"
    response = Response(text + "\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


def _code(status: int) -> str:
    return HTTPStatus(status).phrase.lower().replace(" ", "-")
