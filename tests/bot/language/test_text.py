"""Words are found whole, in every script, and their spellings compared fairly."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.text import MAX_WORDS, clean, key, script, tokenize, words

#: What provokes: the scripts we serve, marks, joiners, apostrophes, digits, controls, emoji.
PROVOKING = st.text(
    alphabet=st.one_of(
        st.sampled_from("aAzZéİıßłđ'’ʼ-_.,!?£$ \t\n"),
        st.sampled_from("কড়ড়য়ািো্ঁৎ৯০ \u200c\u200d"),
        st.sampled_from("ابأإیيكکہةًّّٔ٠۹ "),
        st.sampled_from("कखािी्ँ़ १"),
        st.sampled_from("我们家被偷了０９Ａ"),
        st.sampled_from("\u0000\u0007\u200b\u202e\u2066\ufeff🔪👨‍👩‍👧\U000e0041"),
        st.characters(),
    ),
    max_size=60,
)


@given(PROVOKING)
def test_a_key_is_its_own_key(text):
    """Normalising twice gives what normalising once gives."""
    for word in words(text):
        assert key(word) == word


@given(PROVOKING)
def test_tokens_come_back_whole(text):
    """Each token's place in the original holds the characters it was made of, in order and apart."""
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert key(text[token.start : token.end]) == token.key != ""
        end = token.end


@given(PROVOKING)
def test_letters_of_bengali_and_hindi_keep_their_marks(text):
    """No vowel sign of an Indic word is lost: what goes in of them comes out."""

    def signs(value):
        value = unicodedata.normalize("NFC", value)
        return [c for c in value if unicodedata.category(c) in ("Mc", "Mn") and 0x0900 <= ord(c) <= 0x0DFF]

    for token in tokenize(text):
        assert signs(token.key) == signs(unicodedata.normalize("NFKC", text[token.start : token.end]))


@given(PROVOKING)
def test_case_makes_no_difference_to_ascii(text):
    """Shouting says the same."""
    ascii_only = text.encode("ascii", "ignore").decode()
    assert words(ascii_only.upper()) == words(ascii_only.lower())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("can't", "cant"),
        ("CAN’T", "cant"),
        ("heeeelp", "help"),
        ("café", "cafe"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("đường", "duong"),
        ("ড়", "ড়"),
        ("ज़हर", "जहर"),
        ("माँ", "मां"),
        ("স্বা\u200dমী", "স্বামী"),
        ("৯৯৯", "999"),
        ("９９９", "999"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("گھر", "گہر"),
        ("کتاب", "كتاب"),
    ],
)
def test_spellings_of_one_word_share_a_key(first, second):
    """Marks, case, joiners, encodings and digits of other scripts make no difference."""
    assert words(first) == words(second) != ()


@pytest.mark.parametrize(("first", "second"), [("কাল", "কালা"), ("পানি", "পান"), ("की", "का"), ("999", "99")])
def test_different_words_keep_different_keys(first, second):
    """Vowel signs are letters, and digits are never folded together."""
    assert words(first) != words(second)


def test_scripts_without_spaces_are_read_character_by_character():
    """A Chinese sentence gives a word for each character, and keeps Latin words in it whole."""
    assert words("我家被偷了help") == ("我", "家", "被", "偷", "了", "help")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'ambulanza", ("l", "ambulanza")),
        ("Dell’ospedale", ("dell", "ospedale")),
        ("qu'elle m'insulte", ("qu", "elle", "m", "insulte")),
        ("j'ai c'è d'un", ("jai", "ce", "dun")),
        ("aujourd'hui don't o'clock", ("aujourdhui", "dont", "oclock")),
    ],
)
def test_what_french_and_italian_run_together_is_cut(text, expected):
    """An article before a long word is a word; short ones stay as they are typed without an apostrophe."""
    assert words(text) == expected


@pytest.mark.parametrize("text", ["", "   ", "🔪🔪🔪", "\x00\x07", "?!…", "\u200b\u200d"])
def test_what_is_no_word_gives_none(text):
    """Emoji, control characters and punctuation are no words."""
    assert words(text) == ()


def test_a_hostile_message_is_cut():
    """However much is sent, only so many words are looked at."""
    assert len(words("a b " * 10_000)) <= MAX_WORDS
    assert len(words("ﷺ" * 1000)) <= MAX_WORDS


def test_cleaning_takes_out_what_cannot_be_seen():
    """Control, bidi-override, tag and surrogate characters go; line ends become spaces; joiners stay."""
    assert clean("a\u202eb\x00c\U000e0041d\ud800\ne\u200df") == "abcd e\u200df"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("শব্দ noise শব্দ", "Beng"),
        ("hello", "Latn"),
        ("سلام", "Arab"),
        ("गाना", "Deva"),
        ("噪音", "Hani"),
        ("123", None),
    ],
)
def test_the_script_of_most_letters(text, expected):
    """Script is that of most letters; digits have none."""
    assert script(text) == expected
