"""The widget on a slow phone: how soon it can be used, how long it holds the page up, what it weighs.

A partner's page with the tag alone, in Chromium as a phone of 360 by 740 pixels with a sixth of this
machine's speed, on a line of 400 kbit/s with 400 ms to go there and back; the service runs beside it.
Medians of five fresh starts: until the launcher can be tapped; until the text box can be used where the
conversation stands open in the page; and the time beyond 50 ms of every task, which holds the page up, until
a second after that, so that what was put off counts as well. Nothing of Playwright's own runs in the page
meanwhile: what its waiting brings along alone takes this phone 40 ms (measured 2026-11).
"""

from __future__ import annotations

import re
import shutil
import statistics
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import brotli
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from benchmarks.table import Figure, Table, at_most
from web.app import create_app
from web.settings import settings_from

_STARTS = 5
_SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
_SLOWER_BY = 6
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-features=LocalNetworkAccessChecks",  # the partner's page is no page of this machine
]
_PAGE = (
    '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A</title>'
    '<body><h1>A partner</h1><script defer src="/w/1/signpost.js" data-language="en"{open}></script></html>'
)
_AFTERWARDS_MS = 1000
_GIVE_UP_MS = 60_000
#: Notes when the widget is there, and how long tasks are; `settled` has both, once nothing is put off.
_WATCH = """
let blocked = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) blocked += task.duration - 50;
}).observe({ type: "longtask", buffered: true });
window.settled = new Promise((settle, fail) => {
  setTimeout(fail, GIVE_UP, "the widget did not come");
  const look = () => {
    const chat = document.querySelector("signpost-chat");
    const there = chat && chat.shadowRoot && chat.shadowRoot.querySelector("WANTED");
    if (!there || !there.getClientRects().length) return requestAnimationFrame(look);
    const ready = performance.now();
    setTimeout(() => settle([ready, blocked]), AFTERWARDS);
  };
  requestAnimationFrame(look);
});
"""


class _Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, *_arguments: Any) -> None:
        """Nothing."""


def run() -> Table:
    """The table."""
    with _service() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        launcher = [_start(browser, address, "button", "")[0] for _ in range(_STARTS)]
        chats = [_start(browser, address, "textarea", " data-open") for _ in range(_STARTS)]
        browser.close()
        weights = tuple(_weights(address))
    return Table(
        "The widget on a slow phone",
        f"400 kbit/s, 400 ms there and back, a processor slowed {_SLOWER_BY} times; medians of {_STARTS}.",
        (
            at_most("launcher can be tapped", statistics.median(launcher) / 1000, "s", 1.0),
            at_most("text box can be used", statistics.median(ready for ready, _ in chats) / 1000, "s", 1.5),
            at_most("page held up", statistics.median(blocked for _, blocked in chats), "ms", 100),
            *weights,
        ),
    )


def _start(browser: Browser, address: str, wanted: str, attribute: str) -> tuple[float, float]:
    """Milliseconds from a fresh start until `wanted` is there, and those for which the page was held up."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER_BY})
    figures = {"WANTED": wanted, "AFTERWARDS": str(_AFTERWARDS_MS), "GIVE_UP": str(_GIVE_UP_MS)}
    page.add_init_script(re.sub("|".join(figures), lambda found: figures[found[0]], _WATCH))
    page.route(
        "**/partner", lambda route: route.fulfill(body=_PAGE.format(open=attribute), content_type="text/html")
    )
    page.goto(f"{address}/partner")
    asked = {"expression": "settled", "awaitPromise": True, "returnByValue": True}
    answer = session.send("Runtime.evaluate", asked)
    context.close()
    if "exceptionDetails" in answer:
        raise TimeoutError(answer["result"]["value"])
    ready, blocked = answer["result"]["value"]
    return float(ready), float(blocked)


def _weights(address: str) -> Iterator[Figure]:
    """What each part weighs on the wire."""
    limits = {"signpost.js": 1500, "chat/en.js": 6500, "strings/bn.json": 1200}
    for path, limit in limits.items():
        with urllib.request.urlopen(f"{address}/w/1/{path}") as response:
            size = len(brotli.compress(response.read(), mode=brotli.MODE_TEXT, quality=11))
        yield at_most(f"/w/1/{path}", size, "bytes of brotli", limit)


@contextmanager
def _service() -> Iterator[str]:
    """The shipped knowledge base, served from this process."""
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'bench.db'}"
        settings = settings_from({"SIGNPOST_DATABASE_URL": database, "SIGNPOST_TURN_LIMIT": ""}, live=True)
        server = make_server("127.0.0.1", 0, create_app(settings), threaded=True, request_handler=_Silent)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
