"""Slow and broken senders, met by the real service: they harm nobody else, and nothing of theirs is logged."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SMALL = Path(__file__).parent.parent / "knowledge"
HEAD = b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@dataclass
class Served:
    """A running `signpost serve`."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def send(self, sent: bytes) -> tuple[int, bytes]:
        """The status and the body of what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(sent)
            head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
        return int(head.split()[1]), body

    def workers(self) -> list[int]:
        """Their process ids."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in children.read_text().split()]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(SMALL, home / "knowledge")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    environ = {**inherited, "SIGNPOST_HOME": str(home), "SIGNPOST_TURN_LIMIT": "", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "web", "serve", "--port", str(port)]
    log = home / "log"
    with log.open("wb") as errors, subprocess.Popen(command, env=environ, stderr=errors) as process:
        try:
            _wait_until_it_listens(process, port)
            yield Served(process, port, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the service did not start")


@pytest.mark.parametrize(
    "body", [b"zz\r\nmy secret\r\n0\r\n\r\n", b"2\r\nmy secret\r\n0\r\n\r\n", b"-2\r\n{}\r\n0\r\n\r\n"]
)
def test_a_body_of_broken_chunks_is_a_problem_of_its_sender(served: Served, body: bytes) -> None:
    status, answer = served.send(CHUNKED + body)
    assert (status, json.loads(answer)["status"]) == (400, 400)


def test_a_body_of_whole_chunks_is_read(served: Served) -> None:
    status, answer = served.send(CHUNKED + b'c\r\n{"message": \r\n8\r\n"noise"}\r\n0\r\n\r\n')
    assert (status, "state" in json.loads(answer)) == (200, True)


@pytest.mark.parametrize("sent", [b"my secret\r\n\r\n", b"GET /?q=my secret HTTP/1.1\r\n\r\n"])
def test_what_is_no_http_is_refused_and_not_written_down(served: Served, sent: bytes) -> None:
    assert served.send(sent)[0] == 400
    assert served.send(HEAD + b"Content-Length: 2\r\n\r\n{}my secret")[0] == 400
    log = served.log.read_text()
    assert "listens on" in log
    assert not re.search("secret|Traceback|ip=", log)


def test_connections_on_which_nothing_is_sent_keep_nobody_waiting(served: Served) -> None:
    """Browsers open them ahead of need."""
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        began = time.monotonic()
        assert served.send(HEAD + b'Content-Length: 20\r\n\r\n{"message": "noise"}')[0] == 200
    assert time.monotonic() - began < 4


def test_the_service_goes_on_when_a_worker_is_killed(served: Served) -> None:
    """Another takes its place."""
    before = served.workers()
    os.kill(before[0], signal.SIGKILL)
    until = time.monotonic() + 30
    while time.monotonic() < until and len(set(served.workers()) - {before[0]}) < len(before):
        time.sleep(0.05)
    assert len(set(served.workers()) - {before[0]}) == len(before)
    for _ in range(10):
        assert served.send(HEAD + b'Content-Length: 20\r\n\r\n{"message": "noise"}')[0] == 200
