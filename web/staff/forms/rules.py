"""Rules in a line each, as staff write them: "knife + now / outside; not long-past; within 8; strong"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from web.staff.forms.cleaning import clean_lines
from web.staff.forms.values import Data, Value

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WEIGHTS = ("hint", "normal", "strong")
_EXAMPLE = "write it like noise + neighbour / night; not party; within 8; strong"


def rules_from(text: str) -> list[Value]:
    """The rules in `text`, one a line. Raises ValueError, saying which line and what to do."""
    return [_rule(line, number) for number, line in enumerate(clean_lines(text), start=1)]


def line_of(rule: Data) -> str:
    """A rule as kept, in one line."""
    return "; ".join(_parts(rule))


def _parts(rule: Data) -> Iterator[str]:
    yield " + ".join(" / ".join(_listed(each)) for each in _listed_any(rule.get("all")))
    if rule.get("not"):
        yield f"not {', '.join(_listed(rule['not']))}"
    if rule.get("within"):
        yield f"within {rule['within']}"
    if rule.get("weight"):
        yield str(rule["weight"])


def _rule(line: str, number: int) -> Data:
    first, *rest = (part.strip() for part in line.split(";"))
    rule: Data = {"all": [_choice(each, number) for each in first.split("+")]}
    for part in rest:
        word, _, value = part.partition(" ")
        if word == "not" and value and "not" not in rule:
            rule["not"] = [_concept(each, number) for each in value.split(",")]
        elif word == "within" and value.strip().isascii() and value.strip().isdigit():
            rule["within"] = value.strip()
        elif part in _WEIGHTS:
            rule["weight"] = part
        else:
            raise ValueError(f"rule {number} says {part!r}, which cannot be read: {_EXAMPLE}")
    return rule


def _choice(text: str, number: int) -> Value:
    """One concept, or a list of which any will do."""
    concepts: list[Value] = [_concept(each, number) for each in text.split("/")]
    return concepts if len(concepts) > 1 else concepts[0]


def _concept(text: str, number: int) -> str:
    name = text.strip()
    if not _ID.fullmatch(name):
        raise ValueError(f"rule {number} has {name!r} where a concept belongs: {_EXAMPLE}")
    return name


def _listed_any(value: Value | None) -> list[Value]:
    return value if isinstance(value, list) else [value] if value else []


def _listed(value: Value | None) -> list[str]:
    return [str(each) for each in _listed_any(value)]
