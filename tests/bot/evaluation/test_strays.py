"""Words that were taken for a concept and mean something else are found by the topics of their examples."""

from dataclasses import replace

import pytest

from bot.evaluation.report import stray_report
from bot.evaluation.strays import Stray, strays
from bot.knowledge.base import Examples, Knowledge
from bot.understanding.lexicon import Lexicon

LEXICON = Lexicon.of({"en": {"camera": ["camera", "cctv", "stills"], "noise": ["loud", "music"]}})
CAMERAS = tuple(f"the {word} on block {number}" for number in range(12) for word in ("camera", "cctv"))
NOISE = tuple(f"{word} music from flat {number}" for number in range(20) for word in ("loud", "more"))


@pytest.fixture
def taught(knowledge: Knowledge) -> Knowledge:
    """A base whose "still" has nothing to do with cameras, and "stills" have."""
    said = {
        "cctv": (*CAMERAS, *(f"the stills of day {number}" for number in range(9))),
        "noise": (*NOISE, *(f"still awake at {number}" for number in range(9))),
    }
    examples = replace(knowledge.examples["en"], topics=said, none=("what is for lunch",))
    return replace(knowledge, examples={"en": examples})


def test_a_word_of_the_same_stem_that_means_something_else_is_found(taught: Knowledge) -> None:
    """And the words that mean it are not."""
    (found,) = strays(taught, LEXICON)
    assert found == Stray("en", "camera", "still", "inflected", 9, 0.0, ("noise",), ("cctv",))


def test_a_few_examples_say_nothing(taught: Knowledge) -> None:
    """Four of them may be chance."""
    english: Examples = taught.examples["en"]
    kept = [text for text in english.topics["noise"] if not text.startswith("still")]
    few = (*kept, "still awake", "still up", "still there", "still on")
    topics = {**english.topics, "noise": few}
    assert strays(replace(taught, examples={"en": replace(english, topics=topics)}), LEXICON) == []


def test_the_report_names_the_words_and_what_they_are_about(taught: Knowledge) -> None:
    """Enough to put them right: the language, the concept, the words, and both kinds of topics."""
    lines = stray_report(strays(taught, LEXICON), 10).splitlines()
    assert lines == [
        "Words that mostly mean something else than their concept: 1",
        "  en camera <- 'still' (inflected, 9 examples): noise; the others: cctv",
    ]
    assert stray_report(strays(taught, LEXICON), 0).endswith("... and 1 more")
