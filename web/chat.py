"""POST /api/v1/chat: one turn of a conversation, from bytes to reply."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from web.headers import share_with_sites
from web.service import service, with_state
from web.turns import read_request

blueprint = Blueprint("chat", __name__, url_prefix="/api/v1")
blueprint.after_request(share_with_sites)


@blueprint.post("/chat")
def chat() -> Response:
    """The reply to what the resident typed or tapped."""
    reply, token = service().respond(read_request(request))
    response = jsonify(with_state(reply, token))
    response.headers["Cache-Control"] = "no-store"
    return response
