"""Files of lists, words by concept and examples: most of the content, and read again only where they change.

An edit changes one file of a thousand. What is remembered of the others is what the knowledge base holds of
them anyway; their trees, which only faults and the editor look at, are made when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from bot.knowledge.faults import Fault
from bot.knowledge.strict_yaml import Node, parse
from bot.knowledge.validating import phrases

_SEE = "see docs/content.md for the files and their places"
#: Files that are remembered: those of sixteen languages, and as many that were changed meanwhile.
_REMEMBERED = 4096


class Lists(NamedTuple):
    """What a file of lists holds.

    `whole` is its one list, `by_key` its lists by key: the form decides which. `broken` is what is wrong with
    its YAML, `faults` with the lists; `readable` is False where there is no tree at all.
    """

    whole: tuple[str, ...] | None
    by_key: Mapping[str, tuple[str, ...]]
    broken: tuple[Fault, ...]
    faults: tuple[Fault, ...]
    readable: bool


@lru_cache(maxsize=_REMEMBERED)
def read_lists(file: str, content: bytes, keyed: bool) -> Lists:
    """The lists of one file; `keyed`: one for each key, otherwise the file is one list."""
    node, broken = parse(file, content)
    if node is None:
        return Lists(None, {}, tuple(broken), (), False)
    if not keyed:
        listed, faults = phrases(file, node, "the file")
        return Lists(listed, {}, tuple(broken), tuple(faults), True)
    if not isinstance(node.content, dict):
        fault = Fault(file, node.line, "this file must hold one list for each key", _SEE)
        return Lists(None, {}, tuple(broken), (fault,), True)
    lists, wrong = {}, []
    for key, child in node.content.items():
        listed, faults = phrases(file, child, repr(key))
        wrong += faults
        if listed is not None:
            lists[key] = listed
    return Lists(None, MappingProxyType(lists), tuple(broken), tuple(wrong), True)


class Trees(MutableMapping[str, Node]):
    """The trees of files by their names; those that were not made yet are made when they are looked at."""

    def __init__(self) -> None:
        self._made: dict[str, Node] = {}
        self._contents: dict[str, bytes] = {}

    def later(self, file: str, content: bytes) -> None:
        """Make the tree of `file`, which is known to have one, when it is asked for."""
        self._contents[file] = content

    def __getitem__(self, file: str) -> Node:
        if file not in self._made:
            node, _ = parse(file, self._contents[file])
            if node is None:
                raise KeyError(file)
            self._made[file] = node
        return self._made[file]

    def __contains__(self, file: object) -> bool:
        return file in self._made or file in self._contents

    def __setitem__(self, file: str, node: Node) -> None:
        self._made[file] = node

    def __delitem__(self, file: str) -> None:
        self._made.pop(file, None)
        self._contents.pop(file, None)

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys([*self._made, *self._contents])

    def __len__(self) -> int:
        return len(self._made.keys() | self._contents.keys())
