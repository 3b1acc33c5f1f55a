"""A language's words: known, inflected, or a slip away."""

from bot.understanding.vocabulary import Vocabulary

ENGLISH = Vocabulary("en", {"shout": 3, "shouted": 1, "noise": 2}, frozenset({"spoke"}))
BENGALI = Vocabulary("bn", {"শব্দ": 2, "শব্দের": 1})


def test_a_known_word_comes_before_its_kin():
    """Itself first, then the others of its stem; a word that does not occur gives nothing."""
    assert ENGLISH.known("shouted") == [("shouted", "exact"), ("shout", "inflected")]
    assert ENGLISH.known("spoke") == []


def test_an_unknown_form_leads_to_its_family():
    """Where the language has a stemmer; the others list their forms."""
    assert ENGLISH.inflected("shouting") == [("shout", "inflected"), ("shouted", "inflected")]
    assert BENGALI.inflected("শব্দগুলো") == []


def test_a_slip_stands_for_a_word_and_its_kin():
    """The word that is meant, and what shares its stem."""
    assert ENGLISH.corrected("shuot") == [("shout", "misspelt"), ("shouted", "misspelt")]


def test_common_words_are_at_home_without_occurring():
    """As far as is known: those of the phrases, and those of everyday."""
    assert ENGLISH.at_home("spoke")
    assert ENGLISH.at_home("noise")
    assert not ENGLISH.at_home("শব্দ")
