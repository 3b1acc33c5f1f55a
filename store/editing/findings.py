"""What was found out about states of the content at some cost, kept so that no process finds it out twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from store.aside import one_at_a_time
from store.content import Files, digest
from store.database import written
from store.editing.tables import results
from store.learned import code_version

#: Of each state its check and the results of its conversations are kept: the present state, those before, and
#: the drafts in hand.
_KEPT = 60


class Findings:
    """What is kept in one database. `now` is aware; in `folder` the processes of this machine meet."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], folder: Path) -> None:
        self._engine = engine
        self._now = now
        self._folder = folder

    def has(self, keys: Collection[str]) -> bool:
        """Whether something is kept under each of `keys`, which differ."""
        wanted = select(func.count()).select_from(results).where(results.c.key.in_(keys))
        with self._engine.connect() as connection:
            return connection.scalar(wanted) == len(keys)

    def once(self, what: str, key: str, find: Callable[[], bytes]) -> bytes:
        """What is kept under `key`, or what `find` gives, which is kept.

        One at a time on this machine does `what`, a word for it. Raises what `find` raises.
        """
        found = self._get(key)
        if found is not None:
            return found
        with one_at_a_time(self._folder, what):
            found = self._get(key)
            if found is None:
                found = find()
                self._put(key, found)
        return found

    def _get(self, key: str) -> bytes | None:
        with self._engine.connect() as connection:
            found: bytes | None = connection.scalar(select(results.c.content).where(results.c.key == key))
        return found

    def _put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`, and forget the oldest."""
        row = {"key": key, "at": written(self._now()), "content": content}
        newest = select(results.c.key).order_by(results.c.at.desc(), results.c.key).limit(_KEPT)
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(results).values(row))
                kept = connection.scalars(newest).all()
                connection.execute(delete(results).where(results.c.key.not_in([*kept, key])))
        except IntegrityError:  # another process has found it out meanwhile
            return


def key_of(kind: str, files: Files, moment: str) -> str:
    """The key of a finding of `kind` about `files`, as of `moment`, by the code that there is."""
    parts = (kind, code_version(), _store_version(), digest(files), moment)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _store_version() -> str:
    """A digest of the code of the store, which checks catalogues and words the results."""
    root = Path(__file__).parents[1]
    return digest({path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.py")})
