"""The lists of records: what each row says, and which rows a search or a filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.knowledge.freshness import FOUNDING, SOON_DAYS
from bot.knowledge.passages import passages
from bot.knowledge.record import Record
from bot.knowledge.records import SmallTalk, Term, Topic, UrgentKind
from bot.knowledge.services import Service
from bot.knowledge.sites import Site
from bot.language.catalogue import SOURCE_LANGUAGE, read_catalogues
from store.content import part_of
from web.staff.content import Content

#: (value, what it is called), in the order in which they are offered.
FILTERS = (
    ("", "All"),
    ("due", f"To be reviewed within {SOON_DAYS} days"),
    ("plan", "Only the 2021 plan supports it"),
    ("untranslated", "Not translated everywhere"),
    ("team", "Without an owner team"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One record in a list.

    `review_by` None: no day is set. `missing`: language -> how many texts have no translation.
    """

    identity: str
    name: str
    about: str
    searched: str
    team: str = ""
    review_by: date | None = None
    on_the_plan: bool = False
    missing: Mapping[str, int] | None = None

    def due(self, today: date) -> bool:
        """Whether its review is due soon, or was."""
        return self.review_by is not None and self.review_by <= today + timedelta(days=SOON_DAYS)

    @property
    def untranslated(self) -> int:
        """How many translations are missing."""
        return sum((self.missing or {}).values())


def rows_of(content: Content, kind: str) -> list[Row]:
    """The records of `kind`, by name. Those that are faulty by themselves come with their id alone."""
    missing = untranslated(content)
    records: Mapping[str, Record] = getattr(content.knowledge, kind)
    rows = [_row(identity, record, missing.get((kind, identity), {})) for identity, record in records.items()]
    return sorted(rows, key=lambda row: (row.name.lower(), row.identity))


def kept(rows: Iterable[Row], query: str, wanted: str, today: date) -> list[Row]:
    """The rows that have every word of `query` in them, and that the filter leaves."""
    asked = query.lower().split()
    bare = query.replace(" ", "")
    leaves: dict[str, Callable[[Row], bool]] = {
        "due": lambda row: row.due(today),
        "plan": lambda row: row.on_the_plan,
        "untranslated": lambda row: row.untranslated > 0,
        "team": lambda row: not row.team,
    }
    fits = leaves.get(wanted, _any)

    def is_found(row: Row) -> bool:
        return all(word in row.searched for word in asked) or (len(bare) > 4 and bare in row.searched)

    return [row for row in rows if fits(row) and is_found(row)]


def _any(_: Row) -> bool:
    return True


def untranslated(content: Content) -> dict[tuple[str, str], dict[str, int]]:
    """(kind, id) -> language offered -> how many texts of the record it has no translation of."""
    knowledge = content.knowledge
    catalogues = read_catalogues(knowledge.languages, part_of(content.files, "translations"))
    missing: dict[tuple[str, str], dict[str, int]] = {}
    for passage in passages(knowledge):
        folder, _, name = passage.file.removesuffix(".yaml").partition("/")
        key = (folder, name or str(passage.path[0]))
        for tag in knowledge.languages:
            if tag == SOURCE_LANGUAGE:
                continue
            if tag not in catalogues or catalogues[tag].translate(passage.text).status == "missing":
                found = missing.setdefault(key, {})
                found[tag] = found.get(tag, 0) + 1
    return missing


def _row(identity: str, record: Record, missing: Mapping[str, int]) -> Row:
    name, about, more = _told(record)
    searched = " ".join([identity, name, about, *more]).lower()
    numbers = " ".join(text.replace(" ", "") for text in more if any(sign.isdigit() for sign in text))
    return Row(
        identity, name, about, f"{searched} {numbers.lower()}",
        team=getattr(record, "team", None) or "", review_by=getattr(record, "review_by", None),
        on_the_plan=_on_the_plan(record), missing=missing,
    )  # fmt: skip


def _told(record: Record) -> tuple[str, str, list[str]]:
    """What a record is called, what a row says about it, and what else is searched."""
    match record:
        case Service():
            contacts = [part for each in record.contacts for part in (each.label, each.value)]
            return record.name, record.summary, [*record.former_names, record.organisation or "", *contacts]
        case Topic():
            return record.title, record.covers, [record.need, record.answer, *record.steps]
        case Term():
            return record.names[0], record.explains, list(record.names)
        case Site():
            return record.name, ", ".join(record.origins), []
        case UrgentKind():
            return record.title, record.text, []
        case SmallTalk():
            return record.id.replace("_", " "), record.text, []
    return "", "", []


def _on_the_plan(record: Record) -> bool:
    if isinstance(record, Service):
        return any(each.evidence == "plan" for each in record.contacts)
    return isinstance(record, Term) and record.source in FOUNDING


def concepts_like(content: Content, language: str, query: str) -> list[tuple[str, str, int, bool]]:
    """(concept, what it means, how many words it has in `language`, whether it has any elsewhere), by name.

    `query`: a part of the name, the meaning, or a word of it in any language; "" for all.
    """
    asked = query.lower()
    lists = content.knowledge.words
    found = []
    for concept in content.knowledge.concepts.values():
        said = {tag: lists[tag].get(concept.id, ()) for tag in lists}
        inside = any(asked in each.lower() for expressions in said.values() for each in expressions)
        if asked in concept.id or asked in concept.means.lower() or inside:
            own = len(said.get(language, ()))
            found.append((concept.id, concept.means, own, any(said.values())))
    return sorted(found)
