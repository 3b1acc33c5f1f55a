"""What a record finds wrong with a form, beside the fields and in plain words, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.faults import Fault
from bot.knowledge.record import Record
from bot.knowledge.strict_yaml import Node
from web.staff.forms.shape import Data, Field, Path, Wrong, name_of, sentence


def wrongs_of(model: type[Record], identity: str, data: Data, fields: Sequence[Field]) -> list[Wrong]:
    """What `model` refuses in `data`, with the name of the field that each is about.

    `identity` is the record's id. What a form cannot show is about the whole.
    """
    try:
        model.model_validate({**data, "id": identity})
    except ValidationError as error:
        found = [_wrong(detail, fields) for detail in error.errors(include_url=False)]
        return list(dict.fromkeys(found))
    return []


def faults_beside(faults: Iterable[Fault], file: str, root: Node | None, inside: Path) -> Iterator[Wrong]:
    """The faults of `file` that are about the record at `inside` of its tree, by the names of its fields."""
    places = dict(_lines(root, ())) if root is not None else {}
    for fault in faults:
        path = places.get(fault.line, ())
        if fault.file == file and path[: len(inside)] == inside:
            words = sentence(f"{fault.what}: {fault.remedy}")
            yield Wrong(name_of(path[len(inside) :]), words)


def _lines(node: Node, path: Path) -> Iterator[tuple[int, Path]]:
    """Each line with the path of what begins on it; of several on one line the first, and innermost."""
    yield node.key_line, path
    yield node.line, path
    if isinstance(node.content, dict):
        for key, child in reversed(node.content.items()):
            yield from _lines(child, (*path, key))
    elif isinstance(node.content, list):
        for position, child in reversed(list(enumerate(node.content))):
            yield from _lines(child, (*path, position))


def _wrong(detail: ErrorDetails, fields: Sequence[Field]) -> Wrong:
    shown, label = _place([part for part in detail["loc"] if part != "[key]"], fields)
    match detail["type"]:
        case "missing":
            return Wrong(shown, f"{label}: write something here.")
        case "too_short":
            return Wrong(shown, f"{label}: at least one is needed.")
        case "literal_error" | "enum":
            return Wrong(shown, f"{label}: choose one of the list.")
        case "greater_than_equal" | "less_than_equal" | "int_parsing":
            return Wrong(shown, f"{label}: write a number in digits that can be right.")
        case "value_error":
            return Wrong(shown, f"{label}: {_own_words(detail)}")
    return Wrong(shown, f"{label}: this cannot be right. Check it.")


def _own_words(detail: ErrorDetails) -> str:
    """What the record's own check says, as sentences; a key that it would leave out is a field here."""
    said = str(detail.get("ctx", {}).get("error", detail["msg"]))
    return sentence(said.replace(", or leave the key out", "").replace(", or leave them out", ""))


def _place(location: Sequence[str | int], fields: Sequence[Field]) -> tuple[str, str]:
    """The name of the field at a location of the record, and its label; the nearest that the form shows."""
    path: list[str | int] = []
    label = "This record"
    for part in location:
        if isinstance(part, int):
            if not fields:  # an item of a list that is one field
                break
            path.append(part)
            continue
        field = next((field for field in fields if field.key == part), None)
        if field is None:
            break
        path.append(part)
        label, fields = field.label, field.fields
    return name_of(path), label
