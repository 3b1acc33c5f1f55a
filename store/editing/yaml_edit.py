"""Edits of hand-written YAML: a value changes, and every other byte of the file stays as it was.

A file is cut at the places where its values stand and put together again around the new ones; comments,
order, quoting and layout outside of them are never written anew. The result is read back with the strict
reader, and refused if it does not hold exactly what was intended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge.strict_yaml import Node, parse, plain
from store.editing.yaml_splice import taken
from store.editing.yaml_steps import Path as Path
from store.editing.yaml_steps import Step, steps
from store.editing.yaml_text import Plain, block_text

#: What a field may be set to; None takes it away. Numbers and truth values are written as YAML writes them.
Value = str | bool | int | float | Sequence["Value"] | Mapping[str, "Value"] | None


class EditError(ValueError):
    """An edit cannot be made; the message says why. Nothing was changed."""


def edit(content: bytes, changes: Mapping[Path, Value]) -> bytes:
    """`content`, one YAML file, with the values at the paths of `changes` replaced, added or (None) taken
    away.

    The changes are made one after the other. A path of () is the whole document, and empty `content` a new
    file. A list or block is given whole, as it is to be; only what differs is written. The item after the
    last of a list is added to it. A new key comes where the records have it, otherwise last; blocks on the
    way to it are made. Raises EditError where `content` or the result is not what the strict reader takes, or
    a path leads through a text or past the end of a list.
    """
    held = read_plain(content) if content.strip() else None
    wanted = held
    taking: list[Step] = []
    for path, value in changes.items():
        written = None if value is None else as_plain(value)
        try:
            taking += _steps(wanted, path, written)
            wanted = _changed(wanted, path, written)
        except LookupError:
            raise EditError(f"There is no place {_told(path)} in the file.") from None
    if wanted is None:
        raise EditError("Nothing would be left of the file: delete it instead.")
    if wanted == held:
        return content
    text = (
        _rewritten(content, taking) if held is not None else content.decode() + block_text(wanted, 0) + "\n"
    )
    return _proven(text.encode("utf-8"), wanted)


def reorder(content: bytes, path: Path, order: Sequence[str | int]) -> bytes:
    """`content` with the entries of the block (or items of the list) at `path` in the order `order`.

    `order` has each of the present keys (or numbers) once. Raises EditError.
    """
    held = read_plain(content)
    target = _at(held, path)
    if isinstance(target, str):
        raise EditError("A text has no order of entries.")
    present: list[str | int] = [*target] if isinstance(target, dict) else [*range(len(target))]
    if len(order) != len(present) or set(order) != set(present):
        raise EditError("The new order does not have the same entries as the old one.")
    numbers = tuple(present.index(name) for name in order)
    text = _rewritten(content, [Step("order", path, order=numbers)])
    turned: Plain = target if isinstance(target, dict) else [target[number] for number in numbers]
    result = _proven(text.encode("utf-8"), _changed(held, path, turned))
    now = _at(read_plain(result), path)
    if isinstance(now, dict) and list(now) != list(order):
        raise EditError("The entries could not be put into that order.")
    return result


def read_plain(content: bytes) -> Plain:
    """What a file holds, every scalar as text. Raises EditError where the strict reader refuses it."""
    node, faults = parse("the file", content)
    if node is None or faults:
        raise EditError("; ".join(str(fault) for fault in faults) or "the file is empty")
    return _plain(node)


def as_plain(value: Value) -> Plain:
    """`value` as the strict reader would give it; keys whose value is None are left out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): as_plain(child) for key, child in value.items() if child is not None}
    return [as_plain(item) for item in value or () if item is not None]


def _plain(node: Node) -> Plain:
    found = plain(node)
    if not isinstance(found, str | list | dict):
        raise EditError("the file holds something that is neither text, list nor block")
    return found


def _at(value: Plain, path: Path) -> Plain:
    for part in path:
        if isinstance(value, dict) and part in value:
            value = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value):
            value = value[part]
        else:
            raise EditError(f"There is nothing at {_told(path)}.")
    return value


def _changed(tree: Plain | None, path: Path, value: Plain | None) -> Plain | None:
    """A copy of `tree` with `value` at `path`; None takes away what stands there, if anything does.

    Raises LookupError where there is no such place.
    """
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(part, str) and (tree is None or isinstance(tree, dict)):
        entries = dict(tree or {})
        child = _changed(entries.get(part), rest, value)
        if child is None:
            entries.pop(part, None)
        else:
            entries[part] = child
        return entries or None if tree is None else entries
    if isinstance(part, int) and isinstance(tree, list) and 0 <= part <= len(tree):
        child = _changed(tree[part] if part < len(tree) else None, rest, value)
        return [*tree[:part], *([] if child is None else [child]), *tree[part + 1 :]]
    raise LookupError


def _steps(tree: Plain | None, path: Path, value: Plain | None) -> Iterator[Step]:
    """The steps that put `value` at `path` of `tree`, or (None) take away what stands there."""
    for depth, part in enumerate(path):
        if isinstance(tree, dict) and part in tree:
            tree = tree[str(part)]
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        elif value is None:
            return
        else:
            new = _changed(None, path[depth + 1 :], value)
            yield Step("insert", path[: depth + 1], value if new is None else new)
            return
    if value is None:
        yield Step("remove", path)
    elif tree is not None:
        yield from steps(tree, value, path)


def _rewritten(content: bytes, taking: Sequence[Step]) -> str:
    mark = "\ufeff" if content.startswith(b"\xef\xbb\xbf") else ""
    text = content.decode("utf-8-sig")
    newline = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    for step in taking:
        text = taken(text, step)
    return mark + text.replace("\n", newline)


def _proven(content: bytes, wanted: Plain | None) -> bytes:
    if read_plain(content) != wanted:
        raise EditError("The file would not hold what was written; it has to be edited as text.")
    return content


def _told(path: Path) -> str:
    return " / ".join(str(part) for part in path) or "the top"
