"""From the bytes of a request to a turn: read strictly, each fault answered by a problem."""

from __future__ import annotations

import json
import math
from typing import Annotated, Any, Never
from urllib.parse import parse_qsl

from flask import Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from bot.assistant import Turn
from bot.dialogue.reply import Choice
from bot.knowledge.base import Knowledge
from web.problems import Problem

MAXIMUM_CHARACTERS = 1000
MAXIMUM_JSON_BYTES = 8 * 1024
#: A form writes each byte as three, so a message of the longest length in any script needs more room.
MAXIMUM_FORM_BYTES = 16 * 1024
_MAXIMUM_FIELDS = 20

Message = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAXIMUM_CHARACTERS)
]


class Chosen(BaseModel):
    """A suggestion that the resident tapped, sent back as it came: a topic (and an aspect), or a menu."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, title="Choose")

    topic: str | None = Field(default=None, description="A topic's id.")
    aspect: str | None = Field(default=None, description="A follow-up question about that topic.")
    who: str | None = Field(default=None, description="Whom it is about: the answer to a short question.")
    menu: str | None = Field(default=None, description='A group of topics; "" for all groups.')


class ChatRequest(BaseModel):
    """One turn of a conversation. Exactly one of `message` and `choose`."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    message: Message | None = Field(default=None, description="What the resident typed.")
    choose: Chosen | None = Field(default=None, description="`suggestions[i].choose` of the last reply.")
    language: str | None = Field(default=None, description="BCP 47 tag. Absent: found out, turn by turn.")
    state: str | None = Field(default=None, description="The token of the last reply.")
    site: str | None = Field(default=None, description="Id of the site that embeds the widget.")
    view: str | None = Field(default=None, description='"1": the reply has `view`, what the widget shows.')


def read_request(request: Request) -> ChatRequest:
    """The turn that `request` asks for. Raises Problem, or what werkzeug has for 413 and 415."""
    return validated(read_body(request))


def read_body(request: Request) -> Any:
    """The body of `request`, JSON or form. Raises Problem, or what werkzeug has for 413 and 415."""
    if request.mimetype == "application/json":
        return parse_json(body_of(request, MAXIMUM_JSON_BYTES))
    if request.mimetype == "application/x-www-form-urlencoded":
        return parse_form(body_of(request, MAXIMUM_FORM_BYTES))
    raise UnsupportedMediaType


def body_of(request: Request, maximum_bytes: int) -> bytes:
    """The whole body. Raises RequestEntityTooLarge, also for one that does not say its length."""
    request.max_content_length = maximum_bytes + 1  # werkzeug cuts a body of unknown length here, silently
    body = request.get_data(cache=False)
    if len(body) > maximum_bytes:
        raise RequestEntityTooLarge
    return body


def parse_json(body: bytes) -> Any:
    """`body` as JSON. Raises Problem where it is none, or has a repeated key or a number that JSON lacks."""
    try:
        text = body.decode("utf-8-sig")  # a byte order mark is no part of it: RFC 8259, section 8.1
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite)
    except UnicodeDecodeError:
        raise Problem(400, "not-utf-8", "The body is not UTF-8.") from None
    except RecursionError:
        raise Problem(400, "not-json", "The JSON is nested too deeply.") from None
    except ValueError:  # its message would quote the body
        raise Problem(400, "not-json", "The body is not valid JSON.") from None


def parse_form(body: bytes) -> dict[str, Any]:
    """`body` as the fields of a form; empty ones count as absent, and `choose` is JSON in itself."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAXIMUM_FIELDS
        )
        fields = _object(pairs)
    except ValueError:
        raise Problem(400, "not-a-form", "The form is not valid, or not UTF-8.") from None
    given = {name: value for name, value in fields.items() if value or name == "message"}
    if "choose" in given:
        given["choose"] = parse_json(given["choose"].encode("utf-8"))
        if not given.get("message", "").strip():
            given.pop("message", None)
    return given


def validated(body: Any) -> ChatRequest:
    """`body` in the shape of the API. Raises Problem: 400 for the shape, 422 for the length."""
    try:
        asked = ChatRequest.model_validate(body)
    except ValidationError as error:
        raise _refusal(error) from None
    if (asked.message is None) == (asked.choose is None):
        raise Problem(400, "message-or-choose", "Send exactly one of message and choose.")
    return asked


def turn_from(asked: ChatRequest, knowledge: Knowledge) -> Turn:
    """The turn that `asked` stands for. Raises Problem (422) for what the knowledge base does not have."""
    site = asked.site or None
    if site is not None and site not in knowledge.sites:
        raise Problem(422, "unknown-site", "There is no such site.")
    language = None if asked.language is None else offered_language(asked.language, knowledge)
    choice = None if asked.choose is None else _choice(asked.choose, knowledge)
    return Turn(message=asked.message, choose=choice, language=language, site=site)


def offered_language(tag: str, knowledge: Knowledge) -> str:
    """The language on offer for the BCP 47 tag `tag`, its last sub-tags taken off where need be (en-GB: en).

    Raises Problem (422). Source: RFC 4647, lookup; tags do not depend on case.
    """
    offered = {language.lower(): language for language in knowledge.languages}
    wanted = tag.lower()
    while wanted:
        if wanted in offered:
            return offered[wanted]
        wanted = wanted.rpartition("-")[0]
    tags = ", ".join(offered.values())
    raise Problem(422, "unknown-language", f"This language is not offered. Offered: {tags}.")


def _choice(chosen: Chosen, knowledge: Knowledge) -> Choice:
    if (chosen.topic is None) == (chosen.menu is None):
        raise Problem(400, "choose", "choose holds a topic (and an aspect of it), or a menu.")
    if chosen.topic is not None and chosen.topic not in knowledge.topics:
        raise Problem(422, "unknown-topic", "There is no such topic.")
    if chosen.aspect is not None and chosen.aspect not in knowledge.aspects:
        raise Problem(422, "unknown-aspect", "There is no such aspect.")
    if chosen.who is not None and chosen.who not in knowledge.audiences:
        raise Problem(422, "unknown-audience", "There is no such audience.")
    if chosen.menu and chosen.menu not in knowledge.groups:
        raise Problem(422, "unknown-menu", "There is no such menu.")
    if chosen.topic is None:
        return Choice(menu=chosen.menu)
    return Choice(topic=chosen.topic, aspect=chosen.aspect, who=chosen.who)


def _refusal(error: ValidationError) -> Problem:
    """The problem for the first error, named by its field; pydantic's own message would quote the value."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "The body"
    if first["type"] == "string_too_long":
        return Problem(422, "too-long", f"{field} has more than {MAXIMUM_CHARACTERS} characters.")
    if first["type"] == "string_too_short":
        return Problem(422, "empty", f"{field} has nothing in it.")
    return Problem(400, "wrong-type", f"{field} is of the wrong type.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a dictionary. Raises ValueError for a repeated key, whose meaning would be a guess."""
    whole = {_text(key): _text(value) if isinstance(value, str) else value for key, value in pairs}
    if len(whole) != len(pairs):
        raise ValueError("a key is repeated")
    return whole


def _text(value: str) -> str:
    """`value` with halves of characters replaced: a text box that cuts at its limit leaves half an emoji."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_constant(digits)


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is no JSON")
