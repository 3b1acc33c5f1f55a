"""Two edits of the same content put together: field by field, with nothing lost on either side.

What only one side changed is taken. What both changed to different values is a conflict, shown both ways, and
somebody chooses. Comments and layout are theirs where both changed a file: that side is live already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.content import Files
from store.editing.catalogue_merge import entry_blocks, merged_catalogue, with_entry
from store.editing.differences import record_of
from store.editing.yaml_edit import EditError, Path, edit, read_plain
from store.editing.yaml_text import Plain


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed, or a file that one changed and the other deleted.

    `path` is the file; `at` the place of the field in it, () for the whole file. `record` and `field` are its
    names for people. A value of None: it is not there on that side. The values of a file that cannot be
    merged field by field are its text.
    """

    path: str
    at: Path
    record: str
    field: str
    base: Plain | None
    theirs: Plain | None
    mine: Plain | None


@dataclass(frozen=True, slots=True)
class Merged:
    """Both edits together. Where they conflict, `files` has their side until somebody chooses."""

    files: dict[str, bytes]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Choice:
    """A value that is taken over from my side into their file."""

    at: Path
    value: Plain | None


def merge(base: Files, theirs: Files, mine: Files) -> Merged:
    """`theirs` with what `mine` changed of `base`, and what must be chosen."""
    files, conflicts = dict(theirs), []
    for path in sorted(base.keys() | mine.keys()):
        if mine.get(path) == base.get(path) or mine.get(path) == theirs.get(path):
            continue
        if theirs.get(path) == base.get(path):
            _set(files, path, mine.get(path))
            continue
        content, found = _merged_file(path, base.get(path), theirs.get(path), mine.get(path))
        _set(files, path, content)
        conflicts += found
    return Merged(files, tuple(conflicts))


def resolve(merged: Merged, choices: Sequence[str]) -> dict[str, bytes]:
    """The files of `merged` with each conflict settled: "mine" or "theirs", in the order of
    `merged.conflicts`.

    Raises ValueError where a choice is missing or none of the two.
    """
    if len(choices) != len(merged.conflicts) or not set(choices) <= {"mine", "theirs"}:
        raise ValueError("Choose one side for each field.")
    files = dict(merged.files)
    for conflict, choice in zip(merged.conflicts, choices, strict=True):
        if choice == "mine":
            _set(files, conflict.path, _chosen(files.get(conflict.path), conflict))
    return files


def _chosen(content: bytes | None, conflict: Conflict) -> bytes | None:
    if conflict.path.endswith(".po") and conflict.at and content is not None:
        return with_entry(
            content, str(conflict.at[0]), conflict.mine if isinstance(conflict.mine, str) else None
        )
    if not conflict.at:
        return conflict.mine.encode("utf-8") if isinstance(conflict.mine, str) else None
    return edit(content or b"", {conflict.at: conflict.mine})


def _set(files: dict[str, bytes], path: str, content: bytes | None) -> None:
    if content is None:
        files.pop(path, None)
    else:
        files[path] = content


def _merged_file(
    path: str, base: bytes | None, theirs: bytes | None, mine: bytes | None
) -> tuple[bytes | None, list[Conflict]]:
    """One file that both sides changed, differently."""
    whole = [Conflict(path, (), record_of(path), "the whole file", _text(base), _text(theirs), _text(mine))]
    if theirs is None or mine is None:
        return theirs, whole
    if path.endswith(".po"):
        return _merged_catalogue(path, base or b"", theirs, mine)
    try:
        return _merged_yaml(path, base, theirs, mine)
    except EditError:
        return theirs, whole


def _merged_catalogue(path: str, base: bytes, theirs: bytes, mine: bytes) -> tuple[bytes, list[Conflict]]:
    content, english = merged_catalogue(base, theirs, mine)
    sides = (base, theirs, mine)
    return content, [
        Conflict(path, (text,), record_of(path), f"translation of “{text}”", *entry_blocks(text, *sides))
        for text in english
    ]


def _merged_yaml(path: str, base: bytes | None, theirs: bytes, mine: bytes) -> tuple[bytes, list[Conflict]]:
    trees = (read_plain(base) if base else None, read_plain(theirs), read_plain(mine))
    choices: list[_Choice] = []
    conflicts: list[Conflict] = []
    for at, then, now, own in _fields((), *trees):
        together = _lists(then, now, own)
        if then == now:
            choices.append(_Choice(at, own))
        elif together is not None:
            choices.append(_Choice(at, together))
        elif not at:
            raise EditError("the whole file is one field, and both sides changed it")
        else:
            field = " / ".join(str(part) for part in at)
            conflicts.append(Conflict(path, at, record_of(path), field, then, now, own))
    return edit(theirs, {choice.at: choice.value for choice in choices}), conflicts


def _fields(
    at: Path, base: Plain | None, theirs: Plain | None, mine: Plain | None
) -> Iterator[tuple[Path, Plain | None, Plain | None, Plain | None]]:
    """The smallest places where my side differs from the base and from theirs."""
    if mine in (base, theirs):
        return
    if isinstance(theirs, dict) and isinstance(mine, dict) and isinstance(base, dict | None):
        old = base or {}
        for key in dict.fromkeys([*old, *mine]):
            yield from _fields((*at, key), old.get(key), theirs.get(key), mine.get(key))
        return
    if isinstance(base, list) and isinstance(theirs, list) and isinstance(mine, list):
        named = [_by_id(side) for side in (base, theirs, mine)]
        if named[0] and named[1] and named[2]:
            yield from _records(at, named[0], named[1], named[2])
            return
    yield at, base, theirs, mine


def _records(
    at: Path, base: Mapping[str, Plain], theirs: Mapping[str, Plain], mine: Mapping[str, Plain]
) -> Iterator[tuple[Path, Plain | None, Plain | None, Plain | None]]:
    """As `_fields`, of records in a list that have ids; the paths count in their list.

    Records that I took away or added, or put in another order, are settled for the list as a whole.
    """
    lost = any(name not in theirs and mine[name] != base[name] for name in base if name in mine)
    if list(base) != list(mine) or lost:
        yield at, list(base.values()), list(theirs.values()), list(mine.values())
        return
    places = {name: number for number, name in enumerate(theirs)}
    for name in base:
        if name in theirs:
            yield from _fields((*at, places[name]), base[name], theirs[name], mine[name])


def _by_id(items: Sequence[Plain]) -> dict[str, Plain] | None:
    """The records of a list by their ids; None where an item has none, or two have the same."""
    found: dict[str, Plain] = {
        str(item["id"]): item for item in items if isinstance(item, dict) and "id" in item
    }
    return found if found and len(found) == len(items) else None


def _lists(base: Plain | None, theirs: Plain | None, mine: Plain | None) -> list[Plain] | None:
    """Three lists put together: theirs, without what I took away, with what I added.

    None: they cannot be, as no lists, or since both changed the same record or item, or I changed the order.
    """
    if not (isinstance(base, list) and isinstance(theirs, list) and isinstance(mine, list)):
        return None
    if [item for item in base if item in mine] != [item for item in mine if item in base] and base != theirs:
        return None
    named = [_by_id(side) for side in (base, theirs, mine)]
    if named[0] and named[1] and named[2]:
        return _records_together(named[0], named[1], named[2])
    gone = [item for item in base if item not in mine]
    added = [item for item in mine if item not in base]
    theirs_added = [item for item in theirs if item not in base]
    if (
        any(item not in theirs for item in gone)
        and any(item not in theirs for item in added)
        and theirs_added
    ):
        return None  # the same item became two different ones
    return _with_added([item for item in theirs if item not in gone], added, mine)


def _with_added(kept: list[Plain], added: Sequence[Plain], mine: Sequence[Plain]) -> list[Plain]:
    """`kept` with the items of `added`, each after the one that it stands after among `mine`."""
    for item in added:
        if item in kept:
            continue
        before = list(mine[: list(mine).index(item)])
        after = next((other for other in reversed(before) if other in kept), None)
        place = 0 if not before else len(kept) if after is None else kept.index(after) + 1
        kept.insert(place, item)
    return kept


def _records_together(
    base: Mapping[str, Plain], theirs: Mapping[str, Plain], mine: Mapping[str, Plain]
) -> list[Plain] | None:
    together: dict[str, Plain] = {}
    for name in [*theirs, *(name for name in mine if name not in theirs), *base]:
        old, now, own = base.get(name), theirs.get(name), mine.get(name)
        if now not in (old, own) and own != old:
            return None  # both changed it
        value = own if now == old else now
        if value is not None:
            together[name] = value
    return list(together.values())


def _text(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8", "replace")
