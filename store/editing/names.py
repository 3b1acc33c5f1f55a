"""What the records of the content and their fields are called, for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from store.content import Files
from store.editing.yaml_edit import EditError, read_plain
from store.editing.yaml_text import Plain

#: Field -> how it is told; others are told by their key.
_FIELDS = {
    "all": "what must be said", "answer": "answer", "area": "area served", "asks": "question asked",
    "aspects": "follow-up answer", "checked": "date checked", "contacts": "contact", "cost": "cost",
    "covers": "what belongs here", "danger": "when to call 999", "evidence": "evidence",
    "exists": "whether it exists", "explains": "explanation", "exit": "where the exit leads",
    "for": "what is different for whom", "for_whom": "who it is for", "former_names": "former name",
    "group": "group", "hours": "opening hours", "implies": "what is said with it",
    "instead": "service to turn to", "label": "label", "languages": "language", "leads": "service that leads",
    "maximum_age": "oldest age", "means": "meaning", "minimum_age": "youngest age", "names": "name",
    "need": "need", "neighbours": "neighbouring topic", "note": "note", "offered": "whether it is offered",
    "on_accent": "colour of words on buttons", "origins": "web address",
    "out_of_hours": "whether it is for out of hours", "retired": "retired value", "review_by": "review date",
    "rules": "rule", "steps": "step", "suggest": "suggestion", "summary": "summary", "team": "owner team",
    "text": "text", "title": "title", "today": "what it is now", "value": "value",
    "what_happens_next": "what happens next", "who": "for whom",
}  # fmt: skip
#: Kind of contact -> how its value is told.
_CONTACTS = {
    "phone": "phone", "text": "text number", "textphone": "textphone", "relay": "relay number",
    "bsl": "BSL link", "webchat": "web chat", "email": "e-mail", "form": "online form", "web": "web page",
    "address": "address", "app": "app",
}  # fmt: skip
#: File pattern -> kind of record. `id`: the file is one record; otherwise its keys are.
_KINDS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"knowledge/services/(?P<id>[^/]+)\.yaml", "service"),
        (r"knowledge/topics/(?P<id>[^/]+)\.yaml", "topic"),
        (r"knowledge/concepts/concepts\.yaml", "concept"),
        (r"knowledge/concepts/(?P<lang>[^/]+)/[^/]+\.yaml", "words"),
        (r"knowledge/examples/(?P<lang>[^/]+)/topics/(?P<id>[^/]+)\.yaml", "examples"),
        (r"knowledge/examples/(?P<lang>[^/]+)/(?P<what>urgent)/(?P<id>[^/]+)\.yaml", "examples"),
        (r"knowledge/examples/(?P<lang>[^/]+)/(?P<what>aspects|smalltalk)\.yaml", "examples"),
        (r"knowledge/examples/(?P<lang>[^/]+)/(?P<id>none)\.yaml", "examples"),
        (r"knowledge/conversations/(?P<lang>[^/]+)/(?P<id>.+)\.yaml", "conversation"),
        (r"knowledge/(?P<id>settings|confidence)\.yaml", "settings"),
        (r"knowledge/urgent\.yaml", "safety notice"),
        (r"knowledge/aspects\.yaml", "follow-up question"),
        (r"knowledge/smalltalk\.yaml", "small talk"),
        (r"knowledge/audiences\.yaml", "audience"),
        (r"knowledge/glossary\.yaml", "glossary entry"),
        (r"knowledge/groups\.yaml", "group"),
        (r"knowledge/languages\.yaml", "language"),
        (r"knowledge/sites\.yaml", "site"),
        (r"translations/(?P<lang>[^/]+)/LC_MESSAGES/(?P<id>[^/]+)\.po", "translation"),
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a file holds. `id` is that of its one record; "" where its keys are records. `what` is the list
    that
    examples are for ("urgent" …), `language` a tag; "" where there is none."""

    kind: str
    id: str = ""
    language: str = ""
    what: str = ""


def place_of(path: str) -> Place:
    """What the file at `path` holds; the kind is "file" where no such file belongs to the content."""
    for pattern, kind in _KINDS:
        if match := pattern.fullmatch(path):
            parts = match.groupdict()
            return Place(kind, parts.get("id") or "", parts.get("lang") or "", parts.get("what") or "")
    return Place("file", path)


def field_name(key: str) -> str:
    """How a field is told."""
    return _FIELDS.get(key, key.replace("_", " "))


def contact_name(kind: str) -> str:
    """How the value of a kind of contact is told."""
    return _CONTACTS.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Names:
    """What records are called in one state of the content, or in the one that came before it."""

    new: Files
    old: Files

    def record(self, kind: str, identity: str) -> str:
        """The name or title of a record; its id where it has none."""
        path = {"service": "services", "topic": "topics", "examples": "topics"}.get(kind)
        if path is None:
            return identity
        record = self._read(f"knowledge/{path}/{identity}.yaml")
        found = record.get("name") or record.get("title")
        return found if isinstance(found, str) else identity

    def language(self, tag: str) -> str:
        """The English name of a language; its tag where it has none."""
        record = self._read("knowledge/languages.yaml").get(tag)
        found = record.get("english") if isinstance(record, dict) else None
        return found if isinstance(found, str) else tag

    def _read(self, path: str) -> Mapping[str, Plain]:
        for files in (self.new, self.old):
            found = read_block(files.get(path))
            if found:
                return found
        return {}


def read_block(content: bytes | None) -> Mapping[str, Plain]:
    """The entries of a file; {} where there is none, or none that can be read."""
    try:
        found = read_plain(content) if content else {}
    except EditError:
        return {}
    return found if isinstance(found, dict) else {}
