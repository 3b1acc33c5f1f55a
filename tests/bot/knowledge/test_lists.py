"""Files of lists are read again where they change, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import lists
from bot.knowledge.lists import Trees
from bot.knowledge.reading import read, read_folder
from bot.knowledge.strict_yaml import parse

SMALL = Path(__file__).parents[2] / "knowledge"
NOISE = "examples/en/topics/noise.yaml"


def test_an_edit_reads_the_one_file_that_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the words and examples of all the others are as they were."""
    files = read_folder(SMALL)
    before = read(files).found
    parsed: list[str] = []

    def counting(file: str, content: bytes) -> object:
        parsed.append(file)
        return parse(file, content)

    monkeypatch.setattr(lists, "parse", counting)
    after = read({**files, NOISE: files[NOISE] + b"- quite another sentence of noise\n"}).found
    assert before is not None
    assert after is not None
    assert parsed == [NOISE]
    assert after.examples["en"].topics["noise"] == (
        *before.examples["en"].topics["noise"], "quite another sentence of noise",
    )  # fmt: skip
    assert after.words == before.words


def test_a_faulty_list_is_told_each_time() -> None:
    """What is remembered of a file is also what is wrong with it."""
    files = {**read_folder(SMALL), NOISE: b"- [not, a, text]\n"}
    faults = [[str(fault) for fault in read(files).faults if fault.file == NOISE] for _ in range(2)]
    assert faults[0] == faults[1]
    assert len(faults[0]) == 1


def test_a_tree_is_made_when_it_is_looked_at() -> None:
    """So that a fault has its line, and the editor finds every text."""
    trees = Trees()
    trees.later("b.yaml", b"- x\n")
    node, _ = parse("a.yaml", b"k: v\n")
    assert node is not None
    trees["a.yaml"] = node
    assert (list(trees), len(trees), "b.yaml" in trees, "c.yaml" in trees) == (
        ["a.yaml", "b.yaml"], 2, True, False,
    )  # fmt: skip
    assert trees["b.yaml"].line == 1
    del trees["b.yaml"]
    assert "b.yaml" not in trees
    assert trees.get("b.yaml") is None
