"""Examples that another topic wins: each example of each topic is put to the whole base.

Tests of one topic never see that it takes another's sentences. What the base has learned it mostly gives
back; an example that is lost all the same contradicts others, or a rule. With folds each example is matched
by a model that learned from the others alone, which shows how far the examples carry to words not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.understanding.features import Reading
from bot.understanding.learning import NOTHING, topic_phrases, topic_rules
from bot.understanding.matcher import Match, Matcher
from bot.understanding.recognition import BALANCED, COUNTED, Understanding


@dataclass(frozen=True, slots=True)
class Theft:
    """An example of `intent` that `winner` wins ("none": nothing of ours does)."""

    intent: str
    winner: str
    text: str


@dataclass(frozen=True, slots=True)
class Matched:
    """An example of `intent`, and what it was matched to."""

    intent: str
    text: str
    match: Match


def matched_whole(
    knowledge: Knowledge, understanding: Understanding, read: Callable[[str], Reading]
) -> Iterator[Matched]:
    """Every example of topics, small talk and "none", matched by all that was learned."""
    for intent, said in examples(knowledge).items():
        for text in said:
            yield Matched(intent, text, understanding.topics.match_reading(read(text)))


def matched_unseen(
    knowledge: Knowledge, understanding: Understanding, read: Callable[[str], Reading], folds: int
) -> Iterator[Matched]:
    """The same, each matched by what the examples of the other folds teach; `folds` is 2 or more.

    Words, concepts and their rarity are those of the whole base, so an unknown word is a little rarer here
    than in life.
    """
    said, rules = examples(knowledge), topic_rules(knowledge)
    for fold in range(folds):
        taught = {
            intent: [read(text) for place, text in enumerate(texts) if place % folds != fold]
            for intent, texts in said.items()
        }
        matcher = Matcher.of(
            understanding.lexicon,
            understanding.features,
            rules,
            taught,
            understanding.topics.calibration,
            NOTHING,
            COUNTED,
            BALANCED,
        )
        for intent, texts in said.items():
            for text in texts[fold::folds]:
                yield Matched(intent, text, matcher.match_reading(read(text)))


def examples(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """Topic, small talk or "none" -> its examples, each once, in order of their characters."""
    return {intent: sorted(set(said)) for intent, said in sorted(topic_phrases(knowledge).items())}


def best(match: Match) -> str:
    """The intent that was ranked first; "none" without any."""
    return match.ranking[0][0] if match.ranking else NOTHING


def thefts(matched: Iterable[Matched]) -> list[Theft]:
    """Those of `matched` that another topic or small talk wins.

    An example of what is not ours is stolen if something is sure enough of it to be offered.
    """
    found = []
    for one in matched:
        winner = best(one.match) if one.intent != NOTHING else one.match.intent or NOTHING
        if winner != one.intent:
            found.append(Theft(one.intent, winner, one.text))
    return found
