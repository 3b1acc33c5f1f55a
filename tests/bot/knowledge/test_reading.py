"""Reading the content: every record, every fault at once, in words and at the line of the file."""

import datetime as dt
from pathlib import Path

import pytest

from bot.knowledge.reading import read, read_files, read_folder


def told(files: dict[str, bytes]) -> list[str]:
    return [str(fault) for fault in read_files(files)[1]]


def test_the_tiny_knowledge_base_is_read_without_a_fault(tiny: dict[str, bytes]) -> None:
    knowledge, faults = read_files(tiny)
    assert faults == []
    assert knowledge is not None
    assert list(knowledge.groups) == ["street", "things", "council"]
    assert set(knowledge.topics) == {"noise", "bike-theft", "library-of-things", "council-contact"}
    assert knowledge.services["noise-team"].review_by == dt.date(2027, 5, 21)
    assert "প্রতিবেশী" in knowledge.words["bn"]["neighbour"]
    assert len(knowledge.examples["bn"].topics["bike-theft"]) == 2
    assert knowledge.examples["en"].none[0] == "what is the weather tomorrow"
    assert set(knowledge.examples["en"].urgent) == {*knowledge.urgent, "none"}
    assert knowledge.examples["en"].urgent["child"] == ("the man next door hits his child",)


def test_the_snapshot_cannot_be_changed(tiny: dict[str, bytes]) -> None:
    knowledge, _ = read_files(tiny)
    assert knowledge is not None
    with pytest.raises(TypeError):
        knowledge.topics["noise"] = None  # type: ignore[index, assignment]


@pytest.mark.parametrize("name", ["groups.yaml", "languages.yaml", "settings.yaml"])
def test_a_missing_file_that_is_needed_is_an_error(tiny: dict[str, bytes], name: str) -> None:
    del tiny[name]
    knowledge, faults = read_files(tiny)
    assert knowledge is None
    assert (name, "this file is missing") in [(fault.file, fault.what) for fault in faults]


def test_a_missing_file_that_is_not_needed_is_none(tiny: dict[str, bytes]) -> None:
    for name in ("sites.yaml", "smalltalk.yaml", "examples/en/aspects.yaml", "examples/bn/topics/noise.yaml"):
        del tiny[name]
    assert told(tiny) == []


def test_without_safety_notices_nothing_is_served(tiny: dict[str, bytes]) -> None:
    del tiny["urgent.yaml"]
    knowledge, faults = read_files(tiny)
    assert knowledge is None
    assert [fault.file for fault in faults] == ["urgent.yaml"]


@pytest.mark.parametrize(
    ("name", "do"),
    [
        ("service/reset.yaml", "move or delete it"),
        ("topics/noise/more.yaml", "move or delete it"),
        ("topics/noise.yml", "rename it to topics/noise.yaml"),
        ("examples/en/other.yaml", "move or delete it"),
        ("examples/en/urgent.yaml", "write each of its lists into a file of its own, examples/en/urgent/<"),
        ("examples/en/urgent/danger/now.yaml", "move or delete it"),
        ("notes.txt", "move or delete it"),
    ],
)
def test_a_file_that_has_no_place_is_a_fault(tiny: dict[str, bytes], name: str, do: str) -> None:
    [fault] = told({**tiny, name: b"a: b"})
    assert fault.startswith(f"{name}: no such file belongs to the content. Do: {do}")


def test_a_folder_of_a_language_that_is_not_offered_is_told_once(tiny: dict[str, bytes]) -> None:
    more = {"concepts/so/a.yaml": b"noise: [buuq]", "concepts/so/b.yaml": b"bike: [baaskiil]"}
    faults = told(tiny | more | {"conversations/so/a.yaml": b"- x"})
    assert [fault.split(":")[0] for fault in faults] == ["concepts/so/a.yaml", "conversations/so/a.yaml"]
    assert "'so' is none of the languages" in faults[0]


SERVICE = """\
name: RESET
sumary: Free help for adults.
minimum_age: old
area: boro
languages: [English]
contacts:
- id: phone
  kind: fone
  label: Line
  value: "101"
  source: www.reset
  checked: 2021-13
  evidence: plan
- id: email
  kind: email
  label: Mail
  value: nobody
  hours: Mo-Fr 9-5
  fax: "1"
  source: plan
  checked: "21"
  evidence: plan
source: https://reset.example
checked: 2026
review_by: 2027
"""


def test_every_fault_of_a_record_is_told_at_its_line_in_plain_words(tiny: dict[str, bytes]) -> None:
    name = "services/reset.yaml"
    faults = [fault.removeprefix(name) for fault in told({**tiny, name: SERVICE.encode()})]
    expected = [
        (1, "'summary' is missing. Do: add a line for it"),
        (2, "a service has no key 'sumary'. Do: write 'summary' if that is meant"),
        (3, "'minimum_age' must be a whole number"),
        (4, "'boro' is not known for 'area'. Do: write 'borough' if that is meant"),
        (5, "'English' is no language tag (in an item of 'languages')"),
        (8, "'fone' is not known for 'kind'. Do: write one of phone, text"),
        (11, "'www.reset' is no web address (in 'source'). Do: write it whole, with https://"),
        (12, "'2021-13' is not in the calendar"),
        (17, "'nobody' is no e-mail address (in 'value')"),
        (18, "the hours 'Mo-Fr 9-5' cannot be read from '9-5' on"),
        (19, "a contact has no key 'fax'"),
        (21, "'21' is no date"),
        (25, "'2027' is no date (in 'review_by'). Do: write year, month and day, as in 2026-11-21"),
    ]
    assert len(faults) == len(expected)
    for fault, (line, text) in zip(faults, expected, strict=True):
        assert fault.startswith(f":{line}: {text}")


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("topics/x.yaml", "- a", "x.yaml:1: a topic is written as keys with values"),
        ("topics/Big_x.yaml", "id: a", "Big_x.yaml:1: 'Big_x' is no id"),
        ("topics/x.yaml", "title: T\nid: x", "x.yaml:2: 'id' is not written here"),
        ("groups.yaml", "street: {title: [a]}", "groups.yaml:1: 'title' must be a text"),
        ("groups.yaml", "street: {title: ''}", "groups.yaml:1: the text is empty"),
        ("groups.yaml", "- street", "groups.yaml:1: groups.yaml must hold one block for each id"),
        ("topics/x.yaml", "steps: one\n", "x.yaml:1: 'steps' must be a list"),
        ("topics/x.yaml", "\nrules:\n- all: noise\n", "x.yaml:3: 'all' must be a list"),
        ("topics/x.yaml", "\nrules:\n- all: [noise]\n  within: 0", "x.yaml:4: 'within' is out of range"),
        ("topics/x.yaml", "leads: []", "x.yaml:1: 'leads' needs at least one entry"),
        ("urgent.yaml", "worry: {title: a, text: b}", "urgent.yaml:1: 'worry' is not known for 'id'"),
        (
            "languages.yaml",
            "english: {name: a, english: b}",
            "languages.yaml:1: 'english' is no language tag",
        ),
        (
            "sites.yaml",
            "a: {name: b, origins: [example.org/x]}",
            "sites.yaml:1: 'example.org/x' is no origin",
        ),
        ("settings.yaml", "timezone: London", "settings.yaml:1: 'London' is no time zone"),
        ("concepts/en/more.yaml", "drum: bang", "more.yaml:1: 'drum' must be a list"),
        ("concepts/en/more.yaml", "drum: []", "more.yaml:1: 'drum' is empty"),
        ("concepts/en/more.yaml", "drum:\n- {a: b}", "more.yaml:2: an item of 'drum' is no text"),
        ("examples/en/none.yaml", "none: [a]", "none.yaml:1: the file must be a list"),
        ("examples/en/none.yaml", "- " + "a" * 1001, "none.yaml:1: an item of the file is longer than 1000"),
        ("examples/en/urgent/danger.yaml", "danger: [a]", "danger.yaml:1: the file must be a list"),
        ("examples/en/aspects.yaml", "- a", "aspects.yaml:1: this file must hold one list for each key"),
    ],
)
def test_a_record_of_the_wrong_shape_is_a_fault(
    tiny: dict[str, bytes], file: str, content: str, expected: str
) -> None:
    assert any(expected in fault for fault in told({**tiny, file: content.encode()}))


def test_a_concept_with_words_in_two_files_is_a_fault_in_the_later_one(tiny: dict[str, bytes]) -> None:
    [fault] = told({**tiny, "concepts/en/zebra.yaml": b"noise: [din]"})
    assert fault.startswith("concepts/en/zebra.yaml:1: 'noise' has words in concepts/en/things.yaml too")


def test_the_valid_records_beside_a_faulty_one_are_still_found(tiny: dict[str, bytes]) -> None:
    reading = read({**tiny, "topics/noise.yaml": b"title: Noise"})
    assert reading.found is not None
    assert "noise" not in reading.found.topics
    assert "bike-theft" in reading.found.topics
    assert "noise" in reading.lines.ids["topics"]


def test_an_empty_value_is_told_once_and_not_as_a_wrong_type_too(tiny: dict[str, bytes]) -> None:
    content = tiny["topics/bike-theft.yaml"] + b"neighbours:\n"
    [fault] = told({**tiny, "topics/bike-theft.yaml": content})
    assert "nothing stands after 'neighbours'" in fault


def test_a_folder_gives_its_yaml_files_by_relative_name(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "a.yaml").write_bytes(b"a")
    (tmp_path / "b.yml").write_bytes(b"b")
    (tmp_path / "README.md").write_bytes(b"c")
    assert read_folder(tmp_path) == {"topics/a.yaml": b"a", "b.yml": b"b"}
