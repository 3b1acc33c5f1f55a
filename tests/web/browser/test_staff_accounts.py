"""Signing in, accounts and the audit log in a real browser: for everyone, and nothing typed is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.store.staff.conftest import PASSWORD, _quick_hashes
from tests.web.browser.steps import axe_faults
from tests.web.conftest import KEY, Echo, Only
from web.app import create_app
from web.settings import Settings
from web.staff.services import staff

pytestmark = pytest.mark.browser
__all__ = ["_quick_hashes"]

EMAIL = "amina@testham.gov.uk"
PAGES = [
    "/staff/account",
    "/staff/account/password",
    "/staff/account/second-step",
    "/staff/accounts",
    "/staff/accounts/new",
    "/staff/accounts/1",
    "/staff/audit",
    "/staff/kept",
    "/staff/forgotten",
]


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[str]:
    """Where a service with one administrator listens."""
    settings = Settings(tmp_path, f"sqlite:///{tmp_path}/signpost.db", KEY)
    app = create_app(settings, Only(Echo()))
    with app.app_context():
        _, token = staff().accounts.invite(EMAIL, "Amina Begum", "administrator", by="command line")
        staff().signing_in.by_link(token, PASSWORD)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        staff().engine.dispose()


@pytest.fixture
def enter(house: str, open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Signs in, in a new browser."""

    def sign_in(path: str = "/staff/account", **options: object) -> Page:
        page = open_context(**options).new_page()
        page.goto(f"{house}{path}")
        fill_in(page)
        return page

    return sign_in


def fill_in(page: Page, password: str = PASSWORD) -> None:
    """Sign in on the page for it."""
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def wrongs(page: Page) -> list[str]:
    """What axe finds wrong, and what the page's policy forbids."""
    return [*axe_faults(page), *page.evaluate("violations")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everyone(enter: Callable[..., Page], house: str, scheme: str) -> None:
    """axe finds nothing, in either set of colours, and nothing is wider than a small telephone."""
    page = enter(color_scheme=scheme, viewport={"width": 320, "height": 640})
    for path in PAGES:
        page.goto(house + path)
        assert (path, wrongs(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_errors_have_the_focus_and_lead_to_their_fields(
    house: str, open_context: Callable[..., BrowserContext]
) -> None:
    """Before signing in, too; the link of the summary leads into the field."""
    page = open_context().new_page()
    page.goto(f"{house}/staff/sign-in")
    assert wrongs(page) == []
    fill_in(page, "not the password")
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert wrongs(page) == []
    page.get_by_role("link", name="The e-mail address or the password is wrong.").click()
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Password")).to_have_accessible_description(
        "Error: The e-mail address or the password is wrong."
    )


def test_everything_works_by_keyboard(house: str, open_context: Callable[..., BrowserContext]) -> None:
    """From the first key to the main content, past the menu."""
    page = open_context().new_page()
    page.goto(f"{house}/staff/sign-in")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("Sign out everywhere").wait_for()
    page.goto(f"{house}/staff/accounts")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("lost", ["here", "everywhere"])
def test_nothing_typed_is_lost_with_a_session(
    enter: Callable[..., Page], house: str, script: bool, lost: str
) -> None:
    """The cookie is gone, or another browser has signed out: the form is there again after signing in."""
    page = enter("/staff/accounts/new", java_script_enabled=script)
    page.get_by_label("E-mail address").fill("ben@testham.gov.uk")
    page.get_by_label("Name").fill("Ben Ali")
    if lost == "here":
        page.context.clear_cookies()
    else:
        enter().get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    fill_in(page)
    expect(page.get_by_role("definition").filter(has_text="Ben Ali")).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="A one-time link for Ben Ali")).to_be_visible()
