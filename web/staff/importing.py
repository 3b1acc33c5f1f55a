"""A catalogue that comes back from translators: what of it is taken, and what is refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.messages.catalog import Message

from bot.language.entries import Entries, read_entries
from store.catalogue_checks import entry_faults
from store.catalogues import Template
from store.editing.catalogue_edit import Change, Noted, noted
from web.staff.translating import Texts, written


class WrongLanguage(ValueError):
    """The file is of another language than the one that it was sent for; the message says which."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One translation that is taken over."""

    english: str
    before: str
    after: str
    checked: bool


@dataclass
class Import:
    """What came of a file: what is taken, (English, why) of what is refused, how many stay as they are."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0
    changes: dict[str, list[Change]] = field(default_factory=dict)

    def files(self, texts: Texts, language: str) -> dict[str, bytes | None]:
        """The catalogues with what is taken."""
        return {
            name: content
            for domain, changes in self.changes.items()
            for name, content in written(texts, language, domain, changes).items()
        }


def imported(content: bytes, texts: Texts, language: str, by: str, today: date) -> Import:
    """What of the file `content` is taken: confirmed by `by` where it is no draft; "" takes all as drafts.

    Raises CatalogueError where it is no catalogue, WrongLanguage.
    """
    entries = read_entries("the file", content)
    said = entries.header.get("Language", "").replace("_", "-")
    if said.lower() != language.lower():
        told = said or "not known"
        raise WrongLanguage(f"The file says that its language is {told}, and this is {language}.")
    have = {domain: noted(texts.catalogue(language, domain)) for domain in texts.templates}
    found = Import(refused=[(_english(each), "it stands in the file twice") for each in entries.repeated])
    for entry in _translated(entries):
        _take(found, entry, texts.templates, have, (by, today) if by and not entry.fuzzy else None)
    return found


def _translated(entries: Entries) -> Iterator[Message]:
    """The entries that say something."""
    for entry in entries:
        if entry.id and (any(entry.string) if isinstance(entry.string, tuple) else entry.string):
            yield entry


def _take(
    found: Import, entry: Message, templates: Mapping[str, Template],
    have: Mapping[str, Mapping[str, Noted]], checked: tuple[str, date] | None,
) -> None:  # fmt: skip
    """Take one entry over into `found`, or refuse it there."""
    english, text = _english(entry), entry.string
    domain = next((name for name, template in templates.items() if english in template), None)
    if not isinstance(entry.id, str) or not isinstance(text, str) or entry.context:
        found.refused.append((english, "it has plural forms or a context, and our texts have none"))
    elif domain is None:
        found.refused.append((english, "this English is not in use any more"))
    else:
        faults = [f"{what}: {remedy}" for what, remedy in entry_faults(english, text)]
        before = have[domain].get(english)
        if faults:
            found.refused.extend((english, each) for each in faults)
        elif before and before.text == text and (not before.draft or checked is None):
            found.unchanged += 1
        else:
            found.changes.setdefault(domain, []).append(Change(templates[domain][english], text, checked))
            found.taken.append(Taken(english, before.text if before else "", text, checked is not None))


def _english(entry: Message) -> str:
    return str(entry.id if isinstance(entry.id, str) else entry.id[0])
