"""The order of the rooms: imports point one way, and the bot knows no web, environment or clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ["bot", "store", "web"]
#: Within the bot, each part imports only what stands before it.
PARTS = [
    "bot.language",
    "bot.knowledge",
    "bot.understanding",
    "bot.redaction",
    "bot.dialogue",
    "bot.assistant",
    "bot.cases",
    "bot.costs",
    "bot.conversations",
    "bot.evaluation",
    "bot.calibration",
]
#: What the bot is never to import: time, environment and network come in as arguments or not at all.
OUTSIDE = {
    "flask",
    "werkzeug",
    "gunicorn",
    "sqlalchemy",
    "os",
    "time",
    "socket",
    "urllib",
    "http",
    "requests",
    "sys",
}
#: Ways to ask the clock, which the bot is told instead.
CLOCK = {"now", "utcnow", "today"}

MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    """The module in the file `path`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that `tree` imports, at the top or within functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written whole"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(module: str, order: list[str]) -> int | None:
    """Where `module` stands in `order`; None: it is none of these."""
    places = [number for number, room in enumerate(order) if module == room or module.startswith(room + ".")]
    return places[0] if places else None


def against(order: list[str], module: str, imports: set[str]) -> list[str]:
    """Those of `imports` that stand after `module`."""
    own = place(module, order)
    later = {name: place(name, order) for name in imports}
    return (
        []
        if own is None
        else sorted(name for name, other in later.items() if other is not None and other > own)
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    """A room imports only what stands before it, and so does each part of the bot."""
    module = name_of(path)
    imports = set(imported(ast.parse(path.read_text(encoding="utf-8"))))
    assert against(ROOMS, module, imports) + against(PARTS, module, imports) == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.is_relative_to(ROOT / "bot")], ids=name_of)
def test_the_bot_knows_no_web_no_environment_and_no_clock(path: Path) -> None:
    """What it needs to know comes in as arguments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {name.partition(".")[0] for name in imported(tree)} & OUTSIDE == set()
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert {function.attr for function in called if isinstance(function, ast.Attribute)} & CLOCK == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_held_by_assert(path: Path) -> None:
    """`python -O` takes assertions away, so data is checked with errors."""
    assert not any(
        isinstance(node, ast.Assert) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def test_an_import_against_the_order_is_noticed() -> None:
    """The tests above can fail."""
    tree = ast.parse("def late():\n    from web.app import create_app\n    import bot.dialogue.step\n")
    imports = set(imported(tree))
    assert against(ROOMS, "bot.language.text", imports) == ["web.app", "web.app.create_app"]
    assert against(PARTS, "bot.language.text", imports) == ["bot.dialogue.step"]
    assert against(PARTS, "bot.assistant", imports) == []
