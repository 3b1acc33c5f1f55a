"""The service as it is installed, in processes of its own, for benchmarks and tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import create_server

from benchmarks.timing import ROOT

SIGNPOST = (sys.executable, "-m", "web")


def settings_of(home: Path, **more: str) -> dict[str, str]:
    """The environment of an installation in `home`: ours, without settings but `SIGNPOST_HOME` and `more`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    return {
        **inherited, "SIGNPOST_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more,
    }  # fmt: skip


@contextmanager
def serving(homes: Sequence[Path], workers: int, **more: str) -> Iterator[list[str]]:
    """The addresses of services in `homes`, each with so many workers, which are started at the same time.

    `more` are settings of all. They are stopped at the end. Raises ValueError where one does not start.
    """
    with ExitStack() as stack:
        started = [_start(home, workers, more, stack) for home in homes]
        for _, process in started:
            _wait_for(process)
        yield [address for address, _ in started]


def _start(
    home: Path, workers: int, more: dict[str, str], stack: ExitStack
) -> tuple[str, subprocess.Popen[str]]:
    """The address at which a service will listen, and its process, which `stack` stops."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*SIGNPOST, "serve", "--port", str(port), "--workers", str(workers)]
    settings = settings_of(home, **more)
    process = stack.enter_context(subprocess.Popen(command, env=settings, stderr=subprocess.PIPE, text=True))
    stack.callback(process.send_signal, signal.SIGTERM)
    return f"http://127.0.0.1:{port}", process


def _wait_for(process: subprocess.Popen[str]) -> None:
    """Until it listens; what else it says is read, so that it never waits for a reader."""
    log = process.stderr or sys.stdin
    while "listens on" not in (line := log.readline()):
        if not line:
            raise ValueError("The service did not start.")
    threading.Thread(target=log.read, daemon=True).start()
