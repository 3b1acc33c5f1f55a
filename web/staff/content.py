"""The content as the editor looks at it: what is live, or what a draft would make of it, read once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from bot.knowledge.base import Knowledge
from bot.knowledge.reading import Reading, read
from bot.knowledge.strict_yaml import Node, descend, parse, plain
from store.content import Files, part_of
from web.staff.forms.shape import Data, Path, Value

Made = TypeVar("Made")
_FOLDER = "knowledge/"


class Kept(Generic[Made]):
    """The last few things made, by what they were made from; safe between threads, each made once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gave for `key`, now or before."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
                while len(self._made) > self._most:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]


@dataclass(frozen=True)
class Content:
    """One state of the content. Paths of files are those within `knowledge/`."""

    files: Files

    @cached_property
    def reading(self) -> Reading:
        """All records that are valid by themselves, and where everything stands."""
        return read(part_of(self.files, "knowledge"))

    @property
    def knowledge(self) -> Knowledge:
        """The valid records. Raises ValueError where there are no settings, so that nothing can be read."""
        if self.reading.found is None:
            raise ValueError("The settings cannot be read: put knowledge/settings.yaml right first.")
        return self.reading.found

    def bytes(self, file: str) -> bytes:
        """What a file holds; nothing where there is none."""
        return self.files.get(_FOLDER + file, b"")

    def tree(self, file: str) -> Node | None:
        """The tree of a file; None where there is none, or it cannot be read."""
        return self.reading.lines.trees.get(file) or parse(file, self.bytes(file))[0]

    def raw(self, file: str, path: Path = ()) -> Value | None:
        """What stands in a file at a path, as written; None where nothing does."""
        tree = self.tree(file)
        if tree is None:
            return None
        node, rest = descend(tree, path)
        return None if rest else _value(plain(node))


def file_path(file: str) -> str:
    """The path of a file of the knowledge base within the whole content."""
    return _FOLDER + file


def block(value: Value | None) -> Data:
    """`value` if it is a block, otherwise an empty one."""
    return value if isinstance(value, dict) else {}


def texts(values: Sequence[Value] | Value | None) -> list[str]:
    """The texts of a list; a single text as a list of one."""
    if isinstance(values, str):
        return [values]
    return [value for value in values or () if isinstance(value, str)]


def _value(found: object) -> Value:
    """What the strict reader gave, with its type known."""
    if isinstance(found, dict):
        return {str(key): _value(child) for key, child in found.items()}
    if isinstance(found, list):
        return [_value(child) for child in found]
    return str(found)
