"""Below an answer: whether it helped, and the way to the council. Above it: a notice that stays in reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.web.browser.steps import DANGER, NOISE, NOTHING, ask, axe_faults, inside
from tests.web.browser.test_conversation import _LISTEN

pytestmark = pytest.mark.browser

Start = Callable[..., Page]


def sent_by(page: Page) -> list[str]:
    """Where the page sends to, from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url.partition("/api/v1/")[2])

    page.on("request", note)
    return sent


def test_an_opinion_is_thanked_in_place_announced_once_and_counted_once(start: Start) -> None:
    """The focus stays on the button."""
    page = start(alone=True)
    page.clock.install()
    reply = ask(page, NOISE)
    page.clock.fast_forward(1500)
    inside(page, _LISTEN)
    sent = sent_by(page)
    yes = reply.get_by_role("button", name="Yes")
    yes.click()
    expect(reply.get_by_text("Thank you for telling us.")).to_be_visible()
    yes.dispatch_event("click")
    reply.get_by_role("button", name="No", exact=True).dispatch_event("click")
    page.wait_for_timeout(200)
    assert sent == ["feedback"]
    assert inside(page, "chat.said") == ["Thank you for telling us."]
    assert inside(page, "root.activeElement.textContent") == "Yes"
    assert reply.get_by_role("button", name="Send my question").count() == 0
    assert axe_faults(page) == []


def test_an_opinion_that_does_not_arrive_can_be_given_again(start: Start) -> None:
    page = start()
    reply = ask(page, NOISE)
    page.route("**/feedback", lambda route: route.abort())
    reply.get_by_role("button", name="Yes").click()
    expect(reply.get_by_role("alert")).to_have_text("Sorry, this did not work. Please try again.")
    page.unroute("**/feedback")
    reply.get_by_role("button", name="Yes").click()
    expect(reply.get_by_text("Thank you for telling us.")).to_be_visible()
    expect(reply.get_by_role("alert")).to_have_count(0)


def test_a_question_is_sent_only_after_it_was_shown_and_only_by_a_tap(start: Start) -> None:
    page = start()
    reply = ask(page, f"{NOISE}, call me on 07700 900123")
    sent = sent_by(page)
    reply.get_by_role("button", name="No", exact=True).click()
    offer = reply.get_by_role("button", name="Send my question to the council")
    offer.click()
    shown = reply.locator(".card .said")
    expect(shown).to_contain_text("loud music")
    expect(shown).not_to_contain_text("900123")
    expect(reply.get_by_text("Kept for: 30 days.")).to_be_visible()
    assert axe_faults(page) == []
    reply.get_by_role("button", name="Do not send").click()
    expect(shown).to_have_count(0)
    expect(offer).to_be_focused()
    assert sent == ["feedback", "questions/preview"]
    offer.click()
    reply.get_by_role("button", name="Send", exact=True).click()
    expect(reply.get_by_text("Your question has been sent to the council.")).to_be_visible()
    assert sent == ["feedback", "questions/preview", "questions/preview", "questions"]


def test_what_nothing_fits_may_be_sent_and_an_alarm_never(start: Start) -> None:
    page = start()
    offer = page.get_by_role("button", name="Send my question")
    ask(page, NOTHING)
    expect(offer).to_have_count(1)
    page.get_by_role("button", name="Start again").click()
    urgent = ask(page, DANGER)
    urgent.get_by_role("button", name="No", exact=True).click()
    expect(urgent.get_by_text("Thank you for telling us.")).to_be_visible()
    ask(page, NOTHING)
    expect(offer).to_have_count(0)


def test_a_notice_stays_in_reach_above_the_newest_answer_alone(start: Start) -> None:
    page = start()
    ask(page, DANGER)
    first, second = ask(page, NOISE), ask(page, "rats in my kitchen")
    expect(second.locator(".kept a")).to_have_attribute("href", "tel:999")
    expect(second.locator(".kept")).to_be_visible()
    expect(first.locator(".kept")).to_be_hidden()
    assert second.locator(".notice").count() == 0


def test_without_script_the_same_is_done_by_forms(start: Start) -> None:
    page = start(java_script_enabled=False)
    page.get_by_role("textbox").fill(NOISE)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()
    page.get_by_role("button", name="Send my question to the council").click()
    expect(page.locator(".card .said")).to_contain_text("loud music")
    page.locator("button[name=send]").click()
    expect(page.get_by_text("Your question has been sent to the council.")).to_be_visible()
    expect(page.locator("li.reply .card").first).to_be_visible()
