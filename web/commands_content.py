"""`signpost check` and `signpost evaluate`: what is wrong with the content, and how well it answers."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.calibration import as_yaml as confidence_as_yaml
from bot.calibration import calibrate as find_confidence
from bot.cases import check_content, read_cases
from bot.conversations import evaluate as play_all
from bot.conversations import report
from bot.knowledge.faults import Fault, errors
from bot.knowledge.reading import read_folder
from store.building import build_assistant
from store.catalogue_checks import translation_faults
from store.content import Files, part_of, read_content
from web.service import utc_now
from web.settings import learned_folder, project_folder


def check(arguments: argparse.Namespace) -> int:
    """Print every fault and a summary; 1 if any of them is an error."""
    files = content_at(arguments.path or project_folder(os.environ))
    return say_faults(faults_in(files, utc_now().date()), len(files))


def say_faults(faults: Sequence[Fault], files: int) -> int:
    """Print the faults of so many `files` and a summary; the exit code: 1 if any of them is an error."""
    for fault in faults:
        print(fault)
    wrong = len(errors(faults))
    print(f"{files} files: {_counted(wrong, 'error')}, {_counted(len(faults) - wrong, 'warning')}.")
    return 1 if wrong else 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Play the conversations and print how they went. Raises ContentError for content that cannot be read."""
    files = content_at(arguments.path or project_folder(os.environ))
    assistant = build_assistant(files, learned_folder(project_folder(os.environ)))
    cases, _ = read_cases(part_of(files, "knowledge"), assistant.knowledge)
    print(report(play_all(assistant, cases, arguments.now or utc_now())))
    return 0


def calibrate(arguments: argparse.Namespace) -> int:
    """Find how confidence is computed and write it into the knowledge base. Raises as `evaluate` does."""
    home = project_folder(os.environ)
    files = read_content(home)
    assistant = build_assistant(files, learned_folder(home))
    cases, _ = read_cases(part_of(files, "knowledge"), assistant.knowledge)
    found = find_confidence(assistant.knowledge, assistant.understanding, cases, utc_now().date())
    (home / "knowledge" / "confidence.yaml").write_text(confidence_as_yaml(found), encoding="utf-8")
    print(f"{found.method}\nA topic is answered from {found.answer} on, and offered from {found.offer} on.")
    return 0


def content_at(path: Path) -> Files:
    """The content at `path`: a project's folder, or a knowledge base by itself. Raises FileNotFoundError."""
    if (path / "knowledge").is_dir() or not path.is_dir():
        return read_content(path)
    files = {f"knowledge/{name}": content for name, content in read_folder(path).items()}
    if not files:
        raise FileNotFoundError(
            f"There is no knowledge base in {path}: name the folder that 'knowledge' is in."
        )
    return files


def faults_in(files: Files, today: date) -> list[Fault]:
    """Every fault of the knowledge base, its conversations and the translations, by file and line."""
    _, _, faults = check_content(part_of(files, "knowledge"), today)
    return [*faults, *translation_faults(files)]


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}" + ("" if number == 1 else "s")
