"""The way out: nothing to see, at once, and nothing to come back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.steps import NOISE, ask, back, conversation
from web.desk import EXIT

pytestmark = pytest.mark.browser

Start = Callable[..., Page]

ELSEWHERE = "<!doctype html><title>Elsewhere</title><p>Nothing to see here."
#: Presses Shift alone as often as asked, all at one moment: so many milliseconds after the last typing.
SHIFT = """([times, afterMs]) => {
  const box = document.querySelector("signpost-chat").shadowRoot.querySelector("textarea");
  const at = (event, value) => box.dispatchEvent(Object.defineProperty(event, "timeStamp", { value }));
  const now = performance.now();
  at(new InputEvent("input", { bubbles: true, composed: true }), now);
  for (let press = 0; press < times; press++)
    for (const kind of ["keydown", "keyup"])
      at(new KeyboardEvent(kind, { key: "Shift", bubbles: true, composed: true }), now + afterMs);
}"""


@pytest.fixture
def talked(start: Start, address: str) -> Page:
    """A page with a conversation, opened from another page; the exit's page is served by the test."""
    page = start()
    page.route(EXIT, lambda route: route.fulfill(body=ELSEWHERE, content_type="text/html"))
    page.goto(f"{address}/healthz")
    page.goto(address)
    page.locator("signpost-chat .panel").wait_for()
    ask(page, NOISE)
    page.get_by_role("textbox").fill("half a thought")
    return page


def click(page: Page) -> None:
    page.get_by_role("link", name="Exit this page").click()


def press_shift(page: Page) -> None:
    page.evaluate(SHIFT, [3, 10_000])


def change_language_and_click(page: Page) -> None:
    page.get_by_role("combobox").select_option("bn")
    expect(page.locator("li.reply").last).to_have_attribute("lang", "bn")
    page.locator(".panel a.exit").click()


@pytest.mark.parametrize("leave", [click, press_shift, change_language_and_click])
def test_after_the_exit_back_shows_no_conversation(
    talked: Page, leave: Callable[[Page], None], address: str
) -> None:
    leave(talked)
    talked.wait_for_url(EXIT)
    back(talked, f"{address}/healthz")
    back(talked, f"{address}/")
    assert NOISE not in conversation(talked)
    assert "half a thought" not in conversation(talked)


def test_everything_is_hidden_before_the_next_page_has_come(talked: Page) -> None:
    title, display, shown, kept = talked.evaluate(
        """() => {
          const root = document.querySelector("signpost-chat").shadowRoot;
          root.querySelector(".exit").click();
          const display = getComputedStyle(document.body).display;
          const kept = document.body.textContent + root.textContent;
          return [document.title, display, document.documentElement.innerText, kept];
        }"""
    )
    assert (title, display, shown) == ("Loading", "none", "Loading")
    assert NOISE not in kept


def test_shift_just_after_typing_does_not_exit(talked: Page) -> None:
    talked.evaluate(SHIFT, [3, 500])
    expect(talked.locator("li.reply .card").first).to_be_visible()


def test_two_presses_of_shift_do_not_exit_and_another_key_starts_afresh(talked: Page) -> None:
    talked.evaluate(SHIFT, [2, 10_000])
    talked.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))")
    talked.evaluate(SHIFT, [2, 10_000])
    expect(talked.locator("li.reply .card").first).to_be_visible()


def test_the_exit_stays_in_sight(talked: Page) -> None:
    expect(talked.get_by_role("link", name="Exit this page")).to_be_in_viewport()


def test_without_script_the_exit_is_a_link_and_says_what_back_shows(start: Start) -> None:
    page = start(java_script_enabled=False)
    expect(page.get_by_role("link", name="Exit this page")).to_have_attribute("href", EXIT)
    expect(page.get_by_text("the Back button can still show this page")).to_be_visible()


def test_nothing_is_kept_and_the_address_never_changes(start: Start, address: str) -> None:
    page = start()
    before = page.evaluate("history.length")
    ask(page, NOISE)
    page.get_by_role("combobox").select_option("bn")
    expect(page.locator("li.reply").last).to_have_attribute("lang", "bn")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("caches.keys()") == []
    assert page.context.cookies() == []
    assert page.evaluate("history.length") == before
    assert page.url == f"{address}/"
