"""What a form asks for, as data: one template draws every shape, and one function reads what was sent.

A value is text, a list, or a dictionary of values, exactly as `bot.knowledge.strict_yaml.plain` gives them:
a key that is not there is a field left empty. The name of a field in the form is its path joined with
hyphens, "contacts-0-value"; keys that hold hyphens themselves are never followed by a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from web.staff.forms.cleaning import clean, clean_lines
from web.staff.forms.rules import line_of, rules_from
from web.staff.forms.values import Data as Data
from web.staff.forms.values import Path as Path
from web.staff.forms.values import Value as Value
from web.staff.forms.week import EMPTY, Week, cells_of, hours_of, spans_from, week_of

Kind = Literal[
    "line", "text", "lines", "tick", "choice", "choices", "week", "colour", "rules", "block", "blocks"
]
Posted = Mapping[str, str]

#: More items of a list than anybody writes; a form that claims more was not made by us.
MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `options` names its choices, see `web.staff.forms.options`; a block has `fields`."""

    key: str
    label: str
    kind: Kind = "line"
    hint: str = ""
    options: str = ""
    #: Whether a reading age stands beside it.
    aged: bool = False
    needed: bool = False
    fields: tuple[Field, ...] = ()
    #: What one block of several is called, in lower case.
    one: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something about a field that its writer can put right; `name` as in the form, "" for the whole."""

    name: str
    words: str


def name_of(path: Iterable[str | int]) -> str:
    """The name that the field at `path` has in a form."""
    return "-".join(str(part) for part in path)


def taken(posted: Posted, fields: Sequence[Field], before: str = "") -> tuple[Data, list[Wrong]]:
    """The values of `fields` in a form that was sent, clean, and what cannot be read in it."""
    data: Data = {}
    wrong: list[Wrong] = []
    for field in fields:
        try:
            value = _value(posted, field, before + field.key, wrong)
        except ValueError as error:
            wrong.append(Wrong(before + field.key, sentence(str(error))))
            value = posted.get(f"{before}{field.key}", "")
        if value:
            data[field.key] = value
    return data, wrong


def _value(posted: Posted, field: Field, name: str, wrong: list[Wrong]) -> Value:
    """The value of one field, "" or empty for none; raises ValueError for what cannot be read."""
    match field.kind:
        case "tick":
            return "true" if posted.get(name) else ""
        case "lines":
            return list[Value](clean_lines(posted.get(name, "")))
        case "choices":
            picked = (posted.get(f"{name}-{number}", "") for number in range(_count(posted, name)))
            return list[Value](dict.fromkeys(clean(each) for each in picked if each.strip()))
        case "week":
            return _hours(posted, name)
        case "rules":
            return rules_from(posted.get(name, ""))
        case "block":
            inner, more = taken(posted, field.fields, f"{name}-")
            wrong += more
            return inner
        case "blocks":
            return _blocks(posted, field, name, wrong)
    return clean(posted.get(name, ""))


def _blocks(posted: Posted, field: Field, name: str, wrong: list[Wrong]) -> Value:
    blocks: list[Value] = []
    for number in range(_count(posted, name)):
        inner, more = taken(posted, field.fields, f"{name}-{number}-")
        wrong += more
        blocks.append(inner)
    return blocks


def _count(posted: Posted, name: str) -> int:
    """How many items the form has under `name`; a strange number counts as none."""
    said = posted.get(f"{name}-count", "")
    return min(int(said), MOST_ITEMS) if said.isascii() and said.isdigit() else 0


def _hours(posted: Posted, name: str) -> str:
    """Opening hours as kept: the text that was there, where the grid says the same."""
    kept = " ".join(posted.get(name, "").split())
    match posted.get(f"{name}-how", "text"):
        case "unknown":
            return ""
        case "always":
            return kept if kept == "24/7" else "24/7"
        case "text":
            return kept
    cells = {key.removeprefix(f"{name}-"): text for key, text in posted.items() if key.startswith(name)}
    said = posted.get(f"{name}-holidays", "")
    holidays = {"closed": (), "own": spans_from(cells, 7)}.get(said) if said else None
    week = Week(tuple(spans_from(cells, day) for day in range(7)), holidays)
    if not any(week.days):
        raise ValueError("no day has hours: write them, or choose that they are not known")
    return kept if kept and week_of(kept) == week else hours_of(week)


def shown_hours(value: str) -> dict[str, str]:
    """What the fields of a week hold for the opening hours `value`: how, holidays, and the boxes."""
    week = week_of(value) if value else EMPTY
    how = "unknown" if not value else "always" if value == "24/7" else "week" if week else "text"
    holidays = week.holidays if week else None
    said = "" if holidays is None else "own" if holidays else "closed"
    boxes = {} if week is None or how == "always" else cells_of(week)
    return {"how": how, "holidays": said, **boxes}


def fitted(data: Mapping[str, Value], fields: Sequence[Field]) -> Data:
    """Of a record what a form shows, as it comes back from one that nobody has touched."""
    whole: Data = {}
    for field in fields:
        value = _fitted(data.get(field.key, ""), field)
        if value:
            whole[field.key] = value
    return whole


def _fitted(value: Value, field: Field) -> Value:
    match field.kind:
        case "rules":
            rules = value if isinstance(value, list) else []
            return rules_from("\n".join(line_of(rule) for rule in rules if isinstance(rule, dict)))
        case "tick":
            return "true" if value in ("true", "yes", "on", "1") else ""
        case "lines" | "choices":
            items = value if isinstance(value, list) else [value]
            return [clean(item) for item in items if isinstance(item, str) and clean(item)]
        case "block":
            return fitted(value, field.fields) if isinstance(value, dict) else {}
        case "blocks":
            items = value if isinstance(value, list) else []
            return [fitted(item, field.fields) for item in items if isinstance(item, dict)]
        case "week":
            return " ".join(value.split()) if isinstance(value, str) else ""
    return clean(value) if isinstance(value, str) else ""


def sentence(message: str) -> str:
    """A record's complaint, "what is wrong: what to do", as two sentences."""
    what, _, remedy = message.rpartition(": ")
    parts = [part[:1].upper() + part[1:] for part in (what, remedy) if part]
    return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in parts)
