"""On pages of other sites, well-meaning and hostile ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.steps import NOISE, ask, inside
from web.releases import newest

pytestmark = pytest.mark.browser

Host = Callable[..., Page]

TAG = '<script defer crossorigin src="ADDRESS/w/1/signpost.js" data-site="neighbour"></script>'
LINK = '<a href="ADDRESS/">Information and contacts</a>'
ELEMENT = f'<signpost-chat data-site="neighbour">{LINK}</signpost-chat>'
PLAIN = (
    f'<!doctype html><html lang="en"><title>A partner</title><body><h1>A partner</h1>{ELEMENT}{TAG}</html>'
)
NAME = "Information and contacts"
STRICT = (
    "default-src 'none'; script-src ADDRESS; connect-src ADDRESS; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
#: Styles that reach for everything, on a page whose rem is small.
HOSTILE = """<style>html { font-size: 62.5% }
* { font-size: 40px !important; line-height: 1 !important; color: lime !important; float: right !important }
* { display: inline !important; visibility: hidden !important; opacity: .1 !important; rotate: 9deg }
div, section, button, p { all: unset !important; position: absolute !important; inset: 0 !important }
</style>"""


def open_chat(page: Page) -> None:
    """Opens the conversation by its launcher."""
    page.get_by_role("button", name=NAME).click()
    expect(page.locator(".panel")).to_be_visible()


def hears(page: Page, words: str) -> None:
    """Waits until the console of a page opened by `host` has said `words`."""
    page.wait_for_function("(words) => complaints.some((each) => each.includes(words))", arg=words)


def test_a_conversation_takes_two_requests_and_no_other_host(host: Host, address: str) -> None:
    page = host("<!doctype html><title>A partner</title>")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(PLAIN.replace("ADDRESS", address))
    open_chat(page)
    assert asked == [f"{address}/w/1/signpost.js", f"{address}/w/1/chat/auto.js?site=neighbour"]
    ask(page, NOISE).locator(".card").first.wait_for()
    assert asked[2:] == [f"{address}/api/v1/chat"]


def test_a_pinned_release_works_alike(host: Host, address: str) -> None:
    release = newest()
    tag = TAG.replace("/w/1/", f"/w/{release.version}/").replace(
        "defer", f'defer integrity="{release.integrity}"'
    )
    page = host(PLAIN.replace(TAG, tag), policy=STRICT)
    open_chat(page)
    ask(page, NOISE).locator(".card").first.wait_for()
    assert page.evaluate("violations") == []


def test_a_tag_in_the_head_is_enough(host: Host) -> None:
    page = host(
        f"<!doctype html><html lang=en><head><title>A</title>{TAG.replace('defer ', '')}</head><body><h1>A"
    )
    open_chat(page)
    ask(page, NOISE).locator(".card").first.wait_for()
    assert page.locator("signpost-chat").count() == 1


@pytest.mark.parametrize("more", [TAG, ELEMENT, TAG + ELEMENT])
def test_there_is_one_conversation_on_a_page_however_often_it_is_asked_for(host: Host, more: str) -> None:
    page = host(PLAIN.replace("</html>", more))
    open_chat(page)
    assert page.locator(".panel").count() == 1


def test_a_host_page_has_no_way_in(host: Host) -> None:
    page = host(PLAIN, pry=False)
    assert page.evaluate("document.querySelector('signpost-chat').shadowRoot") is None
    page.evaluate("""() => {
      window.heard = [];
      for (const kind of ["click", "keydown", "keyup", "input"])
        document.addEventListener(kind, (event) => {
          const deepest = event.composedPath()[0];
          heard.push([kind, event.key, event.data, deepest.value, deepest.localName]);
        });
    }""")
    button = page.get_by_role("button", name=NAME)  # not pierced by a selector, but in the accessibility tree
    assert button.count() == 0
    page.mouse.click(*page.evaluate("[innerWidth - 40, innerHeight - 40]"))
    page.wait_for_function("document.elementFromPoint(20, 300).localName === 'signpost-chat'")
    page.mouse.click(*page.evaluate("[100, innerHeight - 40]"))
    page.keyboard.type("secret")
    texts = str(page.evaluate("[heard, document.documentElement.outerHTML]"))
    assert "secret" not in texts
    assert {entry[-1] for entry in page.evaluate("heard")} == {"signpost-chat"}


def test_a_message_from_any_window_does_nothing(host: Host) -> None:
    page = host(PLAIN)
    open_chat(page)
    before = inside(page, "root.querySelector('.panel').outerHTML")
    page.evaluate("""() => {
      for (const data of ["exit", { type: "exit" }, { message: "hello" }, { choose: { menu: "asb" } }])
        for (const target of [window, document.querySelector("signpost-chat")])
          target.dispatchEvent(new MessageEvent("message", { data, origin: "https://evil.example.org" }));
    }""")
    assert inside(page, "root.querySelector('.panel').outerHTML") == before


def test_a_site_that_is_not_listed_gets_the_link_and_a_reason(host: Host) -> None:
    page = host(PLAIN, origin="https://evil.example.org")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    hears(page, "https://evil.example.org is not a listed site")
    assert page.evaluate("document.querySelector('signpost-chat').shadowRoot") is None


@pytest.mark.parametrize("tag", [TAG, TAG.replace("defer ", "")])
def test_a_site_that_is_not_listed_gets_a_link_where_it_put_none(host: Host, tag: str) -> None:
    page = host(f"<!doctype html><html lang=en><head><title>A</title>{tag}</head><body><h1>A</h1></html>",
                origin="https://evil.example.org")  # fmt: skip
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    assert page.locator("signpost-chat").count() == 0


def test_a_site_that_does_not_say_who_it_is_gets_the_link_back_when_it_opens(host: Host) -> None:
    page = host(PLAIN.replace("crossorigin ", ""), origin="https://evil.example.org")
    page.get_by_role("button", name=NAME).click()
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    hears(page, "not listed")


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ('data-site="&lt;script&gt;alert(1)"', "unknown data-site"),
        (f'data-site="{"x" * 3000}"', "unknown data-site"),
        ('data-site="neighbour" data-language="../../%00?"', "unknown data-language"),
        ('data-site="neighbour" data-language="tlh"', "unknown data-language"),
    ],
)
def test_absurd_attributes_fall_back_with_a_reason(host: Host, attributes: str, reason: str) -> None:
    page = host(PLAIN.replace('<signpost-chat data-site="neighbour"', f"<signpost-chat {attributes}"))
    open_chat(page)
    ask(page, NOISE).locator(".card").first.wait_for()
    hears(page, reason)


def test_the_strictest_policy_needs_two_entries_and_is_never_violated(host: Host) -> None:
    page = host(PLAIN, policy=STRICT)
    open_chat(page)
    ask(page, NOISE).locator(".card").first.wait_for()
    page.get_by_role("combobox").select_option("bn")
    expect(page.locator("li.reply").last).to_have_attribute("lang", "bn")
    assert page.evaluate("violations") == []


def styles(page: Page) -> list[Any]:
    """How the widget looks: of each kind of element in sight its size, colour and kind of box."""
    found: list[Any] = inside(
        page,
        """[...root.querySelectorAll(
          ".panel, .exit, .said, .way, .steps li, textarea, h2, h3, .chips button")].map((node) => {
            const style = getComputedStyle(node), box = node.getBoundingClientRect();
            return [node.className, style.fontSize, style.lineHeight, style.color, style.display, style.float,
              style.visibility, style.opacity, style.position, Math.round(box.width)];
          })""",
    )
    return found


def test_a_host_pages_styles_change_nothing_in_the_widget_nor_the_widgets_in_the_page(host: Host) -> None:
    looks, outside = [], []
    for extra in ("", HOSTILE):
        page = host(PLAIN.replace("</title>", f"</title>{extra}"))
        before = page.evaluate("getComputedStyle(document.querySelector('h1')).cssText")
        page.evaluate("document.querySelector('signpost-chat').shadowRoot.querySelector('button').click()")
        page.wait_for_function("document.querySelector('signpost-chat').shadowRoot.querySelector('.panel')")
        ask(page, NOISE)
        looks.append(styles(page))
        outside.append(before == page.evaluate("getComputedStyle(document.querySelector('h1')).cssText"))
    assert len(looks[0]) > 10
    assert looks[0] == looks[1]
    assert outside == [True, True]


def test_nothing_of_the_page_can_lie_over_the_exit(host: Host) -> None:
    cover = '<div style="position:fixed;inset:0;z-index:2147483647;background:red"></div>'
    page = host(PLAIN.replace("</html>", cover))
    open_chat(page)
    page.get_by_role("link", name="Exit this page").click(trial=True)


def test_meddling_with_the_language_itself_breaks_nothing(host: Host) -> None:
    page = host(
        PLAIN.replace(
            "</title>",
            """</title><script>
            Object.prototype.meddled = "yes"; Array.prototype.extra = () => 1; String.prototype.more = 1;
            var words = 1, name = 2, STYLE = 3, Chat = 4, begin = 5, top_ = 6;
            </script>""",
        )
    )
    open_chat(page)
    reply = ask(page, NOISE)
    reply.locator(".card").first.wait_for()
    assert "meddled" not in inside(page, "root.querySelector('.panel').outerHTML")


def test_a_page_that_swaps_its_content_fifty_times_keeps_nothing_of_it(host: Host) -> None:
    page = host(PLAIN.replace("</h1>", "</h1><div id=app></div>").replace(ELEMENT, ""))
    session = page.context.new_cdp_session(page)
    swap = """async (times) => {
      for (let time = 0; time < times; time++) {
        app.textContent = "";
        const chat = document.createElement("signpost-chat");
        chat.dataset.site = "neighbour";
        app.append(chat);
        await new Promise((go) => setTimeout(go));
      }
    }"""
    page.evaluate("document.querySelector('signpost-chat').remove()")

    def counts() -> dict[str, int]:
        session.send("HeapProfiler.collectGarbage")
        found: dict[str, int] = session.send("Memory.getDOMCounters")
        return {name: found[name] for name in ("nodes", "jsEventListeners")}

    page.evaluate(swap, 5)
    before = counts()
    page.evaluate(swap, 50)
    after = counts()
    assert page.locator("signpost-chat button").count() == 1
    assert after["jsEventListeners"] <= before["jsEventListeners"] + 2
    assert after["nodes"] <= before["nodes"] + 20


def test_a_conversation_survives_being_moved_within_the_page(host: Host) -> None:
    page = host(PLAIN)
    open_chat(page)
    ask(page, NOISE)
    page.evaluate("document.body.prepend(document.querySelector('signpost-chat'))")
    expect(page.locator(".card").first).to_be_visible()
    ask(page, "what does it cost")
    page.get_by_role("link", name="Exit this page").click(trial=True)


def test_a_right_to_left_host_does_not_turn_the_widget(host: Host) -> None:
    page = host(PLAIN.replace('lang="en"', 'lang="ar" dir="rtl"'))
    open_chat(page)
    assert inside(page, "getComputedStyle(root.querySelector('.panel')).direction") == "ltr"


def test_storage_that_throws_changes_nothing(host: Host) -> None:
    page = host(
        PLAIN.replace(
            "</title>",
            """</title><script>
            const refuse = { get() { throw new DOMException("no", "SecurityError"); } };
            for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
              Object.defineProperty(window, name, refuse);
            Object.defineProperty(Document.prototype, "cookie", refuse);
            </script>""",
        )
    )
    open_chat(page)
    ask(page, NOISE).locator(".card").first.wait_for()


def test_offline_the_lines_to_call_are_there(host: Host) -> None:
    page = host(PLAIN)
    open_chat(page)
    page.context.set_offline(True)
    page.get_by_role("textbox").fill(NOISE)
    page.get_by_role("textbox").press("Enter")
    numbers = [link.get_attribute("href") for link in page.locator(".failure a").all()]
    page.locator(".failure").wait_for()
    numbers = [link.get_attribute("href") for link in page.locator(".failure a").all()]
    assert numbers[:2] == ["tel:999", "tel:101"]
    assert len(numbers) == 3
    expect(page.get_by_role("textbox")).to_have_value(NOISE)


def test_a_right_to_left_language_turns_the_widget_round(host: Host) -> None:
    page = host(PLAIN.replace("data-site=", 'data-chosen data-language="ur" data-site='))
    open_chat(page)
    ask(page, NOISE)
    assert inside(page, "getComputedStyle(root.querySelector('.panel')).direction") == "rtl"
    rights = inside(
        page, "[...root.querySelectorAll('.exit, .bar a')].map((n) => n.getBoundingClientRect().x)"
    )
    assert rights[0] > rights[1]  # the number is at the right, where the line begins; the exit at the left
