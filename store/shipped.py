"""The content that came with the release, taken into the store when a service starts."""

from __future__ import annotations

from collections.abc import Callable

from store.content import Files, digest
from store.revisions import Outdated, Store

#: Author of the revisions that a release brought; no member of staff may have this name.
SHIPPED = "shipped"


def adopt_shipped(store: Store, files: Files, prove: Callable[[Files], object]) -> int | None:
    """Publish the shipped `files` where no person's work would be hidden, and give the new revision's number.

    That is so while the store is empty, or while its current revision came with an earlier release. None:
    nothing was published, because the store has these files already or staff have published since.
    `prove` is called with the files before they are published; what it raises stops the publication.
    """
    current = store.current()
    if current is not None:
        revision = store.revision(current)
        if revision.author != SHIPPED or revision.digest == digest(files):
            return None
    prove(files)
    try:
        return store.publish(files, current, SHIPPED, "The content that came with this release.")
    except Outdated:  # another process of this release was quicker
        return None
