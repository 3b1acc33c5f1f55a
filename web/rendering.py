"""Texts as markup for the templates: each part that stands in English within another language says so."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from bot.language.catalogue import SOURCE_LANGUAGE, Text
from web.interface import Interface

_PLACE = re.compile(r"\{(\w+)\}")


def say(words: Interface, name: str, **values: str) -> Markup:
    """The interface's string `name`, its places filled with `values` (escaped, unless they are markup)."""
    return mark(words, words.strings[name], **values)


def mark(words: Interface, text: Text, **values: str) -> Markup:
    """`text` filled and, where it is not in the page's language, marked with its own."""
    pieces = _PLACE.split(text.text)
    filled = Markup("").join(values[piece] if place % 2 else piece for place, piece in enumerate(pieces))
    return filled if text.language == words.language.tag else _in_english(filled)


def part(reply: dict[str, Any], pointer: str) -> Markup:
    """The text of a reply at a JSON pointer, marked where it stands in English; empty where there is none."""
    value: Any = reply
    for key in pointer.split("/")[1:]:
        value = value[int(key) if isinstance(value, list | tuple) else key]
    if not value:
        return Markup("")
    return _in_english(escape(value)) if pointer in reply["in_english"] else escape(value)


def bdi(value: str) -> Markup:
    """A name that keeps its own direction within a sentence."""
    return Markup("<bdi>{}</bdi>").format(value)


def shown(value: str) -> str:
    """A contact's value as people read it: of a web address, whose it is."""
    return re.sub(r"^https?://(www\.)?([^/]+).*", r"\2", value)


def _in_english(text: Markup) -> Markup:
    return Markup('<span lang="{}" dir="ltr">{}</span>').format(SOURCE_LANGUAGE, text)
