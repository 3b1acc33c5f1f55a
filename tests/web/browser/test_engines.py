"""What must hold in Firefox and WebKit as well: the way out, and numbers in right-to-left text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.web.browser.engines import ENGINES, Engine, missing
from tests.web.browser.steps import NOISE

pytestmark = pytest.mark.browser

ROOT = "document.querySelector('signpost-chat').shadowRoot"
TEXT = "(document.title + document.documentElement.textContent)"
SHIFT = f"""const box = {ROOT}.querySelector("textarea");
const press = (kind, at) => box.dispatchEvent(Object.defineProperty(
  new KeyboardEvent(kind, {{ key: "Shift", bubbles: true, composed: true }}), "timeStamp", {{ value: at }}));
const now = performance.now() + 10000;
for (let time = 0; time < 3; time++) {{ press("keydown", now); press("keyup", now); }}"""


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    lacks = missing(request.param)
    if lacks:
        message = f"the exit is NOT TESTED in {request.param} (install {lacks})"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as engine:
        yield engine


@pytest.fixture
def away(address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the exit leads in these tests: a page that is there without a network."""
    monkeypatch.setattr("web.sites.EXIT", f"{address}/accessibility")
    return f"{address}/accessibility"


def say(engine: Engine, message: str) -> None:
    """Sends `message`, and waits for the reply."""
    before = engine.run(f"return {ROOT}.querySelectorAll('.reply').length")
    engine.run(
        f"const box = {ROOT}.querySelector('textarea'); box.value = {message!r}; box.form.requestSubmit()"
    )
    engine.until(f"{ROOT}.querySelectorAll('.reply').length > {before}")


def talk(engine: Engine, address: str, turns: int = 1) -> None:
    """Comes from another page, and has a conversation with something half typed at its end."""
    engine.go(f"{address}/privacy")
    engine.go(f"{address}/")
    engine.until(f"{ROOT} && {ROOT}.querySelector('.panel')")
    for _ in range(turns):
        say(engine, NOISE)
    engine.run(f"{ROOT}.querySelector('textarea').value = 'half a thought'")


@pytest.mark.parametrize("how", ["click", "shift", "after a change of language", "after ten turns"])
def test_after_the_exit_back_shows_no_conversation(engine: Engine, address: str, away: str, how: str) -> None:
    talk(engine, address, 10 if how == "after ten turns" else 1)
    if how == "after a change of language":
        engine.until(f"{ROOT}.querySelector('option[value=bn]')")
        engine.run(f"""const select = {ROOT}.querySelector("select");
          select.value = "bn"; select.dispatchEvent(new Event("change"))""")
        engine.until(f"[...{ROOT}.querySelectorAll('.reply')].pop().lang === 'bn'")
    engine.run(SHIFT if how == "shift" else f"{ROOT}.querySelector('.exit').click()")
    engine.until(f"location.href === {away!r} && document.readyState === 'complete'")
    engine.back()
    engine.until(f"location.href === '{address}/privacy' && document.readyState === 'complete'")
    shown = engine.run(f"return {TEXT}")
    assert NOISE not in shown
    assert "half a thought" not in shown


def test_numbers_read_from_left_to_right_in_right_to_left_text(engine: Engine, address: str) -> None:
    engine.go(f"{address}/ur/")
    engine.until(f"{ROOT} && {ROOT}.querySelector('.panel')")
    say(engine, NOISE)
    rows = engine.run(f"""return [...{ROOT}.querySelectorAll(".way.phone bdi, .bar bdi")].map((node) =>
      [...node.firstChild.data].map((_, place) => {{
        const range = document.createRange();
        range.setStart(node.firstChild, place);
        range.setEnd(node.firstChild, place + 1);
        return range.getBoundingClientRect().left;
      }}))""")
    shown = [row for row in rows if row and any(row)]
    assert len(shown) > 1
    assert all(left <= right for row in shown for left, right in pairwise(row))
