"""What stands in the base and no conversation needs: a conversation is missing, or it can go.

What is meant by use: a concept is used by a rule that names it (or that names one it implies), and by a
conversation in which it is said. A rule is used by a conversation or example that fulfils it. An example
resembles a conversation that expects its topic if the two share a word or concept that is not common to
many messages. Nothing here says that something is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.cases import Case
from bot.evaluation.measures import right_answers
from bot.evaluation.thefts import examples
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Rule
from bot.understanding.features import Reading
from bot.understanding.learning import ASKS_MEANING, aspect_phrases, urgent_phrases
from bot.understanding.rules import Rules
from bot.understanding.utterance import DENIES_NEXT, DENIES_PREVIOUS, Utterance

#: What more than this share of all messages say tells nothing of any topic.
_COMMON = 0.02
#: Concepts that the code itself looks for.
_LOOKED_FOR = frozenset({DENIES_NEXT, DENIES_PREVIOUS, ASKS_MEANING})


@dataclass(frozen=True, slots=True)
class Unused:
    """What no conversation needs, each as one line, in order."""

    concepts: tuple[str, ...]
    rules: tuple[str, ...]
    examples: tuple[str, ...]
    echoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Message:
    """One message of a conversation."""

    spoken: str
    wanted: tuple[str, ...]
    utterance: Utterance


def unused(knowledge: Knowledge, cases: Iterable[Case], read: Callable[[str], Reading]) -> Unused:
    """What none of `cases` uses, with the readings of `read`."""
    messages = [
        _Message(case.spoken, right_answers(said), read(said.text).utterance)
        for case in cases
        for said in case.turns
    ]
    phrases = (examples(knowledge), aspect_phrases(knowledge), urgent_phrases(knowledge))
    taught = sorted({text for part in phrases for text in _flat(part)})
    utterances = [message.utterance for message in messages] + [read(text).utterance for text in taught]
    return Unused(
        tuple(_concepts(knowledge, messages)),
        tuple(_rules(knowledge, utterances)),
        tuple(_examples(knowledge, messages, read)),
        tuple(_echoes(knowledge, read)),
    )


def _flat(phrases: Mapping[str, Iterable[str]]) -> Iterator[str]:
    return (text for said in phrases.values() for text in said)


def _every_rule(knowledge: Knowledge) -> dict[str, tuple[Rule, ...]]:
    """Where rules stand -> the rules, in order."""
    owners: dict[str, tuple[Rule, ...]] = {
        f"topics/{name}": topic.rules for name, topic in knowledge.topics.items()
    }
    owners |= {f"smalltalk {name}": kind.rules for name, kind in knowledge.smalltalk.items()}
    owners |= {f"urgent {name}": notice.rules for name, notice in knowledge.urgent.items()}
    owners |= {f"aspects {name}": aspect.rules for name, aspect in knowledge.aspects.items()}
    owners |= {f"audiences {name}": audience.rules for name, audience in knowledge.audiences.items()}
    return owners


def _concepts(knowledge: Knowledge, messages: Iterable[_Message]) -> list[str]:
    named = {
        concept
        for rules in _every_rule(knowledge).values()
        for rule in rules
        for part in (*rule.all, rule.not_)
        for concept in part
    }
    said = {mention.concept for message in messages for mention in message.utterance.mentions}
    used = named | said | _LOOKED_FOR
    return [
        name
        for name, concept in sorted(knowledge.concepts.items())
        if name not in used and not used.intersection(concept.implies)
    ]


def _rules(knowledge: Knowledge, utterances: Iterable[Utterance]) -> list[str]:
    single = {
        f"{owner}, rule {place}: {' & '.join('/'.join(part) for part in rule.all)}": (rule,)
        for owner, rules in _every_rule(knowledge).items()
        for place, rule in enumerate(rules, start=1)
    }
    every = Rules.of(single)
    fulfilled = {found.intent for utterance in utterances for found in every.fulfilled(utterance)}
    return [name for name in single if name not in fulfilled]


def _examples(
    knowledge: Knowledge, messages: Iterable[_Message], read: Callable[[str], Reading]
) -> Iterator[str]:
    """The examples of topics that resemble no message, in the languages that have conversations."""
    many = list(messages)
    counts = Counter(word for message in many for word in _words(message.utterance))
    common = {word for word, count in counts.items() if count > _COMMON * len(many)}
    said: dict[str, set[str]] = {}
    for message in many:
        for topic in message.wanted:
            said.setdefault(topic, set()).update(_words(message.utterance) - common)
    for language in sorted({message.spoken for message in many} & set(knowledge.examples)):
        for topic, phrases in sorted(knowledge.examples[language].topics.items()):
            for text in phrases:
                words = _words(read(text).utterance) - common
                if words and not words & said.get(topic, set()):
                    yield f"{language} {topic}: {text}"


def _words(utterance: Utterance) -> set[str]:
    """The words, as they are taken to be spelt, and the concepts."""
    return {*utterance.corrected, *utterance.stems, *(f"concept {name}" for name in utterance.concepts)}


def _echoes(knowledge: Knowledge, read: Callable[[str], Reading]) -> Iterator[str]:
    """Examples that are, spelling corrected, word for word another one of the same topic."""
    for language, examples_ in sorted(knowledge.examples.items()):
        for topic, said in sorted(examples_.topics.items()):
            first: dict[tuple[str, ...], str] = {}
            for text in sorted(said):
                before = first.setdefault(read(text).utterance.corrected, text)
                if before != text:
                    yield f"{language} {topic}: {text!r}, as {before!r}"
