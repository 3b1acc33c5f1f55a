"""Makes a great many objects without looking through them for cycles again and again.

Python's collector looks at every object made so far whenever there are many new ones. What is learned is a
million words and tuples in no cycle: looking took a third of the time of
learning, and half of that of reading.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def uncollected(make: Callable[P, R]) -> Callable[P, R]:
    """`make`, during which the collector rests; nothing else changes."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        collecting = gc.isenabled()
        gc.disable()
        try:
            return make(*args, **kwargs)
        finally:
            if collecting:
                gc.enable()

    return made
