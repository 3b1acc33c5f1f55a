"""The assistant that a worker answers with: always the last good one, renewed when the content changes.

A new one is built aside and takes the old one's place in a single assignment, so no turn ever meets
half of an edit.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from store.content import Files, read_content, stamp

_log = logging.getLogger(__name__)

Built = TypeVar("Built")

#: How often a worker asks whether the content has changed: an edit is to be live everywhere within two
#: seconds, and building takes a part of them.
INTERVAL_SECONDS = 1.0


class Source(Protocol):
    """Where content comes from, in numbered states."""

    def current(self) -> int | None:
        """The number of the state to serve; None where there is nothing yet. Cheap."""

    def files(self, number: int, /) -> Files:
        """The content of a state."""

    def parent(self, number: int, /) -> int | None:
        """The state before, to fall back to; None where there is none."""


@dataclass(frozen=True, slots=True)
class FolderSource:
    """The project's folder itself, for development; its number is a digest of names, times and sizes."""

    home: Path

    def current(self) -> int | None:
        """The number of the folder's present state."""
        return stamp(self.home)

    def files(self, _number: int, /) -> Files:
        """The files as they are now."""
        return read_content(self.home)

    def parent(self, _number: int, /) -> int | None:
        """None: a folder remembers nothing."""
        return None


class NothingToServe(Exception):
    """There is no content from which an assistant can be built; the message says why."""


@dataclass(frozen=True, slots=True)
class Health:
    """`revision` is served, `wanted` is the current one, `problem` says what is wrong (None: nothing)."""

    revision: int
    wanted: int | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class _Snapshot(Generic[Built]):
    revision: int
    built: Built


class Snapshots(Generic[Built]):
    """What `build` makes of the current content of `source`, looked for at most every `interval_seconds`.

    `clock` gives seconds that only go forward. Raises NothingToServe where neither the current content
    nor any before it can be built; once made, it always has something to answer with.
    """

    def __init__(
        self,
        source: Source,
        build: Callable[[Files], Built],
        clock: Callable[[], float],
        interval_seconds: float = INTERVAL_SECONDS,
    ) -> None:
        self._source = source
        self._build = build
        self._clock = clock
        self._interval_seconds = interval_seconds
        self._looking = threading.Lock()
        self._looked_at = clock()
        self._wanted = source.current()
        #: State that could not be built -> why. Not tried again: content never changes under its number.
        self._refused: dict[int, str] = {}
        #: Why the last look failed; None: it did not.
        self._blind: str | None = None
        self._good = self._first()

    def current(self) -> Built:
        """The newest one that could be built."""
        if self._clock() - self._looked_at >= self._interval_seconds:
            self.look()
        return self._good.built

    def health(self) -> Health:
        """What is served, and what stands in the way of something newer."""
        refused = None if self._wanted is None else self._refused.get(self._wanted)
        return Health(self._good.revision, self._wanted, self._blind or refused)

    def look(self) -> None:
        """Look for newer content now, and take it if it can be built; never raises.

        A thread that finds another one looking goes on with what there is.
        """
        if not self._looking.acquire(blocking=False):
            return
        try:
            self._looked_at = self._clock()
            self._renew()
            self._blind = None
        except Exception as error:
            self._blind = f"The content cannot be looked up ({type(error).__name__})."
            _log.exception("The content cannot be looked up; revision %s stays", self._good.revision)
        finally:
            self._looking.release()

    def _renew(self) -> None:
        self._wanted = self._source.current()
        if self._wanted is None or self._wanted == self._good.revision or self._wanted in self._refused:
            return
        self._good = self._try(self._wanted) or self._good

    def _first(self) -> _Snapshot[Built]:
        """The current content, or the nearest before it that can be built."""
        number = self._wanted
        while number is not None:
            built = self._try(number)
            if built is not None:
                return built
            number = self._source.parent(number)
        raise NothingToServe(self._refused.get(self._wanted or 0, "Nothing has been published yet."))

    def _try(self, number: int) -> _Snapshot[Built] | None:
        """The snapshot of state `number`; None, with the reason kept, if it cannot be built."""
        files = self._source.files(number)
        try:
            return _Snapshot(number, self._build(files))
        except Exception as error:
            self._refused[number] = f"Revision {number} cannot be built: {str(error) or type(error).__name__}"
            _log.error("Revision %s cannot be built: %s", number, error)
            return None
