"""A small service with staff, browsers to sign in with, and a clock that is moved by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from store.staff.accounts import Account, Role
from tests.store.conftest import Clock
from tests.store.staff.conftest import PASSWORD, _quick_hashes
from tests.web.conftest import Echo, Only
from web.app import create_app
from web.settings import Settings
from web.staff.services import Staff, staff

__all__ = ["_quick_hashes"]

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    """One browser: it keeps cookies, and sends the token that stood in the last page."""

    client: Client
    token: str = ""

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page, and go where it leads."""
        return self._seen(self.client.get(path, follow_redirects=True, **more))

    def post(self, path: str, follow: bool = True, /, **fields: Any) -> TestResponse:
        """Send a form with the token of the last page."""
        return self.send(path, {"csrf_token": self.token, **fields}, follow)

    def send(self, path: str, fields: dict[str, Any], follow: bool = True) -> TestResponse:
        """Send a form just as it is, from a page of ours."""
        headers = {"Sec-Fetch-Site": "same-origin"}
        return self._seen(self.client.post(path, data=fields, headers=headers, follow_redirects=follow))

    def sign_in(self, email: str, password: str = PASSWORD, path: str = "/staff/sign-in") -> TestResponse:
        """Open the page for signing in, and send it."""
        self.get(path)
        return self.post(path, email=email, password=password)

    def _seen(self, response: TestResponse) -> TestResponse:
        found = _TOKEN.search(response.text) if response.mimetype == "text/html" else None
        self.token = found[1] if found else self.token
        return response


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(settings: Settings, database_url: str, echo: Echo, clock: Clock) -> Iterator[Flask]:
    """The application, on both databases."""
    app = create_app(replace(settings, database_url=database_url), Only(echo), clock)
    with app.app_context():
        staff()
    yield app
    with app.app_context():
        staff().engine.dispose()


@pytest.fixture
def shop(site: Flask) -> Staff:
    """What lies behind the pages."""
    with site.app_context():
        return staff()


@pytest.fixture
def browser(site: Flask) -> Callable[[], Browser]:
    """Opens browsers that know nothing of one another."""
    return lambda: Browser(site.test_client())


@pytest.fixture
def member(shop: Staff) -> Callable[..., Account]:
    """Makes accounts with a password, one for each role."""

    def make(role: Role = "editor", name: str | None = None) -> Account:
        name = name or role
        _, token = shop.accounts.invite(f"{name}@testham.gov.uk", name.title(), role, by="command line")
        return shop.signing_in.by_link(token, PASSWORD)

    return make


@pytest.fixture
def signed_in(browser: Callable[[], Browser], member: Callable[..., Account]) -> Callable[..., Browser]:
    """Makes an account of a role, and a browser in which it is signed in."""

    def enter(role: Role = "editor", name: str | None = None) -> Browser:
        opened = browser()
        opened.sign_in(member(role, name).email)
        return opened

    return enter
