"""The OpenAPI 3.1 document, made from the records that requests are read into and replies are made of."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter
from pydantic.json_schema import models_json_schema

from bot.dialogue.reply import Reply
from web.feedback import Draft, Helpful, Question
from web.turns import ChatRequest

_REF = "#/components/schemas/{model}"


class ProblemDetails(BaseModel):
    """An error. Source: RFC 9457."""

    type: str = Field(description="Always about:blank: the status and `code` say it.")
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="What to do, in a sentence for people.")
    code: str = Field(description="Tells problems of one status apart; never changes.")


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Signpost",
            "version": "1",
            "description": "Signposting for residents of Tower Hamlets. What is said is not stored; "
            "a question sent to the council is, for a time.",
        },
        "paths": {"/api/v1/chat": {"post": _chat()}, **_sendings(), **_readings()},
        "components": {"schemas": _schemas()},
    }


def _chat() -> dict[str, Any]:
    schema = {"schema": {"$ref": _REF.format(model="ChatRequest")}}
    return {
        "operationId": "chat",
        "summary": "One turn of a conversation",
        "description": "Exactly one of `message` and `choose`. In a form, `choose` is JSON text.",
        "requestBody": {
            "required": True,
            "content": {"application/json": schema, "application/x-www-form-urlencoded": schema},
        },
        "responses": {
            "200": _response("The reply", "application/json", {"$ref": _REF.format(model="ChatReply")}),
            "400": _problem("Not JSON, wrong types, or both or neither of message and choose"),
            "413": _problem("More than 8 KiB"),
            "415": _problem("Neither JSON nor a form"),
            "422": _problem("Empty or too long, or an unknown language, site, topic, aspect or menu"),
            "429": _problem("Too many turns from one address; see Retry-After"),
            "503": _problem("Not available just now"),
        },
    }


def _sendings() -> dict[str, Any]:
    """What is sent beside the turns of a conversation: opinions, and questions to the council."""
    redacted = {"type": "object", "properties": {"text": {"type": "string"}, "days": {"type": "integer"}}}
    days = {"type": "object", "properties": {"days": {"type": "integer"}}}
    off = {"404": _problem("This council takes no questions")}
    json = "application/json"
    return {
        "/api/v1/feedback": _sending("Helpful", "An opinion on the last reply; only counted", {
            "204": {"description": "Counted; a state that is not ours counts for nothing"}}),
        "/api/v1/questions/preview": _sending("Draft", "Exactly what would be sent to the council", {
            "200": _response("The text, and for how many days it would be kept", json, redacted), **off}),
        "/api/v1/questions": _sending("Question", "Send a question to the council, as its preview gave it", {
            "201": _response("Kept for so many days", json, days), **off}),
    }  # fmt: skip


def _sending(model: str, summary: str, responses: dict[str, Any]) -> dict[str, Any]:
    schema = {"schema": {"$ref": _REF.format(model=model)}}
    refused = {
        "400": _problem("Not JSON, or of another shape"),
        "422": _problem("Too long, not as previewed, or not known here"),
        "429": _problem("Too many from one address; see Retry-After"),
    }
    body = {"required": True, "content": {"application/json": schema}}
    return {"post": {"summary": summary, "requestBody": body, "responses": {**responses, **refused}}}


def _readings() -> dict[str, Any]:
    """The addresses that are only read."""
    described = {
        "/api/v1/topics": "Every topic, by group",
        "/api/v1/services": "Every service, in short",
        "/api/v1/services/{id}": "One service with its contact points",
        "/api/v1/languages": "The languages on offer",
        "/api/v1/sites/{id}": "One site that embeds the widget",
        "/api/v1/openapi.json": "This document",
    }
    return {path: {"get": _reading(path, summary)} for path, summary in described.items()}


def _reading(path: str, summary: str) -> dict[str, Any]:
    responses = {
        "200": _response(summary, "application/json", {"type": "object"}),
        "304": {"description": "Not changed since the ETag in If-None-Match"},
    }
    reading: dict[str, Any] = {"summary": summary, "responses": responses}
    if "{id}" in path:
        reading["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
        responses["404"] = _problem("Not known")
    return reading


def _schemas() -> dict[str, Any]:
    _, models = models_json_schema(
        [(model, "validation") for model in (ChatRequest, Helpful, Draft, Question, ProblemDetails)],
        ref_template=_REF,
    )
    reply = TypeAdapter(Reply).json_schema(ref_template=_REF)
    parts: dict[str, Any] = reply.pop("$defs")
    reply["properties"]["state"] = {
        "type": "string",
        "description": "Opaque, signed; sent back with the next message.",
    }
    for name, part in {**parts, "ChatReply": reply}.items():
        # Every part of a reply is always sent, as null if need be; of a choice, only what is set.
        part["required"] = [] if name == "Choice" else list(part["properties"])
    return {**models["$defs"], **parts, "ChatReply": reply}


def _problem(description: str) -> dict[str, Any]:
    return _response(description, "application/problem+json", {"$ref": _REF.format(model="ProblemDetails")})


def _response(description: str, media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}
