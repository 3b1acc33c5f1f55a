"""Was this helpful? And a question for the council, sent only by who has seen what will be sent."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from flask import Blueprint, Response, current_app, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from bot.redaction import redacted
from store.feedback import Feedback, open_feedback
from web.headers import share_with_sites
from web.problems import Problem
from web.service import service
from web.turns import MAXIMUM_CHARACTERS, MAXIMUM_JSON_BYTES, body_of, offered_language, parse_json

blueprint = Blueprint("feedback", __name__, url_prefix="/api/v1")
blueprint.after_request(share_with_sites)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAXIMUM_CHARACTERS)]
_STRICT = ConfigDict(strict=True, extra="ignore", frozen=True)
_EXTENSION = "signpost-feedback"


class Helpful(BaseModel):
    """An opinion on the last reply. Only counted: by topic, language, outcome and day."""

    model_config = _STRICT
    helpful: Literal["yes", "no"]
    state: str = Field(description="The token of that reply.")


class Draft(BaseModel):
    """A question that may be sent to the council. Not stored."""

    model_config = _STRICT
    text: Text


class Question(BaseModel):
    """A question for the council, as the preview gave it."""

    model_config = _STRICT
    text: Text = Field(description="`text` of the preview, unchanged.")
    language: str
    topic: str | None = None


Body = TypeVar("Body", bound=BaseModel)


@blueprint.post("/feedback")
def helpful() -> Response:
    """Count an opinion; 204. A state that is not ours counts for nothing, and is no error."""
    opinion = _read(Helpful)
    state = service().tokens.read(opinion.state)
    if state.outcome is not None:
        known = state.topic if state.topic in service().assistants.current().knowledge.topics else None
        feedback().count(known or "", state.language or "", state.outcome, opinion.helpful == "yes")
    return _done(Response(status=204))


@blueprint.post("/questions/preview")
def preview() -> Response:
    """Exactly what would be sent, and for how many days it would be kept."""
    days = _allowed()
    return _done(jsonify({"text": _redacted(_read(Draft).text), "days": days}))


@blueprint.post("/questions")
def send() -> Response:
    """Keep a question for the council; 201. Refused (422) unless it is just what a preview gives."""
    days = _allowed()
    question = _read(Question)
    knowledge = service().assistants.current().knowledge
    language = offered_language(question.language, knowledge)
    if question.topic is not None and question.topic not in knowledge.topics:
        raise Problem(422, "unknown-topic", "There is no such topic.")
    if _redacted(question.text) != question.text:
        raise Problem(422, "not-previewed", "Send the text of the preview, unchanged.")
    feedback().keep(question.text, language, question.topic or "", days)
    return _done(jsonify({"days": days}), 201)


def feedback() -> Feedback:
    """The counts and questions of this application, opened at first, in the process that uses them."""
    opened: Feedback | None = current_app.extensions.get(_EXTENSION)
    if opened is None:
        opened = open_feedback(service().settings.database_url, service().now)
        current_app.extensions[_EXTENSION] = opened
    return opened


def _redacted(text: str) -> str:
    return redacted(text, service().assistants.current().understanding.utterance)


def _allowed() -> int:
    """For how many days questions are kept. Raises Problem where this council takes none."""
    days = service().settings.question_days
    if days is None:
        raise Problem(404, "no-questions", "Questions cannot be sent to the council from here.")
    return days


def _read(shape: type[Body]) -> Body:
    """The body of the request, JSON in that shape. Raises Problem; its text never quotes the body."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        return shape.model_validate(parse_json(body_of(request, MAXIMUM_JSON_BYTES)))
    except ValidationError as error:
        long = any(fault["type"] == "string_too_long" for fault in error.errors(include_input=False))
        if long:
            raise Problem(422, "too-long", f"text has more than {MAXIMUM_CHARACTERS} characters.") from None
        raise Problem(400, "wrong-type", "The body is not of the right shape.") from None


def _done(response: Response, status: int | None = None) -> Response:
    response.status_code = status or response.status_code
    response.headers["Cache-Control"] = "no-store"
    return response
