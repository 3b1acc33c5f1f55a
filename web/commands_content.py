"""`signpost check`: what is wrong with the content, and what is to be confirmed."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from bot.cases import check_content
from bot.knowledge.faults import Fault, errors
from bot.knowledge.freshness import SOON_DAYS, Freshness, freshness
from bot.knowledge.reading import read_folder
from bot.knowledge.services import Service
from store.catalogue_checks import translation_faults
from store.content import Files, part_of, read_content
from web.service import utc_now
from web.settings import project_folder

#: Files of which any tells a knowledge base, however faulty, from some other folder of YAML.
_MARKS = {"knowledge/groups.yaml", "knowledge/languages.yaml", "knowledge/settings.yaml"}


def check(arguments: argparse.Namespace) -> int:
    """Print every fault, a summary, and what is to be confirmed; 1 if any of the faults is an error."""
    files, today = content_at(arguments.path or project_folder(os.environ)), utc_now().date()
    knowledge, _, faults = check_content(part_of(files, "knowledge"), today)
    code = say_faults([*faults, *translation_faults(files)], len(files))
    if knowledge is not None:
        print(*freshness_lines(freshness(knowledge, today), today, arguments.verbose), sep="\n")
    return code


def say_faults(faults: Sequence[Fault], files: int) -> int:
    """Print the faults of so many `files` and a summary; the exit code: 1 if any of them is an error."""
    for fault in faults:
        print(fault)
    wrong = len(errors(faults))
    print(f"{files} files: {_counted(wrong, 'error')}, {_counted(len(faults) - wrong, 'warning')}.")
    return 1 if wrong else 0


def content_at(path: Path) -> Files:
    """The content at `path`: a project's folder, or a knowledge base by itself. Raises FileNotFoundError."""
    if (path / "knowledge").is_dir() or not path.is_dir():
        return read_content(path)
    files = {f"knowledge/{name}": content for name, content in read_folder(path).items()}
    if not files.keys() & _MARKS:
        raise FileNotFoundError(
            f"There is no knowledge base in {path}: name the folder that 'knowledge' is in."
        )
    return files


def freshness_lines(found: Freshness, today: date, verbose: bool) -> Iterator[str]:
    """What is to be confirmed, counted in three lines; with `verbose`, each of it in a line more."""
    soon = today + timedelta(days=SOON_DAYS)
    services = {fact.service.id for fact in found.on_the_plan}
    yield f"Review overdue: {_counted(len(found.overdue), 'service')}."
    yield from (_review(service) for service in found.overdue if verbose)
    yield f"Review due by {soon}: {_counted(len(found.due), 'service')}."
    yield from (_review(service) for service in found.due if verbose)
    yield (
        f"Known from the 2021 plan alone: {_counted(len(found.on_the_plan), 'contact')} of "
        f"{_counted(len(services), 'service')}, {_counted(len(found.terms_on_the_plan), 'glossary entry')}. "
        "To telephone through: signpost report facts."
    )
    for fact in found.on_the_plan if verbose else ():
        yield f"  services/{fact.service.id}.yaml: {fact.contact.id}, {fact.contact.value}"
    yield from (f"  glossary.yaml: {term.id}" for term in found.terms_on_the_plan if verbose)


def _review(service: Service) -> str:
    return f"  services/{service.id}.yaml: {service.review_by}"


def _counted(number: int, noun: str) -> str:
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number or 'no'} {noun if number == 1 else several}"
