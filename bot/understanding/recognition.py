"""What was understood of one message: its language, dangers, topic, follow-up question, small talk, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.knowledge.records import ContactKind, Rule, Service, dialled
from bot.language.detection import Detector
from bot.language.text import clean, words
from bot.understanding.confidence import Calibration
from bot.understanding.lexicon import Lexicon, Utterance
from bot.understanding.matcher import Match, Matcher
from bot.understanding.urgent import UrgentFinder

#: Intents of small talk stand beside the topics in one ranking, under this prefix.
SMALLTALK = "smalltalk:"
#: The intent of messages that are not ours.
NOTHING = "none"
#: A concept that stands for the names of a service, beside those that staff write.
_SERVICE = "service-"
_NUMBER = re.compile(r"\+?\d[\d \-()]{1,18}\d")


@dataclass(frozen=True, slots=True)
class Recognition:
    """All that one message shows.

    `topics` ranks topics and small talk together; `aspects` ranks follow-up questions. `services` are
    those named, by a name or a number; `retired` is true where the number is one that is no longer used.
    """

    utterance: Utterance
    language: str
    urgent: tuple[str, ...]
    topics: Match
    aspects: Match
    services: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class Understanding:
    """The matchers of one snapshot of the knowledge base."""

    lexicon: Lexicon
    detector: Detector
    urgent: UrgentFinder
    topics: Matcher
    aspects: Matcher
    #: digits to dial -> (service, whether the number is retired)
    numbers: Mapping[str, tuple[str, bool]]

    @classmethod
    def of(cls, knowledge: Knowledge, calibration: Calibration | None = None) -> Understanding:
        """Everything learned from the knowledge base."""
        lexicon = _lexicon(knowledge)
        topics = _topic_phrases(knowledge)
        nothing = [text for examples in knowledge.examples.values() for text in examples.none]
        aspects = _joined(examples.aspects for examples in knowledge.examples.values())
        return cls(
            lexicon,
            Detector.learn(_phrases_by_language(knowledge)),
            UrgentFinder.of(
                knowledge.urgent,
                _read(lexicon, _joined(examples.urgent for examples in knowledge.examples.values())),
            ),
            Matcher.of(
                lexicon,
                _topic_rules(knowledge),
                _read(lexicon, {**topics, NOTHING: nothing}),
                calibration,
                NOTHING,
            ),
            Matcher.of(
                lexicon,
                {aspect: record.rules for aspect, record in knowledge.aspects.items()},
                _read(lexicon, {**aspects, NOTHING: [*nothing, *_some_of_each(topics)]}),
                calibration,
                NOTHING,
            ),
            _numbers(knowledge.services.values()),
        )

    def read(self, message: str) -> Utterance:
        """The message as words and concepts."""
        return self.lexicon.read(clean(message))

    def recognise(
        self, message: str, utterance: Utterance, urgent: tuple[str, ...], current: str
    ) -> Recognition:
        """What `utterance`, read from `message`, shows; `current` is the conversation's language."""
        numbered = [self.numbers[number] for number in _numbers_in(message) if number in self.numbers]
        named = [
            concept.removeprefix(_SERVICE)
            for concept in sorted(utterance.concepts)
            if concept.startswith(_SERVICE)
        ]
        return Recognition(
            utterance,
            self.detector.detect(utterance.tokens, current),
            urgent,
            self.topics.match_utterance(utterance),
            self.aspects.match_utterance(utterance),
            tuple(dict.fromkeys([*(service for service, _ in numbered), *named])),
            any(retired for _, retired in numbered),
        )


def _lexicon(knowledge: Knowledge) -> Lexicon:
    expressions = {language: dict(concepts) for language, concepts in knowledge.words.items()}
    named = expressions.setdefault("en", {})
    for service in knowledge.services.values():
        named[_SERVICE + service.id] = (service.name, *service.former_names)
    implies = {concept.id: concept.implies for concept in knowledge.concepts.values() if concept.implies}
    return Lexicon.of(
        expressions,
        implies,
        {
            language: [words(text) for text in texts]
            for language, texts in _texts_by_language(knowledge).items()
        },
    )


def _topic_rules(knowledge: Knowledge) -> dict[str, tuple[Rule, ...]]:
    """The rules of topics and small talk, and one for the name of the service that a topic leads with."""
    rules = {topic.id: topic.rules + _naming(topic.leads[0]) for topic in knowledge.topics.values()}
    rules.update({SMALLTALK + kind: record.rules for kind, record in knowledge.smalltalk.items()})
    return rules


def _naming(service: str) -> tuple[Rule, ...]:
    return (Rule.model_validate({"all": [_SERVICE + service], "weight": "normal"}),)


def _topic_phrases(knowledge: Knowledge) -> dict[str, list[str]]:
    """Topic or small talk -> phrases of all languages, the topic's own plain words among them."""
    phrases: dict[str, list[str]] = {topic: _plain_words(knowledge, topic) for topic in knowledge.topics}
    for examples in knowledge.examples.values():
        for topic, said in examples.topics.items():
            phrases.setdefault(topic, []).extend(said)
        for kind, said in examples.smalltalk.items():
            phrases.setdefault(SMALLTALK + kind, []).extend(said)
    return phrases


def _plain_words(knowledge: Knowledge, topic: str) -> list[str]:
    record = knowledge.topics[topic]
    covered = re.split(r"[,;:.()]", record.covers)
    return list(
        dict.fromkeys([record.title, record.need, *(part.strip() for part in covered if part.strip())])
    )


def _some_of_each(phrases: Mapping[str, list[str]], most: int = 12) -> list[str]:
    """The first few phrases of each: enough to tell a new subject from a follow-up question."""
    return [
        text for topic in sorted(phrases) if not topic.startswith(SMALLTALK) for text in phrases[topic][:most]
    ]


def _joined(parts: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    joined: dict[str, list[str]] = {}
    for part in parts:
        for name, said in part.items():
            joined.setdefault(name, []).extend(said)
    return joined


def _read(lexicon: Lexicon, phrases: Mapping[str, Iterable[str]]) -> dict[str, list[Utterance]]:
    return {name: [lexicon.read(text) for text in dict.fromkeys(said)] for name, said in phrases.items()}


def _texts_by_language(knowledge: Knowledge) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for language, examples in knowledge.examples.items():
        groups = (examples.topics, examples.urgent, examples.aspects, examples.smalltalk)
        texts[language] = [text for group in groups for said in group.values() for text in said]
        texts[language].extend(examples.none)
    texts.setdefault("en", []).extend(
        text for topic in knowledge.topics for text in _plain_words(knowledge, topic)
    )
    return texts


def _phrases_by_language(knowledge: Knowledge) -> dict[str, list[tuple[str, ...]]]:
    phrases = {
        language: [words(text) for text in texts] for language, texts in _texts_by_language(knowledge).items()
    }
    for language, concepts in knowledge.words.items():
        phrases.setdefault(language, []).extend(words(text) for said in concepts.values() for text in said)
    return phrases


def _numbers(services: Iterable[Service]) -> dict[str, tuple[str, bool]]:
    """Every number to dial, with its service; a current one wins over a retired one."""
    numbers: dict[str, tuple[str, bool]] = {}
    for service in services:
        for retired in service.retired:
            for number in _numbers_in(retired.value):
                numbers.setdefault(number, (service.id, True))
    for service in services:
        for contact in service.contacts:
            if contact.kind is ContactKind.PHONE:
                numbers[dialled(contact.value)] = (service.id, False)
    return numbers


def _numbers_in(text: str) -> list[str]:
    """The telephone numbers in `text`, as they are dialled."""
    found = []
    for match in _NUMBER.finditer(text):
        try:
            found.append(dialled(match.group()))
        except ValueError:
            continue
    return found
