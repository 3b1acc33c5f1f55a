"""POST /api/v1/chat: one turn of a conversation, from bytes to reply."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from bot.dialogue.reply import Reply
from web.headers import share_with_sites
from web.interface import interface
from web.service import service, with_state
from web.turns import read_request
from web.views import View, reply_view

blueprint = Blueprint("chat", __name__, url_prefix="/api/v1")
blueprint.after_request(share_with_sites)


@blueprint.post("/chat")
def chat() -> Response:
    """The reply to what the resident typed or tapped."""
    asked = read_request(request)
    reply, token = service().respond(asked)
    body = with_state(reply, token)
    response = jsonify({**body, "view": _view(reply)} if asked.view else body)
    response.headers["Cache-Control"] = "no-store"
    return response


def _view(reply: Reply) -> View:
    assistant = service().assistants.current()
    return reply_view(reply, interface(reply.language, assistant.knowledge, assistant.catalogues))
