"""The guide for new members of staff: its pictures are there, small, and said in words as well."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = (DOCS / "editing.md").read_text(encoding="utf-8")
PICTURES = dict(re.findall(r"!\[([^\]]*)\]\((pictures/[\w-]+\.png)\)", GUIDE))
#: So that the page opens quickly on any line.
MOST_BYTES = 150 * 1024


def test_every_picture_is_there_and_small() -> None:
    """`make pictures` makes them anew."""
    assert PICTURES
    for path in PICTURES.values():
        assert 0 < (DOCS / path).stat().st_size <= MOST_BYTES, path


def test_every_picture_is_shown_and_told_in_words() -> None:
    """None is left over in the folder, and none is for the eyes alone."""
    assert {f"pictures/{path.name}" for path in (DOCS / "pictures").iterdir()} == set(PICTURES.values())
    assert min(len(told.split()) for told in PICTURES) > 4
