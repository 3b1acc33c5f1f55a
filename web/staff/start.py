"""The first page of the staff side: what waits for whoever is signed in."""

from __future__ import annotations

from typing import NoReturn

from flask import abort

from bot.knowledge.freshness import freshness
from web.service import service
from web.staff.guard import allowed, blueprint, me
from web.staff.pages import page
from web.staff.services import staff
from web.staff.workshop import drafts, live, my_drafts

#: Records shown as due; the list of services has all of them.
_MOST_DUE = 12
_MOST_RECENT = 5


@blueprint.get("/")
@allowed("viewer")
def start() -> tuple[str, int]:
    """Drafts in work, drafts that wait for somebody, and what is due for review."""
    today = service().now().date()
    fresh = freshness(live().content.knowledge, today) if staff().store.current() else None
    due = (*fresh.overdue, *fresh.due) if fresh else ()
    living = drafts().all_open()
    return page(
        "start", None, health=service().assistants.health(), today=today,
        mine=my_drafts() if me().may("editor") else [],
        waiting=[draft for draft in living if draft.state in ("review", "approved", "scheduled")],
        others=[draft for draft in living if draft.state == "open" and draft.owner != me().email.lower()],
        due=due[:_MOST_DUE], more_due=len(due) - _MOST_DUE,
        on_the_plan=len(fresh.on_the_plan) if fresh else 0, recent=staff().store.history(_MOST_RECENT),
    )  # fmt: skip


@blueprint.get("/<path:address>")
@allowed("viewer")
def nowhere(address: str) -> NoReturn:
    """What stands at no address of the staff side: said on a page of its own, not on the residents'."""
    abort(404)
