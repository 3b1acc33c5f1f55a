"""The language of a message is found from its script, its words and its letters."""

import pytest

from bot.language.detection import Detector
from bot.language.text import tokenize, words

ABC = "abcdefghijklmnopqrstuvwxyz"
PHRASES = {
    "en": [
        "loud music next door",
        "my bike was stolen",
        "what is the phone number",
        "he shouts at me every night",
    ],
    "bn": [
        "পাশের বাসায় জোরে গান",
        "amar cycle churi hoise",
        "phone number koto",
        "she amare gali dey protidin rate",
    ],
    "ar": ["موسيقى عالية عند الجيران"],
}


@pytest.fixture(scope="module")
def detector():
    return Detector.learn({language: [words(text) for text in texts] for language, texts in PHRASES.items()})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("গান বাজনা", "bn"),
        ("الجيران", "ar"),
        ("the music was loud", "en"),
        ("amar cycle gese", "bn"),
        ("protidin gali dey", "bn"),
    ],
)
def test_words_and_script_tell(detector, text, expected):
    """A script that one language uses decides; else the words and letters do, romanised ones too."""
    assert detector.detect(tokenize(text), "en") == expected


@pytest.mark.parametrize("text", ["", "999", "?"])
def test_what_does_not_tell_keeps_the_language(detector, text):
    """Numbers and silence change nothing."""
    assert detector.detect(tokenize(text), "bn") == "bn"


def test_a_word_that_both_know_keeps_the_language(detector):
    """A shared word is no reason to change the language of a conversation."""
    assert detector.detect(tokenize("phone number"), "bn") == "bn"
    assert detector.detect(tokenize("phone number"), "en") == "en"


def test_a_language_with_many_phrases_keeps_its_common_words():
    """However many phrases English grows to, "on the" is no smaller language that says it, too."""
    english = [words(f"on the {one}{two}{three}") for one in ABC for two in ABC for three in ABC]
    other = [("on", "the")] * 25 + [words(f"nha {one}{two}") for one in ABC for two in ABC] * 20
    detector = Detector.learn({"en": english * 3, "vi": other})
    assert detector.detect(tokenize("on the " * 8), "vi") == "en"
