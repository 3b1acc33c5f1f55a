"""From a tree of a file to a record, with pydantic's findings in the words and at the lines of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from bot.knowledge.faults import Fault
from bot.knowledge.record import Record
from bot.knowledge.strict_yaml import Node, descend, plain

R = TypeVar("R", bound=Record)

#: Below this (0 to 100, rapidfuzz's ratio) a known word is no likely meaning of a mistyped one.
#: `sumary` has 92 with `summary`; unrelated keys of the records have at most 57. Tried 2026-11-22.
_ALIKE = 70
#: The longest phrase that is kept, in characters: as long as the longest message that is read.
_MAX_PHRASE = 1000

_LIST_REMEDY = "put it in square brackets, or on lines that begin with a hyphen"
_TEXT_REMEDY = "write one text; put it in quotation marks if it has a colon, a hash or brackets in it"
_REMEDIES = {
    "tuple_type": ("must be a list", _LIST_REMEDY),
    "list_type": ("must be a list", _LIST_REMEDY),
    "string_type": ("must be a text", _TEXT_REMEDY),
    "dict_type": ("must be keys with values", "write one key a line, indented, with a colon after it"),
    "model_type": ("must be keys with values", "write one key a line, indented, with a colon after it"),
    "bool_parsing": ("must be true or false", "write true or false"),
    "bool_type": ("must be true or false", "write true or false"),
    "int_parsing": ("must be a whole number", "write it in digits"),
    "int_type": ("must be a whole number", "write it in digits"),
    "date_from_datetime_parsing": ("must be a date", "write it as in 2026-11-21"),
    "too_short": ("needs at least one entry", "add one"),
}


def validate(
    model: type[R], file: str, node: Node, name: str, name_key: str | None = "id"
) -> tuple[R | None, list[Fault]]:
    """The record that `node` holds, or None and what is wrong with it.

    `name` is the record's id, taken from outside (the file's name or the key) and given to the
    field `name_key`; None: the record has none.
    """
    if not isinstance(node.content, dict):
        what = f"{_noun(model)} is written as keys with values"
        return None, [Fault(file, node.line, what, _REMEDIES["dict_type"][1])]
    faults: list[Fault] = []
    data = {key: plain(value) for key, value in node.content.items()}
    if name_key is not None:
        if name_key in node.content:
            line = node.content[name_key].key_line
            what = f"{name_key!r} is not written here: it is {name!r} by the name of the file or block"
            faults.append(Fault(file, line, what, "delete the line"))
        data[name_key] = name
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = [_fault(model, file, node, detail) for detail in details if not _follows(node, detail)]
        return None, faults + found
    return (None if faults else record), faults


def phrases(file: str, node: Node, of: str) -> tuple[tuple[str, ...] | None, list[Fault]]:
    """The texts of a list, white space folded, or None and what is wrong. `of` says what they belong to."""
    if not isinstance(node.content, list):
        return None, [Fault(file, node.line, f"{of} must be a list", _LIST_REMEDY)]
    faults: list[Fault] = []
    found: list[str] = []
    for item in node.content:
        text = " ".join(item.content.split()) if isinstance(item.content, str) else None
        if text is None:
            what = f"an item of {of} is no text"
            faults.append(Fault(file, item.line, what, "put it in quotation marks if it has a colon in it"))
        elif not text:
            faults.append(Fault(file, item.line, f"an item of {of} is empty", "write it, or delete it"))
        elif len(text) > _MAX_PHRASE:
            what = f"an item of {of} is longer than {_MAX_PHRASE} characters"
            faults.append(Fault(file, item.line, what, "shorten it, or check for a missing quotation mark"))
        else:
            found.append(text)
    if not node.content:
        faults.append(Fault(file, node.line, f"{of} is empty", "add a line, or delete it"))
    return (None if faults else tuple(found)), faults


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` is probably a slip for, or None."""
    found = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else None


def meant(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy for an unknown `word`: what was probably meant, or else `otherwise`."""
    near = nearest(word, known)
    return f"write {near!r} if that is meant; otherwise {otherwise}" if near else otherwise


def _noun(model: type[BaseModel]) -> str:
    return {
        "Service": "a service", "ContactPoint": "a contact", "Retired": "a retired value",
        "Rule": "a rule", "Topic": "a topic", "Group": "a group", "Concept": "a concept",
        "UrgentKind": "an urgent notice", "Aspect": "an aspect", "SmallTalk": "a kind of small talk",
        "Term": "a term",
        "Language": "a language", "Site": "a site", "Colours": "colours", "Settings": "settings.yaml",
    }.get(model.__name__, model.__name__)  # fmt: skip


def _follows(node: Node, detail: ErrorDetails) -> bool:
    """Whether a list counts as too short only because each of its items has a fault of its own."""
    place, rest = descend(node, detail["loc"])
    return detail["type"] == "too_short" and not rest and bool(place.content)


def _fault(model: type[Record], file: str, node: Node, detail: ErrorDetails) -> Fault:
    """One of pydantic's findings about `node`, in plain words, at its line."""
    location = detail["loc"]
    place, rest = descend(node, location)
    line = place.key_line if rest else place.line
    key = next((str(part) for part in reversed(location) if isinstance(part, str) and part != "[key]"), "")
    name = f"an item of {key!r}" if location and isinstance(location[-1], int) else repr(key)
    match detail["type"]:
        case "missing":
            return Fault(file, line, f"{key!r} is missing", f"add a line for it ({key}: …)")
        case "extra_forbidden":
            return Fault(file, place.key_line, *_unknown_key(model, location))
        case "literal_error" | "enum":
            return Fault(file, line, *_not_one_of(name, detail))
        case "greater_than_equal" | "less_than_equal":
            return Fault(file, line, f"{name} is out of range ({detail['msg']})", "check the number")
        case "value_error":
            what, remedy = _own_words(detail, name)
            return Fault(file, line, what, remedy)
    what, remedy = _REMEDIES.get(detail["type"], (f"is not right ({detail['msg']})", "see docs/content.md"))
    return Fault(file, line, f"{name} {what}", remedy)


def _unknown_key(model: type[BaseModel], location: Sequence[str | int]) -> tuple[str, str]:
    inner = _model_at(model, location[:-1])
    known = [field.alias or name for name, field in inner.model_fields.items() if name not in ("id", "tag")]
    if inner.__name__ == "ContactPoint":
        known.append("id")
    key = str(location[-1])
    otherwise = "delete it (a colon inside a text needs quotation marks); known are " + ", ".join(known)
    return f"{_noun(inner)} has no key {key!r}", meant(key, known, otherwise)


def _model_at(model: type[BaseModel], location: Sequence[str | int]) -> type[BaseModel]:
    """The record that stands at `location` inside `model`."""
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            model = _record_in(model.model_fields[part].annotation) or model
    return model


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_record_in, get_args(annotation))), None)


def _not_one_of(name: str, detail: ErrorDetails) -> tuple[str, str]:
    expected = detail.get("ctx", {}).get("expected", "")
    known = [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
    value = str(detail["input"])
    return f"{value!r} is not known for {name}", meant(value, known, f"write one of {', '.join(known)}")


def _own_words(detail: ErrorDetails, name: str) -> tuple[str, str]:
    """What a record's own check says: "what is wrong: what to do"."""
    message = str(detail.get("ctx", {}).get("error", detail["msg"]))
    what, colon, remedy = message.rpartition(": ")
    if not colon:
        what, remedy = message, "correct it"
    return (what if name in ("'id'", "'tag'", "''") else f"{what} (in {name})"), remedy
