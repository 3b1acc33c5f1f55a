"""The command line: `signpost serve`, `ask`, `check` and the rest, each by what it asks for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.evaluation.runs import UnreadableRun
from bot.language.catalogue import CatalogueError
from store.content import ContentError
from store.database import StoreError
from store.snapshots import NothingToServe
from web import (
    commands_ask,
    commands_content,
    commands_evaluate,
    commands_reminders,
    commands_report,
    commands_revisions,
    commands_serve,
    commands_staff,
    commands_translations,
)
from web.commands_translations import UnknownLanguage
from web.problems import Problem
from web.serving import ServingError
from web.settings import SettingsError

#: The years that `--now` may name, first and last: wide enough for any test, and known to every calendar.
_YEARS = (2000, 2200)

#: What a command may fail with that its user can put right; each message says how.
_EXPECTED = (
    CatalogueError,
    ContentError,
    FileNotFoundError,
    NothingToServe,
    PermissionError,
    Problem,
    ServingError,
    SettingsError,
    StoreError,
    UnknownLanguage,
    UnreadableRun,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 not done or faults found, 2 not understood."""
    parsed = _parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
    except _EXPECTED as error:
        faults = error.faults if isinstance(error, ContentError) else [error]
        print("signpost:", *faults, sep="\n  " if len(faults) > 1 else " ", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads the output has seen enough
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="signpost", description="Signposting for residents of Tower Hamlets."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_ask(commands)
    _add_batch(commands)
    _add_check(commands)
    _add_evaluate(commands)
    _add_calibrate(commands)
    _add_report(commands)
    _add_translations(commands)
    commands_staff.add_staff(commands)
    commands_revisions.add_revisions(commands)
    commands_reminders.add_reminders(commands)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("serve", help="start the assistant")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="(default: %(default)s)")
    parser.add_argument("--workers", type=_positive, default=2, help="processes (default: %(default)s)")
    parser.add_argument("--live", action="store_true", help="follow the folder itself, for development")
    parser.set_defaults(run=commands_serve.serve)


def _add_ask(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("ask", help="one answer in the terminal")
    parser.add_argument("text", metavar="TEXT", help="the question, as a resident would type it")
    parser.add_argument("--language", help="BCP 47 tag (default: found out)")
    parser.add_argument("--explain", action="store_true", help="show why: words, concepts, rules, scores")
    parser.add_argument("--json", action="store_true", help="print the reply as the chat API gives it")
    _add_now(parser)
    parser.set_defaults(run=commands_ask.ask)


def _add_batch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("batch", help="JSON lines of conversations in, JSON lines of replies out")
    _add_now(parser)
    parser.set_defaults(run=commands_ask.batch)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "check", help="read the knowledge base and the translations, and say what is wrong"
    )
    _add_path(parser)
    parser.add_argument(
        "--verbose", action="store_true", help="list each review that is due, and each fact of 2021"
    )
    parser.set_defaults(run=commands_content.check)


def _add_evaluate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("evaluate", help="how well the conversations kept with the base go")
    _add_path(parser)
    _add_now(parser)
    parser.add_argument("--all", action="store_true", help="print every sentence, not the first of each list")
    parser.add_argument(
        "--folds", type=_folds, metavar="N", help="match each example by the other parts of N as well (slow)"
    )
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep how it went")
    parser.add_argument("--against", type=Path, metavar="FILE", help="what is better and worse than then")
    parser.add_argument(
        "--held-back", action="store_true", help="the blind test instead: figures, and no sentence of it"
    )
    parser.add_argument("--sentences", action="store_true", help="its sentences too: it is blind no more")
    parser.set_defaults(run=commands_evaluate.evaluate)


def _add_calibrate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "calibrate", help="find anew how sure a match is, and write it to knowledge/confidence.yaml"
    )
    parser.set_defaults(run=commands_evaluate.calibrate)


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("report", help="what the content rests on, and what there is of it")
    reports = parser.add_subparsers(title="reports", required=True, metavar="REPORT")
    facts = reports.add_parser("facts", help="every contact with its evidence, to telephone through")
    _add_path(facts)
    facts.add_argument("--format", choices=("text", "csv"), default="text", help="(default: %(default)s)")
    facts.set_defaults(run=commands_report.report_facts)
    languages = reports.add_parser("languages", help="how much there is in each language")
    _add_path(languages)
    languages.set_defaults(run=commands_report.report_languages)


def _add_translations(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("translations", help="what there is to translate, and how far it is")
    tasks = parser.add_subparsers(title="tasks", required=True, metavar="TASK")
    extract = tasks.add_parser("extract", help="write the templates (.pot) from the English texts")
    extract.set_defaults(run=commands_translations.extract)
    update = tasks.add_parser("update", help="write the templates and bring the catalogues (.po) up to date")
    update.add_argument(
        "languages", metavar="LANGUAGE", nargs="*", help="BCP 47 tags (default: every language offered)"
    )
    update.set_defaults(run=commands_translations.update)
    check = tasks.add_parser("check", help="say what is wrong with the translations")
    _add_path(check)
    check.set_defaults(run=commands_translations.check)
    report = tasks.add_parser("report", help="how many texts are confirmed, drafts, or missing")
    report.set_defaults(run=commands_translations.report)


def _add_now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--now", type=moment, metavar="ISO", help="answer as at this time (default: the present)"
    )


def _add_path(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", metavar="PATH", nargs="?", type=Path, help="a folder (default: the project's)"
    )


def moment(text: str) -> datetime:
    """An ISO 8601 time as an aware one; without a zone it is London's. Raises ArgumentTypeError."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write it as in 2026-11-23T10:00") from None
    if not _YEARS[0] <= parsed.year <= _YEARS[1]:
        raise argparse.ArgumentTypeError(f"{text!r} is no time from {_YEARS[0]} to {_YEARS[1]}")
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=ZoneInfo("Europe/London"))


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: write a number from 1 to 65535")
    return int(text)


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text!r} is no such number: write 1 or more")
    return int(text)


def _folds(text: str) -> int:
    if not (text.isdecimal() and 2 <= int(text) <= 10):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of parts: write a number from 2 to 10")
    return int(text)
