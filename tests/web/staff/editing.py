"""An editor's site on the small knowledge base: published in a store, with drafts, and its real assistant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from bot.assistant import Assistant
from store.building import build_assistant
from store.content import read_content
from tests.store.conftest import Clock
from tests.web.conftest import SMALL, Only
from web.app import create_app
from web.settings import Settings
from web.staff.services import Staff, staff
from web.staff.workshop import prepare

FILES = read_content(SMALL.parent)


@pytest.fixture(scope="session")
def small_assistant(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assistant, Path]:
    """The assistant of the small knowledge base, and the folder that keeps what was learned from it."""
    folder = tmp_path_factory.mktemp("learned")
    return build_assistant(FILES, folder), folder


@pytest.fixture
def site(
    settings: Settings, database_url: str, small_assistant: tuple[Assistant, Path], clock: Clock
) -> Iterator[Flask]:
    """The application with one revision published; what takes long is done at once."""
    assistant, folder = small_assistant
    (settings.home / "var").mkdir()
    (settings.home / "var" / "learned").symlink_to(folder)
    app = create_app(replace(settings, database_url=database_url), Only(assistant), clock)
    prepare(app, run=lambda work: work())
    with app.app_context():
        staff().store.publish(FILES, None, "shipped", "The first content.")
    yield app
    with app.app_context():
        staff().engine.dispose()


class Fields(HTMLParser):
    """The fields of a page's forms as a browser would send them back; the last form that has a name wins."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.found[name] = given.get("value") or ("on" if given.get("type") == "checkbox" else "")
        elif tag == "select":
            self._select = name
            self.found.setdefault(name, "")
        elif tag == "option" and "selected" in given:
            self.found[self._select] = given.get("value") or ""
        elif tag == "textarea":
            self._area = name
            self.found[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self._area] = self.found[self._area].removeprefix("\n")
            self._area = ""


def fields_of(html: str) -> dict[str, str]:
    """What the record's form on a page would send, as it stands."""
    form = re.search(r'<form[^>]*class="record".*?</form>', html, re.DOTALL)
    parser = Fields()
    parser.feed(form[0] if form else html)
    parser.close()
    return parser.found


def text_of(html: str) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


Opened = Callable[..., Staff]
