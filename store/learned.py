"""Keeps what was learned from a knowledge base, so that only the first start after a change learns it again.

The file is a cache and nothing else: named for the content and the code it was learned with, replaced
whole, and learned anew whenever it is missing, old or cannot be read. It is ours alone (a pickle): the
folder must not be writable by anyone who may not change the code.
"""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
from functools import cache
from pathlib import Path

import bot
from bot.knowledge.base import Knowledge
from bot.understanding.learning import sources
from bot.understanding.recognition import Learned
from store.content import Files, digest

_log = logging.getLogger(__name__)

#: Files that are kept: the present content, the one before, and a draft beside them.
_KEPT = 3


def learned_from(knowledge: Knowledge, files: Files, folder: Path | None) -> Learned:
    """What there is to learn from `knowledge`, which was read from `files`: as kept in `folder`, or anew.

    What is learned anew is kept there; `folder` None: it is not. One that cannot be written is no error.
    """
    if folder is None:
        return Learned.of(knowledge)
    names = repr(
        [(service.id, service.name, service.former_names) for service in knowledge.services.values()]
    )
    content = digest({**sources(files), "names": names.encode()})
    path = folder / f"{_version()[:16]}-{content[:32]}.learned"
    found = _read(path)
    if found is None:
        found = Learned.of(knowledge)
        _keep(path, found)
    return found


@cache
def _version() -> str:
    """A digest of the code that learns."""
    root = Path(bot.__file__).parent
    return digest({path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.py")})


def _read(path: Path) -> Learned | None:
    try:
        found = pickle.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except Exception as problem:
        _log.warning("%s cannot be read (%s): it is learned anew", path.name, type(problem).__name__)
        return None
    return found if isinstance(found, Learned) else None


def _keep(path: Path, learned: Learned) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(learned, file, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(temporary, path)
        for old in sorted(path.parent.glob("*.learned"), key=lambda old: old.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as problem:
        _log.warning("what was learned cannot be kept in %s: %s", path.parent, problem)
