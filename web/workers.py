"""How gunicorn meets slow and broken senders: no thread for the silent, and no word of theirs is kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import _DEFER, ThreadWorker

from web.problems import trail

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """A worker that gives a connection a thread when something arrives on it, and not before.

    Browsers open connections ahead of need: gunicorn lets each hold a thread for five seconds, so that a few
    dozen of them keep everybody waiting (60 of them: more than a minute, 2026-11-22).
    """

    def enqueue_req(self, conn: Any) -> None:
        """Hand `conn` to a thread, or a new one to the loop that waits for its first bytes."""
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        waits: Future[object] = Future()
        waits.set_result(_DEFER)
        self.finish_request(conn, waits)

    def handle(self, conn: Any) -> Any:
        """Serve `conn`, and close it here if it does not go on: that waits two seconds for slow senders.

        gunicorn waits in the loop that accepts everybody else; sixteen such senders in a row stopped a worker
        for so long that it was killed (2026-11-22).
        """
        goes_on = super().handle(conn)
        if not goes_on:
            conn.close(graceful=True)
            conn.close = _closed_already
        return goes_on


def _closed_already(graceful: bool = False) -> None:
    """What is left to do for a connection that its thread has closed."""


class Log(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's log without senders' addresses, and without what it would quote of their requests."""

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Leave out requests that are no HTTP: the message holds the address and the line that was sent."""
        if not msg.startswith("Invalid request from"):
            super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Say what failed and where; a sender who fell silent is no failure."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, BlockingIOError):
            self.error("%s: %s", type(error).__name__, trail(error))


class _Body:
    """The body of a request; one whose chunks are no chunks breaks off, as where the sender goes away."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, size: int | None = None) -> bytes:
        """As gunicorn's. Raises OSError, which werkzeug answers with 400."""
        try:
            content: bytes = self._body.read(size)
        except ParseException as error:
            raise OSError("the body is broken") from error
        return content


def with_readable_body(app: Wsgi) -> Wsgi:
    """`app`, for which a broken body is its sender's fault and not ours."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return app({**environ, "wsgi.input": _Body(environ["wsgi.input"])}, start_response)

    return call
