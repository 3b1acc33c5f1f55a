"""Playing every conversation in processes of their own: residents neither wait for it nor make room for it.

`python -m store.editing.playing FOLDER` plays those of the content that is packed on its standard input, on
as many processors as there are, and writes the results to its standard output. FOLDER keeps what was learned.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import CalledProcessError

from bot.assistant import Assistant
from bot.cases import Case, read_cases
from store.aside import is_large, run_aside, step_back
from store.building import build_assistant
from store.content import Files, part_of, sound, unpack
from store.editing.results import CaseResult, packed, played, unpacked

_log = logging.getLogger(__name__)

#: Each takes some hundred megabytes of its own after a while, so there are no more, however many processors.
_MOST_PROCESSES = 4


def play_all(files: Files, build: Callable[[Files], Assistant], folder: Path) -> tuple[CaseResult, ...]:
    """What comes of all conversations in `files`; elsewhere, if there is so much that it is worth it.

    What cannot be played there is played here, on what `build` makes of `files`. Raises what `build` raises.
    """
    if is_large(files):
        try:
            return unpacked(run_aside("store.editing.playing", files, str(folder)))
        except (OSError, CalledProcessError) as problem:
            _log.warning("playing in a process of its own failed (%s): it is done here", problem)
    return played(build(files), _cases(files))


def play_here(files: Files, folder: Path) -> tuple[CaseResult, ...]:
    """What comes of the conversations in `files`, by this process and its children.

    It forks, so no thread may run in it.
    """
    assistant = build_assistant(files, folder)
    cases = _cases(files)
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared
    parts = min(os.cpu_count() or 1, _MOST_PROCESSES)
    found = [_begin(assistant, cases[part::parts]) for part in range(parts)]
    in_turn = zip_longest(*[receiver.recv() for receiver in found])
    return tuple(each for each in chain.from_iterable(in_turn) if each is not None)


def _cases(files: Files) -> list[Case]:
    return read_cases(part_of(files, "knowledge"), sound(files)[1])[0]


def _begin(assistant: Assistant, cases: Sequence[Case]) -> Connection:
    """Where the results of `cases` come from, which another process plays from now on."""
    here = get_context("fork")
    receiver, sender = here.Pipe(duplex=False)
    here.Process(target=lambda: sender.send(played(assistant, cases))).start()
    sender.close()
    return receiver


if __name__ == "__main__":
    step_back()
    sys.stdout.buffer.write(packed(play_here(unpack(sys.stdin.buffer.read()), Path(sys.argv[1]))))
