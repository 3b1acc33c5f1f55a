"""Publications that were set for a later time: each is taken by exactly one process when it is due."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select, update

from store.content import ContentError
from store.database import StoreError, written
from store.editing.draft import Draft
from store.editing.merge import merge
from store.editing.publishing import Publishing, log
from store.editing.tables import drafts
from store.revisions import Outdated

_log = logging.getLogger(__name__)

#: After this long, the process that took a publication has died, and another one may take it.
CLAIM = timedelta(minutes=10)
#: How often a publication is tried again because somebody else was quicker.
_ATTEMPTS = 3


def anything_due(engine: Engine, now: datetime) -> bool:
    """Whether a publication waits whose time has come, and that no process has taken. Cheap."""
    with engine.connect() as connection:
        return bool(connection.scalar(select(func.count()).select_from(drafts).where(_due(now))))


def publish_due(publishing: Publishing) -> list[int]:
    """Publish what is due now; the numbers of the new revisions.

    The proof is made again. What others published since is merged, where nothing conflicts. A draft that
    cannot be published goes back to approved, with the reason.
    """
    published = []
    while (draft := _claim(publishing)) is not None:
        try:
            published.append(_publish(publishing, draft))
        except (StoreError, ContentError) as error:
            _log.error("Draft %s could not be published at its time: %s", draft.id, error)
            _give_back(publishing, draft, str(error))
    return published


def _due(now: datetime) -> ColumnElement[bool]:
    unclaimed = or_(drafts.c.claimed.is_(None), drafts.c.claimed < written(now - CLAIM))
    return and_(drafts.c.state == "scheduled", drafts.c.publish_at <= written(now), unclaimed)


def _claim(publishing: Publishing) -> Draft | None:
    """A draft that is due, taken by this process alone; None: there is none."""
    now = publishing.now()
    with publishing.engine.begin() as connection:
        first = select(drafts.c.id).where(_due(now)).order_by(drafts.c.publish_at, drafts.c.id).limit(1)
        taken = update(drafts).where(drafts.c.id == first.scalar_subquery(), _due(now))
        number = connection.scalar(taken.values(claimed=written(now)).returning(drafts.c.id))
    return None if number is None else publishing.drafts.get(number)


def _publish(publishing: Publishing, draft: Draft) -> int:
    by = draft.approved_by or draft.owner
    for attempt in range(_ATTEMPTS):
        try:
            return _publish_merged(publishing, draft, by)
        except Outdated:
            if attempt == _ATTEMPTS - 1:
                raise
    raise StoreError("Others publish all the time.")


def _publish_merged(publishing: Publishing, draft: Draft, by: str) -> int:
    current, files = publishing.store.current(), publishing.drafts.files(draft.id)
    if current is None:
        raise Outdated(draft.base, current)
    if current != draft.base:
        merged = merge(publishing.store.files(draft.base), publishing.store.files(current), files)
        if merged.conflicts:
            raise StoreError(
                "Others have published changes of the same fields meanwhile: merge the draft, have it "
                "approved again, and set a new time."
            )
        files = merged.files
    return publishing.publish_as(draft, files, current, by, draft.message)


def _give_back(publishing: Publishing, draft: Draft, reason: str) -> None:
    same = (drafts.c.id == draft.id) & (drafts.c.state == "scheduled")
    now = publishing.now()
    values: dict[str, Any] = {
        "state": "approved", "publish_at": None, "claimed": None, "version": draft.version + 1,
        "updated": written(now), "reason": f"Not published at its time: {reason}",
    }  # fmt: skip
    with publishing.engine.begin() as connection:
        connection.execute(update(drafts).where(same).values(values))
        log(connection, now, "set for later", "publish-failed", f"draft {draft.id}", reason)
