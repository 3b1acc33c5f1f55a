"""Text pasted from a word processor comes out clean, and text that is clean stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.staff.forms.cleaning import clean, clean_lines


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("\u201cDon\u2019t wait\u201d", '"Don\'t wait"'),
        ("neigh\u00adbour", "neighbour"),
        ("020\u00a07946\u202f0018", "020 7946 0018"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("turned \u202earound\u202c", "turned around"),
        ("call\x0bnow\tplease", "call now please"),
        ("non\u2011breaking", "non-breaking"),
        ("e\u0301", "\u00e9"),
        ("joined\u200d here", "joined here"),
    ],
)
def test_what_a_word_processor_adds_is_taken_out(pasted: str, kept: str) -> None:
    """One paragraph, plain marks, nothing that cannot be seen."""
    assert clean(pasted) == kept


@pytest.mark.parametrize("text", ["ক্\u200dষ", "می\u200cخواهم", "মারামারি — না"])
def test_joiners_that_a_script_needs_stay(text: str) -> None:
    """Without them another word would stand there."""
    assert clean(text) == text


def test_lists_lose_their_bullets_and_numbers() -> None:
    """And empty lines go."""
    pasted = "•\tCall first.\r\n\r\n·  Then write.\n1. Keep notes.\n(2) Ask.\no\tWait.\n- Go."
    assert clean_lines(pasted) == ["Call first.", "Then write.", "Keep notes.", "Ask.", "Wait.", "Go."]


@pytest.mark.parametrize("line", ["999", "3.5 miles away", "101 is the number", "-", "o no", "24/7"])
def test_numbers_that_belong_to_a_line_stay(line: str) -> None:
    """Only what stands before an item of a list goes."""
    assert clean_lines(line) == [line]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("•-o1.) \t\n’\u200d\u00ad"))))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What was saved and is saved again stays."""
    once = clean(text)
    assert clean(once) == once
