"""From files to the knowledge base: which file holds what, and every fault of all of them at once.

docs/content.md describes the files. What must agree between records is looked at in `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from bot.knowledge.base import Examples, Knowledge
from bot.knowledge.faults import Fault, errors, without_echoes
from bot.knowledge.lists import Lists, Trees, read_lists
from bot.knowledge.record import Record
from bot.knowledge.records import (
    Aspect,
    Audience,
    Concept,
    Confidence,
    Group,
    Language,
    Settings,
    SmallTalk,
    Term,
    Topic,
    UrgentKind,
)
from bot.knowledge.services import Service
from bot.knowledge.sites import Site
from bot.knowledge.strict_yaml import MAX_BYTES, Node, descend, parse
from bot.knowledge.validating import validate

__all__ = ["Fault", "Lines", "Reading", "read", "read_files", "read_folder"]

R = TypeVar("R", bound=Record)

_REQUIRED = ("groups.yaml", "languages.yaml", "settings.yaml")
_SAFETY = "urgent.yaml"
_SEE = "see docs/content.md for the files and their places"
#: Examples of which a file holds one list; those of other kinds stand in one file, by key.
_ONE_LIST = ("topics", "urgent", "none")


@dataclass(slots=True)
class Lines:
    """Where everything stands: the trees of the files, and what each of them claims to define."""

    trees: Trees = field(default_factory=Trees)
    #: (language, concept) -> the file with its words
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    #: kind of record ("services", "topics" …) -> ids, those of faulty records included
    ids: dict[str, set[str]] = field(default_factory=dict)

    def at(self, file: str, *path: str | int) -> int:
        """The line of the value at `path` in `file`, or of what is nearest around it; 0 without the file."""
        if file not in self.trees:
            return 0
        node, _ = descend(self.trees[file], path)
        return node.line if isinstance(node.content, str) else node.key_line


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a set of files.

    `found` holds every record that is valid by itself, for the checks; None where the settings are not.
    """

    found: Knowledge | None
    lines: Lines
    faults: list[Fault]


def read_folder(path: Path) -> dict[str, bytes]:
    """The YAML files under `path`: name relative to it, with slashes -> content, in order of their names.

    A file above the size limit is cut just past it, so that it is refused without being read whole.
    """
    names = (name for pattern in ("*.yaml", "*.yml") for name in path.rglob(pattern) if name.is_file())
    files = {}
    for name in sorted(names):
        with name.open("rb") as file:
            files[name.relative_to(path).as_posix()] = file.read(MAX_BYTES + 1)
    return files


def read_files(files: Mapping[str, bytes]) -> tuple[Knowledge | None, list[Fault]]:
    """The knowledge base that `files` (relative name -> content) hold, and every fault of theirs.

    None if any of the faults is an error. The faults are in order of file and line.
    """
    reading = read(files)
    return (None if errors(reading.faults) else reading.found), reading.faults


def read(files: Mapping[str, bytes]) -> Reading:
    """As `read_files`, with the valid records even where others are faulty, and the lines of all."""
    reader = _Reader()
    for name in (*_REQUIRED, *sorted(set(files) - set(_REQUIRED))):
        if name in files:
            reader.file(name, files[name])
        else:
            reader.fault(name, 0, "this file is missing", "write it; docs/content.md shows its form")
    if _SAFETY not in files:
        what, remedy = "this file is missing: there will be no safety notices", "write it"
        reader.faults.append(Fault(_SAFETY, 0, what, remedy))
    return Reading(reader.knowledge(), reader.lines, without_echoes(reader.faults))


class _Reader:
    """Collects records and faults, file by file."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines = Lines()
        self._settings: Settings | None = None
        self._confidence: Confidence | None = None
        self._records: dict[str, dict[str, Record]] = {}
        self._words: dict[str, dict[str, tuple[str, ...]]] = {}
        self._examples: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
        self._strange_languages: set[tuple[str, str]] = set()

    def fault(self, file: str, line: int, what: str, remedy: str) -> None:
        self.faults.append(Fault(file, line, what, remedy))

    def file(self, name: str, content: bytes) -> None:
        """Reads one file by its place."""
        places = ((pattern.fullmatch(name), read_it) for pattern, read_it in _PLACES)
        found, read_it = next((place for place in places if place[0]), (None, None))
        if found is None:
            self.fault(name, 0, "no such file belongs to the content", f"{_remedy(name)}; {_SEE}")
        elif read_it is None:
            self._known_language(name, found["lang"])
        elif read_it in (_Reader.words, _Reader.examples):
            self._listed(name, content, found, read_it)
        else:
            self._claim(found)
            node, faults = parse(name, content)
            self.faults += faults
            if node is not None:
                self.lines.trees[name] = node
                read_it(self, name, node, found)

    def _listed(self, name: str, content: bytes, found: re.Match[str], read_it: _Read) -> None:
        lists = read_lists(name, content, found.groupdict().get("what") not in _ONE_LIST)
        self.faults += lists.broken
        if lists.readable:
            self.lines.trees.later(name, content)
            if self._known_language(name, found["lang"]):
                self.faults += lists.faults
                read_it(self, name, lists, found)

    def _claim(self, found: re.Match[str]) -> None:
        parts = found.groupdict()
        if "one" in parts:
            self.lines.ids.setdefault(parts["one"], set()).add(parts["id"])

    def _known_language(self, file: str, language: str) -> bool:
        if language in self.lines.ids.get("languages", ()):
            return True
        folder = file.split("/")[0]
        if "languages.yaml" in self.lines.trees and (folder, language) not in self._strange_languages:
            self._strange_languages.add((folder, language))
            what = f"{language!r} is none of the languages of languages.yaml"
            self.fault(file, 0, what, "add it there, or rename the folder")
        return False

    def _keep(self, kind: str, record: Record | None, name: str, faults: list[Fault]) -> None:
        self.faults += faults
        if record is not None:
            self._records.setdefault(kind, {})[name] = record

    def one(self, model: type[Record], file: str, node: Node, found: re.Match[str]) -> None:
        """A file that is one record, named by the file."""
        record, faults = validate(model, file, node, found["id"])
        self._keep(found["one"], record, found["id"], faults)

    def many(self, model: type[Record], kind: str, file: str, node: Node) -> None:
        """A file of records, each named by its key."""
        if not isinstance(node.content, dict):
            self.fault(file, node.line, f"{file} must hold one block for each id", _SEE)
            return
        name_key = "tag" if model is Language else "id"
        for name, child in node.content.items():
            self.lines.ids.setdefault(kind, set()).add(name)
            record, faults = validate(model, file, child, name, name_key)
            self._keep(kind, record, name, faults)

    def settings(self, file: str, node: Node) -> None:
        self._settings, faults = validate(Settings, file, node, "settings", None)
        self.faults += faults

    def confidence(self, file: str, node: Node) -> None:
        self._confidence, faults = validate(Confidence, file, node, "confidence", None)
        self.faults += faults

    def words(self, file: str, lists: Lists, found: re.Match[str]) -> None:
        """Concepts with their expressions in one language."""
        language = found["lang"]
        for concept, expressions in lists.by_key.items():
            elsewhere = self.lines.words.setdefault((language, concept), file)
            if elsewhere != file:
                line = self.lines.at(file, concept)
                self.fault(file, line, f"{concept!r} has words in {elsewhere} too", "put them together there")
            else:
                self._words.setdefault(language, {})[concept] = expressions

    def examples(self, file: str, lists: Lists, found: re.Match[str]) -> None:
        """A file of examples: a list for a topic, for a notice or for `none`, lists by key for the rest."""
        kind, of_language = found["what"], self._examples.setdefault(found["lang"], {})
        if kind not in _ONE_LIST:
            of_language[kind] = dict(lists.by_key)
        elif lists.whole is not None:
            of_language.setdefault(kind, {})[found.groupdict().get("id", "none")] = lists.whole

    def knowledge(self) -> Knowledge | None:
        """The snapshot of the valid records; None without settings."""
        if self._settings is None:
            return None
        listed = self._of(Language, "languages")
        languages = {tag: language for tag, language in listed.items() if language.offered}
        return Knowledge(
            settings=self._settings,
            languages=MappingProxyType(languages),
            preparing=MappingProxyType({tag: listed[tag] for tag in listed if tag not in languages}),
            groups=self._of(Group, "groups"),
            services=self._of(Service, "services"),
            topics=self._of(Topic, "topics"),
            concepts=self._of(Concept, "concepts"),
            words=MappingProxyType({tag: MappingProxyType(self._words.get(tag, {})) for tag in languages}),
            examples=MappingProxyType({tag: self._examples_in(tag) for tag in languages}),
            urgent=self._of(UrgentKind, "urgent"),
            aspects=self._of(Aspect, "aspects"),
            smalltalk=self._of(SmallTalk, "smalltalk"),
            sites=self._of(Site, "sites"),
            audiences=self._of(Audience, "audiences"),
            glossary=self._of(Term, "glossary"),
            confidence=self._confidence,
        )

    def _of(self, model: type[R], kind: str) -> Mapping[str, R]:
        records = self._records.get(kind, {}).items()
        return MappingProxyType({name: record for name, record in records if isinstance(record, model)})

    def _examples_in(self, language: str) -> Examples:
        lists = self._examples.get(language, {})
        kinds = ("topics", "urgent", "aspects", "smalltalk")
        topics, urgent, aspects, smalltalk = (MappingProxyType(lists.get(kind, {})) for kind in kinds)
        return Examples(topics, urgent, aspects, smalltalk, lists.get("none", {}).get("none", ()))


_Read = Callable[[_Reader, str, Any, re.Match[str]], None]


def _each(model: type[Record], kind: str) -> _Read:
    return lambda reader, file, node, found: reader.many(model, kind, file, node)


def _single(model: type[Record]) -> _Read:
    return lambda reader, file, node, found: reader.one(model, file, node, found)


_LANG = r"(?P<lang>[A-Za-z]{2,3}(-[A-Za-z0-9]+)*)"
#: The files, by their place; None: conversations, which are read by those who play them.
_PLACES: tuple[tuple[re.Pattern[str], _Read | None], ...] = tuple(
    (re.compile(pattern), read_it)
    for pattern, read_it in (
        (r"(?P<one>services)/(?P<id>[^/]+)\.yaml", _single(Service)),
        (r"(?P<one>topics)/(?P<id>[^/]+)\.yaml", _single(Topic)),
        (r"groups\.yaml", _each(Group, "groups")),
        (r"languages\.yaml", _each(Language, "languages")),
        (r"sites\.yaml", _each(Site, "sites")),
        (r"urgent\.yaml", _each(UrgentKind, "urgent")),
        (r"aspects\.yaml", _each(Aspect, "aspects")),
        (r"smalltalk\.yaml", _each(SmallTalk, "smalltalk")),
        (r"audiences\.yaml", _each(Audience, "audiences")),
        (r"glossary\.yaml", _each(Term, "glossary")),
        (r"concepts/concepts\.yaml", _each(Concept, "concepts")),
        (r"settings\.yaml", lambda reader, file, node, found: reader.settings(file, node)),
        (r"confidence\.yaml", lambda reader, file, node, found: reader.confidence(file, node)),
        (rf"concepts/{_LANG}/[^/]+\.yaml", _Reader.words),
        (rf"examples/{_LANG}/(?P<what>topics|urgent)/(?P<id>[^/]+)\.yaml", _Reader.examples),
        (rf"examples/{_LANG}/(?P<what>aspects|smalltalk|none)\.yaml", _Reader.examples),
        (rf"conversations/{_LANG}/(questions/|held-back/|calibration/)?[^/]+\.yaml", None),
    )
)


def _remedy(name: str) -> str:
    """What to do with a file that has no place."""
    if name.endswith(".yml"):
        return f"rename it to {name[:-4]}.yaml"
    if re.fullmatch(rf"examples/{_LANG}/urgent\.yaml", name):
        return f"write each of its lists into a file of its own, {name[:-5]}/<kind>.yaml"
    return "move or delete it"
