"""YAML read strictly: every scalar is text, every value knows its line, every fault is collected.

Plain YAML reads `17:30` as 1050, `no` as False, and keeps the last of two equal keys; none of that
happens here. Anchors, aliases and tags are refused, so a small file cannot grow large. The tree is
built from PyYAML's stream of events without recursion: the C parser is safe that way, while its
composer crashes the process on deeply nested input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import yaml

from bot.knowledge.faults import NOTHING, Fault

#: The largest list of examples has 1.1 MiB (2026-11-23).
MAX_BYTES = 2 * 1024 * 1024
#: Levels of mappings and lists inside each other; the deepest record needs six.
MAX_DEPTH = 12
#: Faults of one file that are told apart; a file with more is not what it claims to be.
MAX_FAULTS = 50

#: Control characters, tabs among them; line ends that only YAML knows (they would shift the line numbers);
#: marks that turn the direction of a line around or cannot be seen at all, so that the reviewer reads
#: something else.
_UNWANTED = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
    "|(?<!^)\ufeff"
)
_QUOTED = ("'", '"', "|", ">")
_LOADER = getattr(yaml, "CLoader", yaml.Loader)


class Node(NamedTuple):
    """One value of a file.

    `content` is text, the items of a list, or the entries of a mapping. `line` is where the value
    begins and `key_line` where its key stands (the same where there is no key); both count from 1.
    """

    content: str | list[Node] | dict[str, Node]
    line: int
    key_line: int


class _Open:
    """A list or mapping whose end has not been read yet."""

    __slots__ = ("key", "node")

    def __init__(self, node: Node) -> None:
        self.node = node
        #: The key that waits for its value, with its line; the key is None where it was faulty.
        self.key: tuple[str | None, int] | None = None

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.node.content, dict)


def parse(file: str, content: bytes) -> tuple[Node | None, list[Fault]]:
    """The tree of one file, and everything that is wrong with its YAML.

    `file` is the name that the faults carry. None: nothing usable (too large, not UTF-8, empty, or
    broken so that the rest cannot be read). Never raises for what stands in `content`.
    """
    text, faults = _decode(file, content)
    if text is None:
        return None, faults
    builder = _Builder(file)
    try:
        builder.build(text)
    except yaml.YAMLError as error:
        return None, [*faults, *builder.faults, Fault(file, *_explained(error))][:MAX_FAULTS]
    except _GivenUp:
        return None, (faults + builder.faults)[:MAX_FAULTS]
    return builder.root, (faults + builder.faults)[:MAX_FAULTS]


def plain(node: Node) -> object:
    """`node` as strings, lists and dictionaries. Its depth is bounded by MAX_DEPTH."""
    if isinstance(node.content, dict):
        return {key: plain(value) for key, value in node.content.items()}
    if isinstance(node.content, list):
        return [plain(item) for item in node.content]
    return node.content


def descend(node: Node, path: Sequence[str | int]) -> tuple[Node, Sequence[str | int]]:
    """The node at `path` below `node`, or the last one on the way there; and what is left of the path."""
    for step, part in enumerate(path):
        content = node.content
        if isinstance(content, dict) and isinstance(part, str) and part in content:
            node = content[part]
            continue
        if isinstance(content, list) and isinstance(part, int) and part < len(content):
            node = content[part]
            continue
        return node, path[step:]
    return node, ()


def _decode(file: str, content: bytes) -> tuple[str | None, list[Fault]]:
    if len(content) > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES // 1024} KiB"
        return None, [Fault(file, 0, what, "split it, or take out what does not belong there")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, [Fault(file, line, "the file is not in UTF-8", "save it with the encoding UTF-8")]
    return text, list(islice(_unwanted(file, text), MAX_FAULTS))


def _unwanted(file: str, text: str) -> Iterator[Fault]:
    for found in _UNWANTED.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found[0] == "\t":
            yield Fault(file, line, "there is a tab in this line", "put spaces in its place")
        else:
            yield Fault(file, line, _invisible(found[0]), "type the line anew")


def _invisible(sign: str) -> str:
    return f"there is an invisible character (U+{ord(sign):04X}) in this line"


def _line(event: yaml.Event) -> int:
    """The line on which `event` begins, from 1; 0 where the parser does not tell."""
    return event.start_mark.line + 1 if event.start_mark else 0


def _explained(error: yaml.YAMLError) -> tuple[int, str, str]:
    """Line, what is wrong and what to do, for an error of the YAML parser."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 0
    if begun and "quoted scalar" in str(getattr(error, "context", "")):
        return begun.line + 1, "a quotation mark is opened here and never closed", "close it"
    if "not allowed in this context" in problem or "could not find expected ':'" in problem:
        return line, "this line cannot be read", (
            "check that the keys of one block begin in the same column, and put a text that contains "
            "a colon, a hash or brackets into quotation marks"
        )  # fmt: skip
    if "cannot start any token" in problem:
        what = "a value begins with a character that YAML keeps for itself"
        return line, what, "put the value into quotation marks"
    remedy = "look here and just above for a missing bracket, quote, comma or space, or uneven columns"
    return line, f"this is not YAML ({problem})", remedy


class _GivenUp(Exception):
    """The rest of the file is not worth reading."""


class _Builder:
    """Turns the events of one file into a tree, collecting faults on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._documents = 0

    def fault(self, line: int, what: str, remedy: str) -> None:
        """Notes a fault; gives up where there are too many."""
        self.faults.append(Fault(self.file, line, what, remedy))
        if len(self.faults) >= MAX_FAULTS:
            raise _GivenUp

    def build(self, text: str) -> None:
        """Reads `text` to its end. Raises yaml.YAMLError where it is no YAML, _GivenUp on going too far."""
        for event in yaml.parse(text, Loader=_LOADER):
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.MappingStartEvent():
                    self._start(event, {})
                case yaml.SequenceStartEvent():
                    self._start(event, [])
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._open.pop()
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.DocumentStartEvent():
                    self._document(event)
        if self.root is None and not self.faults:
            self.fault(0, "the file is empty", "write what belongs there, or delete the file")

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        line = _line(event)
        self._documents += 1
        if self._documents > 1:
            self.fault(line, "a second document begins here", "delete the line ---, or make it another file")
            raise _GivenUp
        if event.version or event.tags:
            self.fault(line, "there is a directive (%) at the top", "delete it")

    def _alias(self, event: yaml.AliasEvent) -> None:
        line = _line(event)
        remedy = "write the value out; put a text that begins with * in quotation marks"
        self.fault(line, f"*{event.anchor} refers to another place", remedy)
        if self._open and self._open[-1].awaits_key:
            self._open[-1].key = (None, line)
        elif self._open:
            self._open[-1].key = None

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        line = _line(event)
        if event.anchor is not None:
            remedy = "delete it; put a text that begins with & in quotation marks"
            self.fault(line, f"&{event.anchor} is an anchor", remedy)
        if event.tag is not None:
            remedy = "delete it; put a text that begins with ! in quotation marks"
            self.fault(line, f"{event.tag.replace('tag:yaml.org,2002:', '!!')} is a tag", remedy)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        line = _line(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        if event.style == '"':
            self._refuse_escapes(event)
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.awaits_key:
            parent.key = (event.value, line)
            return
        if not event.value and event.style not in _QUOTED and parent is not None:
            self._nothing(line, parent)
        self._place(Node(event.value, line, line))

    def _refuse_escapes(self, event: yaml.ScalarEvent) -> None:
        """An escape writes what may not stand in a file itself; a tab is folded to a space later."""
        found = _UNWANTED.search(event.value.replace("\t", " "))
        if found is not None:
            self.fault(_line(event), _invisible(found[0]), "take its escape (\\) out of the text")

    def _nothing(self, line: int, parent: _Open) -> None:
        if parent.key is not None:
            key, line = parent.key
            self.fault(line, f"{NOTHING} {key!r}", "write the value, or delete the key")
        else:
            self.fault(line, "an item of the list is empty", "write it, or delete its line")

    def _start(self, event: yaml.CollectionStartEvent, content: list[Node] | dict[str, Node]) -> None:
        line = _line(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        if len(self._open) >= MAX_DEPTH:
            what = f"more than {MAX_DEPTH} lists and blocks stand inside each other"
            self.fault(line, what, "make it flatter")
            raise _GivenUp
        node = Node(content, line, line)
        if self._open and self._open[-1].awaits_key:
            remedy = "write a word and a colon; a text that begins with a bracket goes into quotation marks"
            self.fault(line, "a list or block stands where a key should be", remedy)
            self._open[-1].key = (None, line)
        else:
            node = self._place(node)
        self._open.append(_Open(node))

    def _place(self, node: Node) -> Node:
        """Puts `node` where it belongs; gives it back with the line of its key."""
        if not self._open:
            self.root = node
            return node
        parent = self._open[-1]
        siblings = parent.node.content
        if isinstance(siblings, list):
            siblings.append(node)
            return node
        if parent.key is None or isinstance(siblings, str):
            return node
        (key, key_line), parent.key = parent.key, None
        node = Node(node.content, node.line, key_line)
        if key is not None and key not in siblings:
            siblings[key] = node
        elif key is not None:
            what = f"the key {key!r} is repeated; it stands on line {siblings[key].key_line} already"
            self.fault(key_line, what, "keep one of the two")
        return node
