"""Concepts are found as written, inflected or misspelt, the longest expression first."""

import pytest

from bot.understanding.lexicon import Lexicon

WORDS = {
    "en": {
        "car": ["car", "van"],
        "alarm": ["alarm", "car alarm"],
        "hit": ["hit", "punch", "beat up"],
        "child": ["child", "kids"],
        "hit-child": ["hits the kids"],
        "noise": ["noise", "racket"],
        "neighbour": ["neighbour", "next door"],
        "pay": ["rent"],
        "idiom": ["killing me"],
        "kill": ["kill"],
        "police": ["police"],
        "policy": ["policy"],
        "negation": ["not", "no"],
    },
    "bn": {"noise": ["শব্দ", "awaz"], "negation-after": ["না"]},
}


@pytest.fixture(scope="module")
def lexicon():
    phrases = {"en": [("this", "music", "is", "about", "parents", "with", "horse")]}
    return Lexicon.of(WORDS, {"hit-child": ("hit", "child")}, phrases)


def said(lexicon, text):
    return lexicon.read(text).concepts


def test_the_longest_expression_wins(lexicon):
    """A car alarm is an alarm, and no car."""
    assert said(lexicon, "that car alarm") == {"alarm"}


def test_an_idiom_takes_away_what_it_hides(lexicon):
    """Music that is killing somebody kills nobody."""
    assert said(lexicon, "this music is killing me") == {"idiom"}


def test_a_longer_expression_says_what_it_implies(lexicon):
    """Hitting the kids is hitting, and is about children."""
    assert said(lexicon, "he hits the kids") == {"hit-child", "hit", "child"}


@pytest.mark.parametrize(
    ("text", "how"), [("punch", "exact"), ("punched", "inflected"), ("pumch", "misspelt")]
)
def test_a_word_is_found_in_each_shape(lexicon, text, how):
    """Written, inflected or a slip away, and it is said which."""
    (mention,) = lexicon.read(text).mentions
    assert (mention.concept, mention.how) == ("hit", how)


def test_an_expression_is_found_with_a_slip_in_each_word(lexicon):
    """Every word of a longer expression may be misspelt."""
    assert said(lexicon, "nextt doorr") == {"neighbour"}


def test_a_known_word_is_no_misspelling(lexicon):
    """A horse is no house, and parents pay no rent."""
    assert said(lexicon, "parents with a horse") == frozenset()


def test_words_that_share_a_stem_but_mean_different_things_stay_apart(lexicon):
    """Policy is not the police, though Snowball gives both one stem."""
    assert said(lexicon, "policy") == {"policy"}


def test_languages_mix_in_one_sentence(lexicon):
    """All languages' words are known at once."""
    assert said(lexicon, "neighbour er awaz") == {"neighbour", "noise"}


def test_a_denied_concept_is_not_said(lexicon):
    """'Not noise' speaks of no noise, and what follows counts."""
    utterance = lexicon.read("not noise, it is the car")
    assert "noise" not in utterance.concepts
    assert "car" in utterance.concepts


def test_a_denial_after_the_word_counts_where_the_language_has_it(lexicon):
    """In Bengali the denial follows."""
    assert "noise" not in said(lexicon, "শব্দ না")


def test_the_words_are_corrected(lexicon):
    """What a misspelt word is taken for can be seen, and that it was unknown."""
    utterance = lexicon.read("rackett")
    assert utterance.corrected == ("racket",)
    assert utterance.known == (False,)


MIXED = {
    "en": {"car": ["car"], "noise": ["noise"], "sell": ["sale"], "park": ["park"]},
    "it": {"faint": ["car"], "rise": ["sale"], "music": ["musica"]},
    "es": {"music": ["música"]},
}
COMMON = {"it": (frozenset({"come", "sale", "park"}), frozenset({"come", "sale"}))}


@pytest.mark.parametrize(
    ("text", "language", "concepts"),
    [
        ("car", "en", {"car"}),
        ("car", "it", {"faint"}),
        ("the noise of musica", "en", {"noise", "music"}),
        ("noise in casa", "it", {"noise"}),
        ("come si sale", "it", {"rise"}),
        ("park", "it", {"park"}),
    ],
)
def test_a_word_means_what_it_means_in_the_language_of_the_message(text, language, concepts):
    """One that both have is the message's own; words of others are understood where they are mixed in."""
    lexicon = Lexicon.of(MIXED, common=COMMON)
    assert lexicon.read(text, language).concepts == concepts


def test_an_everyday_word_is_none_of_another_language():
    """What English calls a sale, an Italian does not go for when she says that somebody comes up."""
    words = {"en": {"sell": ["sale", "sales"]}, "it": {"music": ["musica"]}}
    assert Lexicon.of(words, common=COMMON).read("chi sale", "it").concepts == set()
    assert Lexicon.of(words).read("chi sale", "it").concepts == {"sell"}


def test_slips_are_mended_with_the_words_of_the_language():
    """A slip in Italian stands for an Italian word first, for an English one where no other is near."""
    words = {"en": {"music": ["musics"], "police": ["police"]}, "it": {"music": ["musica"]}}
    lexicon = Lexicon.of(words)
    assert lexicon.read("musicz", "it").corrected == ("musica",)
    assert lexicon.read("musicz", "en").corrected == ("musics",)
    assert lexicon.read("polise", "it").corrected == ("police",)
