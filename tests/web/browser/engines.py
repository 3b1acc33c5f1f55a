"""Firefox and WebKitGTK, driven by the protocols that they speak themselves: few words are enough here.

Firefox speaks Marionette, WebKitGTK the WebDriver of the W3C.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.web.browser.conftest import free_port

WAIT_SECONDS = 30
_DISPLAY = ":97"


class Engine(ABC):
    """A browser with one page."""

    @abstractmethod
    def command(self, name: str, **parameters: Any) -> Any:
        """Gives a command of the protocol and the value that it answers with."""

    @abstractmethod
    def go(self, address: str) -> None:
        """Opens an address."""

    @abstractmethod
    def back(self) -> None:
        """Presses Back."""

    @abstractmethod
    def run(self, body: str) -> Any:
        """What the body of a function gives in the page."""

    def until(self, expression: str) -> Any:
        """Waits until `expression` is true, and gives its value; pages may come and go meanwhile."""
        end = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                value = self.run(f"return {expression}")
            except (EngineError, urllib.error.HTTPError):
                value = None
            if value:
                return value
            if time.monotonic() > end:
                raise EngineError(f"never true: {expression}")
            time.sleep(0.05)


class EngineError(Exception):
    """The browser did not do what it was told to."""


class Firefox(Engine):
    """Firefox by Marionette: messages of JSON with their length before them."""

    def __init__(self, port: int) -> None:
        self._socket = _connected(port)
        self._receive()
        self.command("NewSession", capabilities={})

    def command(self, name: str, **parameters: Any) -> Any:
        message = json.dumps([0, 1, f"WebDriver:{name}", parameters]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, value = self._receive()
        if error:
            raise EngineError(error["message"])
        return value

    def go(self, address: str) -> None:
        self.command("Navigate", url=address)

    def back(self) -> None:
        self.command("Back")

    def run(self, body: str) -> Any:
        return self.command("ExecuteScript", script=body, args=[])["value"]

    def _receive(self) -> Any:
        length = b""
        while (digit := self._read(1)) != b":":
            length += digit
        return json.loads(self._read(int(length)))

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self._socket.recv(count - len(data))
            if not more:
                raise EngineError("the browser has gone")
            data += more
        return data


class WebKit(Engine):
    """WebKitGTK's MiniBrowser by WebDriver."""

    def __init__(self, port: int, program: Path) -> None:
        _connected(port).close()
        self._root = f"http://127.0.0.1:{port}/session"
        options = {"binary": str(program), "args": ["--automation"]}
        made = self._post("", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}})
        self._root += f"/{made['sessionId']}"

    def command(self, name: str, **parameters: Any) -> Any:
        return self._post(f"/{name}", parameters)

    def go(self, address: str) -> None:
        self.command("url", url=address)

    def back(self) -> None:
        self.command("back")

    def run(self, body: str) -> Any:
        return self.command("execute/sync", script=body, args=[])

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(self._root + path, json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as response:
            return json.load(response)["value"]


def _connected(port: int) -> socket.socket:
    """A connection to what will listen at `port` soon."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), WAIT_SECONDS)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@contextmanager
def _running(*arguments: str, **environment: str) -> Iterator[None]:
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        arguments, env={**os.environ, **environment}, stdout=silent, stderr=silent, start_new_session=True
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


@contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    """Firefox with a fresh profile in `folder`."""
    port = free_port()
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n', encoding="utf-8")
    with _running("firefox-esr", "--headless", "--marionette", "--profile", str(folder), HOME=str(folder)):
        engine = Firefox(port)
        try:
            yield engine
        finally:
            engine._socket.close()


@contextmanager
def webkit(folder: Path) -> Iterator[Engine]:
    """WebKitGTK's own small browser, on a screen that nobody sees."""
    port = free_port()
    with ExitStack() as stack:
        stack.enter_context(_running("Xvfb", _DISPLAY))
        stack.enter_context(
            _running(
                "WebKitWebDriver",
                f"--port={port}",
                DISPLAY=_DISPLAY,
                HOME=str(folder),
                WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS="1",
            )
        )
        program = _mini_browser()
        assert program
        yield WebKit(port, program)


def _mini_browser() -> Path | None:
    return next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)


def missing(name: str) -> str | None:
    """What the engine `name` lacks on this machine; None: nothing."""
    if name == "firefox":
        return None if shutil.which("firefox-esr") else "firefox-esr"
    if not (shutil.which("WebKitWebDriver") and _mini_browser()):
        return "webkit2gtk-driver"
    return None if shutil.which("Xvfb") else "xvfb"


ENGINES: dict[str, Callable[[Path], Any]] = {"firefox": firefox, "webkit": webkit}
