"""What has to be done to a document so that it holds what it should: the fewest steps, each in one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from store.editing.yaml_text import Plain

#: Keys of blocks and numbers of list items (from 0), from the top of the document down.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One change at `path`.

    replace: the value there becomes `value`. insert: `value` comes to stand there, as a new key or before the
    item that has the number. remove: key or item goes. order: the items or keys of the list or block there
    come in the order `order` (their present numbers).
    """

    kind: Literal["replace", "insert", "remove", "order"]
    path: Path
    value: Plain = ""
    order: tuple[int, ...] = ()


def steps(old: Plain, new: Plain, path: Path = ()) -> Iterator[Step]:
    """The steps from `old` to `new`, to be taken one after the other. The order of keys is left as it is."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and new and old.keys() & new.keys():
        yield from _in_block(old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and new and old:
        yield from _in_list(old, new, path)
    else:
        yield Step("replace", path, new)


def _in_block(old: dict[str, Plain], new: dict[str, Plain], path: Path) -> Iterator[Step]:
    for key, value in new.items():
        if key in old:
            yield from steps(old[key], value, (*path, key))
    yield from (Step("remove", (*path, key)) for key in old if key not in new)
    yield from (Step("insert", (*path, key), new[key]) for key in new if key not in old)


def _in_list(old: list[Plain], new: list[Plain], path: Path) -> Iterator[Step]:
    sources = _sources(old, new)
    kept = [source for source in sources if source is not None]
    if not kept:
        yield Step("replace", path, list(new))
        return
    for number, source in enumerate(sources):
        if source is not None:
            yield from steps(old[source], new[number], (*path, source))
    for number in sorted(set(range(len(old))) - set(kept), reverse=True):
        yield Step("remove", (*path, number))
    places = {source: place for place, source in enumerate(sorted(kept))}
    order = tuple(places[source] for source in kept)
    if list(order) != sorted(order):
        yield Step("order", path, order=order)
    for number, source in enumerate(sources):
        if source is None:
            yield Step("insert", (*path, number), new[number])


def _sources(old: Sequence[Plain], new: Sequence[Plain]) -> list[int | None]:
    """For each item of `new`, the number of the item of `old` that it comes from; None: it is new."""
    free = list(range(len(old)))
    sources: list[int | None] = [None] * len(new)
    by_content: dict[str, list[int]] = {}
    for number in free:
        by_content.setdefault(repr(old[number]), []).append(number)
    for number, item in enumerate(new):
        same = by_content.get(repr(item))
        if same:
            sources[number] = same.pop(0)
    left = set(free) - {source for source in sources if source is not None}
    for number, item in enumerate(new):
        if sources[number] is None:
            found = _same_id(old, left, item)
            found = _next_to(sources, number, left, old, item) if found is None else found
            sources[number] = found
            left.discard(-1 if found is None else found)
    return sources


def _same_id(old: Sequence[Plain], left: set[int], item: Plain) -> int | None:
    name = item.get("id") if isinstance(item, dict) else None
    for number in sorted(left):
        candidate = old[number]
        if name is not None and isinstance(candidate, dict) and candidate.get("id") == name:
            return number
    return None


def _next_to(
    sources: Sequence[int | None], number: int, left: set[int], old: Sequence[Plain], item: Plain
) -> int | None:
    """The item that stood in the same place: after the same neighbour, and of the same make."""
    before = sources[number - 1] if number else -1
    place = None if before is None else before + 1
    if place not in left or place is None or type(old[place]) is not type(item):
        return None
    candidate = old[place]
    different_id = (
        isinstance(candidate, dict) and isinstance(item, dict) and candidate.get("id") != item.get("id")
    )
    return None if different_id else place
