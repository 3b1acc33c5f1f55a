"""What takes long is done once on a machine, however many ask for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store.aside import one_at_a_time

HOLDER = """
import sys
from pathlib import Path
from store.aside import one_at_a_time

with one_at_a_time(Path(sys.argv[1]), "learning"):
    print("holds it", flush=True)
    sys.stdin.read()
"""


def test_who_dies_keeps_nobody_waiting(tmp_path: Path) -> None:
    """And a process waits for another one, but not for one that does something else."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds it\n"
        done = threading.Event()

        def wait() -> None:
            with one_at_a_time(tmp_path, "learning"):
                done.set()

        waiting = threading.Thread(target=wait)
        waiting.start()
        with one_at_a_time(tmp_path, "playing"):
            assert not done.wait(0.2)
        process.kill()
        assert done.wait(10)
        waiting.join()


def test_where_no_lock_can_be_had_the_work_is_done(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Twice, perhaps, rather than not at all."""
    (tmp_path / "file").write_text("no folder")
    with one_at_a_time(tmp_path / "file", "learning"):
        assert "cannot be kept to one process" in caplog.text


NICE = """
import os, subprocess, sys
from store.aside import step_back

step_back()
print(os.nice(0), flush=True)
if len(sys.argv) > 1:
    subprocess.run([sys.executable, *sys.orig_argv[1:-1]], check=True)
"""


def test_who_works_for_one_that_has_stepped_back_is_no_lower() -> None:
    """What is played waits for what is learned: at the lowest priority of all that would take for ever."""
    command = [sys.executable, "-c", NICE, "once more"]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    own = os.nice(0)
    assert said == [str(max(own, 10))] * 2
