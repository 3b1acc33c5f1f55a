"""Missing spaces and spaces too many are set right, in unknown words alone."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.text import Token, tokenize
from bot.understanding.lexicon import Lexicon
from bot.understanding.seams import Seams

#: How often each word occurs: common words are cheap, "shed" is not.
WEIGHTS = {
    **dict.fromkeys(["i", "a", "he", "me", "my", "got", "has", "the", "cant", "in", "next", "door"], 900),
    **dict.fromkeys(["breathe", "knife", "noise", "neighbour", "help", "domestic", "abuse", "front"], 400),
    **dict.fromkeys(["shed", "pub", "x", "শব্দ", "খুব", "জোরে"], 1),
}  # fmt: skip
SEAMS = Seams.of(WEIGHTS)


def mended(text, familiar=lambda word: False):
    return [token.key for token in SEAMS.mend(tokenize(text), familiar)]


@pytest.mark.parametrize(
    ("run_together", "pieces"),
    [
        ("cantbreathe", ("cant", "breathe")),
        ("domesticabuse", ("domestic", "abuse")),
        ("hegotaknife", ("he", "got", "a", "knife")),
        ("infront", ("in", "front")),
        ("helpmyneighbour", ("help", "my", "neighbour")),
    ],
)
def test_words_run_together_are_taken_apart(run_together, pieces):
    """Two to four common words without a space between them are found."""
    assert SEAMS.split(run_together) == pieces


@pytest.mark.parametrize(
    "word",
    ["", "noise", "inme", "shedpub", "xnoise", "cantbrethe", "noise99", "helphelphelphelphelp", "abuse" * 9],
)
def test_other_words_are_left_whole(word):
    """Short words, rare or unknown pieces, single letters, too many pieces and endless words are left."""
    assert SEAMS.split(word) == ()


def test_a_torn_word_is_put_together():
    """Two words of which one is unknown become the known word that they make."""
    assert mended("my neigh bour") == ["my", "neighbour"]


def test_two_known_words_stay_apart():
    """Both known, they may be meant: "next door" is no slip."""
    both = Seams.of({**WEIGHTS, "nextdoor": 5})
    assert [token.key for token in both.mend(tokenize("next door"), lambda word: False)] == ["next", "door"]


def test_a_familiar_word_is_left_whole():
    """What is spelt right, or is a slip in a known word, is not taken apart."""
    assert mended("infront", familiar=lambda word: word == "infront") == ["infront"]
    assert mended("infront") == ["in", "front"]


def test_only_so_many_words_are_tried():
    """Of a message of nothing but unknown words only the first are taken apart."""
    assert mended("domesticabuse " * 11) == ["domestic", "abuse"] * 10 + ["domesticabuse"]


def test_the_places_are_those_of_the_original():
    """Each piece has the place of the whole word; a word put together spans both of its pieces."""
    assert SEAMS.mend(tokenize("oh infront"), lambda word: False)[1:] == (
        Token("in", 3, 10),
        Token("front", 3, 10),
    )
    assert SEAMS.mend(tokenize("neigh bour"), lambda word: False) == (Token("neighbour", 0, 10),)


@given(st.text(alphabet=string.ascii_lowercase + "শব্দখু ", max_size=60))
def test_no_letter_is_lost(text):
    """Only spaces change, whatever is typed, and known words come out as they went in."""
    before = [token.key for token in tokenize(text)]
    after = mended(text)
    assert "".join(after) == "".join(before)
    if all(word in WEIGHTS for word in before):
        assert after == before


def test_the_lexicon_finds_the_concepts_of_words_run_together():
    """The pieces are words like any other; a slip is preferred to a seam, and a common word is left alone."""
    words = {"en": {"abuse": ["domestic abuse"], "neighbour": ["next door"], "noise": ["noise"]}}
    said = [("domestic", "abuse", "next", "door", "noise", "at", "home")] * 9
    lexicon = Lexicon.of(words, phrases={"en": said}, common={"en": (frozenset({"athome"}), frozenset())})
    assert lexicon.read("domesticabuse").concepts == {"abuse"}
    assert lexicon.read("nextdoor").concepts == {"neighbour"}
    assert lexicon.read("noises at home").corrected[1:] == ("at", "home")
    assert lexicon.read("athome").corrected == ("athome",)
