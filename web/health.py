"""GET /healthz: which revision is served, and whether anything stands in the way of a newer one."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from web.service import service

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> Response:
    """200 for as long as residents are answered, if only from the last good revision; see `problem` then."""
    assistants = service().assistants
    assistants.current()
    found = assistants.health()
    response = jsonify(
        ok=found.problem is None, revision=found.revision, wanted=found.wanted, problem=found.problem
    )
    response.headers["Cache-Control"] = "no-store"
    return response
