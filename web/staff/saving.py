"""Saving what was worked out from a draft, worked out anew where somebody else saved to it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from store.editing.draft import Draft, Stale
from web.staff.content import Content
from web.staff.workshop import save, work_on

_ATTEMPTS = 3
#: Gives the files to be saved for the content of the draft as it is.
Make = Callable[[Content], Mapping[str, bytes | None]]


def save_made(draft: Draft, make: Make, attempts: int = _ATTEMPTS) -> Draft:
    """Save what `make` gives for the draft's content; nothing is saved where it gives no file.

    Raises as `save`, and what `make` raises.
    """
    files = make(work_on(draft).content)
    if not files:
        return draft
    try:
        return save(draft, files)
    except Stale as stale:
        if attempts == 1:
            raise
        return save_made(stale.newer, make, attempts - 1)
