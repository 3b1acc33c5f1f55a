"""Where files of the content may stand, and when a file counts as unchanged."""

from __future__ import annotations

import re

from store.content import PARTS
from store.database import StoreError
from store.editing.yaml_edit import EditError, read_plain

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_LONGEST = 300


class PathError(StoreError):
    """No file of the content may stand there."""


def checked_path(path: str) -> str:
    """`path` if a file of the content may stand there. Raises PathError: no path leads out of its folder."""
    part, *rest = path.split("/")
    fits = part in PARTS and rest and all(_NAME.fullmatch(name) for name in rest) and len(path) <= _LONGEST
    suffixes = [pattern.removeprefix("*") for pattern in PARTS.get(part, ())]
    if not fits or not path.endswith(tuple(suffixes)):
        raise PathError(f"{path!r} is no place for a file of the content.")
    return path


def settled(base: bytes | None, content: bytes | None) -> bytes | None:
    """`content`, or `base` where it says the same and only its lines are broken elsewhere."""
    if (
        base is None
        or content is None
        or base == content
        or b"".join(base.split()) != b"".join(content.split())
    ):
        return content
    try:
        return base if read_plain(base) == read_plain(content) else content
    except EditError:
        return content
