"""Values as YAML text, in the style that the content is written in.

Short lists of words stand in brackets, sentences each on a line of their own, long texts folded under `>-`.
What is written is read back before it is used, so a text that YAML would misread ends up in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile

import yaml

#: What the strict reader gives: every scalar is text.
Plain = str | list["Plain"] | dict[str, "Plain"]

#: Characters of a line, indentation included: the line length of the content.
WIDTH = 110
#: A list with a longer item than this is written an item a line.
_SHORT_ITEM = 50
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Dates and whole numbers read the same with any reader of YAML, or nearly: they need no quotation marks.
_HARMLESS = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?|\d{4}-\d{2}-\d{2}|true|false")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def scalar(text: str, column: int, indent: int, flow: bool, old: str = "", item: bool = False) -> str:
    """`text` as YAML, to be put at `column`; lines after the first are indented by `indent` spaces.

    `flow`: it stands inside brackets; `item`: it is an item of a block list, and folded without `>-`. `old`
    is the YAML of the value before, whose quoting and line breaks are kept where they can be; empty for none.
    """
    folded = _fill(text.split(" "), column, indent) if item else None
    for written in _candidates(text, column, indent, flow, old, folded):
        if _reads_as(written, text, indent, flow):
            return written
    return _double(text)


def key_text(key: str) -> str:
    """`key` as it stands before its colon."""
    return key if _plain_is_safe(key, flow=True) and len(key) < WIDTH else _double(key)


def flow_text(value: Plain, column: int = 0, indent: int = 0) -> str:
    """`value` in brackets, to be put at `column`, wrapped at the line length with `indent` spaces."""
    if isinstance(value, str):
        return scalar(value, column, indent, flow=True)
    if isinstance(value, list):
        return f"[{_wrapped([flow_text(item) for item in value], column + 1, indent)}]"
    parts = [f"{key_text(key)}: {flow_text(child)}" for key, child in value.items()]
    return "{" + _wrapped(parts, column + 1, indent) + "}"


def after_key(value: Plain, column: int, indent: int) -> str:
    """What stands after `key:`, whose colon ends at `column` and whose key begins at `indent`."""
    if isinstance(value, str):
        return " " + scalar(value, column + 1, indent + 2, flow=False)
    if not value or _fits_brackets(value):
        return " " + flow_text(value, column + 1, indent + 2)
    below = block_text(value, indent if isinstance(value, list) else indent + 2)
    return "\n" + " " * (indent if isinstance(value, list) else indent + 2) + below


def block_text(value: Plain, indent: int) -> str:
    """`value` as lines that all begin at `indent`; the first is given without its indentation, none ends."""
    if isinstance(value, str):
        return scalar(value, indent, indent, flow=False)
    if not value:
        return flow_text(value)
    if isinstance(value, list):
        lines = ["- " + item_text(item, indent + 2) for item in value]
    else:
        lines = [entry_text(key, child, indent) for key, child in value.items()]
    return ("\n" + " " * indent).join(lines)


def entry_text(key: str, value: Plain, indent: int) -> str:
    """A key and its value, the key beginning at `indent`."""
    written = key_text(key)
    return f"{written}:{after_key(value, indent + len(written) + 1, indent)}"


def item_text(value: Plain, indent: int, flow: bool | None = None) -> str:
    """An item of a block list, which begins at `indent`, after its hyphen.

    `flow`: whether it stands in brackets; None: where it is short enough to.
    """
    if isinstance(value, str):
        return scalar(value, indent, indent, flow=False, item=True)
    if flow or (flow is None and _fits_brackets(value, indent)):
        return flow_text(value, indent, indent + 2)
    return block_text(value, indent)


def _candidates(
    text: str, column: int, indent: int, flow: bool, old: str, folded: str | None
) -> Iterator[str]:
    """Ways to write `text`, the likeliest first; some may read as something else."""
    fits = column + len(text) <= WIDTH
    kept = _kept_breaks(text, column, indent, old)
    had_to_fold = column + len(" ".join(old.split()[1:])) > WIDTH
    if old.startswith(">-") and had_to_fold and fits and not misread(text):
        yield text  # it was folded for its length alone
    if not flow and old[:1] in ("|", ">") and text[:1].strip() and text == text.rstrip(" "):
        yield _under_header(old.split("\n")[0], text, indent, kept)
    if old[:1] == "'":
        yield _single(text)
    elif old[:1] == '"':
        yield _double(text)
    elif kept and not misread(text):
        yield kept
    if not misread(text) and (fits or flow):
        yield text
    if folded and not flow and not misread(text):
        yield folded
    if not fits and not flow and text == text.strip():
        yield _under_header(">-", text, indent, None)
    if '"' in text and "'" not in text:
        yield _single(text)


def _reads_as(written: str, text: str, indent: int, flow: bool) -> bool:
    """Whether YAML reads `written` as `text` and nothing else, alone and among others."""
    pad = " " * max(indent - 1, 0)
    frames = (
        [f"[{written}]", f"{{k: {written}, l: m}}"]
        if flow
        else [f"{pad}k: {written}\n", f"{pad}- {written}\n"]
    )
    if not flow and indent == 0:
        return False
    return all(_scalars(frame) in ([text], ["k", text], ["k", text, "l", "m"]) for frame in frames)


def _scalars(frame: str) -> list[str] | None:
    """The scalars of a piece of YAML in order; None where strict reading would refuse it."""
    try:
        events = list(yaml.parse(frame, Loader=_LOADER))
    except yaml.YAMLError:
        return None
    nodes = [event for event in events if isinstance(event, yaml.NodeEvent)]
    if any(isinstance(node, yaml.AliasEvent) or node.anchor or getattr(node, "tag", None) for node in nodes):
        return None
    if sum(isinstance(node, yaml.CollectionStartEvent) for node in nodes) != 1:
        return None
    return [node.value for node in nodes if isinstance(node, yaml.ScalarEvent)]


def misread(text: str) -> bool:
    """Whether an ordinary reader of YAML would take the plain `text` for something else than text."""
    if not text or text != text.strip() or "\n" in text:
        return True
    tag = yaml.SafeLoader.yaml_implicit_resolvers and _resolved(text)
    return tag != "tag:yaml.org,2002:str" and not _HARMLESS.fullmatch(text)


def _resolved(text: str) -> str:
    tags = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    return next((tag for tag, pattern in tags if pattern.match(text)), "tag:yaml.org,2002:str")


def _plain_is_safe(text: str, flow: bool) -> bool:
    return not misread(text) and _reads_as(text, text, 2, flow)


def _double(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _under_header(header: str, text: str, indent: int, kept: str | None) -> str:
    """A block scalar: its header, then the text folded below it (or line by line, where that is its kind)."""
    pad = " " * indent
    body = text.removesuffix("\n") if "-" not in header else text
    if header.startswith("|"):
        return header + "".join(f"\n{pad}{line}" if line else "\n" for line in body.split("\n"))
    return f"{header}\n{pad}{kept or _fill(body.split(' '), indent, indent)}"


def _kept_breaks(text: str, column: int, indent: int, old: str) -> str | None:
    """`text` in lines as `old` is: filled where it was, else broken where it was; None: it had no line
    breaks.

    So an edit of one word changes one line, unless the lines are as full as they can be.
    """
    lines = [line.strip() for line in old.rstrip().split("\n")]
    if old[:1] in ("|", ">"):
        lines, column = lines[1:], indent
    before, after = " ".join(lines).split(" "), text.split(" ")
    if "\n" not in old.rstrip() or "" in before or "" in after or old[:1] in ("'", '"'):
        return None
    if _fill(before, column, indent) == ("\n" + " " * indent).join(lines):
        return _fill(after, column, indent)
    ends = _ends(lines)
    head = _alike(before, after)
    tail = min(min(len(before), len(after)) - head, _alike(before[::-1], after[::-1]))
    broken = [number in ends for number in range(head)]
    broken += _middle(ends, head, len(before) - tail, len(after) - head - tail)
    broken += [len(before) - tail + number in ends for number in range(tail)]
    return _broken(after, broken, column, indent)


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))


def _middle(ends: Collection[int], start: int, stop: int, count: int) -> list[bool]:
    """Where `count` words are broken that come in place of the words from `start` to `stop`."""
    if count == stop - start:
        return [number in ends for number in range(start, stop)]
    return [False] * (count - 1) + [stop - 1 in ends] if count else []


def _ends(lines: Sequence[str]) -> set[int]:
    """The numbers of the words that end a line, but for the last line."""
    ends, count = set(), 0
    for line in lines[:-1]:
        count += len(line.split(" "))
        ends.add(count - 1)
    return ends


def _broken(words: Sequence[str], broken: Sequence[bool], column: int, indent: int) -> str:
    lines: list[list[str]] = [[]]
    for word, ends in zip(words, broken, strict=True):
        lines[-1].append(word)
        if ends:
            lines.append([])
    columns = [column] + [indent] * len(lines)
    filled = [_fill(line, start, indent) for line, start in zip(lines, columns, strict=False) if line]
    return ("\n" + " " * indent).join(filled)


def _fill(words: Sequence[str], column: int, indent: int) -> str:
    """`words` in lines of at most WIDTH; no line is broken where two spaces stand, since folding would eat
    one.
    """
    text, used = "", column
    for number, word in enumerate(words):
        breakable = number > 0 and word and words[number - 1]
        if breakable and used + 1 + len(word) > WIDTH:
            text, used = f"{text}\n{' ' * indent}{word}", indent + len(word)
        else:
            text, used = (f"{text} {word}", used + 1 + len(word)) if number else (word, column + len(word))
    return text


def _wrapped(parts: Sequence[str], column: int, indent: int) -> str:
    """`parts` with commas between, in lines of at most WIDTH."""
    text, used = "", column
    for number, part in enumerate(parts):
        if number and used + 2 + len(part) + 1 > WIDTH:
            text, used = f"{text},\n{' ' * indent}{part}", indent + len(part)
        else:
            text, used = (f"{text}, {part}", used + 2 + len(part)) if number else (part, column + len(part))
    return text


def _fits_brackets(value: Sequence[Plain] | Mapping[str, Plain], indent: int = 0) -> bool:
    """Whether a list or block is short enough to stand in brackets."""
    if isinstance(value, Mapping):
        short = "id" not in value and all(not isinstance(child, dict) for child in value.values())
        return short and indent > 0 and len(flow_text(dict(value))) + indent <= WIDTH
    return all(
        isinstance(item, str) and len(item) <= _SHORT_ITEM and not item.endswith(".") for item in value
    )
