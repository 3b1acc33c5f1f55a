"""Figures, questions, translations and reminders in a real browser: axe finds nothing, wide or narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from store.counts import Kind, TurnCounts
from store.feedback import Feedback
from store.reached import Found, Reached
from tests.web.browser.steps import axe_faults
from tests.web.browser.test_editor import _quick_hashes, app, built, desk, enter
from web.staff.services import Staff

__all__ = ["_quick_hashes", "app", "built", "desk", "enter"]

pytestmark = pytest.mark.browser
PAGES = (
    "insights", "insights?period=year", "questions", "reminders", "translations/", "translations/bn/",
    "translations/bn/topics/noise", "topics/?show=asked",
)  # fmt: skip


@pytest.fixture
def behind(desk: tuple[str, Staff]) -> Staff:
    """A service with figures, a question and a dead link."""
    shop = desk[1]
    counts, today = TurnCounts(shop.engine, shop.now), shop.now().date().isoformat()
    for topic, outcome, number in (
        ("noise", "answer", 41),
        ("", "fallback", 12),
        ("bike-theft", "clarify", 9),
    ):
        counts.add({Kind(today, topic, "en", outcome, "", False): number}, {(today, 9): number})
    feedback = Feedback(shop.engine, shop.now)
    for helpful in (True, False) * 6:
        feedback.count("noise", "en", "answer", helpful)
    feedback.keep("the lorries reverse all night", "en", "noise", 30)
    Reached(shop.engine, shop.now).record([Found("https://noise.example.org/", "gone", "404")], ["x"])
    return shop


@pytest.mark.parametrize(
    "look", [{}, {"color_scheme": "dark", "viewport": {"width": 340, "height": 800}}], ids=["wide", "dark"]
)
def test_every_page_is_for_everyone(
    look: dict[str, object], enter: Callable[..., Page], behind: Staff
) -> None:
    """In either set of colours, with everything opened; nothing breaks the policy or the width."""
    page = enter(**look)
    for path in PAGES:
        page.goto(f"/staff/{path}")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert axe_faults(page) == [], path
        assert page.evaluate("violations") == [], path
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, path


def test_a_plot_has_bars_that_can_be_seen_and_a_sentence(enter: Callable[..., Page], behind: Staff) -> None:
    """Its colours come from the style sheet, though the policy allows no style in the page."""
    page = enter()
    page.goto("/staff/insights")
    plot = page.get_by_role("img", name="Topics", exact=True)
    told = "The highest: Noise 40, Bike theft 10, No topic 10. The table below has all figures."
    expect(plot).to_have_accessible_description(told)
    bar = plot.locator("rect").first
    box = bar.bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert bar.evaluate("each => getComputedStyle(each).fill") == "rgb(0, 86, 107)"


@pytest.mark.parametrize("script", [True, False])
def test_a_text_is_translated_by_keyboard(script: bool, enter: Callable[..., Page], behind: Staff) -> None:
    """With script and without: typed, ticked, saved, and told who checked it."""
    page = enter(java_script_enabled=script)
    page.goto("/staff/translations/bn/topics/noise")
    page.get_by_role("textbox", name="Bengali").first.focus()
    page.keyboard.type("শব্দ")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("Checked by").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Saved to the draft").wait_for()
    expect(page.get_by_role("textbox", name="Bengali").first).to_have_value("শব্দ")
    expect(page.locator("main")).to_contain_text("checked by Ann")
