"""Unknown words are taken for known ones a slip away."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.understanding.speller import MIN_LETTERS, Speller

WORDS = {
    "noise": 9,
    "nurse": 2,
    "neighbour": 9,
    "neighbours": 3,
    "police": 5,
    "stolen": 4,
    "প্রতিবেশী": 3,
    "গান": 1,
}
SPELLER = Speller.of(WORDS)


@pytest.mark.parametrize(
    ("slip", "word"),
    [("nosie", "noise"), ("noize", "noise"), ("niose", "noise"), ("noisse", "noise"), ("pollice", "police"),
     ("nieghbuor", "neighbour"), ("neigbor", "neighbour"), ("প্রতিবেশি", "প্রতিবেশী")],
)  # fmt: skip
def test_slips_are_corrected(slip, word):
    """One slip, or two in a long word, in any script."""
    assert SPELLER.corrections(slip)[0] == word


@pytest.mark.parametrize("word", ["abc", "xyzzyq", "no1se", "", "গা"])
def test_what_is_too_short_or_too_far_is_left(word):
    """A short word, one with digits, or one far from all is left as it is."""
    assert SPELLER.corrections(word) == ()


@given(st.text(alphabet=string.ascii_lowercase, min_size=MIN_LETTERS, max_size=7))
def test_agrees_with_a_slow_search_for_one_slip(word):
    """The index finds what comparing with every known word finds."""
    near = {known for known in WORDS if OSA.distance(word, known) <= 1}
    best = {known for known in near if OSA.distance(word, known) == min(OSA.distance(word, k) for k in near)}
    assert set(SPELLER.corrections(word, most=9)) == best
