"""One step of an edit, taken on the text of a YAML file by cutting it at the marks of its nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import yaml

from store.editing.yaml_steps import Step
from store.editing.yaml_text import (
    WIDTH,
    Plain,
    after_key,
    entry_text,
    flow_text,
    item_text,
    key_text,
    scalar,
)

#: The order in which the records have their keys; it is the same for a key wherever it stands.
FAMILIAR = (
    "id", "kind", "conversation", "says", "title", "name", "names", "former_names", "label", "organisation",
    "need", "group", "covers", "summary", "explains", "text", "for_whom", "minimum_age", "maximum_age",
    "area", "value", "hours", "out_of_hours", "cost", "languages", "interpreting", "confidential",
    "what_happens_next", "note", "who", "topic", "exists", "today", "contactable", "instead", "answer",
    "steps", "danger", "leads", "neighbours", "aspects", "for", "asks", "contacts", "all", "not", "within",
    "weight", "rules", "source", "checked", "evidence", "review_by", "team", "retired",
)  # fmt: skip

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with its value, or an item of a list (`key` None). Offsets are in characters of the text."""

    key: yaml.Node | None
    node: yaml.Node
    start: int
    end: int


def taken(text: str, step: Step) -> str:
    """`text`, whose lines end in a newline alone, after `step`; not yet proven to hold what is intended."""
    root = yaml.compose(text, Loader=_LOADER)
    if root is None:
        return text
    if step.kind == "order":
        return _ordered(text, _entries(text, _find(text, root, step.path).node), step.order)
    if not step.path:
        return text[: _start(root)] + _whole(step.value) + text[_end(text, root) :]
    parent = _find(text, root, step.path[:-1])
    entries = _entries(text, parent.node)
    if step.kind == "insert":
        return _inserted(text, parent, entries, step.path[-1], step.value)
    number = _number(entries, step.path[-1])
    if step.kind == "replace":
        return _replaced(text, parent, entries[number], step.value)
    return _removed(text, parent, entries, number)


def _whole(value: Plain) -> str:
    return item_text(value, 0, flow=False)


def _find(text: str, root: yaml.Node, path: tuple[str | int, ...]) -> _Entry:
    found = _Entry(None, root, _start(root), _end(text, root))
    for part in path:
        entries = _entries(text, found.node)
        found = entries[_number(entries, part)]
    return found


def _number(entries: list[_Entry], part: str | int) -> int:
    if isinstance(part, int):
        return part
    return next(number for number, entry in enumerate(entries) if entry.key and entry.key.value == part)


def _entries(text: str, node: yaml.Node) -> list[_Entry]:
    if isinstance(node, yaml.MappingNode):
        return [
            _Entry(key, value, _start(key), max(_end(text, key), _end(text, value)))
            for key, value in node.value
        ]
    if isinstance(node, yaml.SequenceNode):
        starts = (
            _start(item) if node.flow_style else text.rindex("-", 0, _start(item)) for item in node.value
        )
        return [
            _Entry(None, item, start, _end(text, item))
            for start, item in zip(starts, node.value, strict=True)
        ]
    return []


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of a node's own text ends; PyYAML takes in what follows a block."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = _start(node), int(node.end_mark.index)
    return start + len(text[start:end].rstrip())


def _column(text: str, offset: int) -> int:
    return offset - (text.rfind("\n", 0, offset) + 1)


def _line_end(text: str, offset: int) -> int:
    """Where the line of `offset` ends, before its newline."""
    found = text.find("\n", offset)
    return len(text) if found < 0 else found


def _flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _replaced(text: str, parent: _Entry, entry: _Entry, value: Plain) -> str:
    start, end = _start(entry.node), entry.end
    indent = _column(text, entry.start)
    flow = _flow(parent.node)
    if isinstance(value, str) and isinstance(entry.node, yaml.ScalarNode):
        below = _below(text, parent, entry)
        new = scalar(value, _column(text, start), below, flow, text[start:end], item=entry.key is None)
    elif flow:
        new = flow_text(value, _column(text, start), _below(text, parent, entry))
    elif entry.key is None:
        new = item_text(value, _column(text, start), _flow(entry.node) or None)
    else:
        start = text.index(":", _end(text, entry.key)) + 1
        new = after_key(value, _column(text, start), indent)
    return text[:start] + new + text[end:]


def _below(text: str, parent: _Entry, entry: _Entry) -> int:
    """The indentation of the lines after the first of an entry's value: as they are, or as we write them."""
    start = _start(entry.node)
    lines = text[start : entry.end].split("\n")
    first = next((line for line in lines[1:] if line.strip()), None)
    if first is not None and isinstance(entry.node, yaml.ScalarNode):
        return len(first) - len(first.lstrip(" "))
    if _flow(parent.node):
        line_start = text.rfind("\n", 0, start) + 1
        line = text[line_start:start]
        outer = len(line) - len(line.lstrip(" "))
        return outer if line_start > _start(parent.node) else outer + 2
    return _column(text, entry.start) + 2


def _removed(text: str, parent: _Entry, entries: list[_Entry], number: int) -> str:
    entry = entries[number]
    if len(entries) == 1:
        return _emptied(text, parent)
    if _flow(parent.node):
        if number + 1 < len(entries):
            return text[: entry.start] + text[entries[number + 1].start :]
        return text[: entries[number - 1].end] + text[entry.end :]
    line_start = entry.start - _column(text, entry.start)
    if not text[line_start : entry.start].strip():
        return text[:line_start] + text[min(_line_end(text, entry.end) + 1, len(text)) :]
    return _first_removed(text, line_start, entry, entries[1])


def _first_removed(text: str, line_start: int, entry: _Entry, following: _Entry) -> str:
    """The first key of an item goes: the next one follows the hyphen, comments between come above it."""
    between = text[_line_end(text, entry.end) + 1 : following.start]
    comments = "".join(f"{line}\n" for line in between.split("\n") if line.strip())
    return text[:line_start] + comments + text[line_start : entry.start] + text[following.start :]


def _emptied(text: str, parent: _Entry) -> str:
    """The list or block `parent` without its only entry, in brackets."""
    brackets = "{}" if isinstance(parent.node, yaml.MappingNode) else "[]"
    start, end = _start(parent.node), parent.end
    if parent.key is None or _flow(parent.node):
        return text[:start] + brackets + text[end:]
    colon = text.index(":", _end(text, parent.key)) + 1
    return f"{text[:colon]} {brackets}{text[end:]}"


def _inserted(text: str, parent: _Entry, entries: list[_Entry], part: str | int, value: Plain) -> str:
    if not entries:
        return _filled(text, parent, part, value)
    number = part if isinstance(part, int) else _place(entries, part)
    if _flow(parent.node):
        new = flow_text(value) if isinstance(part, int) else f"{key_text(part)}: {flow_text(value)}"
        return _in_brackets(text, parent, entries, number, new)
    column = _column(text, entries[0].start)
    if isinstance(part, str):
        new = entry_text(part, value, column)
    else:
        neighbour = entries[min(number, len(entries) - 1)].node
        alike = _flow(neighbour) if isinstance(neighbour, yaml.CollectionNode) else None
        gap = _start(entries[0].node) - entries[0].start
        new = "-" + " " * (gap - 1) + item_text(value, column + gap, alike)
    if number == 0:
        start = entries[0].start
        return f"{text[:start]}{new}\n{' ' * column}{text[start:]}"
    after = _line_end(text, entries[number - 1].end)
    return f"{text[:after]}\n{' ' * column}{new}{text[after:]}"


def _filled(text: str, parent: _Entry, part: str | int, value: Plain) -> str:
    """The empty list or block `parent` with its first entry."""
    whole: Plain = [value] if isinstance(part, int) else {part: value}
    if parent.key is None:
        return text[: _start(parent.node)] + flow_text(whole) + text[parent.end :]
    colon = text.index(":", _end(text, parent.key)) + 1
    new = after_key(whole, _column(text, colon), _column(text, parent.start))
    return text[:colon] + new + text[parent.end :]


def _place(entries: list[_Entry], key: str) -> int:
    """How many of the entries come before a new `key`."""
    if key not in FAMILIAR:
        return len(entries)
    before = set(FAMILIAR[: FAMILIAR.index(key)])
    places = [
        number for number, entry in enumerate(entries, start=1) if entry.key and entry.key.value in before
    ]
    return max(places, default=0)


def _in_brackets(text: str, parent: _Entry, entries: list[_Entry], number: int, new: str) -> str:
    """`new` as one more entry between brackets, on a line of its own where the line would grow too long."""
    indent = _below(text, parent, entries[-1])
    if number == len(entries):
        at = entries[-1].end
        fits = _column(text, at) + len(new) + 3 <= WIDTH
        return f"{text[:at]},{' ' if fits else chr(10) + ' ' * indent}{new}{text[at:]}"
    at = entries[number].start
    fits = _column(text, _line_end(text, at)) + len(new) + 2 <= WIDTH
    return f"{text[:at]}{new},{' ' if fits else chr(10) + ' ' * indent}{text[at:]}"


def _ordered(text: str, entries: list[_Entry], order: tuple[int, ...]) -> str:
    """The entries in another order, each with its comments: at the end of its line, and above it."""
    spans = list(_spans(text, entries))
    pieces = [text[start:end] for start, end in spans]
    result, last = "", 0
    for (start, end), number in zip(spans, order, strict=True):
        result += text[last:start] + pieces[number]
        last = end
    return result + text[last:]


def _spans(text: str, entries: list[_Entry]) -> Iterator[tuple[int, int]]:
    yield entries[0].start, _with_comment(text, entries[0].end)
    for before, entry in pairwise(entries):
        start = _with_comment(text, before.end)
        gap = text[start : entry.start]
        above = gap.find("#")
        yield (entry.start if above < 0 else start + above), _with_comment(text, entry.end)


def _with_comment(text: str, end: int) -> int:
    """`end`, or the end of the comment that follows on its line."""
    rest = text[end : _line_end(text, end)]
    return end + len(rest) if rest.lstrip().startswith("#") else end
