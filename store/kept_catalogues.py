"""Translations as they were read, kept as JSON: reading sixteen languages' took a third of a start.

Each file of translations is kept by itself, named for its content and the code that reads it, so that an edit
of one leaves the others at hand. Only what was read without a fault is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path

from bot.language.catalogue import Catalogue, Translations, read_catalogues, translations
from store.content import digest
from store.kept import keep
from store.learned import code_version

#: Files whose translations are kept, and remembered by a process: those of some states of all languages.
_KEPT = 100


def catalogues_from(
    languages: Iterable[str], files: Mapping[str, bytes], folder: Path | None
) -> dict[str, Catalogue]:
    """The catalogue of each language, from files keyed as for `read_catalogues`: as kept, or read anew.

    What was read is kept in `folder` (None: it is not). Raises CatalogueError for the first file that is no
    catalogue.
    """
    return read_catalogues(languages, files, partial(_translations, folder))


@lru_cache(maxsize=_KEPT)
def _translations(folder: Path | None, name: str, content: bytes) -> Translations:
    if folder is None:
        return translations(name, content)
    path = folder / f"{code_version()[:16]}-{digest({name: content})[:32]}.translations"
    found = _kept(path)
    if found is None:
        found = translations(name, content)
        keep(path, json.dumps(found, ensure_ascii=False).encode(), _KEPT)
    return found


def _kept(path: Path) -> Translations | None:
    """What stands in the file `path`; None where it is missing or broken."""
    try:
        found = json.loads(path.read_bytes())
        return {str(english): (str(said), bool(draft)) for english, (said, draft) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None
