"""Translations that were read are kept, so that the next start does not read them again."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.language.catalogue import CatalogueError, Text, read_catalogues
from store import kept_catalogues
from store.kept_catalogues import catalogues_from

BENGALI = """
msgid "Noise"
msgstr "শব্দ"

#, fuzzy
msgid "Fire"
msgstr "আগুন"
"""
FILES = {
    "bn/LC_MESSAGES/interface.po": BENGALI.encode(),
    "tr/LC_MESSAGES/interface.po": 'msgid "Noise"\nmsgstr "Gürültü"\n'.encode(),
}


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    """As a process that has just started."""
    kept_catalogues._translations.cache_clear()


def _forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, _content: bytes) -> None:
        raise AssertionError(f"{name} is read again")

    kept_catalogues._translations.cache_clear()
    monkeypatch.setattr(kept_catalogues, "translations", fail)


def test_what_was_kept_is_as_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts stay drafts, and nothing is read twice."""
    first = catalogues_from(["bn", "tr"], FILES, tmp_path)
    _forbid_reading(monkeypatch)
    assert catalogues_from(["bn", "tr"], FILES, tmp_path) == first == read_catalogues(["bn", "tr"], FILES)
    assert first["bn"].translate("Fire") == Text("আগুন", "bn", "draft")


def test_an_edit_leaves_the_other_files_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the file that changed is read."""
    catalogues_from(["bn", "tr"], FILES, tmp_path)
    edited = {**FILES, "tr/LC_MESSAGES/interface.po": b'msgid "Noise"\nmsgstr "Ses"\n'}
    read = []
    kept_catalogues._translations.cache_clear()
    monkeypatch.setattr(
        kept_catalogues, "translations", lambda name, _: read.append(name) or {"Noise": ("Ses", False)}
    )
    assert catalogues_from(["bn", "tr"], edited, tmp_path)["tr"].translate("Noise").text == "Ses"
    assert read == ["tr/LC_MESSAGES/interface.po"]


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"Noise": 3}', b'{"Noise": ["a"]}', b"\xff"])
def test_what_is_broken_is_read_anew(tmp_path: Path, broken: bytes) -> None:
    """And kept again."""
    expected = catalogues_from(["bn"], FILES, tmp_path)
    (path,) = tmp_path.glob("*.translations")
    whole = path.read_bytes()
    path.write_bytes(broken)
    kept_catalogues._translations.cache_clear()
    assert catalogues_from(["bn"], FILES, tmp_path) == expected
    assert path.read_bytes() == whole


def test_a_faulty_file_is_refused_and_not_kept(tmp_path: Path) -> None:
    """At every start, by its name."""
    for _ in range(2):
        with pytest.raises(CatalogueError, match=r"bn/LC_MESSAGES/interface.po"):
            catalogues_from(["bn"], {"bn/LC_MESSAGES/interface.po": b"services: [reset]\n"}, tmp_path)
    assert not list(tmp_path.iterdir())


def test_nothing_is_kept_without_a_folder_or_where_it_cannot_be_written(tmp_path: Path) -> None:
    """Then every start reads."""
    (tmp_path / "file").write_bytes(b"")
    for folder in (None, tmp_path / "file"):
        assert catalogues_from(["tr"], FILES, folder)["tr"].translate("Noise").text == "Gürültü"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
