"""Every place where a number, an address or a link stands, and the change of the places that are ticked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from bot.knowledge.mentions import key
from bot.knowledge.strict_yaml import Node
from bot.knowledge.values import SHORT_CODES
from store.editing.yaml_edit import edit
from web.staff.content import Content, file_path
from web.staff.forms.shape import Path

#: Files whose texts are words of residents, or tests: a number in them is no fact of ours.
_NOT_FACTS = ("conversations/", "examples/", "concepts/")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One value in which something stands. `whole`: it is the value, and not a part of a text."""

    file: str
    path: Path
    value: str
    whole: bool

    @property
    def name(self) -> str:
        """What a form calls it; the same for the same place."""
        return "/".join([self.file, *map(str, self.path)])

    @property
    def retired(self) -> bool:
        """Whether it stands among the values that are no longer given."""
        return "retired" in self.path


def occurrences(content: Content, wanted: str) -> list[Occurrence]:
    """Where `wanted` stands in the facts, numbers and links however they are printed; by file and line."""
    same, inside = _same(wanted), _inside(wanted)
    found: list[Occurrence] = []
    for file, tree in sorted(content.reading.lines.trees.items()):
        if not file.startswith(_NOT_FACTS):
            found += [
                Occurrence(file, path, value, same(value)) for path, value in _texts(tree, ())
                if same(value) or inside.search(value)
            ]  # fmt: skip
    return found


def replaced(content: Content, wanted: str, new: str, ticked: Collection[str]) -> dict[str, bytes | None]:
    """The files with `new` in those of the ticked places where `wanted` stands. Raises EditError."""
    by_file: dict[str, dict[Path, str]] = {}
    for each in occurrences(content, wanted):
        if each.name not in ticked:
            continue
        by_file.setdefault(each.file, {})[each.path] = new if each.whole else _within(each.value, wanted, new)
    return {file_path(file): edit(content.bytes(file), paths) for file, paths in by_file.items()}


def _same(wanted: str) -> Callable[[str], bool]:
    """Whether a whole value is `wanted`, printed in whatever way."""
    number = key("number", wanted) if _is_number(wanted) else None
    link = key("link", wanted)

    def same(value: str) -> bool:
        if number is not None:
            return _is_number(value) and key("number", value) == number
        return key("link", value) == link

    return same


def _is_number(text: str) -> bool:
    digits = re.sub(r"[\s()+-]", "", text)
    return digits.isascii() and digits.isdigit() and (len(digits) >= 7 or digits in SHORT_CODES)


def _within(value: str, wanted: str, new: str) -> str:
    return _inside(wanted).sub(lambda _: new, value)


def _inside(wanted: str) -> re.Pattern[str]:
    """Finds `wanted` within a text, not within a longer number, word or id."""
    return re.compile(rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", re.IGNORECASE)


def _texts(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node.content, str):
        yield path, node.content
    elif isinstance(node.content, dict):
        for name, child in node.content.items():
            yield from _texts(child, (*path, name))
    else:
        for position, child in enumerate(node.content):
            yield from _texts(child, (*path, position))
