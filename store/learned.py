"""Keeps what was learned from a knowledge base, so that only the first start after a change learns it again.

It is kept in a file beside the content, and on the shelf of the database for other machines: named for the
content and the code it was learned with, replaced whole, and learned anew whenever it is missing, old or
cannot be read. `python -m store.learned FOLDER` learns from content that is packed on its standard input.
"""

from __future__ import annotations

import logging
import sys
from functools import cache
from pathlib import Path
from subprocess import CalledProcessError

import bot
from bot.knowledge.base import Knowledge
from bot.knowledge.reading import read_files
from bot.understanding.learning import lists, of_records, served
from bot.understanding.recognition import Learned
from store.aside import is_large, one_at_a_time, run_aside, step_back
from store.content import Files, digest, part_of, sound, unpack
from store.kept import keep
from store.learned_format import FORMAT, FormatError, packed, unpacked
from store.shelf import Shelf

_log = logging.getLogger(__name__)

#: What was learned last in this process, by its key: one entry. It never changes, whoever uses it.
_LATEST: dict[str, Learned] = {}
#: Files that are kept: the present content, the one before, and a draft beside them.
_KEPT = 3


def learned_from(
    knowledge: Knowledge, files: Files, folder: Path | None, shelf: Shelf | None = None
) -> Learned:
    """What there is to learn from `files`, of which `knowledge` has the records: as kept, or anew.

    It is looked for in `folder`, then on `shelf`; what was not in the folder is kept there (None: it is not).
    One that cannot be written is no error. Raises ContentError where the words and examples are faulty.
    """
    key = _key(knowledge, files)
    found = _LATEST.get(key) or _in_folder(folder, key)
    if found is not None:
        _remember(key, found)
        return found
    content = _on_shelf(shelf, key)
    found = None if content is None else _read(key, content)
    if content is None or found is None:
        found = _learned_aside(key, files, folder) or learn_here(files, folder)
    elif folder is not None:
        keep(_path(folder, key), content, _KEPT)
    _remember(key, found)
    return found


def learn_here(files: Files, folder: Path | None) -> Learned:
    """All there is to learn from `files`, by this process and kept in `folder`. Raises ContentError."""
    knowledge = sound(files)[1]
    found = Learned.of(knowledge)
    if folder is not None:
        keep(_path(folder, _key(knowledge, files)), packed(found), _KEPT)
    return found


def _learned_aside(key: str, files: Files, folder: Path | None) -> Learned | None:
    """The same by another process; None where it is not worth one, or nothing came of it."""
    if folder is None or not is_large(files):
        return None
    sound(files)  # what is faulty is said here, where somebody listens
    needed = {name: content for name, content in files.items() if name.startswith("knowledge/")}
    with one_at_a_time(folder, "learning"):
        try:
            if not _path(folder, key).exists():
                run_aside("store.learned", needed, str(folder))
        except (OSError, CalledProcessError) as problem:
            _log.warning("learning in a process of its own failed (%s): it is done here", problem)
        return _in_folder(folder, key)


def keep_learned(files: Files, folder: Path | None, shelf: Shelf | None) -> None:
    """See to it that what there is to learn from `files` is where workers look for it before they learn.

    That is on `shelf`, or in `folder` if there is none.
    """
    knowledge, _ = read_files(served(part_of(files, "knowledge")))
    if knowledge is None:
        return
    key = _key(knowledge, files)
    kept = None if folder is None else _path(folder, key)
    if shelf.has(key) if shelf is not None else kept is None or kept.exists():
        return
    found = learned_from(knowledge, files, folder)
    content = kept.read_bytes() if kept is not None and kept.exists() else packed(found)
    if folder is not None and kept is not None and not kept.exists():  # it was remembered, its file is gone
        keep(_path(folder, key), content, _KEPT)
    if shelf is not None:
        shelf.put(key, content)


@cache
def code_version() -> str:
    """A digest of the code that learns."""
    root = Path(bot.__file__).parent
    return digest({path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.py")})


def _key(knowledge: Knowledge, files: Files) -> str:
    """The name of what is learned from `files`: of the code, of the form, and of everything learned from."""
    content = digest({**lists(part_of(files, "knowledge")), "records": of_records(knowledge).encode()})
    return f"{code_version()[:16]}-{FORMAT}-{content[:32]}"


def _in_folder(folder: Path | None, key: str) -> Learned | None:
    if folder is None:
        return None
    try:
        with _path(folder, key).open("rb") as file:
            return unpacked(file)
    except FileNotFoundError:
        return None
    except (OSError, FormatError) as problem:
        _log.warning("%s is not used (%s): it is learned anew", key, problem)
        return None


def _remember(key: str, found: Learned) -> None:
    """Let the next edit have what was learned at once: most of them change nothing that is learned."""
    _LATEST.clear()
    _LATEST[key] = found


def _on_shelf(shelf: Shelf | None, key: str) -> bytes | None:
    try:
        return None if shelf is None else shelf.get(key)
    except Exception as problem:  # a database that is gone keeps no edit from going live
        _log.warning(
            "the shelf cannot be read (%s): what was learned is learned anew", type(problem).__name__
        )
        return None


def _read(key: str, content: bytes) -> Learned | None:
    try:
        return unpacked(content)
    except FormatError as problem:
        _log.warning("%s is not used (%s): it is learned anew", key, problem)
        return None


def _path(folder: Path, key: str) -> Path:
    return folder / f"{key}.learned"


if __name__ == "__main__":
    step_back()
    learn_here(unpack(sys.stdin.buffer.read()), Path(sys.argv[1]))
