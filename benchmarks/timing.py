"""How long calls take, and what a process of its own needs."""

from __future__ import annotations

import gc
import json
import math
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

T = TypeVar("T")

ROOT = Path(__file__).parent.parent
#: Calls before the first one that counts, so that imports and caches of the interpreter are not measured.
_WARM_UP = 20
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Times:
    """Durations in milliseconds, shortest first."""

    milliseconds: tuple[float, ...]

    def percentile(self, percent: float) -> float:
        """The duration that so many percent of the calls do not exceed (nearest rank)."""
        place = math.ceil(percent / 100 * len(self.milliseconds)) - 1
        return self.milliseconds[max(place, 0)]

    @property
    def longest(self) -> float:
        """The longest duration."""
        return self.milliseconds[-1]


def timed(call: Callable[[T], object], arguments: Sequence[T], least_of: int = 1) -> Times:
    """How long `call` takes with each of `arguments`, one after the other.

    `least_of` calls are made with each, and the shortest counts: what the scheduler adds is not the code's.
    The collector of garbage rests meanwhile, as it does in a worker between two messages.
    """
    for argument in arguments[:_WARM_UP]:
        call(argument)
    gc.collect()
    gc.disable()
    try:
        found = [min(_milliseconds(call, argument) for _ in range(least_of)) for argument in arguments]
    finally:
        gc.enable()
    return Times(tuple(sorted(found)))


def _milliseconds(call: Callable[[T], object], argument: T) -> float:
    start = perf_counter()
    call(argument)
    return (perf_counter() - start) * 1000


def in_fresh_process(module: str, *arguments: str) -> dict[str, Any]:
    """What `python -m module arguments` prints, a JSON object. Raises CalledProcessError where it fails."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def peak_megabytes() -> float:
    """The most memory that this process has held, in MB; needs Linux's /proc.

    Not `ru_maxrss` of getrusage, which begins with what the process that started this one held.
    """
    return _status_megabytes("VmHWM")


def resident_megabytes() -> float:
    """The memory that this process holds now, in MB; needs Linux's /proc."""
    return _status_megabytes("VmRSS")


def _status_megabytes(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) * _KIB / 1e6
