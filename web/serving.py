"""The service under gunicorn: several workers, each with the whole assistant."""

from __future__ import annotations

import gc
import socket
import struct
import sys
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from web.counting import WRITE_SECONDS
from web.due import DueLook
from web.workers import Log, Worker, Wsgi, with_readable_body

#: Threads of a worker: far more than can compute at once, since a slow sender holds one while it sends.
THREADS = 16
#: How often each worker looks for new content by itself, so that no resident's turn has to wait for it.
WATCH_SECONDS = 0.25


#: How long a sender may stay silent in the middle of a request before its thread is freed for others.
SILENCE_SECONDS = 5
#: How often each worker looks for a publication whose time has come.
DUE_SECONDS = 5


class ServingError(Exception):
    """The service cannot listen where it was told to; the message says why and what to do."""


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """`app`, loaded once and then shared out among the workers by forking."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options as given; no file and no command line of gunicorn's own is read."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Wsgi:
        """The application."""
        return with_readable_body(self._app)


def serve(app: Flask, host: str, port: int, workers: int) -> None:
    """Serve `app` until the process is told to stop.

    The workers share what is made before they are forked, and no resident waits for it. It lives as long as
    the process: looking through it for garbage would take time from every edit that comes in.
    """
    app.extensions["signpost"].assistants.current().understanding.lexicon.prepare()
    gc.collect()
    gc.freeze()
    Server(app, options(app, host, port, workers)).run()


def options(app: Flask, host: str, port: int, workers: int) -> dict[str, Any]:
    """gunicorn's settings. No access log: addresses are not kept."""
    service = app.extensions["signpost"]
    return {
        "bind": f"{in_address(host)}:{port}",
        "workers": workers,
        "worker_class": Worker,
        "logger_class": Log,
        "threads": THREADS,
        "preload_app": True,
        "loglevel": "warning",
        "control_socket_disable": True,
        "limit_request_line": 2048,
        "when_ready": _ready,
        "post_worker_init": lambda _worker: _begin(service),
        "worker_exit": lambda _server, _worker: service.counting.close(),
    }


def _begin(service: Any) -> None:
    """What a worker of a web.service.Service does by itself, besides answering."""
    watch(service.assistants.look, WATCH_SECONDS)
    watch(service.counting.write, WRITE_SECONDS)
    if not service.settings.live:
        watch(DueLook(service.settings.database_url, service.now).look, DUE_SECONDS)


def in_address(host: str) -> str:
    """`host` as it stands in a URL; an IPv6 address is put in brackets."""
    return f"[{host}]" if ":" in host else host


def _ready(arbiter: Any) -> None:
    """Bound the silence of senders, and say where the service is."""
    for listener in arbiter.LISTENERS:
        bound_silence(listener.sock)
        print(f"Signpost listens on {listener} (stop it with Ctrl-C)", file=sys.stderr, flush=True)


def bound_silence(listener: socket.socket) -> None:
    """Let no sender keep a thread waiting without end; connections inherit the limit from `listener`."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SILENCE_SECONDS, 0))


def check_free(host: str, port: int) -> None:
    """Raise ServingError if nothing can listen at `host` and `port`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServingError(
                f"Cannot listen on {host}, port {port}: {error.strerror}. Stop what uses it, or choose "
                "another port: signpost serve --port 8001"
            ) from error


def watch(look: Callable[[], None], every_seconds: float) -> threading.Event:
    """Call `look` again and again in a thread of its own, until the event that is given back is set."""
    stopped = threading.Event()

    def go_on() -> None:
        while not stopped.wait(every_seconds):
            look()

    threading.Thread(target=go_on, name="signpost-watch", daemon=True).start()
    return stopped
