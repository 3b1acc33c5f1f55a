"""`signpost publish`, `export`, `history`, `restore`, `publish-due`: the revisions of the content."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.content import Files, read_content
from store.database import StoreError, open_engine
from store.editing.due import publish_due
from store.editing.paths import checked_path
from store.editing.publishing import Publishing, open_publishing
from store.revisions import Revision
from store.shipped import SHIPPED
from web.service import utc_now
from web.settings import settings_from

#: Who has done what is done here, where nobody is named.
_BY = "command line"
_SHOWN = 20


def add_revisions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    _add_publish(commands)
    exporting = commands.add_parser("export", help="write a revision of the content into a folder")
    exporting.add_argument("folder", metavar="FOLDER", type=Path)
    exporting.add_argument("--revision", type=int, metavar="N", help="(default: the current one)")
    exporting.add_argument(
        "--delete", action="store_true", help="delete content there that the revision does not have"
    )
    exporting.set_defaults(run=export)
    history_parser = commands.add_parser("history", help="the last revisions: who, when, why")
    history_parser.add_argument(
        "--limit", type=int, default=_SHOWN, metavar="N", help="(default: %(default)s)"
    )
    history_parser.set_defaults(run=history)
    restoring = commands.add_parser("restore", help="publish the content of an old revision again")
    restoring.add_argument("revision", type=int, metavar="REVISION")
    _add_why(restoring)
    restoring.set_defaults(run=restore)
    due = commands.add_parser("publish-due", help="publish the drafts whose time has come")
    due.set_defaults(run=publish_what_is_due)


def publish(arguments: argparse.Namespace) -> int:
    """Publish the content of a folder. Raises ContentError where it fails the proof, and Outdated."""
    _named(arguments.author)
    files = read_content(arguments.folder)
    for path in files:
        checked_path(path)
    with _publishing() as publishing:
        parent = publishing.store.current()
        if parent is not None and files == publishing.store.files(parent):
            print(f"The folder is as revision {parent}, which is live: there is nothing to publish.")
            return 0
        message = arguments.message or f"The content of {arguments.folder.resolve().name}."
        number = publishing.publish_files(files, arguments.author, message, parent)
    print(f"Revision {number} is live.")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write the files of a revision. Published again, they are the same to the byte."""
    with _publishing() as publishing:
        number = arguments.revision or _current(publishing)
        files = publishing.store.files(number)
    folder: Path = arguments.folder
    others = _others(folder, files)
    if others and not arguments.delete:
        raise StoreError(
            f"{folder} has content that revision {number} does not have ({others[0]}; {len(others)} in all): "
            "name an empty folder, or say --delete."
        )
    for path in others:
        (folder / path).unlink()
    for path, content in files.items():
        target = folder / checked_path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    print(f"Revision {number}: {len(files)} files in {folder}.")
    return 0


def history(arguments: argparse.Namespace) -> int:
    """Print the last revisions, newest first; the live one is marked."""
    with _publishing() as publishing:
        current = publishing.store.current()
        found = publishing.store.history(arguments.limit)
    for revision in found:
        print(_line(revision, revision.id == current))
    if not found:
        print("Nothing has been published yet.")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Publish an old revision's content as a new revision."""
    _named(arguments.author)
    with _publishing() as publishing:
        number = publishing.restore(arguments.revision, arguments.author, arguments.message)
    print(f"Revision {number} is live, with the content of revision {arguments.revision}.")
    return 0


def publish_what_is_due(_: argparse.Namespace) -> int:
    """Publish the drafts whose time has come."""
    with _publishing() as publishing:
        numbers = publish_due(publishing)
    for number in numbers:
        print(f"Revision {number} is live.")
    if not numbers:
        print("Nothing is due.")
    return 0


@contextmanager
def _publishing() -> Iterator[Publishing]:
    """What publishes into the database of this installation."""
    settings = settings_from(os.environ)
    engine = open_engine(settings.database_url)
    try:
        yield open_publishing(engine, utc_now, settings.learned)
    finally:
        engine.dispose()


def _named(author: str) -> None:
    """Raise StoreError for the name under which a release publishes what replaces its last one."""
    if author == SHIPPED:
        raise StoreError(f"{SHIPPED!r} is the author of what comes with a release: name somebody else.")


def _current(publishing: Publishing) -> int:
    current = publishing.store.current()
    if current is None:
        raise StoreError("Nothing has been published yet.")
    return current


def _others(folder: Path, files: Files) -> list[str]:
    """The content in `folder` that is not among `files`."""
    if not (folder / "knowledge").is_dir():
        return []
    return sorted(set(read_content(folder)) - set(files))


def _line(revision: Revision, current: bool) -> str:
    mark = "*" if current else " "
    return f"{mark} {revision.id:>4}  {revision.at:%Y-%m-%d %H:%M} UTC  {revision.author}  {revision.message}"


def _add_publish(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("publish", help="prove the content of a folder, and make it live")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the folder that 'knowledge' is in")
    _add_why(parser)
    parser.set_defaults(run=publish)


def _add_why(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--message", default="", metavar="M", help="what changes, and why, for the history")
    parser.add_argument(
        "--author", default=_BY, metavar="A", help="who answers for it (default: %(default)s)"
    )
