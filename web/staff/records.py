"""Where each kind of record is kept, and what a form does to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.record import Record
from bot.knowledge.records import SmallTalk, Term, Topic, UrgentKind
from bot.knowledge.services import Service
from bot.knowledge.sites import Site
from store.editing.yaml_edit import edit
from web.staff.content import Content, block, file_path, texts
from web.staff.forms import shapes
from web.staff.forms.merging import changes
from web.staff.forms.shape import Data, Field, Path, Value, fitted


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record with a form. `file` has the record's id in braces where each has a file of its own."""

    name: str
    one: str
    many: str
    file: str
    fields: Sequence[Field]
    model: type[Record] | None = None

    def place(self, identity: str) -> tuple[str, Path]:
        """The file of a record, and its place inside."""
        if "{id}" in self.file:
            return self.file.format(id=identity), ()
        return self.file, (identity,)

    def ids(self, content: Content) -> list[str]:
        """The ids of the records there are, faulty ones included."""
        if "{id}" not in self.file:
            return list(block(content.raw(self.file)))
        folder, _, ending = self.file.partition("{id}")
        start = file_path(folder)
        names = (name.removeprefix(start) for name in content.files if name.startswith(start))
        return sorted(name.removesuffix(ending) for name in names if name.endswith(ending))


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("services", "service", "Services", "services/{id}.yaml", shapes.SERVICE, Service),
        Kind("topics", "topic", "Topics", "topics/{id}.yaml", shapes.TOPIC, Topic),
        Kind("glossary", "glossary entry", "Glossary", "glossary.yaml", shapes.TERM, Term),
        Kind("sites", "site", "Sites", "sites.yaml", shapes.SITE, Site),
        Kind("urgent", "safety notice", "Safety notices", "urgent.yaml", shapes.URGENT, UrgentKind),
        Kind("smalltalk", "small talk", "Small talk", "smalltalk.yaml", shapes.SMALLTALK, SmallTalk),
    )
}
#: Kinds of which staff may add and take away records; the others have fixed ids.
GROWING = ("services", "topics", "glossary", "sites")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the values of one form are kept: a block with keys, or a list that is the form's single field."""

    file: str
    path: Path
    fields: Sequence[Field]
    #: True: what stands at `path` is the list of the form's only field.
    listed: bool = False

    def shown(self, content: Content) -> Data:
        """What the form shows of `content`."""
        return fitted(self._data(content), self.fields)

    def written(self, content: Content, data: Data) -> bytes | None:
        """The file with `data` in it, other bytes as they are; None: nothing is left of it.

        Raises EditError where it cannot be written.
        """
        found: dict[Path, Value | None] = {}
        for path, value in changes(self.shown(content), data).items():
            found[self.path if self.listed else (*self.path, *path)] = value
        if not self.path and self.listed and not data:
            return None
        return edit(content.bytes(self.file), found)

    def _data(self, content: Content) -> Data:
        found = content.raw(self.file, self.path)
        if self.listed:
            return {self.fields[0].key: list[Value](texts(found))} if found is not None else {}
        return block(found)


def record_place(kind: Kind, identity: str) -> Place:
    """Where a record is kept."""
    file, path = kind.place(identity)
    return Place(file, path, kind.fields)


def without(content: Content, kind: Kind, identity: str) -> dict[str, bytes | None]:
    """The change that takes a record away."""
    file, path = kind.place(identity)
    return {file_path(file): edit(content.bytes(file), {path: None}) if path else None}


def words_place(content: Content, language: str, concept: str) -> Place:
    """Where the words of a concept stand in a language, or would stand: with others of its kind."""
    found = content.reading.lines.words.get((language, concept))
    record = content.knowledge.concepts.get(concept)
    kind = record.kind if record else "things"
    return Place(found or f"concepts/{language}/{kind}.yaml", (concept,), shapes.WORDS, listed=True)


def examples_place(language: str, what: str, name: str) -> Place:
    """Where examples stand: `what` is topics, urgent, aspects, smalltalk or none; `name` which of these."""
    if what in ("topics", "urgent"):
        return Place(f"examples/{language}/{what}/{name}.yaml", (), shapes.EXAMPLES, listed=True)
    path: Path = () if what == "none" else (name,)
    return Place(f"examples/{language}/{what}.yaml", path, shapes.EXAMPLES, listed=True)
