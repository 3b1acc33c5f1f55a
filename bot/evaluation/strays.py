"""Words that are taken for a concept and mostly mean something else.

"still" shares its stem with "stills", and so was a camera in 900 English examples, one in a hundred of which
is about cameras. What a concept is about shows in the topics of the examples that say it; words in whose
examples those topics are no more frequent than anywhere have strayed in. The remedy is data: such words
stand under the concept `ordinary`, or leave the list they are in. Not each one found is wrong: "balloons" are
a drug, and of another topic than other drugs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from bot.knowledge.base import Knowledge
from bot.understanding.learning import NOTHING
from bot.understanding.lexicon import Lexicon
from bot.understanding.utterance import WHO
from bot.understanding.vocabulary import How

#: Fewer examples than these, with the words and with the concept's others, say too little.
_FEWEST, _FEWEST_OTHERS = 5, 20
#: How alike (a cosine, 0 to 1) the topics of both must be. Of 111 inflected English words below 0.3 with 12
#: examples or more, looked at one by one, 12 meant what they were taken for; measured 2026-11-22.
_ALIKE = 0.3
_NAMED = 3

#: topic -> how many examples, each counted once
Topics = Counter[str]


@dataclass(frozen=True, slots=True)
class Stray:
    """`words` of `language`, said in `examples` that are not about what `concept` is about.

    `alike` is from 0, nothing in common, to 1; `topics` are the most frequent ones of these examples, `usual`
    those of the concept's other words.
    """

    language: str
    concept: str
    words: str
    how: How
    examples: int
    alike: float
    topics: tuple[str, ...]
    usual: tuple[str, ...]


def strays(knowledge: Knowledge, lexicon: Lexicon) -> list[Stray]:
    """The words of all languages that have strayed into a concept, what is said most often first."""
    found = [stray for language in knowledge.examples for stray in _of_language(knowledge, lexicon, language)]
    return sorted(found, key=lambda one: (-one.examples * (1 - one.alike) ** 2, one.concept, one.words))


def _of_language(knowledge: Knowledge, lexicon: Lexicon, language: str) -> Iterator[Stray]:
    said: dict[tuple[str, str, How], Topics] = {}
    meant: dict[str, Topics] = {}
    every: Topics = Counter()
    for topic, text in _labelled(knowledge, language):
        utterance = lexicon.read(text, language)
        every[topic] += 1
        for concept, words, how in {
            (mention.concept, " ".join(utterance.corrected[mention.start : mention.end]), mention.how)
            for mention in utterance.mentions
            if not mention.denied and not mention.concept.startswith(WHO)
        }:
            said.setdefault((concept, words, how), Counter())[topic] += 1
            meant.setdefault(concept, Counter())[topic] += 1
    for (concept, words, how), topics in said.items():
        others = meant[concept] - topics
        if topics.total() < _FEWEST or others.total() < _FEWEST_OTHERS:
            continue
        alike = _cosine(_lifts(topics, every), _lifts(others, every))
        if alike < _ALIKE:
            yield Stray(
                language, concept, words, how, topics.total(), alike, _frequent(topics), _frequent(others)
            )


def _labelled(knowledge: Knowledge, language: str) -> Iterator[tuple[str, str]]:
    """(topic, example) for each example of a language, those of no topic of ours among them."""
    examples = knowledge.examples[language]
    for topic, texts in examples.topics.items():
        for text in texts:
            yield topic, text
    for text in examples.none:
        yield NOTHING, text


def _lifts(topics: Topics, every: Topics) -> dict[str, float]:
    """How much more frequent each topic is here than in all examples."""
    share = every.total() / topics.total()
    return {topic: count / every[topic] * share for topic, count in topics.items()}


def _cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    lengths = [sqrt(sum(value * value for value in each.values())) for each in (first, second)]
    return sum(value * second.get(topic, 0.0) for topic, value in first.items()) / (lengths[0] * lengths[1])


def _frequent(topics: Topics) -> tuple[str, ...]:
    ranked = sorted(topics, key=lambda topic: (-topics[topic], topic))
    return tuple(ranked[:_NAMED])
