"""What residents ask: plots, tables and CSV for a period, and no figure under five in any of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest

from bot.dialogue.reply import Outcome
from store.counts import Kind, TurnCounts
from store.feedback import Feedback
from tests.store.conftest import Clock
from tests.web.staff.conftest import Browser
from tests.web.staff.editing import FILES, text_of
from web.staff.figures import OUTCOMES
from web.staff.insights import _KEYS
from web.staff.periods import period_called, periods
from web.staff.plots import bars, columns, lines
from web.staff.services import Staff

SignedIn = Callable[..., Browser]
NUMBER = re.compile(r"\d+")


def counted(shop: Staff, number: int, day: str = "2026-11-20", **of: object) -> None:
    """Turns of one kind, at nine in the morning."""
    kind = {"topic": "noise", "language": "en", "outcome": "answer", "site": "", "notice": False, **of}
    counts = TurnCounts(shop.engine, shop.now)
    counts.add({Kind(day=day, **kind): number}, {(day, 9): number})  # type: ignore[arg-type]


def rows(browser: Browser, key: str, period: str = "") -> dict[str, list[str]]:
    """The lines of a table as it is downloaded, by their first cell."""
    answer = browser.get(f"/staff/insights/{key}.csv?period={period}")
    assert answer.mimetype == "text/csv"
    return {line[0]: line[1:] for line in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))}


@pytest.fixture
def viewer(signed_in: SignedIn) -> Browser:
    return signed_in("viewer")


def test_turns_are_shown_by_every_property(shop: Staff, viewer: Browser) -> None:
    """Rounded to fives; names instead of ids."""
    counted(shop, 41)
    other = {"language": "zh-Hans", "site": "partner", "outcome": "fallback", "topic": ""}
    counted(shop, 12, day="2026-11-21", notice=True, **other)
    said = {key: rows(viewer, key) for key in _KEYS}
    assert said["topics"] == {"Topic": ["Turns"], "Noise": ["40"], "No topic": ["10"]}
    assert (said["time"]["20 Nov"], said["time"]["21 Nov"]) == (["40"], ["10"])
    assert said["time"]["1 Nov"] == ["fewer than 5"]
    assert said["languages"] == {"Language": ["Turns"], "English": ["40"], "Chinese": ["10"]}
    assert said["sites"] == {"Site": ["Turns"], "Our own page": ["40"], "Partner": ["10"]}
    assert said["outcomes"]["Nothing fits"] == ["10"]
    assert said["hours"]["09:00"] == ["55"]
    assert said["notices"] == {"Notice": ["Turns"], "Not shown": ["40"], "Shown": ["10"]}


def test_small_figures_are_nowhere(shop: Staff, viewer: Browser) -> None:
    """Not in the page, not in a plot, not in a CSV; and every other figure is a multiple of five."""
    counted(shop, 23)
    counted(shop, 3, language="zh-Hans")
    counted(shop, 2, topic="", outcome="fallback")
    for key in _KEYS:
        cells = [cell for line in list(rows(viewer, key).values())[1:] for cell in line]
        figures = {int(cell) for cell in cells if NUMBER.fullmatch(cell)}
        assert all(figure >= 5 and figure % 5 == 0 for figure in figures), key
    page = viewer.get("/staff/insights").text
    told = re.findall(r'class="number">(\d+)<', page) + re.findall(r"About (\d+) turns", page)
    assert told
    assert {int(figure) % 5 for figure in told} == {0}
    assert "Fewer than 5 each, or none: Chinese" in text_of(page)


def test_the_share_that_is_not_understood_is_told_where_there_is_enough(shop: Staff, viewer: Browser) -> None:
    """Of shown figures alone; a day with few turns has no share."""
    counted(shop, 40)
    counted(shop, 10, outcome="fallback", topic="")
    counted(shop, 5, day="2026-11-21", outcome="clarify")
    said = rows(viewer, "shares")
    assert said["20 Nov"] == ["50", "10", "20 %", "fewer than 5", "too few to say"]
    assert said["21 Nov"][3:] == ["5", "too few to say"]


def test_helpfulness_is_told_by_topic(shop: Staff, viewer: Browser, clock: Clock) -> None:
    """Where both opinions are common enough, and in their period."""
    counted(shop, 5, day="2026-10-01")
    feedback = Feedback(shop.engine, clock)
    for helpful, number in ((True, 14), (False, 6)):
        for _ in range(number):
            feedback.count("noise", "en", "answer", helpful)
    assert rows(viewer, "helpful")["Noise"] == ["15", "5", "75 %"]
    assert "Noise" not in rows(viewer, "helpful", "2026-10")


def test_a_period_is_chosen(shop: Staff, viewer: Browser) -> None:
    """Whole months, or the last twelve of them; another month's turns are left out."""
    counted(shop, 20, day="2026-10-31")
    counted(shop, 30)
    assert rows(viewer, "topics", "2026-10")["Noise"] == ["20"]
    assert rows(viewer, "topics")["Noise"] == ["30"]
    assert rows(viewer, "time", "year")["Oct 2026"] == ["20"]
    page = text_of(viewer.get("/staff/insights?period=2026-10").text)
    assert "What residents ask: October 2026" in page
    assert viewer.get("/staff/insights?period=nonsense").status_code == 200


def test_no_two_periods_differ_by_a_day() -> None:
    """All begin with a month, and end with one or today; none is older than the figures are kept."""
    offered = periods(date(2026, 11, 23), date(2020, 1, 1))
    assert [each.key for each in offered[:4]] == ["2026-11", "year", "2026-10", "2026-09"]
    assert all(each.first.day == 1 for each in offered)
    assert len(offered) == 26
    assert period_called("gone", offered).key == "2026-11"
    assert list(period_called("year", offered).buckets())[::11] == ["2025-12", "2026-11"]


def test_every_outcome_has_a_name() -> None:
    assert set(OUTCOMES) == set(get_args(Outcome))


def test_plots_say_in_a_sentence_what_they_show() -> None:
    """And carry no style, no script, and no mark-up that came in a label."""
    cells = [("<b>Noise</b>", 40), ("Drugs", None), ("Litter", 5)]
    for plot in (columns("a", "Topics", cells), bars("a", "Topics", cells)):
        assert "The highest: &lt;b&gt;Noise&lt;/b&gt; 40, Litter 5." in plot
        assert 'role="img" aria-labelledby="a-title" aria-describedby="a-told"' in plot
        assert "style=" not in plot
    plot = lines("a", "Shares", ["1", "2", "3", "4"], {"Nothing fits": [10, 12, None, 9]})
    assert plot.count("<polyline") == 2
    assert "Nothing fits: 9 % in the last part (4)" in plot


@pytest.mark.parametrize(
    ("highest", "top"), [(5, "10"), (12, "15"), (105, "150"), (380, "400"), (995, "1000"), (61, "80")]
)
def test_an_axis_ends_with_a_round_number(highest: int, top: str) -> None:
    """Not far above the highest column."""
    assert f'text-anchor="end">{top}</text>' in columns("a", "Turns", [("1 Nov", highest)])


def test_nothing_yet_is_said(viewer: Browser) -> None:
    """A new service has a page as well."""
    page = viewer.get("/staff/insights")
    assert page.status_code == 200
    assert "There is nothing to show of this period yet" in page.text


def test_topics_are_listed_by_how_often_they_are_asked(shop: Staff, signed_in: SignedIn) -> None:
    """Those that were asked too rarely to be told are left out."""
    shop.store.publish(FILES, None, "shipped", "The first content.")
    counted(shop, 20, topic="noise")
    counted(shop, 30, topic="bike-theft")
    counted(shop, 4, topic="council-contact")
    page = signed_in("viewer").get("/staff/topics/?show=asked").text
    assert re.findall(r'<th scope="row"><a href="/staff/topics/([\w-]+)"', page) == ["bike-theft", "noise"]
