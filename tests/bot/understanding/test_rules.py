"""Rules over concepts are fulfilled by what is said, in any order, with their exclusions."""

import pytest

from bot.knowledge.records import Rule
from bot.understanding.lexicon import Lexicon
from bot.understanding.rules import WEIGHTS, Rules, scores

LEXICON = Lexicon.of(
    {
        "en": {
            "noise": ["noise"],
            "neighbour": ["neighbour"],
            "night": ["night"],
            "film": ["film"],
            "negation": ["not"],
        }
    },
    phrases={"en": [tuple(["a", "b", "c", "d", "e", "f", "g", "h"])]},
)


def fulfilled(text, **rule):
    rules = Rules.of({"noise": (Rule.model_validate(rule),)})
    return bool(rules.fulfilled(LEXICON.read(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("noise neighbour", True),
        ("neighbour noise", True),
        ("noise", False),
        ("neighbour", False),
        ("", False),
    ],
)
def test_all_parts_must_be_said_in_any_order(text, expected):
    """Order makes no difference; a part that is missing does."""
    assert fulfilled(text, all=["noise", "neighbour"]) is expected


def test_a_part_may_be_a_choice():
    """Any concept of a choice will do."""
    assert fulfilled("noise night", all=["noise", ["neighbour", "night"]])


def test_an_excluded_concept_prevents():
    """A film's noise is none."""
    assert not fulfilled("noise neighbour film", all=["noise", "neighbour"], **{"not": ["film"]})


def test_a_denied_concept_does_not_count():
    """What is denied fulfils nothing."""
    assert not fulfilled("not noise", all=["noise"])


@pytest.mark.parametrize(
    ("text", "expected"), [("noise a neighbour", True), ("noise a b c neighbour", False)]
)
def test_parts_may_have_to_stand_close(text, expected):
    """Within so many words from the first to the last."""
    assert fulfilled(text, all=["noise", "neighbour"], within=3) is expected


def test_the_heaviest_rule_counts_in_full_and_the_others_in_part():
    """Many weak rules do not add up to certainty."""
    rules = Rules.of(
        {
            "noise": (
                Rule.model_validate({"all": ["noise"], "weight": "strong"}),
                Rule.model_validate({"all": ["night"]}),
            )
        }
    )
    score = scores(rules.fulfilled(LEXICON.read("noise night")))["noise"]
    assert WEIGHTS["strong"] < score < WEIGHTS["strong"] + WEIGHTS["normal"]


def test_a_width_is_in_words_in_chinese_too():
    """Chinese is read character by character: there a window of three words has five characters."""
    lexicon = Lexicon.of({"en": {}, "zh-Hans": {"noise": ["吵"], "neighbour": ["邻居"]}})
    rules = Rules.of({"noise": (Rule.model_validate({"all": ["noise", "neighbour"], "within": 3}),)})
    assert rules.fulfilled(lexicon.read("邻居真太吵", "zh-Hans"))
    assert not rules.fulfilled(lexicon.read("邻居真的太吵", "zh-Hans"))
