"""The same words always give the same answer, whatever the order of files and of what stands in them."""

import random
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.assistant import Assistant, Turn
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Examples, Knowledge, Phrases
from bot.knowledge.reading import read_files, read_folder

TINY = read_folder(Path(__file__).parents[1] / "knowledge")
SAID = (
    "my neighbours play loud musik",
    "somebody took my bike",
    "how much is it",
    "প্রতিবেশী খুব আওয়াজ করে",
    "hm",
    "thanks",
)


def turned(seed: int) -> Knowledge:
    """The tiny base from its files in another order, with every list of examples and expressions shuffled."""
    dice = random.Random(seed)
    names = sorted(TINY)
    dice.shuffle(names)
    found, _ = read_files({name: TINY[name] for name in names})
    if found is None:
        raise ValueError("the tiny base is faulty")

    def shuffled(phrases: Phrases) -> Phrases:
        keys = dice.sample(sorted(phrases), len(phrases))
        return {key: tuple(dice.sample(phrases[key], len(phrases[key]))) for key in keys}

    def mixed(said: Examples) -> Examples:
        parts = (said.topics, said.urgent, said.aspects, said.smalltalk)
        return Examples(*map(shuffled, parts), none=tuple(dice.sample(said.none, len(said.none))))

    languages = dice.sample(sorted(found.examples), len(found.examples))
    return replace(
        found,
        examples={language: mixed(found.examples[language]) for language in languages},
        words={language: shuffled(words) for language, words in found.words.items()},
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_files_and_examples_makes_no_difference(
    assistant: Assistant, sunday_evening: datetime, seed: int
) -> None:
    other = Assistant(turned(seed), assistant.catalogues)
    for message in SAID:
        turn = Turn(message=message)
        first, second = (one.respond(turn, DialogueState(), sunday_evening)[0] for one in (assistant, other))
        assert first == second


def test_the_order_of_files_and_examples_changes_no_score(assistant: Assistant) -> None:
    other = Assistant(turned(1), assistant.catalogues)
    for message in SAID:
        turn = Turn(message=message)
        assert assistant.explain(turn, DialogueState()) == other.explain(turn, DialogueState())
