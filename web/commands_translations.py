"""`signpost translations`: what there is to translate, the catalogues, what is wrong or left."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.knowledge.reading import Reading, read
from store.catalogue_checks import Tally, tally, translation_faults
from store.catalogues import (
    DOMAINS,
    Template,
    catalogue_name,
    offered,
    template_file,
    templates,
    updated,
)
from store.content import part_of, read_content, sound
from web.commands_content import content_at, say_faults
from web.settings import project_folder


class UnknownLanguage(Exception):
    """A language is asked for that is not offered; the message says what to do."""


def extract(arguments: argparse.Namespace) -> int:
    """Write the templates, one for each domain. Raises ContentError as `update` does."""
    home = project_folder(os.environ)
    found = templates(sound(read_content(home))[0])
    _write(home, _template_files(found))
    return 0


def update(arguments: argparse.Namespace) -> int:
    """Write the templates, and the catalogues of the languages named or of all that are offered.

    Nothing is written where this raises: UnknownLanguage; CatalogueError for a catalogue that cannot be
    read; ContentError for a knowledge base with errors, since the texts of a faulty record would be lost.
    """
    home = project_folder(os.environ)
    files = read_content(home)
    reading, _ = sound(files)
    found = templates(reading)
    catalogues = {
        name: updated(name, language, found[domain], files.get(name))
        for language in _chosen(arguments.languages, reading)
        for domain in DOMAINS
        for name in [catalogue_name(language, domain)]
    }
    _write(home, {**_template_files(found), **catalogues})
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Print what is wrong with the translations alone, and a summary; 1 if any of it is an error."""
    files = content_at(arguments.path or project_folder(os.environ))
    return say_faults(translation_faults(files), len(part_of(files, "translations")))


def report(arguments: argparse.Namespace) -> int:
    """Print how much of each catalogue is confirmed, a draft, or missing."""
    files = read_content(project_folder(os.environ))
    reading = read(part_of(files, "knowledge"))
    found = templates(reading)
    print(f"{'language':<10} {'domain':<10} {'confirmed':>10} {'draft':>10} {'missing':>10}")
    for language in offered(reading):
        for domain in DOMAINS:
            print(_row(language, domain, tally(files.get(catalogue_name(language, domain)), found[domain])))
    return 0


def _chosen(named: Iterable[str], reading: Reading) -> Iterator[str]:
    known = offered(reading)
    for language in named or known:
        if language not in known:
            raise UnknownLanguage(
                f"{language!r} is no language to translate into: add it to knowledge/languages.yaml first "
                f"(there now: {', '.join(known) or 'none'})."
            )
        yield language


def _template_files(found: Mapping[str, Template]) -> dict[str, bytes]:
    return {f"translations/{domain}.pot": template_file(domain, found[domain]) for domain in DOMAINS}


def _write(home: Path, files: Mapping[str, bytes]) -> None:
    """Write those of `files` that differ from what is there, and name them."""
    for name, content in files.items():
        path = home / name
        same = path.is_file() and path.read_bytes() == content
        if not same:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        print(f"{'unchanged' if same else 'written':<10} {name}")


def _row(language: str, domain: str, counted: Tally) -> str:
    return f"{language:<10} {domain:<10} {counted.confirmed:>10} {counted.draft:>10} {counted.missing:>10}"
