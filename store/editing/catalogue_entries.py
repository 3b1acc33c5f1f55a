"""The entries of a gettext catalogue as pieces of its text, so that one can change and the others stay as
they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.entries import CatalogueError, read_entries

_BLOCKS = re.compile(r"\n[ \t]*\n")
_ENGLISH = re.compile(r'^msgid +((?:"(?:[^"\\]|\\.)*"\s*)+)', re.M)
_PIECE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation: its text, and whether it is a draft that nobody has confirmed."""

    text: str
    draft: bool


def entries_of(content: bytes) -> dict[str, Translated]:
    """English -> its translation, of the entries in use that have one; {} where it cannot be read."""
    try:
        entries = read_entries("the catalogue", content) if content else ()
    except CatalogueError:
        return {}
    return {
        entry.id: Translated(str(entry.string), bool(entry.fuzzy))
        for entry in entries
        if isinstance(entry.id, str) and entry.id and entry.string
    }


def blocks_of(text: str) -> dict[str, str]:
    """English ("" for the header) -> its entry as it is written, comments included; obsolete ones under their
    text.
    """
    found = {}
    for block in _BLOCKS.split(text.strip("\n")):
        match = _ENGLISH.search(block)
        found[_unquoted(match[1]) if match else "#" + block] = block
    return found


def joined(blocks: dict[str, str]) -> str:
    """A catalogue of these entries."""
    return "\n\n".join(blocks.values()) + "\n"


def _unquoted(quoted: str) -> str:
    whole = "".join(_PIECE.findall(quoted))
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), whole)
