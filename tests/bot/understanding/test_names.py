"""Names of the glossary are found apart from what the rules see."""

from bot.understanding.learning import ASKS_MEANING
from bot.understanding.recognition import Understanding


def test_the_names_of_terms_and_the_questions_change_no_concept(assistant):
    """The rules see the noise in "what is the noise panel", and neither a name nor a question."""
    reading = assistant.understanding.read("what is the noise panel")
    assert reading.utterance.concepts == {"noise"}
    assert ASKS_MEANING in assistant.knowledge.words["en"]


def test_a_term_is_recognised_beside_the_topic(assistant):
    """Both are there for the dialogue to choose from."""
    understanding: Understanding = assistant.understanding
    reading = understanding.read("what is the noise panel")
    found = understanding.recognise("what is the noise panel", reading, ())
    assert (found.term, found.topics.intent) == ("noise-panel", "noise")
