"""Translations: gettext catalogues, read as translators keep them, with the state of every text.

The English sentence is the key. An entry marked fuzzy is a draft that nobody has confirmed; it is
shown, and said to be one. An obsolete entry, or one whose English has changed, is not found, so
outdated advice never shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.language.entries import CatalogueError as CatalogueError
from bot.language.entries import read_entries

Status = Literal["full", "draft", "missing"]

#: The language that all texts are written in first.
SOURCE_LANGUAGE = "en"

#: English -> (translation, whether it is a draft)
Translations = Mapping[str, tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as shown: in `language`, which is English where a translation is missing."""

    text: str
    language: str
    status: Status


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations into one language."""

    language: str
    entries: Translations

    def translate(self, english: str) -> Text:
        """`english` in this catalogue's language, or itself, said to be missing."""
        if self.language == SOURCE_LANGUAGE:
            return Text(english, SOURCE_LANGUAGE, "full")
        found = self.entries.get(english)
        if found is None:
            return Text(english, SOURCE_LANGUAGE, "missing")
        translation, draft = found
        return Text(translation, self.language, "draft" if draft else "full")


def translations(name: str, content: bytes) -> Translations:
    """What a .po file translates. Raises CatalogueError, naming it, where it is no catalogue."""
    return {
        message.id: (message.string, message.fuzzy)
        for message in read_entries(name, content)
        if message.id and isinstance(message.id, str) and message.string and isinstance(message.string, str)
    }


def read_catalogue(
    language: str,
    files: Iterable[tuple[str, bytes]],
    read: Callable[[str, bytes], Translations] = translations,
) -> Catalogue:
    """The catalogue of one language from its .po files, each given as (name, content).

    An entry of a later file wins. `read` reads one; it raises CatalogueError for one that is no catalogue.
    """
    entries: dict[str, tuple[str, bool]] = {}
    for name, content in files:
        entries.update(read(name, content))
    return Catalogue(language, entries)


def read_catalogues(
    languages: Iterable[str],
    files: Mapping[str, bytes],
    read: Callable[[str, bytes], Translations] = translations,
) -> dict[str, Catalogue]:
    """The catalogue of each language, from files keyed "<language>/LC_MESSAGES/<domain>.po".

    `read` as for `read_catalogue`. Raises CatalogueError for the first file that is no catalogue.
    """
    return {
        language: read_catalogue(
            language,
            [
                (name, files[name])
                for name in sorted(files)
                if name.startswith(f"{language}/LC_MESSAGES/") and name.endswith(".po")
            ],
            read,
        )
        for language in languages
    }
