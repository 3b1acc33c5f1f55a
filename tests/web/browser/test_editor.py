"""The editor in real browsers: by keyboard, without script, in two at once, and axe finds nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from bot.assistant import Assistant
from store.building import build_assistant
from tests.store.staff.conftest import PASSWORD, _quick_hashes
from tests.web.browser.conftest import free_port
from tests.web.browser.steps import axe_faults
from tests.web.conftest import KEY, Only
from tests.web.staff.editing import FILES
from web.app import create_app
from web.service import utc_now
from web.settings import Settings
from web.staff.services import Staff, staff
from web.staff.workshop import prepare

__all__ = ["_quick_hashes"]

pytestmark = pytest.mark.browser
Open = Callable[..., BrowserContext]
SERVICE = "/staff/services/noise-team"
PAGES = (
    "", "drafts/", "services/", "topics/", "glossary/", "urgent/", "smalltalk/", "sites/", "words/",
    "examples/", "history/", "history/1", "services/noise-team", "services/noise-team/history",
    "topics/noise",
    "glossary/{term}", "urgent/danger", "sites/partner", "smalltalk/greeting", "words/noise/en",
    "words/noise/bn", "examples/en/topics/noise", "services/new", "everywhere?find=999", "preview",
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assistant, Path]:
    """The assistant of the small knowledge base, and a project's folder with what was learned from it."""
    home = tmp_path_factory.mktemp("home")
    return build_assistant(FILES, home / "var" / "learned"), home


@pytest.fixture
def app(built: tuple[Assistant, Path], tmp_path: Path) -> Flask:
    """A service that does at once what takes long."""
    assistant, home = built
    settings = Settings(home, f"sqlite:///{tmp_path / 'store.db'}", KEY, turn_limit="")
    app = create_app(settings, Only(assistant), utc_now)
    prepare(app, run=lambda work: work())
    return app


@pytest.fixture
def desk(app: Flask) -> Iterator[tuple[str, Staff]]:
    """Where it listens, with one revision published and two publishers; and what lies behind it."""
    port = free_port()
    with app.app_context():
        behind = staff()
    behind.store.publish(FILES, None, "shipped", "The first content.")
    for name in ("Ann", "Ben"):
        _, token = behind.accounts.invite(f"{name}@testham.gov.uk", name, "publisher", by="test")
        behind.signing_in.by_link(token, PASSWORD)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{port}", behind
    server.shutdown()
    thread.join()
    server.server_close()
    behind.engine.dispose()


@pytest.fixture
def enter(desk: tuple[str, Staff], open_context: Open) -> Callable[..., Page]:
    """Opens a browser in which somebody is signed in."""

    def open_one(name: str = "Ann", **options: object) -> Page:
        context = open_context(**{"base_url": desk[0], "viewport": {"width": 1100, "height": 900}, **options})
        page = context.new_page()
        page.goto("/staff/sign-in")
        page.get_by_label("E-mail").fill(f"{name}@testham.gov.uk")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        return page

    return open_one


def save(page: Page) -> None:
    """Press the button that saves, and wait until it is done."""
    page.get_by_role("button", name="Save to the draft").click()
    page.get_by_text("Saved to the draft").wait_for()


def test_axe_finds_nothing_on_any_page(enter: Callable[..., Page], desk: tuple[str, Staff]) -> None:
    """Wide and narrow, light and dark; and no page does what its policy forbids."""
    term = next(iter(FILES[name] for name in FILES if name.endswith("glossary.yaml"))).decode().split(":")[0]
    page = enter()
    for path in PAGES:
        page.goto(f"/staff/{path.format(term=term)}")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert axe_faults(page) == [], path
        assert page.evaluate("violations") == [], path
    dark = enter("Ben", color_scheme="dark", viewport={"width": 340, "height": 800})
    for path in ("", "services/noise-team", "services/", "preview"):
        dark.goto(f"/staff/{path}")
        assert axe_faults(dark) == [], path
        wide = dark.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, path


def test_axe_finds_nothing_on_a_draft_its_errors_and_a_merge(
    enter: Callable[..., Page], desk: tuple[str, Staff]
) -> None:
    """The pages that come after the first save."""
    page = enter()
    page.goto(SERVICE)
    page.get_by_label("What it does").fill("")
    page.get_by_role("button", name="Save to the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("What it does: write something here.")
    assert axe_faults(page) == []
    page.get_by_label("What it does").fill("Ann's summary.")
    save(page)
    assert axe_faults(page) == []
    number = desk[1].drafts.create("ben@testham.gov.uk", "Ben's").id
    changed = FILES["knowledge/services/noise-team.yaml"].replace(b"Looks into loud music", b"Hears")
    desk[1].drafts.save(number, "ben@testham.gov.uk", {"knowledge/services/noise-team.yaml": changed}, 1)
    desk[1].publishing.publish(number, "ben@testham.gov.uk", "Ben's.", 2)
    for path in ("/staff/drafts/1?prove=1", "/staff/drafts/1/merge", "/staff/history/2"):
        page.goto(path)
        assert axe_faults(page) == [], path


@pytest.mark.parametrize("script", [True, False])
def test_a_number_is_changed_tried_published_and_undone(
    script: bool, enter: Callable[..., Page], desk: tuple[str, Staff]
) -> None:
    """With script and without."""
    page = enter(java_script_enabled=script)
    page.goto(SERVICE)
    page.get_by_text("Contact 1: Noise team").click()
    page.get_by_label("Number, address or link").first.fill("020 7946 0020")
    save(page)
    frame = page.frame_locator("iframe")
    frame.get_by_label("What a resident types").fill("my neighbours are so noisy")
    frame.get_by_role("button", name="Send").click()
    expect(frame.locator("li.reply").first).to_contain_text("020 7946 0020")
    page.get_by_role("link", name="Service: Littleborough Noise Team").first.click()
    expect(page.locator("main")).to_contain_text("020 7946 0018 becomes 020 7946 0020")
    page.get_by_label("For the history").fill("The team has a new number.")
    page.get_by_role("button", name="Publish it now").click()
    expect(page.locator("main")).to_contain_text("Published.")
    assert desk[1].store.current() == 2
    page.get_by_role("link", name="It was published as revision 2.").click()
    page.get_by_role("button", name="Undo this publication").click()
    expect(page.locator("main")).to_contain_text("The content is as it was in revision 1.")
    assert desk[1].store.files(3) == FILES


def test_everything_works_by_keyboard(enter: Callable[..., Page], desk: tuple[str, Staff]) -> None:
    """Enter in a field saves, and does nothing else; every field is reached by Tab."""
    page = enter()
    page.goto("/staff/sites/partner")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.press("End")
    page.keyboard.type(" of ours")
    page.keyboard.press("Enter")
    page.get_by_text("Saved to the draft").wait_for()
    assert b"name: A partner of ours" in (desk[1].drafts.changes(1)["knowledge/sites.yaml"] or b"")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    page.keyboard.press("Enter")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached |= set(page.evaluate("[document.activeElement.name, document.activeElement.textContent]"))
    assert {"name", "origins", "language", "draft", "Add a contact", "Save to the draft"} <= reached


def test_two_browsers_edit_one_draft_at_once(enter: Callable[..., Page], desk: tuple[str, Staff]) -> None:
    """Both open the form; what they change in different fields is kept of both, and a clash is shown."""
    ann, ben = enter("Ann"), enter("Ben")
    ann.goto(SERVICE)
    ann.locator("#f-cost").fill("Free of charge")
    save(ann)
    ben.goto("/staff/drafts/1")
    ben.get_by_role("button", name="Work on it").click()
    for page in (ann, ben):
        page.goto(SERVICE)
    ann.get_by_label("Name", exact=True).fill("Ann's name")
    ben.get_by_label("What it does").fill("Ben's summary.")
    ben.locator("#f-for_whom").fill("Ben's people.")
    save(ann)
    save(ben)
    text = (desk[1].drafts.changes(1)["knowledge/services/noise-team.yaml"] or b"").decode()
    for said in ("name: Ann's name", "summary: Ben's summary.", "cost: Free of charge"):
        assert said in text
    ann.locator("#f-for_whom").fill("Ann's people.")
    ann.get_by_role("button", name="Save to the draft").click()
    expect(ann.get_by_role("alert")).to_contain_text("Somebody else has made this “Ben's people.” meanwhile.")
    expect(ann.locator("#f-for_whom")).to_have_value("Ann's people.")


def test_two_browsers_publish_at_once(enter: Callable[..., Page], desk: tuple[str, Staff]) -> None:
    """One wins; the other sees both sides, brings them together, and loses nothing."""
    ann, ben = enter("Ann"), enter("Ben")
    for page, name in ((ann, "Ann's name"), (ben, "Ben's name")):
        page.goto(SERVICE)
        page.get_by_label("Name", exact=True).fill(name)
        save(page)
        page.get_by_role("link", name="Service: Littleborough Noise Team").first.click()
        page.get_by_label("For the history").fill(f"It is {name} now.")
    ann.get_by_role("button", name="Publish it now").click()
    expect(ann.locator("main")).to_contain_text("Published.")
    ben.get_by_role("button", name="Publish it now").click()
    expect(ben.locator("main")).to_contain_text("Somebody else has published meanwhile.")
    ben.get_by_role("link", name="Bring them together").click()
    expect(ben.locator("main")).to_contain_text("Ann's name")
    ben.get_by_label("In this draft").check()
    ben.get_by_role("button", name="Bring them together").click()
    ben.get_by_label("For the history").fill("It is Ben's name after all.")
    ben.get_by_role("button", name="Publish it now").click()
    expect(ben.locator("main")).to_contain_text("Published.")
    assert b"name: Ben's name" in desk[1].store.files(3)["knowledge/services/noise-team.yaml"]


@pytest.mark.parametrize("typing", [True, False])
def test_a_page_that_waits_looks_again_by_itself(
    typing: bool,
    enter: Callable[..., Page],
    desk: tuple[str, Staff],
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """But never under the hands of somebody who types. The service does not wait before it answers."""
    monkeypatch.setattr("web.staff.checking._WAIT_SECONDS", 0)
    waiting: list[Callable[[], None]] = []
    page = enter()
    page.goto(SERVICE)
    page.get_by_label("What it does").fill("Somebody listens.")
    save(page)
    prepare(app, run=waiting.append)
    page.clock.install()
    page.goto("/staff/drafts/1?prove=1")
    expect(page.get_by_text("It is being checked.")).to_be_visible()
    if typing:
        page.locator("[name=message]").first.fill("Because")
    while waiting:
        waiting.pop(0)()
    page.clock.fast_forward(5000)
    if typing:
        expect(page.get_by_text("It is being checked.")).to_be_visible()
    else:
        expect(page.get_by_text("No errors.")).to_be_visible()
    assert page.evaluate("violations") == []
