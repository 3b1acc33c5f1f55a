"""`signpost report`: every contact with its evidence, to telephone through; and how far each language is."""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import wrap

from bot.cases import Case, read_cases
from bot.knowledge.base import Knowledge
from bot.knowledge.freshness import Fact, facts
from bot.knowledge.values import PartialDate
from bot.language.catalogue import SOURCE_LANGUAGE
from store.catalogue_checks import tally
from store.catalogues import DOMAINS, Template, catalogue_name, templates
from store.content import Files, part_of, sound
from web.commands_content import content_at
from web.service import utc_now
from web.settings import project_folder

#: What is printed of each contact, and how wide: 120 characters with the gaps, for paper on its side.
_COLUMNS = (
    ("checked", 10), ("evidence", 8), ("service", 22), ("contact", 20), ("value", 20), ("hours", 18),
    ("review by", 10),
)  # fmt: skip
_GAP = "  "
_EVIDENCE = (
    "Evidence: plan = only the 2021 plan gives it; dated = its source may be overtaken; "
    "current = its source gives it today."
)
_CSV_HEADER = (
    "service_id", "service", "contact_id", "kind", "label", "value", "hours", "source", "checked", "evidence",
    "review_by",
)  # fmt: skip
#: What makes a spreadsheet take a cell for a formula, +44 numbers among them. Source: OWASP, CSV injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LANGUAGE_COLUMNS = (
    "language", "concepts", "topics", "examples", "urgent", "aspects", "small talk", "not ours", "must hold",
    "questions", "confirmed", "draft", "missing",
)  # fmt: skip
_LANGUAGE_LEGEND = """\
Concepts with words and topics with examples, of all; examples of topics, safety notices, follow-up questions,
small talk and what is not ours; conversations that must hold, and questions of which a share must go right;
texts that are confirmed, drafts, or missing."""
_PRECISION = {"year": len("2021"), "month": len("2021-04"), "day": len("2021-04-30")}


def report_facts(arguments: argparse.Namespace) -> int:
    """Print every contact, oldest evidence first. Raises ContentError for content that cannot be read."""
    _, knowledge = sound(content_at(arguments.path or project_folder(os.environ)))
    found = facts(knowledge)
    text = facts_as_csv(found) if arguments.format == "csv" else facts_as_text(found, utc_now().date())
    sys.stdout.write(text)
    return 0


def report_languages(arguments: argparse.Namespace) -> int:
    """Print what there is in each language. Raises ContentError for content that cannot be read."""
    files = content_at(arguments.path or project_folder(os.environ))
    sys.stdout.write(languages_as_text(files))
    return 0


def facts_as_text(found: Sequence[Fact], today: date) -> str:
    """The contacts as a table, 120 characters wide, with the sources below them.

    A link or address that is longer than its column stands below too, whole, so that it can be copied;
    it alone may be wider.
    """
    number = f"{len(found)} contact{'' if len(found) == 1 else 's'}"
    names = _row([name.upper() for name, _ in _COLUMNS])
    rows = (line for fact in found for line in ("", *_fact_lines(fact)))
    title = f"{number} on {today}, oldest evidence first."
    return "\n".join([title, _EVIDENCE, "", *names, *rows]) + "\n"


def facts_as_csv(found: Iterable[Fact]) -> str:
    """The contacts as comma-separated values with a header, for a spreadsheet.

    A cell that it would take for a formula has an apostrophe before it.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_CSV_HEADER)
    for fact in found:
        service, contact = fact.service, fact.contact
        cells = (
            service.id, service.name, contact.id, contact.kind.value, contact.label, contact.value,
            contact.hours or "", contact.source, _written(contact.checked), contact.evidence,
            service.review_by.isoformat(),
        )  # fmt: skip
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return file.getvalue()


def languages_as_text(files: Files) -> str:
    """A table of what there is in each language of the content `files`. Raises ContentError."""
    reading, knowledge = sound(files)
    cases, _ = read_cases(part_of(files, "knowledge"), knowledge)
    english = templates(reading)
    rows = [
        [language, *_understood(language, knowledge, cases), *_translated(language, files, english)]
        for language in knowledge.languages
    ]
    table = [list(_LANGUAGE_COLUMNS), *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [" ".join([cells[0].ljust(widths[0]), *map(str.rjust, cells[1:], widths[1:])]) for cells in table]
    return "\n".join([*lines, "", _LANGUAGE_LEGEND]) + "\n"


def _fact_lines(fact: Fact) -> Iterator[str]:
    service, contact = fact.service, fact.contact
    width = dict(_COLUMNS)["value"]
    fits = all(len(word) <= width for word in contact.value.split())
    cells = [
        _written(contact.checked), contact.evidence, service.name, contact.label,
        contact.value if fits else f"({contact.kind.value}: below)", contact.hours or "not known",
        service.review_by.isoformat(),
    ]  # fmt: skip
    yield from _row(cells)
    indent = " " * (_COLUMNS[0][1] + len(_GAP))
    if not fits:
        yield f"{indent}{contact.kind.value}: {contact.value}"
    yield f"{indent}source: {contact.source}"


def _row(cells: Sequence[str]) -> list[str]:
    """The lines of a row, each cell folded into its column."""
    folded = [wrap(cell, width) or [""] for cell, (_, width) in zip(cells, _COLUMNS, strict=True)]
    height = max(map(len, folded))
    return [
        _GAP.join(
            (lines[number] if number < len(lines) else "").ljust(width)
            for lines, (_, width) in zip(folded, _COLUMNS, strict=True)
        ).rstrip()
        for number in range(height)
    ]


def _understood(language: str, knowledge: Knowledge, cases: Iterable[Case]) -> list[str]:
    """What there is for understanding `language`: words, examples, conversations."""
    words, examples = knowledge.words[language], knowledge.examples[language]
    spoken = [case for case in cases if case.spoken == language]
    lists = (examples.topics, examples.urgent, examples.aspects, examples.smalltalk)
    measured = sum(case.measured for case in spoken)
    counts = (
        *(sum(map(len, phrases.values())) for phrases in lists),
        len(examples.none),
        len(spoken) - measured,
        measured,
    )
    return [
        f"{len([name for name in knowledge.concepts if words.get(name)])} of {len(knowledge.concepts)}",
        f"{len([name for name in knowledge.topics if examples.topics.get(name)])} of {len(knowledge.topics)}",
        *map(str, counts),
    ]


def _translated(language: str, files: Files, english: Mapping[str, Template]) -> list[str]:
    """How many texts are confirmed, drafts, missing; English is what they are translated from."""
    if language == SOURCE_LANGUAGE:
        return ["-", "-", "-"]
    tallies = [tally(files.get(catalogue_name(language, domain)), english[domain]) for domain in DOMAINS]
    return [
        str(sum(number))
        for number in zip(*((each.confirmed, each.draft, each.missing) for each in tallies), strict=True)
    ]


def _written(day: PartialDate) -> str:
    """A date as staff wrote it, as exact as it is known."""
    return day.first_day.isoformat()[: _PRECISION[day.precision]]
