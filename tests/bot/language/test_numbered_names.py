"""Names keep their numbers, whatever the order they came in."""

import pytest

from bot.language.names import UNKNOWN, Names

WORDS = ["word noise", "word নয়েজ", "pair ^ noise", "letters oise", "word noises"]


def test_each_name_has_a_number_of_its_own_without_a_gap():
    """And the number gives the name back."""
    names = Names.of(WORDS)
    assert sorted(names.number(word) for word in WORDS) == list(range(len(names)))
    assert [names.name(names.number(word)) for word in WORDS] == WORDS


@pytest.mark.parametrize("other", ["", "word", "word nois", "word noise ", "মধু"])
def test_what_is_no_name_has_none(other):
    """Not even the beginning of one."""
    assert Names.of(WORDS).number(other) == UNKNOWN


def test_the_order_makes_no_difference():
    """What is learned from the same words is the same to the byte."""
    assert bytes(Names.of(reversed(WORDS)).content) == bytes(Names.of([*WORDS, WORDS[0]]).content)


def test_none_at_all():
    """A base without examples."""
    assert (len(Names.of([])), Names.of([]).number("word noise")) == (0, UNKNOWN)
