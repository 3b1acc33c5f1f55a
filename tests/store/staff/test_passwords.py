"""Which passwords may be chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.staff.passwords import hashed, is_right, weakness

OWN = ("Amina Begum", "amina.begum@testham.gov.uk")


@pytest.mark.parametrize(
    "password",
    [
        "short", "elevenchars", "P@ssw0rd1234!", "password2026!", "Password Password", "123456789012",
        "qwertyuiopas", "zyxwvutsrqpo", "aaaaaaaaaaaaaaa", "121212121212", "Amina Begum 2026",
        "beGum-amina-99", "London Council1", "tower hamlets 1!", "letmeinletmein", "x" * 201,
    ],
)  # fmt: skip
def test_what_others_try_first_is_refused(password: str) -> None:
    """Too short, a pattern, a list of common words, the owner's own name; in whatever disguise."""
    assert weakness(password, OWN) is not None


@pytest.mark.parametrize(
    "password",
    ["river lamp eleven", "correct horse battery", "নদী বাতি এগারো", "ki8#fLq02-mw", "amina lamp 11"],
)
def test_no_kind_of_character_is_asked_for(password: str) -> None:
    """Length counts, in any script."""
    assert weakness(password, OWN) is None


def test_one_password_is_the_same_however_its_letters_are_put_together() -> None:
    """One keyboard writes é in one piece and another in two."""
    assert is_right(hashed("caf\u00e9 lamp eleven"), "cafe\u0301 lamp eleven")


def test_no_password_fits_where_none_is_kept() -> None:
    """Not even the one that stands in for it."""
    assert not is_right(None, "nobody has this password")


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_is_judged_at_once(password: str, name: str) -> None:
    """Nothing that is typed makes the rules fail, and what they take can be kept."""
    judged = weakness(password, (name,))
    assert judged is None or judged.endswith(".")
    assert (judged is None) <= (12 <= len(password) <= 200)
