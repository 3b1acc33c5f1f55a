"""Content as files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.content import digest, pack, part_of, read_content, stamp, unpack

names = st.text("abcé/-", min_size=1, max_size=150).filter(
    lambda name: name.strip("/") == name and "//" not in name
)
contents = st.dictionaries(names, st.binary(max_size=200), max_size=6)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A project with two files of content among others."""
    for name in (
        "knowledge/services/a.yaml",
        "translations/bn/LC_MESSAGES/b.po",
        "README.md",
        "knowledge/notes.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def test_the_content_is_the_yaml_and_the_catalogues(home: Path) -> None:
    """Other files are left out."""
    assert read_content(home) == {
        "knowledge/services/a.yaml": b"knowledge/services/a.yaml",
        "translations/bn/LC_MESSAGES/b.po": b"translations/bn/LC_MESSAGES/b.po",
    }


def test_a_folder_without_a_knowledge_base_is_said_to_be_one(tmp_path: Path) -> None:
    """The message names the folder."""
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        read_content(tmp_path)


def test_a_part_is_keyed_by_what_follows_its_folder() -> None:
    """As the reader of the knowledge base wants it."""
    assert part_of({"knowledge/a.yaml": b"1", "translations/b.po": b"2"}, "knowledge") == {"a.yaml": b"1"}


@given(contents)
def test_what_is_packed_comes_back_byte_for_byte(files: dict[str, bytes]) -> None:
    """Any names, any bytes."""
    assert unpack(pack(files)) == files


@given(contents)
def test_packing_and_digest_do_not_depend_on_the_order(files: dict[str, bytes]) -> None:
    """The same content is the same revision."""
    turned = dict(reversed(files.items()))
    assert (pack(turned), digest(turned)) == (pack(files), digest(files))


def test_the_digest_tells_names_from_contents() -> None:
    """No two ways to cut the same bytes have the same digest."""
    assert len({digest(files) for files in ({"ab": b"c"}, {"a": b"bc"}, {"a": b"", "bc": b""}, {})}) == 4


def test_the_stamp_changes_with_a_file_and_only_then(home: Path) -> None:
    """Written, added, removed: each is noticed without reading."""
    path = home / "knowledge/services/a.yaml"
    stamps = [stamp(home)]
    assert stamp(home) == stamps[0]
    os.utime(path, ns=(1, 1))
    stamps.append(stamp(home))
    (home / "knowledge/new.yaml").touch()
    stamps.append(stamp(home))
    path.unlink()
    stamps.append(stamp(home))
    assert len(set(stamps)) == 4
