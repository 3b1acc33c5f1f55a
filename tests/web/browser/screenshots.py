"""Pictures of the widget's states for people to look at: `make screenshots`.

English, Bengali and a right-to-left language, on a phone and at a desk; on our own page and over a partner's.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.browser.conftest import FLAGS, _browser_path, free_port, make_assistant, served
from tests.web.browser.steps import DANGER, NOISE, ask

SIZES = {"phone": (360, 740), "desk": (1280, 900)}
LANGUAGES = ("en", "bn", "ar", "ur")


def start(page: Page) -> None:
    """Nothing has been said."""


def answered(page: Page) -> None:
    """A reply with cards."""
    ask(page, NOISE)


def urgent(page: Page) -> None:
    """Safety notices."""
    ask(page, DANGER)


def group(page: Page) -> None:
    """The topics of a group."""
    page.locator(".panel .menu button").nth(5).click()
    page.locator(".panel li.reply").nth(1).wait_for()


def failed(page: Page) -> None:
    """An answer that did not arrive."""
    page.route("**/api/v1/chat", lambda route: route.abort())
    page.get_by_role("textbox").fill(NOISE)
    page.get_by_role("textbox").press("Enter")
    page.locator(".failure").wait_for()


STATES: tuple[Callable[[Page], None], ...] = (start, group, answered, urgent, failed)


def shoot(page: Page, path: Path, whole: bool = False) -> None:
    """Writes the picture, once everything has come to rest."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, full_page=whole, animations="disabled")


def opened(context: BrowserContext, address: str) -> Page:
    """The widget on our own page."""
    page = context.new_page()
    page.goto(address)
    page.locator("signpost-chat .panel").wait_for()
    return page


def take(browser: Browser, address: str, folder: Path) -> None:
    """Every state in every language and size, and some in other looks."""
    for size, (width, height) in SIZES.items():
        for language in LANGUAGES:
            context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
            for state in STATES:
                page = opened(context, f"{address}/{language}/")
                if page.locator("html").get_attribute("lang") == language:
                    state(page)
                    shoot(page, folder / f"{language}-{size}-{state.__name__}.png", state is not start)
                page.close()
            context.close()
    for look, options in {"dark": {"color_scheme": "dark"}, "contrast": {"forced_colors": "active"}}.items():
        context = browser.new_context(viewport={"width": 360, "height": 740}, **options)  # type: ignore[arg-type]
        page = opened(context, address)
        urgent(page)
        shoot(page, folder / f"en-phone-{look}.png", whole=True)
        if look == "dark":
            page.emulate_media(media="print", color_scheme="light")
            shoot(page, folder / "en-print.png", whole=True)
        context.close()
    for size, (width, height) in SIZES.items():
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(f"{address}/embed-preview/plain")
        page.get_by_role("button", name="Information and contacts").wait_for()
        shoot(page, folder / f"partner-{size}-closed.png")
        page.get_by_role("button", name="Information and contacts").click()
        page.locator(".panel").wait_for()
        answered(page)
        shoot(page, folder / f"partner-{size}-open.png")
        context.close()


def main(folder: Path) -> None:
    """Serves the real knowledge base, and writes the pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as home,
        served(make_assistant(port), port, Path(home)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=_browser_path(), args=FLAGS)
        take(browser, address, folder)
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
