"""Each worker counts its turns in memory, and writes them every few seconds and when it ends."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Engine

from bot.dialogue.reply import Reply
from bot.knowledge.hours import LONDON
from store.counts import Kind, TurnCounts, Waiting
from store.database import open_engine
from web.problems import trail

#: How often a worker writes: what it counted since is lost if it is killed.
WRITE_SECONDS = 4

_log = logging.getLogger(__name__)


class Counting:
    """Counts the turns of one process. `now` is aware. Nothing here ever raises: a reply matters more."""

    def __init__(self, url: str, now: Callable[[], datetime]) -> None:
        self._url = url
        self._now = now
        self._waiting = Waiting()
        self._engine: Engine | None = None
        self._cleaned: date | None = None

    def note(self, reply: Reply, site: str | None) -> None:
        """Count one turn that was answered by `reply`."""
        try:
            here = self._now().astimezone(LONDON)
            kind = Kind(
                here.date().isoformat(), reply.topic or "", reply.language, reply.outcome, site or "",
                bool(reply.urgent),
            )  # fmt: skip
            self._waiting.note(kind, here.hour)
        except Exception as error:
            _log.error("A turn was not counted: %s: %s", type(error).__name__, trail(error))

    def write(self) -> None:
        """Write what was counted; call it in the process that counts, and not in the one it was forked from.

        Once a day what is too old is deleted.
        """
        try:
            counts = self._opened()
            self._waiting.write(counts)
            today = self._now().date()
            if self._cleaned != today:
                counts.delete_old()
                self._cleaned = today
        except Exception as error:
            _log.error("Turns were not counted yet: %s: %s", type(error).__name__, trail(error))

    def close(self) -> None:
        """Write what was counted, and close the connections; the next write opens new ones."""
        self.write()
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _opened(self) -> TurnCounts:
        if self._engine is None:
            self._engine = open_engine(self._url)
        return TurnCounts(self._engine, self._now)
