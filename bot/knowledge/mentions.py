"""Contact details that stand inside a text: telephone numbers, links, e-mail addresses, times.

A text is translated and lives long; a number in it would go stale where nobody looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.knowledge.values import SHORT_CODES, dialled

#: Seven digits or more, with the spaces, brackets and hyphens that numbers are printed with. Ranges of
#: years ("2021-2024") are let through by `numbers`.
_LONG = re.compile(r"(?<![\w£])\+?\(?\d(?:[ ()-]{0,2}\d){6,14}(?!\w)")
_YEARS = re.compile(r"(19|20)\d\d ?- ?(19|20)\d\d")
_SHORT = re.compile(r"(?<![\w£.,:/-])\d{3,6}(?![\w%]|[.,:/-]\d)")
_DIAL = re.compile(r"\b(?:call|ring|dial|phone|text|on|number) +(\d{3,6})(?![\w%]|[.,:/-]\d)", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()]+|"
    r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:uk|org|com|net|info|london|eu|io|gov|edu)\b(?:/[^\s<>()]*)?",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b|\b(?:[01]?\d|2[0-3]):[0-5]\d\b", re.IGNORECASE)

Kind = Literal["number", "link", "email", "time"]


class Mention(NamedTuple):
    """A contact detail in a text: as written, and as it is compared."""

    kind: Kind
    written: str
    key: str


def mentions(text: str) -> Iterator[Mention]:
    """The contact details in `text`, each kind in order."""
    for found in _EMAIL.finditer(text):
        yield Mention("email", found[0].rstrip("."), key("email", found[0].rstrip(".")))
    text = _EMAIL.sub(" ", text)
    for found in _LINK.finditer(text):
        written = found[0].rstrip(".,;:!?'\"")
        yield Mention("link", written, key("link", written))
    text = _LINK.sub(" ", text)
    for found in _TIME.finditer(text):
        yield Mention("time", found[0], found[0])
    yield from _numbers(text)


def _numbers(text: str) -> Iterator[Mention]:
    text = _YEARS.sub(" ", text)
    for found in _LONG.finditer(text):
        yield Mention("number", found[0], key("number", found[0]))
    text = _LONG.sub(" ", text)
    dial = {found[1] for found in _DIAL.finditer(text)}
    for found in _SHORT.finditer(text):
        if found[0] in SHORT_CODES or found[0] in dial:
            yield Mention("number", found[0], found[0])


def key(kind: Kind, value: str) -> str:
    """What two ways of printing the same number, link or address share."""
    if kind == "number":
        try:
            return dialled(value)
        except ValueError:
            return re.sub(r"\D", "", value)
    if kind == "link":
        value = re.sub(r"^(?:https?://)?(?:www\.)?", "", value.lower())
        return value.rstrip("/")
    return value.lower()
