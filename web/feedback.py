"""Was this helpful? And a question for the council, sent only by who has seen what will be sent.

The widget asks by form, which crosses from a partner's site without a preflight, and with `view=1`: it gets
what it then shows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, TypeVar

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.language.catalogue import SOURCE_LANGUAGE
from web.below import Below
from web.headers import share_with_sites
from web.opinions import count_opinion, days_kept, keep_question, redacted_now
from web.problems import Problem
from web.service import service
from web.turns import MAXIMUM_CHARACTERS, offered_language, read_body
from web.views import below_view

blueprint = Blueprint("feedback", __name__, url_prefix="/api/v1")
blueprint.after_request(share_with_sites)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAXIMUM_CHARACTERS)]
_VIEW = '"1": the answer is what the widget shows, in `language`.'


class _Sent(BaseModel):
    """What all of them have: for the view, the language and the topic of the reply."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)
    view: str | None = Field(default=None, description=_VIEW)
    language: str | None = None
    topic: str | None = None


class Helpful(_Sent):
    """An opinion on the last reply. Only counted: by topic, language, outcome and day."""

    helpful: Literal["yes", "no"]
    state: str = Field(description="The token of that reply.")
    text: Text | None = Field(default=None, description="For the view: what may then be sent. Not stored.")


class Draft(_Sent):
    """A question that may be sent to the council. Not stored."""

    text: Text


class Question(_Sent):
    """A question for the council, as the preview gave it."""

    text: Text = Field(description="`text` of the preview, unchanged.")
    language: str


Body = TypeVar("Body", bound=_Sent)


@blueprint.post("/feedback")
def helpful() -> Response:
    """Count an opinion; 204. A state that is not ours counts for nothing, and is no error."""
    opinion = _read(Helpful)
    count_opinion(opinion.state, opinion.helpful == "yes")
    if not opinion.view:
        return _done(Response(status=204))
    offered = opinion.helpful == "no" and service().settings.question_days is not None
    return _shown(replace(_below(opinion), kind="thanks", text=opinion.text or "" if offered else ""))


@blueprint.post("/questions/preview")
def preview() -> Response:
    """Exactly what would be sent, and for how many days it would be kept."""
    days, draft = days_kept(), _read(Draft)
    text = redacted_now(draft.text)
    if draft.view:
        return _shown(replace(_below(draft), kind="preview", text=text, days=days))
    return _done(jsonify({"text": text, "days": days}))


@blueprint.post("/questions")
def send() -> Response:
    """Keep a question for the council; 201. Refused (422) unless it is just what a preview gives."""
    days_kept()
    question = _read(Question)
    days = keep_question(question.text, question.language, question.topic)
    if question.view:
        return _shown(replace(_below(question), kind="sent"), 201)
    return _done(jsonify({"days": days}), 201)


def _below(sent: _Sent) -> Below:
    knowledge = service().assistants.current().knowledge
    return Below("", offered_language(sent.language or SOURCE_LANGUAGE, knowledge), sent.topic)


def _shown(below: Below, status: int | None = None) -> Response:
    return _done(jsonify(below_view(below, service().assistants.current())), status)


def _read(shape: type[Body]) -> Body:
    """The body of the request in that shape. Raises Problem; its text never quotes the body."""
    try:
        return shape.model_validate(read_body(request))
    except ValidationError as error:
        long = any(fault["type"] == "string_too_long" for fault in error.errors(include_input=False))
        if long:
            raise Problem(422, "too-long", f"text has more than {MAXIMUM_CHARACTERS} characters.") from None
        raise Problem(400, "wrong-type", "The body is not of the right shape.") from None


def _done(response: Response, status: int | None = None) -> Response:
    response.status_code = status or response.status_code
    response.headers["Cache-Control"] = "no-store"
    return response
