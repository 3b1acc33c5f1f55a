"""POST /api/v1/chat: one turn of a conversation, from bytes to reply."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from web.headers import share_with_sites
from web.service import service, with_state
from web.turns import read_request
from web.views import reply_view

blueprint = Blueprint("chat", __name__, url_prefix="/api/v1")
blueprint.after_request(share_with_sites)


@blueprint.post("/chat")
def chat() -> Response:
    """The reply to what the resident typed or tapped."""
    asked = read_request(request)
    reply, token = service().respond(asked)
    body = with_state(reply, token)
    if asked.view:
        body["view"] = reply_view(reply, dict(body), asked.message, service().assistants.current())
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response
