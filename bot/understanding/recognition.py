"""What was understood of one message: its language, dangers, topic, follow-up question, small talk, names."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from bot.knowledge.base import Knowledge
from bot.language.catalogue import SOURCE_LANGUAGE
from bot.language.detection import Detector
from bot.language.text import clean, tokenize, words
from bot.understanding.confidence import Calibration
from bot.understanding.features import Features, Reading
from bot.understanding.language_names import LanguageNames
from bot.understanding.learning import (
    NOTHING,
    SERVICE,
    aspect_phrases,
    common_of,
    language_of_phrases,
    lexicon_of,
    ordinary_phrases,
    phrases_by_language,
    topic_phrases,
    topic_rules,
    urgent_phrases,
)
from bot.understanding.lexicon import Lexicon
from bot.understanding.matcher import Match, Matcher
from bot.understanding.numbers import Numbers
from bot.understanding.parts import Parts
from bot.understanding.rules import Rules
from bot.understanding.terms import Terms
from bot.understanding.uncollected import uncollected
from bot.understanding.urgent import UrgentFinder
from bot.understanding.utterance import Utterance

_LOG = logging.getLogger(__name__)

_SENTENCE_END = re.compile(r"[.!?;\n।؟۔。！？；]+")
#: Words of the shortest sentence that is looked at by itself, and how many sentences are.
_SHORTEST_SENTENCE = 3
_MOST_SENTENCES = 8
#: Features that fewer of a base's phrases show are dropped.
_RAREST = 2
#: Residents' words vary more than commands do: counting leads the descent further here. On 1 114 questions
#: kept apart the right topic came first for 73 of 100 without counts, 76.5 with a share of 0.25, 78 with 0.5
#: and no more with 0.75; measured 2026-11-22.
COUNTED = 0.5
#: What is not ours has ten times the examples of a topic. Of 834 questions kept apart in fifteen languages
#: the right topic came first for 83 of 100 with 0, 85 with 0.5 and 86 with 1; of messages that are not ours
#: 96, 95 and 92 of 100 were told so. With 13 000 of them in English, three times as many elsewhere, and
#: alarming messages among the topics' examples, the right topic of 3 900 came first for as many with 0.75, 1
#: and 1.25 (86.6 to 86.7, and 91.3 to 91.4), and what is not ours was told best with 1; measured 2026-11-22.
BALANCED = 1.0


@dataclass(frozen=True, slots=True)
class Recognition:
    """All that one message shows.

    `topics` ranks topics and small talk together; `aspects` ranks follow-up questions. `services` are
    those named, by a name or a number; `retired` is true where the number is one that is no longer used.
    `term` is the glossary's entry that the message asks about; None: it does not.
    """

    reading: Reading
    language: str
    urgent: tuple[str, ...]
    topics: Match
    aspects: Match
    services: tuple[str, ...]
    retired: bool
    term: str | None = None
    #: The audiences that the message is about, in the order of their file.
    who: tuple[str, ...] = ()
    #: The language that a short message names ("in somali please").
    named_language: str | None = None
    #: The topics of each part of a message that has several, in the order said.
    parts: tuple[Match, ...] = ()

    @property
    def utterance(self) -> Utterance:
        """The message as words and concepts."""
        return self.reading.utterance


@dataclass(frozen=True, slots=True)
class Learned:
    """What takes seconds to learn: it depends on words, examples, rules, and names of services, terms and
    languages."""

    lexicon: Lexicon
    features: Features
    detector: Detector
    terms: Terms
    urgent: UrgentFinder
    topics: Matcher
    aspects: Matcher
    parts: Parts
    language_names: LanguageNames

    @classmethod
    @uncollected
    def of(cls, knowledge: Knowledge) -> Learned:
        """Everything that is learned from the knowledge base, with its words and examples."""
        split = cache(words)
        common = common_of(knowledge)
        lexicon = lexicon_of(knowledge, common, split)

        topics, aspects = topic_phrases(knowledge), aspect_phrases(knowledge)
        alarming, ordinary = urgent_phrases(knowledge), ordinary_phrases(knowledge)
        groups = (*topics.values(), *aspects.values(), *alarming.values(), ordinary)
        texts = sorted({text for said in groups for text in said})
        spoken = language_of_phrases(knowledge)
        features, readings = Features.learn([lexicon.read(text, spoken[text]) for text in texts], _RAREST)
        by_text = dict(zip(texts, readings, strict=True))

        def read(phrases: Mapping[str, Iterable[str]]) -> dict[str, list[Reading]]:
            return {name: [by_text[text] for text in dict.fromkeys(said)] for name, said in phrases.items()}

        aspect_rules = {aspect: record.rules for aspect, record in knowledge.aspects.items()}
        return cls(
            lexicon,
            features,
            Detector.learn(phrases_by_language(knowledge, split)),
            Terms.of(knowledge, common),
            UrgentFinder.of(knowledge.urgent, features, read(alarming), [by_text[text] for text in ordinary]),
            Matcher.of(
                lexicon, features, topic_rules(knowledge), read(topics), None, NOTHING, COUNTED, BALANCED
            ),
            Matcher.of(lexicon, features, aspect_rules, read(aspects), nothing=NOTHING),
            Parts.of(knowledge),
            LanguageNames.of(knowledge.languages.values()),
        )


def _calibration(knowledge: Knowledge) -> Calibration:
    found, usual = knowledge.confidence, Calibration()
    if found is None:
        return usual
    follow_up = found.follow_up or usual.follow_up
    return Calibration(found.weights, found.near, found.answer, found.offer, follow_up)


class Understanding:
    """Understands messages by one snapshot of the knowledge base."""

    def __init__(self, knowledge: Knowledge, learned: Learned | None = None) -> None:
        """`learned` is what was learned from `knowledge`, which then needs no words and examples.

        None: it is learned here, in some seconds.
        """
        learned = learned or Learned.of(knowledge)
        self.lexicon = learned.lexicon
        self.features = learned.features
        self.detector = learned.detector
        self._terms = learned.terms
        self.urgent = learned.urgent
        self.topics = replace(learned.topics, calibration=_calibration(knowledge))
        self.aspects = learned.aspects
        self._numbers = Numbers.of(knowledge.services.values())
        self._audiences = Rules.of({name: audience.rules for name, audience in knowledge.audiences.items()})
        self._language_names = learned.language_names
        self._audience_order = tuple(knowledge.audiences)
        self._parts = learned.parts

    def read(self, message: str, current: str = SOURCE_LANGUAGE) -> Reading:
        """The message as words, concepts and features, in the language that it is found to be written in.

        `current` is the conversation's language (a BCP 47 tag).
        """
        return self.features.read(self.utterance(clean(message), current))

    def utterance(self, text: str, current: str = SOURCE_LANGUAGE) -> Utterance:
        """The words and concepts of `text`, which was cleaned, in the language that it is found to be in."""
        return self.lexicon.read(text, self._language(text, current))

    def _language(self, text: str, current: str) -> str:
        """The language of `text`. A fault in finding it must not hide a notice: then it is `current`."""
        try:
            return self.detector.detect(tokenize(text), current)
        except Exception as error:
            _LOG.error("%s in finding the language: %s is assumed", type(error).__name__, current)
            return current

    def _read_in(self, language: str, text: str) -> Reading:
        return self.features.read(self.lexicon.read(text, language))

    def notices(self, message: str, reading: Reading) -> tuple[str, ...]:
        """The kinds of notice that `message`, which was read as `reading`, must raise, most urgent first."""
        said = [part for part in _SENTENCE_END.split(message) if len(part.split()) >= _SHORTEST_SENTENCE]
        several = said[:_MOST_SENTENCES] if len(said) > 1 else []
        language = reading.utterance.language
        return self.urgent.find(reading, [self._read_in(language, clean(sentence)) for sentence in several])

    def recognise(self, message: str, reading: Reading, urgent: tuple[str, ...]) -> Recognition:
        """What `reading`, made of `message`, shows; `urgent` are the notices found: its topic may add one."""
        utterance = reading.utterance
        topics = self.topics.match_reading(reading)
        meant = self.urgent.meant(reading, topics.intent or "", topics.confidence)
        numbered = self._numbers.named(message)
        named = [
            concept.removeprefix(SERVICE)
            for concept in sorted(utterance.concepts)
            if concept.startswith(SERVICE)
        ]
        return Recognition(
            reading,
            utterance.language,
            tuple(kind for kind in self.urgent.kinds if kind in (*urgent, *meant)),
            topics,
            self.aspects.match_reading(reading),
            tuple(dict.fromkeys([*(service for service, _ in numbered), *named])),
            any(retired for _, retired in numbered),
            self._terms.asked(clean(message), utterance),
            self._about(utterance),
            self._language_names.named(utterance.tokens),
            tuple(
                self.topics.match_reading(self._read_in(utterance.language, part))
                for part in self._parts.cut(clean(message))
            ),
        )

    def _about(self, utterance: Utterance) -> tuple[str, ...]:
        """The audiences that the rules find in it, in the order of their file."""
        found = {rule.intent for rule in self._audiences.fulfilled(utterance)}
        return tuple(name for name in self._audience_order if name in found)
