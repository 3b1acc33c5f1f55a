"""The content as files: collected from a folder, digested, packed for the store and unpacked again.

Keys are paths under the project's folder, with slashes: "knowledge/services/reset.yaml",
"translations/bn/LC_MESSAGES/answers.po".
"""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.knowledge.base import Knowledge
from bot.knowledge.faults import Fault, errors
from bot.knowledge.reading import Reading, read, read_folder

Files = Mapping[str, bytes]

#: The folders that are content, and the names of their files.
PARTS = {"knowledge": ("*.yaml", "*.yml"), "translations": ("*.po",)}


class ContentError(Exception):
    """The content cannot be served; `faults` are all of its errors, and the message is the first of them."""

    def __init__(self, faults: list[Fault]) -> None:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}" if faults else "the knowledge base is empty")
        self.faults = faults


def read_content(home: Path) -> dict[str, bytes]:
    """Every file of content under the project's folder `home`.

    Raises FileNotFoundError where there is no knowledge base.
    """
    if not (home / "knowledge").is_dir():
        raise FileNotFoundError(f"There is no knowledge base in {home}: the folder 'knowledge' is missing.")
    knowledge = {f"knowledge/{name}": content for name, content in read_folder(home / "knowledge").items()}
    catalogues = _paths(home, "translations")
    return {**knowledge, **{path.relative_to(home).as_posix(): path.read_bytes() for path in catalogues}}


def sound(files: Files) -> tuple[Reading, Knowledge]:
    """The knowledge base in `files`, with its lines. Raises ContentError where it has errors."""
    reading = read(part_of(files, "knowledge"))
    if reading.found is None or errors(reading.faults):
        raise ContentError(errors(reading.faults))
    return reading, reading.found


def part_of(files: Files, part: str) -> dict[str, bytes]:
    """The files under the folder `part`, keyed by their paths within it."""
    prefix = f"{part}/"
    return {name.removeprefix(prefix): content for name, content in files.items() if name.startswith(prefix)}


def digest(files: Files) -> str:
    """A SHA-256 (64 hexadecimal digits) of names and contents, the same for any order of `files`."""
    whole = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode(), files[name]):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.hexdigest()


def stamp(home: Path) -> int:
    """A number that changes when content under `home` is added, removed or written; no file is read."""
    whole = hashlib.sha256()
    for part in PARTS:
        for path in _paths(home, part):
            status = path.stat()
            whole.update(f"{path}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
    return int.from_bytes(whole.digest()[:6], "big")


def pack(files: Files, squeezed: int = 6) -> bytes:
    """`files` as one gzipped tar archive, which any later tool can open; no times or owners in it.

    `squeezed` is from 1, quickly, to 9, tightly.
    """
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, compresslevel=squeezed) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            archive.addfile(entry, io.BytesIO(files[name]))
    return packed.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """The files that `pack` took, byte for byte."""
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
        return {entry.name: _member(archive, entry) for entry in archive}


def _member(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    reader = archive.extractfile(entry)
    if reader is None:
        raise ValueError(f"{entry.name} is no file: this revision was not packed by the store")
    with reader:
        return reader.read()


def _paths(home: Path, part: str) -> Iterator[Path]:
    found = (path for pattern in PARTS[part] for path in (home / part).rglob(pattern) if path.is_file())
    yield from sorted(found)
