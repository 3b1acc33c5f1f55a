"""Finds the contact details in finished replies, written apart from what `signpost check` does in texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

#: Parts of a reply that are told from records by Babel (dates, hours) or are for programs.
COMPUTED = {"hours", "next_open", "next_open_text", "checked", "checked_text", "state", "id", "in_english"}

_NUMBER = re.compile(r"(?<![\w£])\+?\(?\d(?:[\s().-]{0,3}\d){2,}")
_YEARS = re.compile(r"(?:19|20)\d\d")
_EMAIL = re.compile(r"[^\s<>(),;:]+@[^\s<>(),;:]+")
_LINK = re.compile(r"(?:\w+://|www\.)\S+|\b(?:[\w-]+\.)+(?:uk|org|com|net|info|gov|london|eu|io)\b\S*")


def sentences(reply: dict[str, Any]) -> Iterator[str]:
    """What is read as words; the facts of the cards are compared with their records instead."""
    yield from strings(reply, leave=("value", "href", "source", *COMPUTED))


def strings(value: object, leave: tuple[str, ...] = tuple(COMPUTED)) -> Iterator[str]:
    """Every text inside `value` but for the parts to `leave`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in leave:
                yield from strings(item, leave)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item, leave)


@cache
def details(text: str) -> tuple[str, ...]:
    """The numbers (digits alone, as dialled in Britain), links and e-mail addresses in `text`."""
    rest, found = plain(text), []
    for pattern in (_EMAIL, _LINK):
        found += [
            re.sub(r"^(?:\w+://)?(?:www\.)?", "", one.rstrip(".,;:!?)\"'/")) for one in pattern.findall(rest)
        ]
        rest = pattern.sub(" ", rest)
    for number in _NUMBER.findall(rest):
        if not _YEARS.fullmatch(number.strip(" .-()")):
            found.append(re.sub(r"^\+?44(?=\d{9})", "0", re.sub(r"[^\d+]", "", number)).lstrip("+"))
    return tuple(found)


def plain(text: str) -> str:
    """`text` in lower case, with the digits of every script as ours."""
    digits = (str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)
    return "".join(digits).replace("\u00a0", " ").lower()
