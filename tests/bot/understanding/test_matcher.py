"""The matcher on its own: any intents, any examples, no knowledge base."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import Matcher

EXAMPLES = {
    "noise": [
        "loud music next door",
        "the neighbours are having a party again",
        "dog barking all night",
        "so much noise upstairs",
    ],
    "theft": [
        "my bike was stolen",
        "somebody took my phone",
        "I was robbed on the bus",
        "thief broke into the flat",
    ],
    "books": [
        "how long can I keep a book",
        "renew my library books",
        "when does the library open",
        "borrow a novel",
    ],
}


@pytest.fixture(scope="module")
def matcher():
    return Matcher.from_examples(EXAMPLES)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("music is so loud", "noise"),
        ("MUSIC IS SO LOUD!!!", "noise"),
        ("muzic is so luod nxt door", "noise"),
        ("they stole my bike", "theft"),
        ("library book renewal", "books"),
    ],
)
def test_new_wordings_are_matched(matcher, text, intent):
    """Wordings that are no example, shouted or misspelt, find their intent, which ranks first."""
    match = matcher.match(text)
    assert match.intent == match.ranking[0][0] == intent
    assert 0 < match.confidence <= 1


@pytest.mark.parametrize("text", ["", "   ", "🔪", "\x00"])
def test_nothing_said_fits_nothing(matcher, text):
    """No words: no intent, no confidence, and still a ranking."""
    match = matcher.match(text)
    assert match.intent is None
    assert match.confidence == 0
    assert {intent for intent, _ in match.ranking} == set(EXAMPLES)


def test_words_that_nobody_taught_fit_nothing(matcher):
    """An intent must share something with the message."""
    assert matcher.match("xylophone quartz vowel").intent is None


def test_the_order_of_examples_makes_no_difference():
    """Intents and examples in any order give the same scores."""
    turned = list(EXAMPLES.items())
    random.Random(4).shuffle(turned)
    other = Matcher.from_examples({intent: list(reversed(said)) for intent, said in turned})
    for text in ("loud party", "stolen phone", "library", "what"):
        assert other.match(text) == Matcher.from_examples(EXAMPLES).match(text)


@pytest.mark.parametrize(
    ("said", "intent"),
    [("set an alarm", "alarm_set"), ("the weather", "WeatherQuery"), ("new card", "card-new")],
)
def test_the_name_of_an_intent_teaches_what_it_says(said: str, intent: str) -> None:
    """However its words are joined."""
    examples = {"alarm_set": ["wake me at six"], "WeatherQuery": ["will it rain"], "card-new": ["mine broke"]}
    assert Matcher.from_examples(examples).match(said).ranking[0][0] == intent


def test_a_name_that_is_only_a_label_teaches_nothing():
    """Intents "a" and "b" are not what a message with "a" in it is about."""
    labelled = Matcher.from_examples({"a": ["loud music"], "b": ["stolen phone"], "7": ["library"]})
    named = Matcher.from_examples({"c": ["loud music"], "d": ["stolen phone"], "8": ["library"]})
    scores = [[score for _, score in one.match("is it a party or b").ranking] for one in (labelled, named)]
    assert scores[0] == scores[1]


def test_no_examples_are_refused():
    """A matcher that cannot know anything is an error that says what to give."""
    with pytest.raises(ValueError, match="at least one intent"):
        Matcher.from_examples({"noise": []})


@given(st.text(max_size=200))
def test_any_text_gets_a_ranking(text):
    """Whatever is typed, every intent is ranked once and confidence is a probability."""
    match = _MATCHER.match(text)
    assert sorted(intent for intent, _ in match.ranking) == sorted(EXAMPLES)
    assert 0 <= match.confidence <= 1


_MATCHER = Matcher.from_examples(EXAMPLES)


@given(
    st.sampled_from([text for said in EXAMPLES.values() for text in said]),
    st.sampled_from(["", "!", " ... "]),
    st.booleans(),
)
def test_case_and_punctuation_change_no_intent(text, ending, shout):
    """The same words, shouted or with more punctuation, say the same."""
    changed = (text.upper() if shout else text) + ending
    assert _MATCHER.match(changed).ranking == _MATCHER.match(text).ranking


def test_reasons_can_be_printed(matcher):
    """The features that speak for an intent are named with their weights, heaviest first."""
    reading = matcher.examples.features.read(matcher.lexicon.read("loud music"))
    reasons = matcher.examples.reasons(reading, "noise", 3)
    assert len(reasons) == 3
    assert [weight for _, weight in reasons] == sorted((weight for _, weight in reasons), reverse=True)
    assert any("music" in name or "loud" in name for name, _ in reasons)
