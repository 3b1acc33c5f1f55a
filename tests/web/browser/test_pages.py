"""The plain pages and the partners' frames in a real browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from bot.knowledge.sites import Site
from tests.web.browser.conftest import Failing
from tests.web.browser.steps import NOISE, axe_faults
from tests.web.conftest import KEY, NOW, Only
from web.app import create_app
from web.releases import newest
from web.settings import Settings
from web.snippets import element, frame_tag, pinned_tag, script_tag

pytestmark = pytest.mark.browser

Open = Callable[..., BrowserContext]

WIDTHS = [320, 768, 1280]
#: A page of each kind; the longest and the most sensitive of them.
PAGES = [
    "/topics",
    "/topics/domestic-abuse",
    "/topics/asb-report/council-tenant",
    "/services",
    "/services/police-999",
    "/about",
    "/privacy",
    "/accessibility",
    "/nowhere",
]
EXIT = "https://weather.example/"


@pytest.fixture
def page(shared_context: BrowserContext) -> Iterator[Page]:
    page = shared_context.new_page()
    yield page
    page.close()


@pytest.fixture
def own_page(open_context: Open) -> Page:
    """A page in a browser that has seen nothing yet."""
    return open_context().new_page()


@pytest.mark.parametrize(
    "path", [*PAGES, "/bn/topics/domestic-abuse", "/ur/services/police-999", "/ur/about"]
)
def test_axe_finds_nothing_at_any_width(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert axe_faults(page) == [], width


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_nothing_in_either_scheme(open_context: Open, address: str, scheme: str) -> None:
    page = open_context(color_scheme=scheme).new_page()
    for path in ("/topics/domestic-abuse", "/about", "/nowhere", "/embed"):
        page.goto(address + path)
        assert axe_faults(page) == [], path


@pytest.mark.parametrize("language", ["/en", "/bn", "/ur"])
def test_nothing_is_wider_than_a_small_screen(open_context: Open, address: str, language: str) -> None:
    page = open_context(viewport={"width": 320, "height": 256}).new_page()
    for path in PAGES:
        page.goto(address + language + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_whatever_has_the_focus_is_in_sight_on_a_small_screen(open_context: Open, address: str) -> None:
    """The bar that stays in sight covers nothing that can be tapped."""
    page = open_context(viewport={"width": 320, "height": 256}).new_page()
    page.goto(address + "/topics/domestic-abuse")
    for _ in range(page.evaluate("document.querySelectorAll('a[href]').length")):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
              const node = document.activeElement, box = node.getClientRects()[0];
              const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return hit && (node.contains(hit) || hit.contains(node)) ? null : node.outerHTML.slice(0, 100);
            }"""
        )
        assert hidden is None


def test_a_strict_policy_is_never_violated(page: Page, address: str) -> None:
    """The data for search engines is no script."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in (*PAGES, "/embed"):
        page.goto(address + path)
        assert page.evaluate("violations") == [], path
    assert errors == []


def test_nothing_is_kept_and_nothing_comes_from_others(own_page: Page, address: str) -> None:
    """As the page on privacy says."""
    asked: list[str] = []
    own_page.on("request", lambda request: asked.append(request.url))
    for path in (*PAGES, "/"):
        own_page.goto(address + path)
    assert len(asked) > len(PAGES)
    assert [url for url in asked if not url.startswith(address)] == []
    assert own_page.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}


def test_paper_has_the_contacts_with_their_dates_and_nothing_to_tap(page: Page, address: str) -> None:
    page.goto(address + "/topics/noise")
    expect(page.locator(".now").first).to_be_visible()
    page.emulate_media(media="print")
    for gone in (".now", ".tongues", "footer", ".exit"):
        expect(page.locator(gone).first).to_be_hidden()
    for there in (".bar a[href='tel:999']", ".contact .way", ".contact .origin"):
        expect(page.locator(there).first).to_be_visible()
    expect(page.get_by_text(address + "/topics/noise")).to_be_visible()
    whole = page.locator(".way.web").first.evaluate("node => getComputedStyle(node, '::after').content")
    assert "https://" in whole


def test_another_language_is_one_tap_away_and_so_is_the_english(page: Page, address: str) -> None:
    page.goto(address + "/en/topics/noise")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="বাংলা").click()
    expect(page.locator("html")).to_have_attribute("lang", "bn")
    page.locator(".draft a").click()
    expect(page).to_have_url(address + "/en/topics/noise")


def test_whoever_is_lost_can_ask(open_context: Open, address: str) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(address + "/topics/nowhere")
    page.get_by_role("textbox").fill(NOISE)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("li.reply .card").first).to_be_visible()


@contextmanager
def listening(app: Any) -> Iterator[int]:
    """Serves a WSGI application; gives its port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


class Hosts(NamedTuple):
    """Pages of two other origins with what is published for partners: one is listed, one is not.

    `/frame`, `/tag`, `/element` and `/pinned` hold the frame, the one tag, the tag with a link, and the tag
    of a release.
    """

    partner: str
    stranger: str
    #: Where the service listens.
    ours: str


@pytest.fixture(scope="module")
def hosts(assistant: Failing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """The same pages under two names of this machine, which are two origins."""
    parts: dict[str, str] = {}

    def page_at(environ: dict[str, Any], start: Any) -> Any:
        body = f"<!doctype html><html lang='en'><title>Host</title><h1>Host</h1>{parts[environ['PATH_INFO']]}"
        return Response(body, mimetype="text/html")(environ, start)

    with listening(page_at) as port:
        partner = f"http://localhost:{port}"
        site = Site.model_validate(
            {"id": "partner", "name": "A partner", "origins": [partner], "exit": EXIT, "language": "en"}
            | {"colours": {"accent": "#7a1f5c"}, "topics": ["noise"]}
        )
        served = copy(assistant.assistant)
        served.knowledge = replace(served.knowledge, sites={"partner": site})
        settings = Settings(tmp_path_factory.mktemp("home"), "sqlite://", KEY, turn_limit="")
        with listening(create_app(settings, Only(served), lambda: NOW)) as own:
            root = f"http://127.0.0.1:{own}"
            snippets = {"/frame": frame_tag, "/tag": script_tag, "/element": element}
            parts.update({path: snippet(root, site) for path, snippet in snippets.items()})
            parts["/pinned"] = pinned_tag(root, site, newest())
            parts["/favicon.ico"] = ""
            yield Hosts(partner, f"http://127.0.0.1:{port}", root)


@pytest.fixture
def partner(open_context: Open, hosts: Hosts) -> Page:
    """The page of the partner that is listed."""
    page = open_context(viewport={"width": 800, "height": 900}).new_page()
    page.route(f"{EXIT}**", lambda route: route.fulfill(body="Sunny", content_type="text/html"))
    page.goto(f"{hosts.partner}/frame")
    return page


def test_a_partners_frame_holds_a_whole_conversation(partner: Page, hosts: Hosts) -> None:
    frame = partner.frame_locator("iframe")
    frame.get_by_role("textbox").fill(NOISE)
    frame.get_by_role("button", name="Send").click()
    expect(frame.locator("li.reply .card").first).to_be_visible()
    frame.locator(".chips button").first.click()
    expect(frame.locator("li.said")).to_have_count(0)
    expect(frame.locator("li.reply")).to_be_visible()
    assert partner.url == f"{hosts.partner}/frame"


def test_a_partners_frame_has_the_partners_colours(partner: Page) -> None:
    send = partner.frame_locator("iframe").get_by_role("button", name="Send")
    expect(send).to_have_css("background-color", "rgb(122, 31, 92)")


def test_the_exit_of_a_frame_leaves_the_whole_page(partner: Page) -> None:
    """Out of its sandbox, by the rights of the published tag."""
    partner.frame_locator("iframe").get_by_role("link", name="Exit this page").click()
    expect(partner).to_have_url(EXIT)


def test_a_site_that_is_not_listed_gets_no_frame_but_the_link_and_a_reason(
    own_page: Page, hosts: Hosts
) -> None:
    said: list[str] = []
    own_page.on("console", lambda message: said.append(message.text))
    own_page.goto(f"{hosts.stranger}/frame")
    own_page.wait_for_load_state()
    expect(own_page.frame_locator("iframe").locator(".signpost")).to_have_count(0)
    assert any("frame-ancestors" in line for line in said), said
    link = own_page.get_by_role("link", name="Information and contacts")
    expect(link).to_have_attribute("href", f"{hosts.ours}/")


@pytest.mark.parametrize("path", ["/tag", "/element", "/pinned"])
def test_the_published_tag_brings_the_conversation_to_a_listed_page(
    own_page: Page, hosts: Hosts, path: str
) -> None:
    """By keyboard alone, since the page itself cannot look inside; the answer arrives across origins."""
    own_page.goto(hosts.partner + path)
    own_page.wait_for_function(
        "customElements.get('signpost-chat') && document.querySelector('signpost-chat')"
    )
    with own_page.expect_response(re.compile(r"/w/1/\w+/auto\.js")) as words:
        own_page.keyboard.press("Tab")
        own_page.keyboard.press("Enter")
    assert words.value.headers["access-control-allow-origin"] == hosts.partner
    assert '"site":"partner"' in words.value.text()


@pytest.mark.parametrize("path", ["/tag", "/element"])
def test_a_page_that_is_not_listed_gets_a_reason_and_keeps_its_link(
    own_page: Page, hosts: Hosts, path: str
) -> None:
    with own_page.expect_console_message(lambda message: "is not a listed site" in message.text):
        own_page.goto(hosts.stranger + path)
    assert own_page.locator("signpost-chat button").count() == 0
    if path == "/element":
        link = own_page.get_by_role("link", name="Information and contacts")
        expect(link).to_have_attribute("href", f"{hosts.ours}/")


@pytest.mark.parametrize("kind", ["plain", "hostile", "rtl"])
def test_the_previews_show_the_widget_on_every_kind_of_page(page: Page, address: str, kind: str) -> None:
    page.goto(f"{address}/embed-preview/{kind}")
    button = page.locator("signpost-chat button").first
    button.click()
    expect(page.locator("signpost-chat").get_by_role("textbox")).to_be_visible()
    assert page.evaluate("violations") == []
