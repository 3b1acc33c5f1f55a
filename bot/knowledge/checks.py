"""Everything that must agree in the content, in one list of faults.

What is wrong with a record by itself is found in `reading`; what must agree between records in
`references`, `facts`, `phrase_checks`, `site_checks`, `term_checks` and `readability`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.base import Knowledge
from bot.knowledge.facts import check_facts
from bot.knowledge.faults import Fault, errors, in_order
from bot.knowledge.phrase_checks import check_phrases
from bot.knowledge.readability import check_readability
from bot.knowledge.reading import Lines, Reading, read, read_folder
from bot.knowledge.references import check_references, check_use
from bot.knowledge.site_checks import check_sites
from bot.knowledge.term_checks import check_terms

__all__ = ["check", "check_files", "check_folder", "faults_of"]


def check(knowledge: Knowledge, lines: Lines, today: dt.date) -> list[Fault]:
    """What does not agree between the records, in order of file and line."""
    return in_order(
        [
            *check_references(knowledge, lines),
            *check_facts(knowledge, lines, today),
            *check_phrases(knowledge, lines),
            *check_sites(knowledge, lines),
            *check_terms(knowledge, lines, today),
            *check_use(knowledge, lines),
            *check_readability(knowledge, lines),
        ]
    )


def faults_of(reading: Reading, today: dt.date) -> list[Fault]:
    """Every fault of what was read: of each record, and between those that are valid by themselves."""
    found = check(reading.found, reading.lines, today) if reading.found is not None else []
    return in_order([*reading.faults, *found])


def check_files(files: Mapping[str, bytes], today: dt.date) -> tuple[Knowledge | None, list[Fault]]:
    """The knowledge base in `files` (relative name -> content), and every fault, in order of file and line.

    None if any fault is an error. Conversations are read by `bot.cases`.
    """
    reading = read(files)
    faults = faults_of(reading, today)
    return (None if errors(faults) else reading.found), faults


def check_folder(path: Path, today: dt.date) -> list[Fault]:
    """Every fault of the content in the folder `path`."""
    return check_files(read_folder(path), today)[1]
