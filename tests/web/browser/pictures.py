"""The pictures of docs/editing.md, made by the real editor on the real content: `make pictures`.

A member of staff changes a number, tries it out, hands it in; another one publishes it, and undoes it.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from store.building import build_assistant
from store.content import read_content
from store.counts import Kind, TurnCounts
from tests.store.staff.conftest import PASSWORD
from tests.web.browser.conftest import FLAGS, PROJECT, _browser_path, free_port
from tests.web.conftest import KEY, NOW, Only
from web.app import create_app
from web.settings import Settings
from web.staff.services import Staff, staff
from web.staff.workshop import prepare

SIZE = (1080, 760)
#: So that each picture opens quickly on any line.
MOST_BYTES = 150 * 1024
#: Building and playing takes some seconds, and more on a slow machine.
PATIENCE_MILLISECONDS = 600_000
#: A number that Ofcom keeps for drama: nobody answers it.
NUMBER = "020 7946 0018"
PEOPLE = (("Amina Begum", "editor"), ("Ben Carter", "publisher"))


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Staff]]:
    """The whole service on the content of this project, with two members of staff; its address."""
    # The blind test is no part of what is proven, and its sentences are for nobody's eyes.
    files = {name: content for name, content in read_content(PROJECT).items() if "/held-back/" not in name}
    assistant = build_assistant(files, PROJECT / "var" / "learned")
    settings = Settings(PROJECT, f"sqlite:///{folder / 'pictures.db'}", KEY, turn_limit="")
    app, port = create_app(settings, Only(assistant), lambda: NOW), free_port()
    prepare(app, run=lambda work: work())
    with app.app_context():
        behind = staff()
    behind.store.publish(files, None, "shipped", "The content as it was shipped.")
    for name, role in PEOPLE:
        _, token = behind.accounts.invite(email(name), name, role, by="command line")  # type: ignore[arg-type]
        behind.signing_in.by_link(token, PASSWORD)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}", behind
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        behind.engine.dispose()


def email(name: str) -> str:
    """The address of a member of staff."""
    return f"{name.split()[0].lower()}@example.org"


def desk(browser: Browser, address: str) -> Page:
    """A browser in which nobody is signed in yet."""
    width, height = SIZE
    context = browser.new_context(
        base_url=address, locale="en-GB", viewport={"width": width, "height": height}
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = context.new_page()
    page.goto("/staff/sign-in")
    return page


def sign_in(page: Page, name: str) -> None:
    """Fill the page for signing in, and send it."""
    page.get_by_label("E-mail address").fill(email(name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Sign out").wait_for()


class Album:
    """Writes pictures into a folder, each with its number and name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[Path] = []

    def take(self, page: Page, name: str, part: str | None = None) -> None:
        """A picture of what the window shows, scrolled to the text `part`. Raises ValueError if too large."""
        if part:
            page.get_by_text(part).first.evaluate("each => each.scrollIntoView({block: 'start'})")
            page.mouse.wheel(0, -90)
        page.wait_for_load_state("networkidle")
        path = self.folder / f"{name}.png"
        page.screenshot(path=path, animations="disabled")
        self.made.append(path)
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"{path} is larger than {MOST_BYTES} bytes.")


def change(page: Page, album: Album) -> None:
    """The part of whoever edits: from signing in to handing in."""
    album.take(page, "sign-in")
    sign_in(page, "Amina Begum")
    page.get_by_role("link", name="Services", exact=True).click()
    page.get_by_label("Search").fill("reset")
    page.get_by_role("button", name="Show").click()
    album.take(page, "find")
    page.get_by_role("link", name="RESET Treatment and Recovery").click()
    page.get_by_text("Contact 1: Adult drug and alcohol service").click()
    page.get_by_label("Number, address or link").first.fill(NUMBER)
    album.take(page, "number", "Contact 1: Adult drug and alcohol service")
    page.get_by_role("button", name="Save to the draft").click()
    page.get_by_text("Saved to the draft").wait_for()
    page.goto("/staff/preview")
    page.get_by_label("What a resident types").fill("where can i get help with heroin")
    page.get_by_role("button", name="Send").click()
    page.get_by_text(NUMBER).first.wait_for()
    album.take(page, "try", "where can i get help with heroin")
    page.goto("/staff/drafts/1")
    album.take(page, "difference")
    page.get_by_role("button", name="Play them").click()
    page.get_by_text("were played").wait_for()
    album.take(page, "proof", "Conversations")
    page.get_by_label("What the change is, and why").fill("RESET has a new number: the team told us today.")
    page.get_by_role("button", name="Hand it in for review").click()
    page.get_by_text("waiting for review").first.wait_for()


def publish(page: Page, album: Album) -> None:
    """The part of whoever publishes: look, publish, and undo."""
    sign_in(page, "Ben Carter")
    album.take(page, "waiting")
    page.goto("/staff/drafts/1")
    page.get_by_label("For the history").first.evaluate("each => each.scrollIntoView({block: 'center'})")
    album.take(page, "publish")
    page.get_by_role("button", name="Publish it now").click()
    page.get_by_text("Published.").first.wait_for()
    page.goto("/staff/history/2")
    album.take(page, "undo")


def look_around(page: Page, album: Album, behind: Staff) -> None:
    """Pages to come back to: what residents ask, and the translations."""
    counts = TurnCounts(behind.engine, behind.now)
    topics = ("noise", "drug-alcohol-adult", "street-environment", "domestic-abuse")
    for back in range(22):
        day = (NOW - timedelta(days=back)).date().isoformat()
        for place, topic in enumerate(topics):
            kind = Kind(day, topic, "bn" if place == 2 else "en", "answer", "", False)
            counts.add({kind: 19 - 3 * place + back * 7 % 11}, {(day, 9 + 3 * place): 19})
        counts.add({Kind(day, "", "en", "fallback", "", False): 6 + back % 3}, {(day, 20): 6})
    page.goto("/staff/insights")
    page.locator("#time").evaluate("each => each.scrollIntoView()")
    album.take(page, "insights")
    page.goto("/staff/translations/bn/services/reset")
    album.take(page, "translation")


def main(folder: Path) -> None:
    """Make every picture in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    album = Album(folder)
    with (
        tempfile.TemporaryDirectory() as home,
        served(Path(home)) as (address, behind),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=_browser_path(), args=FLAGS)
        change(desk(browser, address), album)
        second = desk(browser, address)
        publish(second, album)
        look_around(second, album, behind)
        browser.close()
    print(f"{len(album.made)} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
