"""How long the shipped base takes to load, and what it holds: each time in a process of its own.

From nothing: the files are read and everything is learned, and kept. Kept: what was learned is read back, as
at every start but the first after a change of words. Seconds count from the files to the first answer,
without the start of Python and its imports, which are given apart.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.table import Figure, Table, at_most
from benchmarks.timing import ROOT, in_fresh_process, peak_megabytes, resident_megabytes

#: Seconds, for the load of the real base at an ordinary start.
_SECONDS = 1.0


def run() -> Table:
    """The table of both starts."""
    with tempfile.TemporaryDirectory() as folder:
        for part in (
            "knowledge",
            "translations",
        ):  # a copy, since an edit between the two starts would spoil the second
            shutil.copytree(ROOT / part, Path(folder) / part)
        new, kept = (in_fresh_process("benchmarks.loading", folder) for _ in range(2))
    return Table(
        "Load and memory of the shipped base",
        "From its files to the first answer, in a process of its own.",
        (
            at_most("load, as kept", kept["seconds"], "s", _SECONDS),
            Figure("load, from nothing", new["seconds"], "s"),
            Figure("imports before it", kept["imports"], "s"),
            Figure("resident memory, as kept", kept["resident"], "MB"),
            Figure("peak memory, as kept", kept["peak"], "MB"),
            Figure("peak memory, from nothing", new["peak"], "MB"),
        ),
    )


def _measure(home: Path) -> dict[str, float]:
    start = perf_counter()
    from benchmarks.base import respond  # here, so that the imports are timed
    from store.building import build_assistant
    from store.content import read_content

    imported = perf_counter()
    respond("hello", build_assistant(read_content(home), home / "learned"))
    done = perf_counter()
    return {
        "imports": imported - start,
        "seconds": done - imported,
        "resident": resident_megabytes(),
        "peak": peak_megabytes(),
    }


if __name__ == "__main__":
    json.dump(_measure(Path(sys.argv[1])), sys.stdout)
