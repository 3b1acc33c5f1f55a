"""Slow and broken senders, met by the real service: they harm nobody, and no word of theirs is logged."""

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
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

import pytest
from gunicorn.workers.gthread import TConn, ThreadWorker

from web.workers import Worker

SMALL = Path(__file__).parent.parent / "knowledge"
HEAD = b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
ASKED = HEAD + b'Content-Length: 20\r\n\r\n{"message": "noise"}'
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@dataclass
class Served:
    """A running `signpost serve`."""

    process: subprocess.Popen[str]
    port: int
    #: What it writes to its standard error, line by line.
    lines: Queue[str] = field(default_factory=Queue)
    #: The lines that have been looked at.
    log: list[str] = field(default_factory=list)

    def follow(self) -> None:
        """Take over what the process writes, until it ends."""
        for line in self.process.stderr or ():
            self.lines.put(line)
        self.lines.put("")

    def wait_for(self, words: str) -> None:
        """Read on to the line with these words."""
        while not self.log or words not in self.log[-1]:
            self.log.append(self.lines.get(timeout=60))
            assert self.log[-1], "".join(self.log)

    def send(self, sent: bytes) -> tuple[int, bytes]:
        """The status and the body of what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(sent)
            head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
        return int(head.split()[1]), body


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    shutil.copytree(SMALL, tmp_path / "knowledge")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    environ = {**inherited, "SIGNPOST_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "web", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
        running = Served(process, port)
        follower = threading.Thread(target=running.follow)
        follower.start()
        try:
            running.wait_for("listens on")
            yield running
        finally:
            process.send_signal(signal.SIGTERM)
            # A worker that is just being started may miss the signal: gunicorn kills it after 30 seconds.
            process.wait(timeout=60)
            follower.join()


def test_a_body_of_broken_chunks_is_a_problem_of_its_sender(served: Served) -> None:
    """One of whole chunks is read."""
    for body in (b"zz\r\nmy secret\r\n0", b"2\r\nmy secret\r\n0", b"-2\r\n{}\r\n0"):
        status, answer = served.send(CHUNKED + body + b"\r\n\r\n")
        assert (status, json.loads(answer)["status"]) == (400, 400)
    status, answer = served.send(CHUNKED + b'c\r\n{"message": \r\n8\r\n"noise"}\r\n0\r\n\r\n')
    assert (status, "state" in json.loads(answer)) == (200, True)


def test_what_is_no_http_is_refused_and_not_written_down(served: Served) -> None:
    """Nor where it came from."""
    assert served.send(b"my secret\r\n\r\n")[0] == 400
    assert served.send(b"GET /?q=my secret HTTP/1.1\r\n\r\n")[0] == 400
    assert (
        served.send(HEAD.replace(b"close", b"keep-alive") + b"Content-Length: 2\r\n\r\n{}my secret\r\n")[0]
        == 400
    )
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(timeout=30)
    rest = "".join(iter(served.lines.get, ""))
    assert not re.search(r"secret|Traceback|127\.0\.0\.1", rest)


def test_connections_on_which_nothing_is_sent_keep_nobody_waiting(served: Served) -> None:
    """Browsers open them ahead of need."""
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        began = time.monotonic()
        assert served.send(ASKED)[0] == 200
    assert time.monotonic() - began < 4


def test_the_loop_that_accepts_never_waits_for_one_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that is given up is closed by the thread that served it, and counted once."""
    monkeypatch.setattr(ThreadWorker, "handle", lambda _worker, _conn: False)
    monkeypatch.setattr(Worker, "__init__", lambda _worker: None)
    ours, theirs = socket.socketpair()
    theirs.close()
    connection, worker, handled = TConn(None, ours, None, None), Worker(), Future[object]()
    worker.nr_conns, worker.alive = 1, True
    handled.set_result(worker.handle(connection))
    assert ours.fileno() == -1
    worker.finish_request(connection, handled)
    assert worker.nr_conns == 0


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the workers' ids are read from /proc")
def test_the_service_goes_on_when_its_workers_are_killed(served: Served) -> None:
    """Others take their places, and who asks meanwhile waits for them."""
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children")
    assert served.send(ASKED)[0] == 200
    workers = children.read_text().split()
    assert workers
    for worker in workers:
        os.kill(int(worker), signal.SIGKILL)
        served.wait_for(f"pid:{worker}) was sent SIGKILL")
    assert served.send(ASKED)[0] == 200
    assert not set(workers) & set(children.read_text().split())
