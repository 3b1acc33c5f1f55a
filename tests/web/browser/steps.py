"""What a resident does with the widget, in a word each."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Locator, Page

NOISE = "loud music next door every night"
DANGER = "he is going to kill me, he has a knife"
NOTHING = "qwxz vbnm plugh"

#: Only what is wrong leaves the page: all that axe looks at takes longer to send than to look at. Nothing is
#: loaded for it beforehand: that is for sound that plays by itself, and there is none.
_FAULTS = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"], preload: false });
  const told = (id) => ({ target, html }) => `${id}: ${target} ${html.slice(0, 150)}`;
  return violations.flatMap(({ id, nodes }) => nodes.map(told(id)));
}"""


def ask(page: Page, message: str) -> Locator:
    """Types `message`, sends it, and gives the reply once it is there."""
    replies = page.locator(".panel li.reply")
    before = replies.count()
    page.get_by_role("textbox").fill(message)
    page.get_by_role("textbox").press("Enter")
    replies.nth(before).wait_for()
    return replies.nth(before)


def axe_faults(page: Page) -> list[str]:
    """Each fault that axe-core finds, by rule and place; it gets axe-core when it is first asked."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    faults: list[str] = page.evaluate(_FAULTS)
    return faults


def conversation(page: Page) -> str:
    """Everything that stands in the page: its title, its text, the widget's, and what is typed."""
    text: str = page.evaluate(
        """() => {
          const chat = document.querySelector("signpost-chat");
          const root = chat && chat.shadowRoot;
          const box = root && root.querySelector("textarea");
          const widget = root ? [root.textContent, box && box.value] : [];
          return [document.title, document.body.textContent, ...widget].join("\\n");
        }"""
    )
    return text


def inside(page: Page, expression: str) -> Any:
    """What `expression` gives, with `root` for the widget's shadow root and `chat` for the element."""
    return page.evaluate(
        "() => { const chat = document.querySelector('signpost-chat'), root = chat.shadowRoot; return "
        + expression
        + "; }"
    )


def back(page: Page, address: str) -> None:
    """Presses Back, and gives back once the page at `address` is there.

    Chromium changes pages between processes on the way: while it does, there is for a moment no page to
    ask for its history ("Not attached to an active page"). Only that one refusal is met by asking again.
    A page restored from the back-forward cache never loads anew, so only the address is waited for.
    """
    for _ in range(50):
        try:
            page.go_back(wait_until="commit")
            break
        except Error as error:
            if "Not attached to an active page" not in error.message:
                raise
            page.wait_for_timeout(100)
    page.wait_for_url(address, wait_until="commit")
