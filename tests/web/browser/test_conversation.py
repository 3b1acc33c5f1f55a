"""A conversation in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.web.browser.conftest import BENGALI, Failing
from tests.web.browser.steps import DANGER, NOISE, ask, inside

pytestmark = pytest.mark.browser

Start = Callable[..., Page]

_LISTEN = """chat.said = [], new MutationObserver(() => {
  const text = chat.querySelector("[aria-live]").textContent;
  if (text) chat.said.push(text);
}).observe(chat.querySelector("[aria-live]"), { childList: true, characterData: true, subtree: true })"""


def test_a_question_brings_a_card_with_a_number_to_tap(start: Start) -> None:
    reply = ask(start(), NOISE)
    number = reply.locator(".card a.phone").first
    assert (number.get_attribute("href") or "").startswith("tel:")
    expect(number.locator("bdi")).to_have_attribute("dir", "ltr")


def test_the_send_button_sends(start: Start) -> None:
    page = start()
    page.get_by_role("textbox").fill(NOISE)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("li.reply .card").first).to_be_visible()


def test_a_subject_can_be_tapped_until_there_is_an_answer(start: Start) -> None:
    page = start()
    page.get_by_role("button", name="Drugs and alcohol").click()
    page.locator(".panel li.reply").nth(1).get_by_role("button").first.click()
    expect(page.locator(".panel li.reply").nth(2).locator(".card").first).to_be_visible()


def test_notices_come_before_everything_else(start: Start) -> None:
    reply = ask(start(), DANGER)
    assert reply.locator("> *").first.get_attribute("class") == "notice danger"
    assert reply.locator(".notice.danger a").first.get_attribute("href") == "tel:999"


def test_choosing_bengali_shows_bengali_and_answers_again(start: Start) -> None:
    page = start()
    ask(page, NOISE)
    page.get_by_role("combobox").select_option("bn")
    expect(page.locator("li.reply").last).to_have_attribute("lang", "bn")
    expect(page.get_by_role("button", name=BENGALI["Send"])).to_be_visible()
    expect(page.locator("li.reply").last.get_by_role("heading", name=BENGALI["Who can help"])).to_be_visible()


def test_the_interface_follows_the_language_that_the_resident_writes(start: Start) -> None:
    page = start()
    reply = ask(page, "পাশের বাসায় সারা রাত জোরে গান বাজায়, ঘুমাতে পারি না")
    expect(reply).to_have_attribute("lang", "bn")
    expect(page.get_by_role("combobox")).to_have_value("bn")


def test_the_other_languages_are_offered_by_themselves_once_the_text_box_is_there(
    open_context: Callable[..., BrowserContext], address: str, assistant: Failing
) -> None:
    """Their names need fonts of many scripts. Nobody has to open the chooser for them."""
    page = open_context().new_page()
    page.clock.install()
    page.goto(f"{address}/bn/")
    expect(page.locator(".panel textarea")).to_be_visible()
    expect(page.get_by_role("combobox").get_by_role("option")).to_have_text(["বাংলা"])
    page.clock.fast_forward(300)
    names = [language.name for language in assistant.knowledge.languages.values()]
    expect(page.get_by_role("combobox").get_by_role("option")).to_have_text(names)
    expect(page.get_by_role("combobox")).to_have_value("bn")


def test_english_within_another_language_says_that_it_is_english(start: Start) -> None:
    reply = ask(start("/fa/"), NOISE)
    expect(reply).to_have_attribute("dir", "rtl")
    expect(reply.locator(".text span").first).to_have_attribute("lang", "en")
    expect(reply.locator(".text span").first).to_have_attribute("dir", "ltr")


def test_a_number_reads_from_left_to_right_in_a_right_to_left_language(start: Start) -> None:
    reply = ask(start("/ur/"), NOISE)
    order = reply.locator(".card a.phone bdi").first.evaluate(
        """(node) => [...node.firstChild.data].map((_, place) => {
          const range = document.createRange();
          range.setStart(node.firstChild, place);
          range.setEnd(node.firstChild, place + 1);
          return range.getBoundingClientRect().left;
        })"""
    )
    assert order == sorted(order)
    assert len(order) > 2


def test_each_reply_is_announced_once_and_the_focus_stays(start: Start) -> None:
    page = start(alone=True)
    page.clock.install()
    inside(page, _LISTEN)
    region = page.locator("signpost-chat > [aria-live=polite]")
    for turn, question in enumerate((NOISE, "what are the opening hours"), 1):
        reply = ask(page, question)
        expect(region).not_to_have_text("")
        page.clock.fast_forward(1500)
        expect(region).to_have_text("")
        said = inside(page, "chat.said")
        assert len(said) == turn
        assert reply.locator(".text").inner_text().split("\n")[0] in said[-1]
        assert inside(page, "root.activeElement.tagName") == "TEXTAREA"
    assert page.locator("[aria-live]").count() == 1


def test_waiting_shows_only_when_an_answer_takes_its_time(start: Start) -> None:
    page = start()
    held: list[Route] = []
    page.route("**/api/v1/chat", lambda route: held.append(route))
    page.get_by_role("textbox").fill(NOISE)
    page.get_by_role("textbox").press("Enter")
    page.locator(".waiting").wait_for()
    held[0].continue_()
    page.locator("li.reply .card").first.wait_for()
    expect(page.locator(".waiting")).to_have_count(0)


def test_a_failure_keeps_the_text_and_says_whom_to_call(start: Start, assistant: Failing) -> None:
    page = start()
    assistant.down = True
    try:
        page.get_by_role("textbox").fill(NOISE)
        page.get_by_role("textbox").press("Enter")
        failure = page.locator(".failure")
        failure.wait_for()
    finally:
        assistant.down = False
    expect(page.get_by_role("textbox")).to_have_value(NOISE)
    numbers = [link.get_attribute("href") for link in failure.locator("a").all()]
    assert numbers[:2] == ["tel:999", "tel:101"]
    assert len(numbers) == 3
    failure.get_by_role("button", name="Try again").click()
    page.locator("li.reply .card").first.wait_for()
    expect(page.locator(".failure")).to_have_count(0)
    expect(page.locator(".said")).to_have_count(1)
    expect(page.get_by_role("textbox")).to_have_value("")


def test_enter_that_ends_a_composition_does_not_send(start: Start) -> None:
    page = start()
    page.get_by_role("textbox").focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "噪音", "selectionStart": 2, "selectionEnd": 2})
    key: dict[str, Any] = {"windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    session.send("Input.insertText", {"text": "噪音"})
    expect(page.get_by_role("textbox")).to_have_value("噪音")
    expect(page.locator(".said")).to_have_count(0)
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".said")).to_have_count(1)


def test_shift_and_enter_makes_a_new_line(start: Start) -> None:
    page = start()
    page.get_by_role("textbox").fill("one")
    page.get_by_role("textbox").press("Shift+Enter")
    expect(page.get_by_role("textbox")).to_have_value("one\n")


def test_the_counter_shows_near_the_limit_only(start: Start) -> None:
    page = start()
    page.get_by_role("textbox").fill("a" * 700)
    expect(page.locator(".ask .left")).to_be_hidden()
    page.get_by_role("textbox").fill("a" * 950)
    expect(page.locator(".ask .left")).to_have_text("50 characters left")


def test_starting_again_forgets_the_conversation(start: Start) -> None:
    page = start()
    ask(page, NOISE)
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".said")).to_have_count(0)
    expect(page.locator(".card")).to_have_count(0)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    ask(page, NOISE)
    assert "state=&" in sent[-1]


def test_markup_in_a_message_is_shown_and_never_runs(start: Start) -> None:
    page = start()
    markup = "<img src=x onerror='window.ran=1'><script>window.ran=1</script> loud music next door"
    ask(page, markup)
    expect(page.locator(".said > span")).to_have_text(markup)
    assert page.evaluate("window.ran") is None
    assert inside(page, "root.querySelectorAll('img, script').length") == 0
