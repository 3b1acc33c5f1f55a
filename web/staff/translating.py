"""The texts that residents read, record by record, with their translations into one language."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from bot.knowledge.passages import passages
from bot.knowledge.records import Language
from bot.language.catalogue import SOURCE_LANGUAGE
from store.catalogue_checks import entry_faults
from store.catalogues import CODE, Template, catalogue_name, interface_template, knowledge_template
from store.editing.catalogue_edit import (
    Change,
    Noted,
    earlier,
    empty_catalogue,
    noted,
    with_translations,
)
from web.staff.content import Content, block

State = Literal["outdated", "missing", "draft", "confirmed"]
#: The states, those first that need work most, and how they are told.
STATES: Mapping[State, str] = {
    "outdated": "outdated: the English has changed",
    "missing": "missing",
    "draft": "draft",
    "confirmed": "checked",
}
INTERFACE = "interface"


@dataclass(frozen=True, slots=True)
class Group:
    """The texts of one record, or of one part of the pages: English -> what it is, for translators."""

    kind: str
    identity: str
    name: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One text beside its translation. `before`: the English that was translated; "": it has not changed.

    `elsewhere`: how many other records have the same text.
    """

    key: str
    english: str
    about: str
    text: str
    state: State
    by: str
    on: str
    before: str = ""
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form says of one text: what it showed, and what its writer made of it."""

    was: str
    was_checked: bool
    text: str
    checked: bool

    @property
    def touched(self) -> bool:
        """Whether the text or its check was changed."""
        return self.text != self.was or self.checked != self.was_checked


class Texts:
    """The texts of one state of the content, and their catalogues."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.groups = [*_records(content), *_interface_groups()]
        self.templates: Mapping[str, Template] = {
            INTERFACE: _interface(), "knowledge": knowledge_template(content.reading),
        }  # fmt: skip
        self._places = Counter(english for group in self.groups for english in group.texts)

    def languages(self) -> dict[str, Language]:
        """The languages that texts are translated into, those in preparation last."""
        knowledge = self.content.knowledge
        spoken = {**knowledge.languages, **knowledge.preparing}
        return {tag: each for tag, each in spoken.items() if tag != SOURCE_LANGUAGE}

    def group(self, kind: str, identity: str) -> Group | None:
        """One group; None: there is none."""
        return next((each for each in self.groups if (each.kind, each.identity) == (kind, identity)), None)

    def catalogue(self, language: str, domain: str) -> bytes:
        """A catalogue as it is, or an empty one where there is none yet."""
        name = catalogue_name(language, domain)
        return self.content.files.get(name) or empty_catalogue(name, language)

    def shown(self, language: str, groups: Iterable[Group]) -> dict[tuple[str, str], list[Shown]]:
        """(kind, id) -> the texts of each group with their translations, in the order of the record."""
        have = {domain: noted(self.catalogue(language, domain)) for domain in self.templates}
        old = {domain: earlier(self.catalogue(language, domain), self.templates[domain]) for domain in have}
        found = {}
        for group in groups:
            domain = domain_of(group.kind)
            found[group.kind, group.identity] = [
                self._shown(english, about, have[domain], old[domain].get(english))
                for english, about in group.texts.items()
            ]
        return found

    def tally(self, language: str) -> Counter[State]:
        """How many texts are in each state, each text counted once."""
        every = self.shown(language, self.groups).values()
        return Counter({each.key: each.state for group in every for each in group}.values())

    def _shown(
        self, english: str, about: str, have: Mapping[str, Noted], old: tuple[str, str] | None
    ) -> Shown:
        elsewhere, key = self._places[english] - 1, key_of(english)
        one = have.get(english)
        if one is None or not one.text:
            before, text = old or ("", "")
            state: State = "outdated" if old else "missing"
            return Shown(key, english, about, text, state, "", "", before, elsewhere)
        state = "draft" if one.draft else "confirmed"
        return Shown(key, english, about, one.text, state, one.by, one.on, "", elsewhere)


def domain_of(kind: str) -> str:
    """The catalogue that the texts of a kind of group are in."""
    return INTERFACE if kind == INTERFACE else "knowledge"


def key_of(english: str) -> str:
    """What stands for a text in the names of fields."""
    return hashlib.sha256(english.encode()).hexdigest()[:12]


def tidy(text: str) -> str:
    """`text` on one line. Quotation marks and spaces that do not break stay: they differ by language."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def wrong_with(shown: Iterable[Shown], typed: Mapping[str, Typed]) -> dict[str, list[str]]:
    """Key -> what is wrong with a translation, and what to do; those that nobody touched are not asked."""
    wrong: dict[str, list[str]] = {}
    for each in shown:
        said = typed.get(each.key)
        if said is None or not said.touched:
            continue
        for what, remedy in entry_faults(each.english, said.text) if said.text else ():
            wrong.setdefault(each.key, []).append(f"{what[:1].upper()}{what[1:]}: {remedy}.")
        if said.checked and not said.text:
            wrong.setdefault(each.key, []).append("There is nothing to be checked: write the translation.")
    return wrong


def clashes(shown: Iterable[Shown], typed: Mapping[str, Typed]) -> dict[str, list[str]]:
    """Key -> what somebody else has written since the form was opened, where both changed a text."""
    found = {}
    for each in shown:
        said = typed.get(each.key)
        if said and said.touched and each.text not in (said.was, said.text):
            words = f"“{each.text}”" if each.text else "empty"
            found[each.key] = [f"Somebody else has made this {words} meanwhile. Save again to keep yours."]
    return found


def changes_of(
    shown: Iterable[Shown], typed: Mapping[str, Typed], template: Template, by: str, today: date
) -> list[Change]:
    """What a form changes; a text that was checked before and stays as it is keeps its name and date."""
    return [
        Change(template[each.english], said.text, (by, today) if said.checked else None)
        for each in shown
        for said in [typed.get(each.key)]
        if said is not None and said.touched and each.english in template
    ]


def written(texts: Texts, language: str, domain: str, changes: list[Change]) -> dict[str, bytes | None]:
    """The file with these changes; {} where there is none."""
    if not changes:
        return {}
    name = catalogue_name(language, domain)
    return {name: with_translations(texts.catalogue(language, domain), changes)}


def _records(content: Content) -> list[Group]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for passage in passages(content.knowledge):
        folder, _, name = passage.file.removesuffix(".yaml").partition("/")
        key = (folder, name or str(passage.path[0]))
        found.setdefault(key, {}).setdefault(passage.text, passage.about.partition(", ")[2])
    return [Group(kind, one, _name(content, kind, one), texts) for (kind, one), texts in found.items()]


def _name(content: Content, kind: str, identity: str) -> str:
    """What people call a record."""
    places = {"services": f"services/{identity}.yaml", "topics": f"topics/{identity}.yaml"}
    raw = block(content.raw(places[kind]) if kind in places else content.raw(f"{kind}.yaml", (identity,)))
    called = next((raw[key] for key in ("name", "title", "label") if isinstance(raw.get(key), str)), "")
    return str(called) or identity.replace("_", " ")


@cache
def _interface() -> Template:
    """The texts of the code, which do not change while it runs."""
    return interface_template(CODE)


def _interface_groups() -> list[Group]:
    found: dict[str, dict[str, str]] = {}
    for english, entry in _interface().items():
        module = entry.locations[0][0].removesuffix(".py").replace("/", ".")
        found.setdefault(module, {})[english] = " ".join(entry.auto_comments)
    return [Group(INTERFACE, module, f"Pages and chat ({module})", each) for module, each in found.items()]
