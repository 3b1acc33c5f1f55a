"""The check of the content in a process of its own: residents do not wait for it.

`python -m store.editing.checking DATE` checks the content that is packed on its standard input, as of that
day, and writes what it finds to its standard output.
"""

from __future__ import annotations

import gzip
import json
import logging
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from subprocess import CalledProcessError

from bot.cases import check_content
from bot.knowledge.faults import Fault
from store.aside import is_large, run_aside, step_back
from store.catalogue_checks import translation_faults
from store.content import Files, part_of, unpack
from store.editing.findings import Findings, key_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found. `faults` are in order of file and line, those of the translations last."""

    faults: tuple[Fault, ...]
    #: Language -> the share (0 to 1) of its measured questions that must go right; empty if there are errors.
    questions_right: Mapping[str, float]


def check_of(files: Files, today: date, findings: Findings) -> Checked:
    """What is wrong with `files`: as kept, if they were checked today, or as `check` finds."""
    return unpacked(findings.once("checking", check_key(files, today), lambda: packed(check(files, today))))


def check_key(files: Files, today: date) -> str:
    """Where the check of `files` is kept."""
    return key_of("check", files, today.isoformat())


def check(files: Files, today: date) -> Checked:
    """What is wrong with `files`, the whole content; found elsewhere, if there is so much that it pays.

    What cannot be checked there is checked here.
    """
    if is_large(files):
        try:
            return unpacked(run_aside("store.editing.checking", files, today.isoformat()))
        except (OSError, CalledProcessError) as problem:
            _log.warning("checking in a process of its own failed (%s): it is done here", problem)
    return check_here(files, today)


def check_here(files: Files, today: date) -> Checked:
    """What is wrong with `files`, found by this process."""
    knowledge, _, faults = check_content(part_of(files, "knowledge"), today)
    needed = {tag: knowledge.questions_right(tag) for tag in knowledge.languages} if knowledge else {}
    return Checked((*faults, *translation_faults(files)), needed)


def packed(checked: Checked) -> bytes:
    """A check as gzipped JSON, the same bytes for the same check."""
    return gzip.compress(json.dumps(asdict(checked)).encode(), 6, mtime=0)


def unpacked(content: bytes) -> Checked:
    """The check that `packed` took."""
    found = json.loads(gzip.decompress(content))
    return Checked(tuple(Fault(**fault) for fault in found["faults"]), found["questions_right"])


if __name__ == "__main__":
    step_back()
    sys.stdout.buffer.write(
        packed(check_here(unpack(sys.stdin.buffer.read()), date.fromisoformat(sys.argv[1])))
    )
