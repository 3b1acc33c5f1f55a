"""The real service with the real knowledge base, and a real browser; the clock stands still on the server.

Two things are added for the tests: drafts of a few Bengali strings, so that they do not wait for
translators, and languages of the other direction.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from bot.assistant import Assistant
from bot.knowledge.reading import read_files
from bot.knowledge.records import Language
from bot.knowledge.sites import Site
from bot.language.catalogue import Catalogue, read_catalogues
from store.content import part_of, read_content
from store.learned import learned_from
from tests.web.conftest import KEY, NOW, Only
from web.app import create_app
from web.settings import Settings

PROJECT = Path(__file__).parents[3]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    # the host pages of the tests are no sites of this machine, and the assistant is
    "--disable-features=LocalNetworkAccessChecks",
]
BENGALI = {
    "Send": "পাঠান",
    "Exit this page": "এই পাতা ছেড়ে যান",
    "What do you need help with?": "কী সাহায্য দরকার?",
    "Who can help": "কে সাহায্য করতে পারে",
    "Open now": "এখন খোলা",
}

#: Offered here whether or not they are complete; Persian has no catalogue, so that all of it is in English.
RIGHT_TO_LEFT = {
    "ar": Language(tag="ar", name="العربية", english="Arabic", direction="rtl"),
    "ur": Language(tag="ur", name="اردو", english="Urdu", direction="rtl"),
    "fa": Language(tag="fa", name="فارسی", english="Persian", direction="rtl"),
}

#: Notes what a strict policy forbids, before anything of the page runs.
_WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => {
  violations.push(event.violatedDirective + " " + event.blockedURI);
});
"""


def _browser_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@dataclass
class Failing:
    """The assistant, which fails when told to."""

    assistant: Assistant
    down: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.assistant, name)

    def respond(self, *arguments: Any) -> Any:
        """The assistant's reply, or a failure."""
        if self.down:
            raise RuntimeError("told to fail")
        return self.assistant.respond(*arguments)


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_assistant(port: int) -> Failing:
    """The real assistant with what the tests add; a site of another origin at `port` may embed it."""
    files = read_content(PROJECT)
    knowledge, faults = read_files(part_of(files, "knowledge"))
    assert knowledge is not None, faults
    learned = learned_from(knowledge, files, PROJECT / "var" / "learned")
    spoken = {**knowledge.languages, **RIGHT_TO_LEFT}
    catalogues = read_catalogues(spoken, part_of(files, "translations"))
    catalogues.pop("fa", None)
    drafts = {english: (text, True) for english, text in BENGALI.items()}
    catalogues["bn"] = Catalogue("bn", {**catalogues["bn"].entries, **drafts})
    site = Site(id="neighbour", name="Neighbour", origins=(f"http://localhost:{port}",))
    ours = replace(
        knowledge,
        languages=spoken,
        sites={**knowledge.sites, "neighbour": site},
    )
    return Failing(Assistant(ours, catalogues, learned))


@contextmanager
def served(assistant: Failing, port: int, home: Path) -> Iterator[str]:
    """Serves `assistant`, and gives its address."""
    settings = Settings(home, f"sqlite:///{home}/opinions.db", KEY, turn_limit="", question_days=30)
    server = make_server("127.0.0.1", port, create_app(settings, Only(assistant), lambda: NOW), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def assistant(port: int) -> Failing:
    return make_assistant(port)


@pytest.fixture(scope="session")
def address(assistant: Failing, port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service listens."""
    with served(assistant, port, tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, with the cache that Back uses, as on a resident's phone."""
    path = _browser_path()
    if path is None:
        message = "no Chromium found: the widget and the page are NOT TESTED in a browser (install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield browser
        browser.close()


def _new_context(browser: Browser, **options: Any) -> BrowserContext:
    context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 360, "height": 740}, **options})
    context.set_default_timeout(10_000)
    context.add_init_script(_WATCH)
    return context


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens fresh contexts, English unless told otherwise."""
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        contexts.append(_new_context(browser, **options))
        return contexts[-1]

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shared_context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all pages that need none of their own: the widget keeps nothing for another page to find."""
    context = _new_context(browser)
    yield context
    context.close()


@pytest.fixture
def start(
    open_context: Callable[..., BrowserContext], shared_context: BrowserContext, address: str
) -> Iterator[Callable[..., Page]]:
    """Opens the page at `path`, and waits for the widget unless there is no script.

    In a context of its own where it has options or is `alone`, since a clock is that of a whole context.
    """
    pages: list[Page] = []

    def open_page(path: str = "/", alone: bool = False, **options: Any) -> Page:
        context = open_context(**options) if alone or options else shared_context
        pages.append(context.new_page())
        pages[-1].goto(address + path)
        if options.get("java_script_enabled", True):
            pages[-1].locator("signpost-chat .panel").wait_for()
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


#: Keeps what a script complains of.
_HEAR = """
window.complaints = [];
console.warn = (...words) => complaints.push(words.join(" "));
"""
#: Opens closed shadow roots to the tests, which a host page cannot do to a script that ran before its own.
_PRY = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) { return attach.call(this, { ...how, mode: "open" }); };
"""


@pytest.fixture
def host(open_context: Callable[..., BrowserContext], address: str, port: int) -> Callable[..., Page]:
    """Opens a page of another site: `html`, in which ADDRESS stands for the assistant's own."""

    def open_host(html: str, origin: str = "", pry: bool = True, policy: str = "", **options: Any) -> Page:
        page = open_context(**options).new_page()
        page.add_init_script(_HEAR)
        if pry:
            page.add_init_script(_PRY)
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if policy:
            headers["Content-Security-Policy"] = policy.replace("ADDRESS", address)
        page.route(
            "**/host", lambda route: route.fulfill(body=html.replace("ADDRESS", address), headers=headers)
        )
        page.goto(f"{origin or f'http://localhost:{port}'}/host")
        return page

    return open_host
