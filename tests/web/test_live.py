"""An edit is live on every worker within two seconds, and no resident notices how it comes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from store.content import read_content
from store.database import open_engine
from store.editing.publishing import open_publishing
from store.editing.yaml_edit import edit
from web.service import utc_now

SMALL = Path(__file__).parent.parent / "knowledge"
TEAM = "knowledge/services/noise-team.yaml"
EXAMPLES = "knowledge/examples/en/topics/noise.yaml"
#: Seconds from the end of a publication to when it is answered from everywhere.
PROMISED = 2.0


def environment(home: Path, url: str) -> dict[str, str]:
    """The settings of an installation with the small knowledge base in `home`."""
    shutil.copytree(SMALL, home / "knowledge")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    return {
        **inherited, "SIGNPOST_HOME": str(home), "SIGNPOST_DATABASE_URL": url, "SIGNPOST_TURN_LIMIT": "",
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


def ask(port: int, message: str) -> str:
    """The reply of the chat API, as text. Raises OSError where there is none."""
    body = json.dumps({"message": message, "language": "en"}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/chat", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return str(response.read().decode())


@pytest.fixture
def machines(tmp_path: Path, database_url: str) -> Iterator[list[int]]:
    """The ports of two services, each in a folder of its own with two workers, on one database."""
    ports, running = [], []
    for name in ("one", "two"):
        with socket.create_server(("127.0.0.1", 0)) as server:
            ports.append(server.getsockname()[1])
        command = [sys.executable, "-m", "web", "serve", "--port", str(ports[-1]), "--workers", "2"]
        settings = environment(tmp_path / name, database_url)
        running.append(subprocess.Popen(command, env=settings, stderr=subprocess.PIPE, text=True))
    with contextlib.ExitStack() as stack:
        for process in running:
            stack.enter_context(process)
            _wait_for(process)
        yield ports
        for process in running:
            process.send_signal(signal.SIGTERM)


def _wait_for(process: subprocess.Popen[str]) -> None:
    """Until it listens; what else it says is read, so that it never waits for a reader."""
    log = process.stderr
    assert log is not None
    while "listens on" not in (line := log.readline()):
        assert line, "the service did not start"
    threading.Thread(target=log.read, daemon=True).start()


@dataclass
class Residents:
    """Ask again and again; of each answer, when it was asked for and whether it is of the new content."""

    ports: list[int]
    message: str
    new: str
    answers: list[tuple[float, bool]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __enter__(self) -> Residents:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._go_on, args=(port,)) for port in self.ports * 2]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self, port: int) -> None:
        while not self._stop.wait(0.01):
            asked = time.monotonic()
            try:
                self.answers.append((asked, self.new in ask(port, self.message)))
            except OSError as error:
                self.failed.append(str(error))


Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def another_number(files: dict[str, bytes]) -> dict[str, bytes]:
    """The noise team has another number."""
    return {**files, TEAM: edit(files[TEAM], {("contacts", 0, "value"): "020 7946 0888"})}


def another_example(files: dict[str, bytes]) -> dict[str, bytes]:
    """A sentence that meant nothing is how residents say it now."""
    return {**files, EXAMPLES: files[EXAMPLES] + b"- wubbly thrumming qwop\n"}


@pytest.mark.parametrize(
    ("change", "message", "new"),
    [
        (another_number, "noise from my neighbour", "020 7946 0888"),
        (another_example, "wubbly thrumming qwop", '"topic":"noise"'),
    ],
)
def test_a_publication_is_live_everywhere_in_two_seconds(
    machines: list[int], tmp_path: Path, database_url: str, change: Change, message: str, new: str
) -> None:
    """No request fails meanwhile, and none that begins two seconds later is answered from the old content."""
    engine = open_engine(database_url)
    publishing = open_publishing(engine, utc_now, tmp_path / "learned")
    current = publishing.store.current()
    assert current is not None
    files = publishing.store.files(current)
    assert files == read_content(tmp_path / "one")
    with Residents(machines, message, new) as residents:
        publishing.publish_files(change(files), "amina", "Live.", current)
        done = time.monotonic()
        time.sleep(PROMISED + 1.5)
    engine.dispose()
    assert residents.failed == []
    stale = [asked - done for asked, is_new in residents.answers if not is_new]
    late = [after for after in stale if after > PROMISED]
    assert late == [], f"stale for {max(late, default=0):.1f} s"
    assert stale, "it was answered so before it was published"
