"""Rules as lines: every rule of the knowledge base comes back, and a slip is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.reading import read_folder
from bot.knowledge.records import Rule
from bot.knowledge.strict_yaml import parse, plain
from web.staff.forms.rules import line_of, rules_from

PROJECT = Path(__file__).parents[4]


def all_rules(value: object) -> list[dict[str, object]]:
    """Every rule in a file, at any depth."""
    if isinstance(value, list):
        return [rule for each in value for rule in all_rules(each)]
    if isinstance(value, dict):
        own = [value] if "all" in value else []
        return [*own, *(rule for each in value.values() for rule in all_rules(each))]
    return []


@pytest.mark.parametrize("home", [PROJECT / "knowledge", PROJECT / "tests" / "knowledge"])
def test_all_rules_come_back_from_their_lines(home: Path) -> None:
    """They mean what they meant, and a line that was written once stays."""
    trees = (parse(name, content)[0] for name, content in read_folder(home).items()
             if name.startswith("topics/") or name in ("urgent.yaml", "smalltalk.yaml"))  # fmt: skip
    rules = [rule for tree in trees if tree for rule in all_rules(plain(tree))]
    assert rules
    for rule in rules:
        again = rules_from(line_of(rule))  # type: ignore[arg-type]
        assert [Rule.model_validate(each) for each in again] == [Rule.model_validate(rule)]
        assert again == rules_from(line_of(again[0]))  # type: ignore[arg-type]


def test_a_rule_is_written_as_staff_would_say_it() -> None:
    """A plus, strokes, and what else there is to say."""
    assert rules_from("noise + neighbour / night; not party, dog; within 8; strong\n\n• alarm") == [
        {"all": ["noise", ["neighbour", "night"]], "not": ["party", "dog"], "within": "8",
         "weight": "strong"},
        {"all": ["alarm"]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [("Loud Noise", "rule 1 has 'Loud Noise'"), ("noise +", "rule 1 has ''"),
     ("noise; maybe", "says 'maybe'"), ("noise; within few", "says 'within few'"),
     ("alarm\nnoise; not", "rule 2 says 'not'")],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(line: str, told: str) -> None:
    """And with an example."""
    with pytest.raises(ValueError, match="write it like noise") as refused:
        rules_from(line)
    assert told in str(refused.value)
