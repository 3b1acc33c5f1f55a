"""Starting the service: from the folder to a store, under gunicorn, or with a clear word about why not."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from store.content import ContentError
from store.revisions import open_store
from tests.web.conftest import KEY, NOW, Only
from web.app import open_assistants
from web.serving import SILENCE_SECONDS, ServingError, bound_silence, check_free, options, watch
from web.settings import Settings

SMALL = Path(__file__).parent.parent / "knowledge"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A project's folder with the small knowledge base and no store yet."""
    shutil.copytree(SMALL, tmp_path / "knowledge")
    return Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path}/var/signpost.db", secret_key=KEY)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_first_start_takes_the_folder_into_the_store(settings: Settings) -> None:
    """And serves it."""
    assistants = open_assistants(settings, lambda: NOW)
    assert "noise" in assistants.current().knowledge.topics
    assert assistants.health().problem is None
    store = open_store(settings.database_url, lambda: NOW)
    assert store.current() == assistants.health().revision
    store.close()


def test_a_release_with_faults_does_not_replace_what_is_served(settings: Settings) -> None:
    """The last good revision is served; a first start with faults is refused with all of them."""
    first = open_assistants(settings, lambda: NOW).health().revision
    (settings.home / "knowledge" / "settings.yaml").write_text("a: [\n", encoding="utf-8")
    assert open_assistants(settings, lambda: NOW).health().revision == first
    (settings.home / "var" / "signpost.db").unlink()
    with pytest.raises(ContentError, match=r"settings\.yaml"):
        open_assistants(settings, lambda: NOW)


def test_a_port_in_use_is_said_to_be(taken: int) -> None:
    """With the way out."""
    with pytest.raises(ServingError, match="another port"):
        check_free("127.0.0.1", taken)


def test_no_access_is_logged(settings: Settings) -> None:
    """gunicorn writes down neither addresses nor requests."""
    app = Flask("any")
    app.extensions["signpost"] = SimpleNamespace(assistants=Only(None))
    chosen = options(app, "::1", 8000, 2)
    assert chosen["bind"] == "[::1]:8000"
    assert not {"accesslog", "access_log_format"} & set(chosen)


def test_a_sender_who_falls_silent_does_not_keep_a_thread() -> None:
    """A connection inherits the limit from its listener."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        bound_silence(server)
        with socket.create_connection(server.getsockname()), server.accept()[0] as connection:
            limit = connection.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)
    assert struct.unpack("ll", limit) == (SILENCE_SECONDS, 0)


def test_a_watch_looks_until_it_is_stopped() -> None:
    """Without any request."""
    looked = threading.Event()
    stopped = watch(looked.set, 0.001)
    assert looked.wait(10)
    stopped.set()


@pytest.fixture
def served(settings: Settings) -> Iterator[str]:
    """The address of the real thing: `signpost serve` in processes of its own."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    environ = {**inherited, "SIGNPOST_HOME": str(settings.home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "web", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_for(process, "listens on")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
    assert process.returncode == 0


def _wait_for(process: subprocess.Popen[str], words: str) -> None:
    lines: list[str] = []
    for line in process.stderr or ():
        lines.append(line)
        if words in line:
            return
    raise AssertionError("".join(lines))


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as response:
        body: bytes = response.read()
        return body


def _post(address: str, body: bytes) -> int:
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        status: int = response.status
        return status


def test_the_service_answers_and_stops_when_told(served: str, settings: Settings) -> None:
    """From one command: page, chat and health; its key and its store are kept under var."""
    assert b'"ok":true' in _get(f"{served}/healthz")
    assert _post(f"{served}/api/v1/chat", b'{"message": "my neighbour plays loud music"}') == 200
    assert (settings.home / "var" / "secret_key").is_file()
    assert (settings.home / "var" / "signpost.db").is_file()
