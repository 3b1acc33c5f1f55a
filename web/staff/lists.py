"""The lists of what the assistant knows, to search and to filter."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from werkzeug.exceptions import NotFound

from bot.knowledge.base import Examples
from store.counts import TurnCounts
from web.service import service
from web.staff.figures import asked
from web.staff.guard import allowed, blueprint, me
from web.staff.listing import FILTERS, Row, concepts_like, kept, rows_of
from web.staff.pages import page
from web.staff.records import GROWING, KINDS
from web.staff.services import staff
from web.staff.wordings import EXAMPLES_OF, languages_of
from web.staff.workshop import Work, work

_KINDS = f"<any({','.join(KINDS)}):kind>"
#: Kinds of which a founding document can be the only source.
_ON_THE_PLAN = ("services", "glossary")


@blueprint.get(f"/{_KINDS}/")
@allowed("viewer")
def records(kind: str) -> tuple[str, int]:
    """The records of a kind."""
    found, one, today = work(), KINDS[kind], service().now().date()
    query, wanted = request.args.get("q", "").strip(), request.args.get("show", "")
    rows = rows_of(found.content, kind)
    listed = {row.identity for row in rows}
    seen = kept(rows, query, wanted, today)
    return page(
        "records", found, kind=one, query=query, wanted=wanted, total=len(rows), today=today,
        rows=_most_asked(seen, found) if (kind, wanted) == ("topics", "asked") else seen,
        faulty=[identity for identity in one.ids(found.content) if identity not in listed],
        filters=_filters(kind),
        may_add=kind in GROWING and me().may("editor"),
        names={tag: each.english for tag, each in languages_of(found.content).items()},
    )  # fmt: skip


def _filters(kind: str) -> list[tuple[str, str]]:
    """What the rows of a kind can be filtered by."""
    found = [each for each in FILTERS if each[0] != "plan" or kind in _ON_THE_PLAN]
    return [*found, ("asked", "Most asked in the last 12 months")] if kind == "topics" else found


def _most_asked(rows: Sequence[Row], found: Work) -> list[Row]:
    """The topics that residents asked about, most asked first; those asked too rarely are left out."""
    counts = TurnCounts(staff().engine, staff().now)
    numbers = asked(counts, staff().now().date(), found.content.knowledge)
    those = [row for row in rows if row.identity in numbers]
    return sorted(those, key=lambda row: -numbers[row.identity])


@blueprint.get("/words/")
@allowed("viewer")
def all_words() -> tuple[str, int]:
    """The concepts, with how many words each has in a language."""
    found = work()
    language = _language(found)
    query, without = request.args.get("q", "").strip(), bool(request.args.get("without"))
    concepts = concepts_like(found.content, language, query)
    return page(
        "words", found, query=query, without=without, language=language, total=len(concepts),
        languages=languages_of(found.content),
        concepts=[each for each in concepts if not (without and each[2])],
    )  # fmt: skip


@blueprint.get("/examples/")
@allowed("viewer")
def all_examples() -> tuple[str, int]:
    """What there are examples of, with how many in a language."""
    found = work()
    language = _language(found)
    query = request.args.get("q", "").strip()
    return page(
        "examples", found, query=query, language=language, languages=languages_of(found.content),
        rows=_examples(found, language, query.lower()), kinds=EXAMPLES_OF,
    )  # fmt: skip


def _language(found: Work) -> str:
    """The language asked for. Raises NotFound where it is none of ours."""
    language = request.args.get("language", "en")
    if language not in languages_of(found.content):
        raise NotFound
    return language


def _examples(found: Work, language: str, query: str) -> list[tuple[str, str, str, int, list[str]]]:
    """(kind, id, name, how many, those that have `query` in them) of each list of examples."""
    knowledge = found.content.knowledge
    have = knowledge.examples.get(language)
    names = {
        "topics": {each.id: each.title for each in knowledge.topics.values()},
        "urgent": {each.id: each.title for each in knowledge.urgent.values()} | {"none": "Harmless"},
        "aspects": {each.id: each.label for each in knowledge.aspects.values()},
        "smalltalk": {each: each.replace("_", " ").capitalize() for each in knowledge.smalltalk},
        "none": {"none": "Messages that are not ours"},
    }
    rows = []
    for what, of in names.items():
        for identity, name in of.items():
            lines = _lines(have, what, identity)
            hits = [line for line in lines if query in line.lower()] if query else []
            if not query or hits or query in name.lower() or query in identity:
                rows.append((what, identity, name, len(lines), hits[:3]))
    return rows


def _lines(have: Examples | None, what: str, identity: str) -> Sequence[str]:
    """The examples of one thing; none where the language has none."""
    if have is None:
        return ()
    if what == "none":
        return have.none
    found: Sequence[str] = getattr(have, what).get(identity, ())
    return found
