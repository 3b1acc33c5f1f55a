"""What takes long is done by a process of its own: the one that answers residents neither waits nor grows."""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.understanding.learning import lists
from store.content import Files, pack, part_of

_log = logging.getLogger(__name__)

#: Bytes that are learned from, from which on a process of its own (half a second to start) is worth it.
LARGE = 1_000_000
#: How far below the priority of processes that answer that of one is which works for them.
_NICER = 10
#: Packed for a pipe, and not to be kept: quickly rather than tightly.
_SQUEEZED = 1


def is_large(files: Files) -> bool:
    """Whether reading and learning from `files` takes longer than starting a process for it."""
    return sum(map(len, lists(part_of(files, "knowledge")).values())) >= LARGE


def run_aside(module: str, files: Files, *arguments: str) -> bytes:
    """What `python -m module arguments` writes, given `files`, packed, to read.

    Raises OSError or subprocess.CalledProcessError where it cannot be started, or fails.
    """
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, input=pack(files, _SQUEEZED), stdout=subprocess.PIPE, check=True).stdout


def step_back() -> None:
    """Go on at a lower priority than processes that answer; one started by such a one stays where it is."""
    os.nice(max(0, _NICER - os.nice(0)))


@contextmanager
def one_at_a_time(folder: Path, what: str) -> Iterator[None]:
    """Of all on this machine that do `what`, whether threads or processes, go on alone; the others wait.

    Who has waited looks first whether the work is done already. `folder` has the lock, which ends with its
    holder. Where no lock can be had nobody waits: then something may be done twice.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f"{what}.lock").open("wb")
    except OSError as problem:
        _log.warning("%s cannot be kept to one process at a time: %s", what, problem)
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
