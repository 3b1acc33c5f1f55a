"""Edits of YAML: the value changes, and nothing else does, in every file of the content."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.strict_yaml import parse
from store.editing import yaml_edit
from store.editing.yaml_edit import EditError, edit, read_plain, reorder
from store.editing.yaml_text import WIDTH, Plain, misread

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
FILES = sorted(path for path in KNOWLEDGE.rglob("*.yaml") if "held-back" not in path.parts)

#: Texts that provoke: what YAML gives a meaning to, every script, and plain sentences.
TEXTS = st.one_of(
    st.sampled_from(
        [
            "no", "17:30", "0203", "a: b", "a #b", "# a", "- a", "[a]", "{a}", "'a'", '"a"', "it's", "*a",
            "&a", "!a", "%a", "@a", "`a", "?", "a,b", "a, b", "null", "~", "2026-11-22", " a", "a ", "a\nb",
            "a\\b", "শব্দ", "ضوضاء", "噪音", "Free.", "x" * 130, "word " * 40 + "end", "a:", ":a", "|", ">",
            "--- a", "...",
        ]
    ),
    st.text(
        st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=60
    ),
)  # fmt: skip
ABC = b"""\
# The top.
name: A   # beside

contacts:
# above one
- id: one
  value: '020 1'  # by one
- id: two
  value: "020 2"
  note: >-
    First line of it
    and the second.
words: [a, b,
  c]
rules:
- {all: [x], not: [y]}
# The end.
"""


@lru_cache
def contents(path: Path) -> tuple[bytes, Plain]:
    content = path.read_bytes()
    return content, read_plain(content)


def leaves(value: Plain, path: yaml_edit.Path = ()) -> Iterator[tuple[yaml_edit.Path, str]]:
    """Every text with its path."""
    if isinstance(value, str):
        yield path, value
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        if not isinstance(value, str):
            yield from leaves(child, (*path, key))


def lists(value: Plain, path: yaml_edit.Path = ()) -> Iterator[tuple[yaml_edit.Path, list[Plain]]]:
    """Every list with its path."""
    if isinstance(value, list):
        yield path, value
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        if not isinstance(child, str):
            yield from lists(child, (*path, key))


def changed_lines(old: bytes, new: bytes) -> int:
    """In how many places, each of lines in a row, two texts differ."""
    matcher = SequenceMatcher(None, old.split(b"\n"), new.split(b"\n"), autojunk=False)
    return sum(tag != "equal" for tag, *_ in matcher.get_opcodes())


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_one_text_changes_in_one_place_and_back_again(data: st.DataObject) -> None:
    """Whatever the text; where it stood on one line, the way back gives the same bytes."""
    content, held = contents(data.draw(st.sampled_from(FILES)))
    path, old = data.draw(st.sampled_from(list(leaves(held))))
    text = data.draw(TEXTS)
    there = edit(content, {path: text})
    assert dict(leaves(read_plain(there)))[path] == text
    assert changed_lines(content, there) <= 1
    assert parse("x", there)[1] == []
    back = edit(there, {path: old})
    assert read_plain(back) == held
    assert changed_lines(content, back) <= 1


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_words_that_come_and_go_leave_the_same_bytes(data: st.DataObject) -> None:
    """Always the same text; and the same bytes where it stood on one line, of no more than usual length."""
    content, held = contents(data.draw(st.sampled_from(FILES)))
    path, old = data.draw(st.sampled_from(list(leaves(held))))
    there = edit(content, {path: old + " and so on" if data.draw(st.booleans()) else "Now " + old})
    back = edit(there, {path: old})
    assert read_plain(back) == held
    if not misread(old) and any(old in line and len(line) <= WIDTH for line in content.decode().split("\n")):
        assert back == content


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_an_item_that_comes_and_goes_leaves_the_same_bytes(data: st.DataObject) -> None:
    """At any place of any list."""
    content, held = contents(data.draw(st.sampled_from(FILES)))
    path, items = data.draw(st.sampled_from(list(lists(held)) or [((), [])]))
    if not items:
        return
    place = data.draw(st.integers(0, len(items)))
    more = edit(content, {path: [*items[:place], "quite new", *items[place:]]})
    assert b"quite new" in more
    assert changed_lines(content, more) <= 1
    assert read_plain(edit(more, {path: items})) == held
    if place == len(items):
        assert edit(more, {path: items}) == content


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({("name",): "B"}, "name: A ", "name: B "),
        ({("contacts", 0, "value"): "020 9"}, "'020 1'", "'020 9'"),
        ({("contacts", 1, "value"): "020 9"}, '"020 2"', '"020 9"'),
        (
            {("contacts", 0, "hours"): "Mo 17:30-18:00"},
            "'020 1'  # by one",
            "'020 1'  # by one\n  hours: Mo 17:30-18:00",
        ),
        ({("contacts", 1, "note"): "First line of it and a third."}, "and the second.", "and a third."),
        ({("contacts", 0, "value"): None}, "\n  value: '020 1'  # by one", ""),
        ({("contacts", 1, "id"): None}, "id: two\n  value", "value"),
        (
            {("contacts", 2): {"id": "x", "out_of_hours": True}},
            "second.\n",
            "second.\n- id: x\n  out_of_hours: true\n",
        ),
        ({("words",): ["a", "b", "no", "c"]}, "  c]", '  "no", c]'),
        ({("words",): ["a", "c"]}, "[a, b,\n  c]", "[a, c]"),
        ({("rules", 0, "not"): None}, "{all: [x], not: [y]}", "{all: [x]}"),
        ({("rules",): [{"all": ["x"], "not": ["y"]}, {"all": ["z"]}]}, "y]}\n", "y]}\n- {all: [z]}\n"),
        ({("rules",): None}, "rules:\n- {all: [x], not: [y]}\n", ""),
        ({("rules", 0): None}, "rules:\n- {all: [x], not: [y]}\n", "rules: []\n"),
        ({("cost",): "Free"}, "# beside\n", "# beside\ncost: Free\n"),
        ({("aspects", "phone"): "Call."}, "# beside\n", "# beside\naspects:\n  phone: Call.\n"),
    ],
)
def test_an_edit_is_written_as_a_person_would(
    changes: dict[yaml_edit.Path, yaml_edit.Value], old: str, new: str
) -> None:
    """The one place, in the style of its surroundings."""
    assert edit(ABC, changes).decode() == ABC.decode().replace(old, new)


def test_contacts_are_put_in_another_order_with_what_belongs_to_them() -> None:
    """A list that is given whole in another order is not written anew."""
    held = read_plain(ABC)
    assert isinstance(held, dict)
    assert isinstance(held["contacts"], list)
    turned = edit(ABC, {("contacts",): held["contacts"][::-1]})
    assert sorted(turned.split(b"\n")) == sorted(ABC.split(b"\n"))
    assert turned.index(b"id: two") < turned.index(b"id: one") < turned.index(b"# by one")


def test_the_order_of_keys_changes_only_when_told() -> None:
    """The menu's groups have an order; a form's fields have not."""
    held = read_plain(ABC)
    assert isinstance(held, dict)
    assert edit(ABC, {(): dict(reversed(held.items()))}) == ABC
    order = ["rules", "name", "words", "contacts"]
    turned = reorder(ABC, (), order)
    assert read_plain(turned) == held
    assert list(read_plain(turned)) == order


def test_a_new_file_is_written_in_the_style_of_the_others() -> None:
    """From nothing, the whole document."""
    made = edit(b"", {(): {"name": "A", "contacts": [{"id": "a"}], "steps": ["One."], "words": ["x", "y"]}})
    assert made.decode() == "name: A\ncontacts:\n- id: a\nsteps:\n- One.\nwords: [x, y]\n"


def test_line_ends_and_a_mark_at_the_top_stay() -> None:
    """Files from Windows."""
    content = b"\xef\xbb\xbf" + ABC.replace(b"\n", b"\r\n")
    assert edit(content, {("name",): "B"}) == content.replace(b"name: A", b"name: B")


@pytest.mark.parametrize(
    ("content", "changes"),
    [
        (b"a: [", {("a",): "b"}),
        (b"a: &b c\n", {("a",): "b"}),
        (b"a: b\n", {("a", "b"): "c"}),
        (b"a: [b]\n", {("a", 2): "c"}),
        (b"a: b\n", {(): None}),
        (b"a: b\n", {("a",): "un\u202eseen"}),
    ],
)
def test_what_cannot_be_edited_is_said(
    content: bytes, changes: dict[yaml_edit.Path, yaml_edit.Value]
) -> None:
    """Nothing is written that the strict reader would not take."""
    with pytest.raises(EditError):
        edit(content, changes)
