"""Translations of a catalogue read with what translators noted of them, and some written: the others stay
byte for byte.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import unescape, write_po

from store.catalogues import Template, updated
from store.editing.catalogue_entries import blocks_of, joined

_TRANSLATION = re.compile(r'^msgstr +((?:"(?:[^"\\]|\\.)*"\s*)+)', re.M)
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"')
_FUZZY = re.compile(r"^#,.*\bfuzzy\b", re.M)
_NOTE = re.compile(r"^#\.[ \t]?(.*)$", re.M)
_PLACE = re.compile(r"^#: +(\S+?)(?::\d+)?(?=\s|$)", re.M)
_REMARK = re.compile(r"^#(?: (.*))?$", re.M)
_COMMENTED = re.compile(r"^#~ ?", re.M)
_CHECKED = re.compile(r"Checked by (.+), (\d{4}-\d{2}-\d{2})\.")
#: Catalogues that are kept read: both of every language, for an overview.
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Noted:
    """A translation with what is noted of it. `by` and `on`: who checked it, and when (ISO); "": not noted.

    `place` and `about` are the file and the note of its English for translators, as they were then.
    """

    text: str
    draft: bool
    by: str = ""
    on: str = ""
    place: str = ""
    about: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the translation of a template's entry; "" takes it out.

    `checked`: by whom, and when; None: it is a draft.
    """

    entry: Message
    text: str
    checked: tuple[str, date] | None


@lru_cache(_KEPT)
def noted(content: bytes) -> Mapping[str, Noted]:
    """English -> its translation, of the entries in use; the text is "" where there is none."""
    return _read(content.decode("utf-8-sig"))


def with_translations(content: bytes, changes: Iterable[Change]) -> bytes:
    """A catalogue with some translations changed. What translators noted of them otherwise is kept."""
    blocks, have = blocks_of(content.decode("utf-8-sig")), noted(content)
    gone = {key: block for key, block in blocks.items() if key.startswith("#")}
    used = {key: block for key, block in blocks.items() if key not in gone}
    for change in changes:
        english = str(change.entry.id)
        used[english] = _block(change, have[english].remarks if english in have else ())
    return joined({**used, **gone}).encode()


def empty_catalogue(name: str, language: str) -> bytes:
    """A catalogue with its header and no entry."""
    return updated(name, language, {}, None)


def earlier(content: bytes, template: Template) -> dict[str, tuple[str, str]]:
    """English without a translation -> (the English that stood in its place before, its translation)."""
    catalogue = noted(content)
    unused = {
        (each.place, each.about): (english, each.text)
        for english, each in (*_obsolete(content), *catalogue.items())
        if each.text and english not in template
    }
    found = {}
    for english, entry in template.items():
        have = catalogue.get(english)
        if have is None or not have.text:
            place = entry.locations[0][0] if entry.locations else ""
            before = unused.get((place, _folded(entry.auto_comments)))
            if before is not None:
                found[english] = before
    return found


def _read(text: str) -> dict[str, Noted]:
    found = {}
    for english, block in blocks_of(text).items():
        translation = _TRANSLATION.search(block)
        if english and not english.startswith("#") and translation:
            found[english] = _noted(block, _joined_pieces(translation[1]))
    return found


def _obsolete(content: bytes) -> Iterator[tuple[str, Noted]]:
    """The entries that are commented out, the last ones last."""
    if b"\n#~" not in content:
        return
    for key, block in blocks_of(content.decode("utf-8-sig")).items():
        if key.startswith("#"):
            yield from _read(_COMMENTED.sub("", block)).items()


def _block(change: Change, remarks: Iterable[str]) -> str:
    """The entry as it stands in a file."""
    entry = change.entry
    made = Message(entry.id, change.text, locations=entry.locations, auto_comments=entry.auto_comments)
    made.flags.discard("python-format")  # Babel takes "50% of" for a C format; ours are {names} alone
    made.user_comments = [remark for remark in remarks if not _CHECKED.fullmatch(remark)]
    if change.checked and change.text:
        by = " ".join(change.checked[0].split())
        made.user_comments.append(f"Checked by {by}, {change.checked[1].isoformat()}.")
    elif change.text:
        made.flags.add("fuzzy")
    return _written(made)


def _noted(block: str, text: str) -> Noted:
    remarks = [each or "" for each in _REMARK.findall(block)]
    checks = [each for each in map(_CHECKED.fullmatch, remarks) if each]
    draft = bool(_FUZZY.search(block))
    by, on = (checks[-1][1], checks[-1][2]) if checks and not draft else ("", "")
    place = _PLACE.search(block)
    about = _folded(_NOTE.findall(block))
    return Noted(text, draft, by, on, place[1] if place else "", about, tuple(remarks))


def _joined_pieces(quoted: str) -> str:
    return "".join(unescape(piece) for piece in _PIECE.findall(quoted))


def _folded(notes: list[str]) -> str:
    """The notes on a text as one line: a catalogue breaks them where the line ends."""
    return " ".join(" ".join(notes).split())


def _written(message: Message) -> str:
    catalog, file = Catalog(), io.BytesIO()
    catalog[message.id] = message
    write_po(file, catalog, omit_header=True)
    return file.getvalue().decode().strip("\n")
