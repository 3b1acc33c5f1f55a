"""The texts that residents read: every one is written in English here and put into the other languages.

Which fields these are is said by their type, `Prose`, in `records`; a field of that type is found by
itself. Names, values, sources and notes for staff are of other types, and are never translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from pydantic.fields import FieldInfo

from bot.knowledge.base import Knowledge
from bot.knowledge.record import Record
from bot.knowledge.values import ForTranslators

#: Kinds of record that have a folder with a file for each; the others stand together in one file.
_FOLDERS = ("services", "topics")

#: Where residents meet a text, for those who cannot tell from its place in the record.
USES: Mapping[str, str] = {
    "UrgentKind.title": "heading of a safety notice",
    "UrgentKind.text": "safety notice, shown before everything else",
    "Group.title": "subject on the menu",
    "Topic.title": "what it is called, a noun, as on a menu",
    "Topic.need": "offered to choose from: what a resident needs",
    "Topic.answer": "the answer, shown first",
    "Topic.steps": "one thing to do, in a numbered list",
    "Topic.danger": "when to call 999 instead",
    "Topic.aspects": "answers a follow-up question",
    "ForAudience.answer": "said before the answer, to those it concerns",
    "Question.question": "a short question below the answer, with the audiences to choose from",
    "Audience.label": "a choice: whom it is about",
    "Service.summary": "what the service is, below its name",
    "Service.for_whom": "whom the service is for",
    "Service.cost": "what it costs",
    "Service.interpreting": "interpreters, languages, sign language",
    "Service.confidential": "who gets to know",
    "Service.what_happens_next": "what happens after contacting it",
    "ContactPoint.label": "stands before the number, link or address",
    "ContactPoint.note": "stands below the number, link or address",
    "ContactPoint.cost": "what it costs to use this contact",
    "Aspect.label": "a question that residents can tap",
    "Aspect.text": "said above the contacts or facts that answer",
    "Aspect.unknown": "said where the answer is not known",
    "SmallTalk.text": "what the assistant says of itself",
    "Term.explains": "says what it is, where a resident asks",
    "Term.today": "says what it is called now, below the explanation",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One text for translators: where it stands, and what it is."""

    #: White space folded, exactly as a reply looks it up.
    text: str
    #: Relative to the knowledge base, with slashes.
    file: str
    #: Keys and positions inside the file.
    path: tuple[str | int, ...]
    #: For the translator, in English: whose text it is, and where residents meet it.
    about: str


def passages(knowledge: Knowledge) -> Iterator[Passage]:
    """Every text of `knowledge` that is translated: safety notices first, then record by record."""
    kinds = sorted((kind.name for kind in fields(knowledge)), key=lambda kind: kind != "urgent")
    for kind in kinds:
        records = getattr(knowledge, kind)
        for name, record in records.items() if isinstance(records, Mapping) else ():
            if isinstance(record, Record):
                alone = kind in _FOLDERS
                file = f"{kind}/{name}.yaml" if alone else f"{kind}.yaml"
                yield from _in_record(record, file, () if alone else (name,), f"{_noun(record)} {name}")


def is_prose(field: FieldInfo) -> bool:
    """Whether the field's texts, be they one, several or none, are translated."""
    return any(isinstance(mark, ForTranslators) for mark in field.metadata) or _marked(field.annotation)


def _marked(annotation: Any) -> bool:
    return any(isinstance(part, ForTranslators) or _marked(part) for part in get_args(annotation))


def _in_record(record: Record, file: str, path: tuple[str | int, ...], whose: str) -> Iterator[Passage]:
    """The texts of `record`, which stands at `path`, and of the records inside it."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        key = field.alias or name
        if is_prose(field):
            use = USES.get(f"{type(record).__name__}.{name}", "")
            for place, text in _texts(value):
                which = "".join(f" {part + 1 if isinstance(part, int) else part}" for part in place)
                about = f"{whose}, {name}{which}" + (f" ({use})" if use else "")
                yield Passage(text, file, (*path, key, *place), about)
        elif isinstance(value, Record):
            yield from _in_record(value, file, (*path, key), f"{whose}, {_noun(value)}")
        elif isinstance(value, tuple):
            for number, inner in enumerate(value):
                if isinstance(inner, Record):
                    inside = f"{whose}, {_noun(inner)} {getattr(inner, 'id', number + 1)}"
                    yield from _in_record(inner, file, (*path, key, number), inside)


def _texts(value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of one field, each with its place in the field's list or mapping."""
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, tuple):
        yield from (((number,), text) for number, text in enumerate(value))
    elif isinstance(value, Mapping):
        yield from (((key,), text) for key, text in value.items())


def _noun(record: Record) -> str:
    """The record's kind in plain words: "contact point"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(record).__name__).lower()
