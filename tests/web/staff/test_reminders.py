"""The page of reminders, and the two commands behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from store.reached import Found, Reached
from store.reminders import links
from tests.web.conftest import Run
from tests.web.staff.conftest import Browser
from tests.web.staff.editing import FILES, site, small_assistant, text_of
from web.link_check import Checker
from web.staff.content import Content
from web.staff.services import Staff

__all__ = ["site", "small_assistant"]

SignedIn = Callable[..., Browser]


def test_reminders_are_told_to_viewers(shop: Staff, signed_in: SignedIn) -> None:
    """What is due, and what was found of the links, with the records to put right."""
    viewer = signed_in("viewer")
    page = text_of(viewer.get("/staff/reminders").text)
    assert "They have not been looked at yet." in page
    places = links(Content(FILES).knowledge)
    target, names = next((each, where) for each, where in places.items() if each.startswith("http"))
    found = [Found(target, "gone", "There is no such page (404)."), Found("@gone.example", "gone", "No.")]
    Reached(shop.engine, shop.now).record(found, [*places, "@gone.example"])
    page = text_of(viewer.get("/staff/reminders").text)
    assert "No longer there: 1" in page
    assert names[0].name in page
    assert "gone.example" not in page


def test_reviews_of_the_week_are_listed(shop: Staff, signed_in: SignedIn) -> None:
    """By team, from what is live."""
    path = "knowledge/services/noise-team.yaml"
    lines = [line for line in FILES[path].splitlines() if not line.startswith((b"review_by", b"team"))]
    due = b"\n".join([*lines, b"review_by: 2026-11-20", b"team: Parks", b""])
    shop.store.publish({**FILES, path: due}, 1, "ann", "Due.")
    page = text_of(signed_in("viewer").get("/staff/reminders").text)
    assert "Parks Littleborough Noise Team 2026-11-20 overdue" in page


def answering(verdicts: Sequence[str]) -> Callable[..., list[Found]]:
    """A network in which links are as told, one after another."""

    def check(_: Checker, targets: Sequence[str], *_rest: object) -> list[Found]:
        return [Found(target, verdict, "said") for target, verdict in zip(targets, verdicts, strict=False)]  # type: ignore[arg-type]

    return check


def test_links_are_looked_at_by_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is gone is printed with its records; it is no failure of the command."""
    monkeypatch.setattr(Checker, "check", answering(["gone", "ok"]))
    code, out, _ = run("links")
    assert code == 0
    assert "No longer there: 1" in out
    assert "services/" in out
    assert "There: 1" in out


def test_a_closed_network_fails_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, and what was known before stays."""
    monkeypatch.setattr(Checker, "check", answering([]))
    code, out, _ = run("links")
    assert code == 0
    assert "this network seems to be closed" in out


def test_reminders_are_printed_by_team(run: Run) -> None:
    code, out, _ = run("reminders")
    assert code == 0
    assert "due" in out
