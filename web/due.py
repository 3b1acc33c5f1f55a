"""Publications that were set for a time: workers notice them, and a process of its own makes them live.

To prove an edit takes seconds of computing, which would hold up the residents that a worker answers.
"""

from __future__ import annotations

import logging
import subprocess
import sys

from sqlalchemy import Engine

from store.database import open_engine
from store.editing.due import anything_due
from web.service import Now

_log = logging.getLogger(__name__)


class DueLook:
    """Looks for what is due in a database. `now` is aware. Made after a process has forked."""

    def __init__(self, url: str, now: Now) -> None:
        self._url = url
        self._now = now
        self._engine: Engine | None = None

    def look(self) -> None:
        """If a publication is due, run `signpost publish-due` to its end; never raises.

        Several workers may do so at once: each publication is taken by one process.
        """
        try:
            if self._engine is None:
                self._engine = open_engine(self._url)
            if anything_due(self._engine, self._now()):
                subprocess.run([sys.executable, "-m", "web", "publish-due"], check=False)
        except Exception:
            _log.exception("What is to be published at its time cannot be looked up")

    def close(self) -> None:
        """Close the connections."""
        if self._engine is not None:
            self._engine.dispose()
