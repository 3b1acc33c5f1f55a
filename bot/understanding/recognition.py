"""What was understood of one message: its language, dangers, topic, follow-up question, small talk, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.knowledge.records import ContactKind, Service, dialled
from bot.language.detection import Detector
from bot.language.text import clean
from bot.understanding.confidence import Calibration
from bot.understanding.learning import (
    NOTHING,
    SERVICE,
    aspect_phrases,
    lexicon_of,
    ordinary_phrases,
    phrases_by_language,
    topic_phrases,
    topic_rules,
    urgent_phrases,
)
from bot.understanding.lexicon import Lexicon, Utterance
from bot.understanding.matcher import Match, Matcher
from bot.understanding.urgent import UrgentFinder

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
    def of(cls, knowledge: Knowledge) -> Understanding:
        """Everything learned from the knowledge base."""
        found = knowledge.confidence
        calibration = Calibration(found.weights, found.answer, found.offer) if found else Calibration()
        lexicon = lexicon_of(knowledge)
        aspect_rules = {aspect: record.rules for aspect, record in knowledge.aspects.items()}
        return cls(
            lexicon,
            Detector.learn(phrases_by_language(knowledge)),
            UrgentFinder.of(
                knowledge.urgent,
                _read(lexicon, urgent_phrases(knowledge)),
                [lexicon.read(text) for text in ordinary_phrases(knowledge)],
            ),
            Matcher.of(
                lexicon,
                topic_rules(knowledge),
                _read(lexicon, topic_phrases(knowledge)),
                calibration,
                NOTHING,
            ),
            Matcher.of(lexicon, aspect_rules, _read(lexicon, aspect_phrases(knowledge)), nothing=NOTHING),
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
            concept.removeprefix(SERVICE)
            for concept in sorted(utterance.concepts)
            if concept.startswith(SERVICE)
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


def _read(lexicon: Lexicon, phrases: Mapping[str, Iterable[str]]) -> dict[str, list[Utterance]]:
    return {name: [lexicon.read(text) for text in dict.fromkeys(said)] for name, said in phrases.items()}


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
