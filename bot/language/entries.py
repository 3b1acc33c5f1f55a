"""The entries of a gettext catalogue (.po file), read strictly: what is not read as it was meant is refused.

Babel reads leniently: where a quotation mark is missing it takes the text for empty and goes on. A
translation that is lost in silence is one that nobody mends, so every line is looked at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_string

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

_STRING = r'"(?:[^"\\]|\\[\\"abfnrtv])*"'
_LINE = re.compile(
    rf"(?:#~ ?)?(?:(?P<key>msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]\])?) +)?{_STRING}[ \t]*|#.*|[ \t]*"
)
#: What a translation may stand below: its English, or the one before it of several plural forms.
_FOLLOWS = re.compile(r"msgid msgstr|(?:msgid_plural|msgstr\[[0-9]\]) msgstr\[[0-9]\]")
#: What msgmerge notes of earlier English; it is nothing that anybody has to keep.
_PREVIOUS = re.compile(r"#(?:~ ?)?\|.*")


class CatalogueError(ValueError):
    """A catalogue cannot be read; the message says where and why."""


class Entries(Catalog):
    """A catalogue as it was read, with its header's fields and the entries that repeat an earlier one."""

    def __init__(self) -> None:
        super().__init__()
        self.header: dict[str, str] = {}
        self.repeated: list[Message] = []

    def __setitem__(self, id: str | list[str] | tuple[str, ...], message: Message) -> None:
        """Adds an entry, as Babel does: the later one of two wins."""
        if not id:
            self.header = dict(message_from_string(str(message.string)).items())
        elif self.get(id, message.context) is not None:
            self.repeated.append(message)
        super().__setitem__(id, message)


def read_entries(name: str, content: bytes) -> Entries:
    """The entries of a .po file, obsolete ones apart. Raises CatalogueError, naming `name` and the line."""
    lines = list(_lines(name, content))
    entries = Entries()
    parser = PoFileParser(entries, abort_invalid=True)
    try:
        parser.parse(lines)
    except PoFileError as error:
        what = str(error).removesuffix(f" on {error.lineno}")
        raise CatalogueError(f"{name}:{error.lineno + 1}: not a gettext catalogue: {what}") from error
    except ValueError as error:
        what = f"not a gettext catalogue from here on: {error}"
        raise CatalogueError(f"{name}:{parser.offset + 1}: {what}") from error
    return entries


def _lines(name: str, content: bytes) -> Iterator[str]:
    """The lines of a .po file. Raises CatalogueError for the first that has no place in one."""
    before = ""
    for number, line in enumerate(_text(name, content).replace("\r\n", "\n").split("\n"), start=1):
        found = _LINE.fullmatch(line)
        if found is None:
            what = "a text is not in one pair of quotation marks, or begins with an unknown word"
            raise CatalogueError(f"{name}:{number}: not a gettext catalogue: {what}")
        key = found["key"] or ""
        if key.startswith("msgstr") and not _FOLLOWS.fullmatch(f"{before} {key}"):
            what = "a translation does not stand below its English"
            raise CatalogueError(f"{name}:{number}: not a gettext catalogue: {what}")
        before = key or before
        yield "" if line.startswith("#") and _PREVIOUS.fullmatch(line) else line


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError(f"{name}:{line}: not a gettext catalogue: it is not in UTF-8") from error
