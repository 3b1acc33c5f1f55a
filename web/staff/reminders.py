"""What is due for review, by owner team, and what of the links was no longer there when they were tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.reached import Reached, Tried, Verdict
from store.reminders import WEEK_DAYS, Place, links, reviews
from web.staff.guard import allowed, blueprint
from web.staff.pages import page
from web.staff.services import staff
from web.staff.workshop import live


@blueprint.get("/reminders")
@allowed("viewer")
def reminders() -> tuple[str, int]:
    """Of what is live: reviews of this week and overdue ones, links and mail domains that are gone."""
    knowledge = live().content.knowledge
    places, tried = links(knowledge), Reached(staff().engine, staff().now).all()
    return page(
        "reminders", None, teams=reviews(knowledge, staff().now().date()), days=WEEK_DAYS,
        gone=_those(tried, "gone", places), unsure=_those(tried, "unsure", places),
        number=len(places), last=max((each.at for each in tried), default=None),
        there=sum(each.verdict == "ok" for each in tried),
    )  # fmt: skip


def _those(
    tried: Sequence[Tried], verdict: Verdict, places: Mapping[str, Sequence[Place]]
) -> list[tuple[Tried, Sequence[Place]]]:
    """Those of one verdict that are still in use, with the records that they stand in."""
    of_it = [each for each in tried if each.verdict == verdict]
    return [(each, places[each.target]) for each in of_it if each.target in places]
