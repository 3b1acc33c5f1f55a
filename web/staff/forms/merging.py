"""What a form changes, and how it goes together with what somebody else has changed meanwhile.

A form knows what it showed (`shown`). Only fields that its writer changed are taken from it, so two people
who work on different fields of one record lose nothing; a field that both changed is a clash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from web.staff.forms.shape import Data, Path, Value, name_of


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed; `theirs` is what the other one made it, None: nothing."""

    path: Path
    theirs: Value | None

    @property
    def name(self) -> str:
        """The field's name in the form."""
        return name_of(self.path)


def merged(shown: Data, mine: Data, theirs: Data) -> tuple[Data, list[Clash]]:
    """`theirs` with what was changed in `mine`; where both changed a field, mine is kept and told."""
    clashes: list[Clash] = []
    return _blocks(shown, mine, theirs, (), clashes), clashes


def changes(old: Mapping[str, Value], new: Mapping[str, Value], path: Path = ()) -> dict[Path, Value | None]:
    """The smallest parts that differ, each with its new value; None for one that is no longer there."""
    found: dict[Path, Value | None] = {}
    for key in dict.fromkeys([*old, *new]):
        place, was, is_now = (*path, key), old.get(key), new.get(key)
        if was == is_now:
            continue
        if isinstance(was, dict) and isinstance(is_now, dict):
            found |= changes(was, is_now, place)
        elif same := _same_blocks(was, is_now):
            for position, (one, other) in enumerate(same):
                found |= changes(one, other, (*place, position))
        else:
            found[place] = is_now
    return found


def _blocks(shown: Data, mine: Data, theirs: Data, path: Path, clashes: list[Clash]) -> Data:
    whole: Data = {}
    for key in dict.fromkeys([*theirs, *mine]):
        value = _value(shown.get(key), mine.get(key), theirs.get(key), (*path, key), clashes)
        if value:
            whole[key] = value
    return whole


def _value(
    shown: Value | None, mine: Value | None, theirs: Value | None, path: Path, clashes: list[Clash]
) -> Value | None:
    if theirs == shown or mine == theirs:
        return mine
    if mine == shown:
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _blocks(shown if isinstance(shown, dict) else {}, mine, theirs, path, clashes)
    if isinstance(mine, list) and isinstance(theirs, list):
        listed = _lists(shown if isinstance(shown, list) else [], mine, theirs, path, clashes)
        if listed is not None:
            return listed
    clashes.append(Clash(path, theirs))
    return mine


def _lists(
    shown: list[Value], mine: list[Value], theirs: list[Value], path: Path, clashes: list[Clash]
) -> list[Value] | None:
    """Two changed lists as one; None where they do not go together."""
    if all(isinstance(item, str) for item in (*shown, *mine, *theirs)):
        kept = [item for item in theirs if item in mine or item not in shown]
        return [*kept, *(item for item in mine if item not in shown and item not in theirs)]
    before, ours, others = _by_id(shown), _by_id(mine), _by_id(theirs)
    if before is None or ours is None or others is None:
        return None
    if list(before) == list(ours):
        order = others
    elif list(before) == list(others):
        order = ours
    else:
        return None
    whole: list[Value] = []
    for position, name in enumerate(order):
        place = (*path, position)
        if name in before:
            mine_now = ours.get(name, before[name])
            whole.append(_blocks(before[name], mine_now, others.get(name, before[name]), place, clashes))
        else:
            whole.append(order[name])
    return whole


def _by_id(items: list[Value]) -> dict[str, Data] | None:
    """The blocks of a list by their ids; None where any has none, or two share one."""
    named = {str(item.get("id", "")): item for item in items if isinstance(item, dict)}
    return named if len(named) == len(items) and "" not in named else None


def _same_blocks(old: Value | None, new: Value | None) -> list[tuple[Data, Data]]:
    """The blocks of two lists in pairs, where they are the same ones in the same order; else nothing."""
    if not isinstance(old, list) or not isinstance(new, list) or len(old) != len(new):
        return []
    pairs = [(one, other) for one, other in zip(old, new, strict=True)
             if isinstance(one, dict) and isinstance(other, dict)]  # fmt: skip
    alike = all(one.get("id") == other.get("id") for one, other in pairs)
    return pairs if alike and len(pairs) == len(old) else []
