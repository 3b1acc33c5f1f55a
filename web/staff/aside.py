"""What takes long is made aside, in a thread, while its asker goes on and looks again."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Made = TypeVar("Made")
Run = Callable[[Callable[[], None]], None]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Making(Generic[Made]):
    """One thing that is being made: not `ready` until it is there, or there is a `problem`, a sentence."""

    made: Made | None = None
    problem: str | None = None
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def ready(self) -> bool:
        """Whether it is made, or never will be."""
        return self.done.is_set()

    def within(self, seconds: float) -> Making[Made]:
        """The same, after it is ready or the time is over."""
        self.done.wait(seconds)
        return self


def made(thing: Made) -> Making[Made]:
    """What is there already."""
    making = Making(thing)
    making.done.set()
    return making


class Aside(Generic[Made]):
    """Makes things one after another, and keeps the last few by their key."""

    def __init__(self, most: int, run: Run | None = None) -> None:
        """`run` is given what is to be done; None: a thread does it."""
        self._most = most
        self._run = run or _in_a_thread
        self._found: OrderedDict[Hashable, Making[Made]] = OrderedDict()
        self._lock = threading.Lock()
        #: One at a time: each takes a processor for some seconds, and residents are served beside it.
        self._working = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Making[Made]:
        """What `make` makes for `key`; it is begun where it was not before."""
        with self._lock:
            found = self._found.get(key)
            if found is None:
                found = self._found[key] = Making()
                while len(self._found) > self._most:
                    self._found.popitem(last=False)
                begin = True
            else:
                self._found.move_to_end(key)
                begin = False
        if begin:
            making = found
            self._run(lambda: self._make(making, make))
        return found

    def known(self, key: Hashable) -> Making[Made] | None:
        """What was begun for `key`; None: nothing was."""
        with self._lock:
            return self._found.get(key)

    def _make(self, making: Making[Made], make: Callable[[], Made]) -> None:
        with self._working:
            try:
                making.made = make()
            except Exception as error:
                _log.warning("what was to be made aside was not: %s", type(error).__name__)
                making.problem = str(error) or type(error).__name__
        making.done.set()


def _in_a_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True, name="made aside").start()
