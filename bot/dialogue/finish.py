"""The last step of putting something into words: how well it is translated, and plain strings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from bot.dialogue.reply import Translated
from bot.dialogue.wording import Said

T = TypeVar("T")


def finished(record: T) -> T:
    """`record` (a dataclass with `translated` and `in_english`) with these filled in, as plain data.

    `translated` is the worst of all its texts; `in_english` has the JSON pointers of those that lack a
    translation.
    """
    said = list(_said(record, ""))
    statuses = {text.status for _, text in said}
    translated: Translated = (
        "partial" if "missing" in statuses else "draft" if "draft" in statuses else "full"
    )
    in_english = tuple(pointer for pointer, text in said if text.status == "missing")
    plain: T = _plain(replace(record, translated=translated, in_english=in_english))  # type: ignore[type-var]
    return plain


def _plain(value: Any) -> Any:
    """`value` with ordinary strings for the texts."""
    if isinstance(value, Said):
        return str.__str__(value)
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if is_dataclass(value):
        return replace(value, **{field.name: _plain(getattr(value, field.name)) for field in fields(value)})  # type: ignore[type-var]
    return value


def _said(value: object, pointer: str) -> Iterator[tuple[str, Said]]:
    """Every text of a record that has a translation, with its JSON pointer."""
    if isinstance(value, Said):
        yield pointer, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _said(item, f"{pointer}/{place}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _said(getattr(value, field.name), f"{pointer}/{field.name}")
