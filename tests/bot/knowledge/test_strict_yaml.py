"""Strict YAML: text stays text, faults are all found, and nothing harmful gets through."""

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.strict_yaml import MAX_BYTES, MAX_DEPTH, MAX_FAULTS, Node, descend, parse, plain

#: No limit of time for one example: the machine may be busy.
UNHURRIED = settings(deadline=None)


def read(text: str) -> tuple[object, list[tuple[int, str]]]:
    node, faults = parse("a.yaml", text.encode())
    return (None if node is None else plain(node)), [(fault.line, fault.what) for fault in faults]


@pytest.mark.parametrize(
    "scalar", ["17:30", "no", "0201234", "1.10", "null", "~", "2026-11-21", "0x1f", "=", "yes"]
)
def test_every_scalar_stays_the_text_that_was_typed(scalar: str) -> None:
    assert read(f"key: {scalar}") == ({"key": scalar}, [])


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3", 3, "the key 'a' is repeated; it stands on line 1 already"),
        ("a: &x 1", 1, "&x is an anchor"),
        ("a: 1\nb: *x", 2, "*x refers to another place"),
        ("a: 1\n*x : 2\nc: 3", 2, "*x refers to another place"),
        ("a: !!int 1", 1, "!!int is a tag"),
        ("a: !go [1]", 1, "!go is a tag"),
        ("a: 1\n---\nb: 2", 2, "a second document begins here"),
        ("%YAML 1.1\n---\na: 1", 1, "there is a directive (%) at the top"),
        ("a: 1\nb:\tc", 2, "there is a tab in this line"),
        ("a: x\u202ey", 1, "there is an invisible character (U+202E) in this line"),
        ("a: x\u2028y", 1, "there is an invisible character (U+2028) in this line"),
        ("a: 1\nb: x\0y", 2, "there is an invisible character (U+0000) in this line"),
        ("a: 1\nb: x\x1by", 2, "there is an invisible character (U+001B) in this line"),
        ('a: 1\nb: "x\\u202ey"', 2, "there is an invisible character (U+202E) in this line"),
        ('a: 1\nb: "x\\0y"', 2, "there is an invisible character (U+0000) in this line"),
        ('a: 1\n"b\\e": c', 2, "there is an invisible character (U+001B) in this line"),
        ("a:\nb: 1", 1, "nothing stands after 'a'"),
        ("a:\n- x\n-\n", 3, "an item of the list is empty"),
        ("? [a, b]\n: c", 1, "a list or block stands where a key should be"),
        ("a: 'b\nc: d", 1, "a quotation mark is opened here and never closed"),
        ("a: b: c", 1, "this line cannot be read"),
        ("a: @b", 1, "a value begins with a character that YAML keeps for itself"),
        ("", 0, "the file is empty"),
        ("# only a comment\n", 0, "the file is empty"),
    ],
)
def test_what_is_not_allowed_is_a_fault_at_its_line(text: str, line: int, what: str) -> None:
    assert (line, what) in read(text)[1]


def test_the_keys_beside_a_fault_are_still_read() -> None:
    assert read("*x : 1\n? [a]\n: b\nc: d\nc: e")[0] == {"c": "d"}


def test_all_faults_of_a_file_are_found_at_once() -> None:
    assert [line for line, _ in read("a: &x 1\nb: *x\na: 2\nc:\n")[1]] == [1, 2, 3, 4]


def test_a_file_that_breaks_off_gives_no_tree_so_that_nothing_seems_to_be_missing_from_it() -> None:
    assert read("a: 1\nb: [1, 2")[0] is None


def test_deep_nesting_is_refused_without_harm() -> None:
    _, faults = read("[" * 100_000)
    assert faults == [(1, f"more than {MAX_DEPTH} lists and blocks stand inside each other")]


def test_the_deepest_allowed_nesting_is_read() -> None:
    assert read("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH)[1] == []


def test_a_file_above_the_size_limit_is_refused_unread() -> None:
    assert read("a" * MAX_BYTES)[1] == []
    assert read("&" * (MAX_BYTES + 1)) == (None, [(0, f"the file is larger than {MAX_BYTES // 1024} KiB")])


def test_what_is_not_utf_8_is_a_fault_at_its_line() -> None:
    node, faults = parse("a.yaml", b"a: 1\nb: caf\xe9\n")
    assert (node, faults[0].line, faults[0].what) == (None, 2, "the file is not in UTF-8")


def test_a_byte_order_mark_at_the_beginning_is_no_fault() -> None:
    assert read("\ufeffa: 1") == ({"a": "1"}, [])


def test_a_file_full_of_faults_tells_only_the_first_ones() -> None:
    assert len(read("- &x a\n" * 1000)[1]) == MAX_FAULTS


@pytest.mark.parametrize("sign", ["\t", "\0", "\u202e"])
def test_a_large_file_full_of_unwanted_signs_is_refused_at_once(sign: str) -> None:
    text = (sign * MAX_BYTES).encode()[:MAX_BYTES].decode(errors="ignore")
    began = time.process_time()
    assert len(read(text)[1]) == MAX_FAULTS
    assert time.process_time() - began < 5


def test_lines_are_those_of_keys_and_of_values() -> None:
    node, _ = parse("a.yaml", b"# first\na:\n  b: >-\n    long\n  c:\n  - x\n  - y\n")
    assert node is not None
    assert (node.line, node.key_line) == (2, 2)
    assert descend(node, ("a", "b"))[0] == Node("long", 3, 3)
    assert descend(node, ("a", "c"))[0].key_line == 5
    assert descend(node, ("a", "c", 1))[0] == Node("y", 7, 7)
    assert descend(node, ("a", "z", 1))[1] == ("z", 1)


@UNHURRIED
@given(st.text(alphabet="a1 :-[]{}#&*!|>'\"%@\n\t\u202e\u0995,?~", max_size=80))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    node, faults = parse("a.yaml", text.encode())
    assert node is not None or faults


_SCALARS = st.text(alphabet="ab\u0995 :#-'\"\u0627", min_size=1, max_size=8)


_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_SCALARS, inner), max_leaves=8
)


@UNHURRIED
@given(_VALUES)
def test_what_a_yaml_writer_writes_comes_back_whole(value: object) -> None:
    written = yaml.safe_dump(value, allow_unicode=True, default_style='"').replace("!!str ", "")
    node, faults = parse("a.yaml", written.encode())
    assert faults == []
    assert node is not None
    assert plain(node) == value
