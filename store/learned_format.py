"""What was learned as bytes that are safe to read: arrays and JSON in an .npz archive, with no code in it.

Only records that `Learned` may hold are made, field by field; anything else in the bytes is refused. Many
short tuples are written as their lengths and one flat list, and many texts as one. Arrays stay where they are
in the bytes, which may be a file in memory that all processes share.
"""

from __future__ import annotations

import io
import json
import mmap
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field, fields, is_dataclass
from itertools import islice
from typing import IO, Any, BinaryIO, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.record import Record
from bot.understanding.recognition import Learned
from bot.understanding.uncollected import uncollected

#: Raised when the form of the bytes changes.
FORMAT = 5


def _reachable(kind: Any, found: dict[str, type[Any]]) -> dict[str, type[Any]]:
    """The records that a value of the type `kind` may hold, by their names."""
    record = isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Record))
    if record and kind.__name__ not in found:
        found[kind.__name__] = kind
        for hint in get_type_hints(kind).values() if is_dataclass(kind) else ():
            _reachable(hint, found)
    for part in get_args(kind):
        _reachable(part, found)
    return found


#: What may be written and read.
_RECORDS = _reachable(Learned, {})
#: The length of a zip archive's header of an entry, and where in it the lengths of its name and its extra
#: field stand; the id of a field that only fills; and what arrays begin at a multiple of (APPNOTE.TXT 4.3.7
#: of PKWARE; the id is the one that Android's zipalign uses).
_HEADER, _NAME_LENGTH = 30, 26
_FILLING = 0xD935
_ALIGNED = 64
#: What stands between texts that are written as one: no text of the content may have it in it.
_BETWEEN = "\x1f"
#: More values of one kind than this are written as one array.
_MANY = 20
_COLUMNS = (str, int, float)
_PLAIN = (str, int, float, bool, type(None))
_KINDS: tuple[tuple[str, type[Any], Callable[[Iterable[Any]], Any]], ...] = (
    ("tuple", tuple, tuple),
    ("frozenset", frozenset, frozenset),
    ("list", list, list),
)


class FormatError(ValueError):
    """The bytes are not what this release writes."""


def packed(learned: Learned) -> bytes:
    """`learned` as bytes."""
    writer = _Writer()
    tree = writer.value(learned)
    text = json.dumps({"format": FORMAT, "learned": tree}, ensure_ascii=False, separators=(",", ":"))
    arrays = {f"a{number}": array for number, array in enumerate(writer.arrays)}
    texts = {"tree": _as_array(text), "texts": _as_array(_BETWEEN.join(writer.texts))}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, array in {**texts, **arrays}.items():
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.extra = _filling(whole.tell() + _HEADER + len(entry.filename))
            data = io.BytesIO()
            np.lib.format.write_array(data, array, version=(1, 0), allow_pickle=False)
            archive.writestr(entry, data.getvalue())
    return whole.getvalue()


def _as_array(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def _filling(place: int) -> bytes:
    """An extra field for a header that would else end at `place`, so that it ends where arrays may begin."""
    length = -(place + 4) % _ALIGNED
    return struct.pack("<HH", _FILLING, length) + bytes(length)


@uncollected
def unpacked(content: bytes | BinaryIO) -> Learned:
    """What `packed` wrote, as bytes or in an open file. Raises FormatError for anything else.

    The arrays of a file are read as they are needed, even when it was closed or removed meanwhile.
    """
    try:
        arrays = _arrays(content)
        whole = json.loads(arrays["tree"].tobytes())
        if whole["format"] != FORMAT:
            raise FormatError("it is of another release")
        found = _Reader(arrays).value(whole["learned"])
    except FormatError:
        raise
    except Exception as error:  # whatever broken bytes can lead to
        raise FormatError(f"it cannot be read ({type(error).__name__})") from error
    if not isinstance(found, Learned):
        raise FormatError("it is something else")
    return found


def _arrays(content: bytes | BinaryIO) -> dict[str, NDArray[Any]]:
    """The arrays of an archive whose entries are not compressed, by name, where they are."""
    found = {}
    whole: bytes | mmap.mmap
    file: IO[bytes]
    if isinstance(content, bytes):
        whole, file = content, io.BytesIO(content)
    else:
        whole, file = mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ), content
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            if entry.compress_type != zipfile.ZIP_STORED:
                raise FormatError("it is compressed")
            with archive.open(entry) as start:
                version = np.lib.format.read_magic(start)
                shape, by_column, kind = np.lib.format.read_array_header_1_0(start)
                read = start.tell()
            if version != (1, 0) or by_column or kind.hasobject:
                raise FormatError("an array is of another kind")
            name, extra = struct.unpack_from("<HH", whole, entry.header_offset + _NAME_LENGTH)
            flat = np.frombuffer(
                whole, kind, int(np.prod(shape)), entry.header_offset + _HEADER + name + extra + read
            )
            found[entry.filename.removesuffix(".npy")] = flat.reshape(shape)
    return found


class _Writer:
    """Makes a tree for JSON; arrays are put aside, and what was met before and is large is referred to."""

    def __init__(self) -> None:
        self.arrays: list[NDArray[Any]] = []
        #: Each text once, with its number: a word stands in many lists.
        self.texts: dict[str, int] = {}
        self._met: dict[int, int] = {}
        self._kept: list[Any] = []

    def value(self, value: Any) -> Any:
        """The tree of one value."""
        if isinstance(value, _PLAIN):
            return value
        if id(value) in self._met:
            return {"again": self._met[id(value)]}
        if isinstance(value, np.ndarray):
            self.arrays.append(value)
            return {"array": len(self.arrays) - 1}
        if isinstance(value, Record) and type(value).__name__ in _RECORDS:
            return {"written": [type(value).__name__, value.model_dump(by_alias=True, mode="json")]}
        if isinstance(value, Mapping):
            kind = "counter" if isinstance(value, Counter) else "block"
            return {kind: [self.items(list(value)), self.items(list(value.values()))]}
        if is_dataclass(value) and type(value).__name__ in _RECORDS:
            return self._record(value)
        if isinstance(value, frozenset):
            return self._once(value, {"frozenset": self.items(sorted(value))})
        for name, kind_of, _ in _KINDS:
            if isinstance(value, kind_of):
                return {name: self.items(list(value))}
        raise TypeError(f"a {type(value).__name__} cannot be written")

    def items(self, values: Sequence[Any]) -> Any:
        """The tree of many values: as they are, as lengths and one flat list, or each by itself."""
        if len(values) > _MANY and all(type(value) in _COLUMNS for value in values):
            column = self._column(values)
            if column is not None:
                return column
        if all(isinstance(value, _PLAIN) for value in values):
            return list(values)
        for name, kind_of, _ in _KINDS:
            if all(isinstance(value, kind_of) for value in values):
                parts = [_listed(value) for value in values]
                lengths = self.items([len(part) for part in parts])
                return {f"{name}s": lengths, "of": self.items([item for part in parts for item in part])}
        if all(type(value) is dict for value in values):
            parts = [list(value.items()) for value in values]
            lengths = self.items([len(part) for part in parts])
            keys = self.items([key for part in parts for key, _ in part])
            return {"blocks": lengths, "keys": keys, "of": self.items([v for part in parts for _, v in part])}
        return {"each": [self.value(value) for value in values]}

    def _column(self, values: Sequence[Any]) -> Any:
        """Many texts, whole numbers or fractions as one array; None where they are mixed."""
        (kind, *others) = {type(value) for value in values}
        if others:
            return None
        if kind is str:
            if any(_BETWEEN in value for value in values):
                return None
            numbers = [self.texts.setdefault(value, len(self.texts)) for value in values]
            self.arrays.append(np.array(numbers, dtype=np.int32))
            return {"texts": len(self.arrays) - 1}
        self.arrays.append(np.array(values, dtype=np.int64 if kind is int else np.float64))
        return {"numbers": len(self.arrays) - 1}

    def _record(self, value: Any) -> Any:
        values = [self.value(getattr(value, field.name)) for field in _written(type(value))]
        return self._once(value, {"record": type(value).__name__, "fields": values})

    def _once(self, value: Any, tree: Any) -> Any:
        self._met[id(value)] = len(self._kept)
        self._kept.append(value)
        return tree


def _written(record: type[Any]) -> list[Field[Any]]:
    """The fields that are written: what is remembered on the way (`_met`) is not."""
    return [field for field in fields(record) if not field.name.startswith("_")]


def _listed(value: Iterable[Any]) -> list[Any]:
    return sorted(value) if isinstance(value, frozenset) else list(value)


class _Reader:
    """Makes the values of a tree."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._texts = arrays["texts"].tobytes().decode("utf-8").split(_BETWEEN)
        self._kept: list[Any] = []

    def value(self, tree: Any) -> Any:
        """The value of one tree."""
        if isinstance(tree, _PLAIN):
            return tree
        if "record" in tree:
            record = _RECORDS[tree["record"]]
            values = [self.value(each) for each in tree["fields"]]
            names = [field.name for field in _written(record)]
            self._kept.append(record(**dict(zip(names, values, strict=True))))
            return self._kept[-1]
        ((name, content), *_) = tree.items()
        if name == "frozenset":
            self._kept.append(frozenset(self.items(content)))
            return self._kept[-1]
        if name == "array":
            return self._arrays[f"a{content}"]
        if name == "again":
            return self._kept[content]
        if name == "written":
            return _RECORDS[content[0]].model_validate(content[1])
        if name in ("block", "counter"):
            block = dict(zip(self.items(content[0]), self.items(content[1]), strict=True))
            return Counter(block) if name == "counter" else block
        return next(make for kind, _, make in _KINDS if kind == name)(self.items(content))

    def items(self, tree: Any) -> list[Any]:
        """The values of a tree of many."""
        if isinstance(tree, list):
            return tree
        if "texts" in tree:
            return list(map(self._texts.__getitem__, self._arrays[f"a{tree['texts']}"].tolist()))
        if "numbers" in tree:
            return list(self._arrays[f"a{tree['numbers']}"].tolist())
        if "blocks" in tree:
            pairs = iter(zip(self.items(tree["keys"]), self.items(tree["of"]), strict=True))
            return [dict(islice(pairs, length)) for length in self.items(tree["blocks"])]
        if "each" in tree:
            return [self.value(each) for each in tree["each"]]
        for name, _, make in _KINDS:
            if f"{name}s" in tree:
                flat = iter(self.items(tree["of"]))
                return [make(islice(flat, length)) for length in self.items(tree[f"{name}s"])]
        raise FormatError("a kind of list is unknown")
