"""What the steps of a dialogue look at: what was recognised, what is remembered, what follows from both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from bot.dialogue.decision import MOST_OFFERED, Decision
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Topic
from bot.understanding.confidence import Calibration
from bot.understanding.matcher import Match
from bot.understanding.recognition import Recognition

#: How sure a follow-up question must be to be taken as one. Found on the conversations, 2026-11-22.
ASKED = 0.4
#: How sure a new topic must be to win over a follow-up question. Found on the conversations, 2026-11-22.
NEW_TOPIC = 0.8
#: A message is short up to so many words.
SHORT = 8
#: Up to so many words are half a question: "drugs", "my ex", "ok noise".
_HALF = 3
#: Less than this share of the words is understood of "qwxz vbnm plugh", where one is a slip away from "plug".
_LEAST_UNDERSTOOD = 0.4
#: The same of a word or three: of "grommle snarf" one is a slip away from a scarf.
_HALF_UNDERSTOOD = 0.5
#: Concepts for the first, second … of what was shown.
_ORDINALS = ("choice-1", "choice-2", "choice-3", "choice-4")


class Context:
    """One message in its conversation. What the state names and the knowledge base lacks is left out."""

    def __init__(
        self, recognition: Recognition, state: DialogueState, knowledge: Knowledge, calibration: Calibration
    ) -> None:
        self.recognition = recognition
        self.state = state
        self.knowledge = knowledge
        self.calibration = calibration
        self.said = recognition.utterance.concepts
        self.length = len(recognition.utterance.tokens)
        self.topics = [row for row in recognition.topics.ranking if row[0] in knowledge.topics]
        self.best = recognition.topics.ranking[0][0] if recognition.topics.ranking else ""
        self.confidence = recognition.topics.confidence
        self.in_hand = state.topic if state.topic in knowledge.topics else None
        self.shown = tuple(service for service in state.shown if service in knowledge.services)

    @property
    def answers(self) -> bool:
        """Whether the best intent is sure enough to be answered."""
        return self.confidence >= self.calibration.answer

    @property
    def offers(self) -> bool:
        """Whether one of the likeliest few is sure enough to be right that they are offered.

        Not where most words mean nothing to us, though one is a slip away from one that does. A word or three
        that name what one of them is about say too little to be sure, and too much to be told that nothing
        fits.
        """
        if self._understood < _LEAST_UNDERSTOOD:
            return False
        return self.recognition.topics.near >= self.calibration.offer or self._half_a_question

    @property
    def _understood(self) -> float:
        """The share of the words that are known, as they stand, inflected or misspelt."""
        said = self.recognition.utterance
        words = zip(said.tokens, said.corrected, said.stems, said.known, strict=True)
        understood = [known or stem or token.key != taken for token, taken, stem, known in words]
        return sum(map(bool, understood)) / max(len(understood), 1)

    @property
    def _half_a_question(self) -> bool:
        named = self.length <= _HALF and self._understood > _HALF_UNDERSTOOD
        return named and any(
            not self.said.isdisjoint(part)
            for topic, _ in self.topics[:MOST_OFFERED]
            for rule in self.knowledge.topics[topic].rules
            for part in rule.all
        )

    @property
    def names_topic(self) -> bool:
        """Whether the best intent is a topic, and sure enough to be answered."""
        return self.answers and self.best in self.knowledge.topics

    @cached_property
    def another_topic(self) -> bool:
        """Whether another topic is named, surely, and by more than the words of a follow-up question."""
        aspects = self.recognition.aspects
        if self.best not in self.knowledge.topics or self.best == self.in_hand:
            return False
        if self.confidence < NEW_TOPIC or self.confidence < aspects.confidence:
            return False
        named = concepts_for(self.recognition.topics, self.best)
        if not named:  # examples alone: in a few words beside a clear question they prove little
            return self.length > SHORT or aspects.confidence < ASKED
        return not named <= concepts_for(aspects, aspects.intent)

    def place(self) -> int | None:
        """Which of those shown is meant by its place, counted from 0: "the second one"."""
        return next((place for place, name in enumerate(_ORDINALS) if name in self.said), None)

    def answer(self, topic: str, because: str, service: str | None = None) -> Decision:
        """The answer of `topic`; services that the message names lead it."""
        named = self.recognition.services[:1]
        return Decision("answer", because, topic, service=service, services=named, confidence=self.confidence)


Step = Callable[[Context], Decision | None]


def concepts_for(match: Match, intent: str | None) -> frozenset[str]:
    """The concepts by which rules speak for `intent`."""
    return frozenset(concept for rule in match.rules if rule.intent == intent for concept in rule.concepts)


def services_of(topic: Topic, who: Iterable[str] = ()) -> tuple[str, ...]:
    """The services of a topic's answer, those for the audiences `who` first."""
    concerned = set(who)
    special = [service for row in topic.for_ if set(row.who) & concerned for service in row.leads]
    return tuple(dict.fromkeys([*special, *topic.leads]))


def topic_led_by(service: str, knowledge: Knowledge, preferred: str | None = None) -> str | None:
    """The topic that `service` leads: the `preferred` one if it does at all, else where it comes first."""
    if preferred is not None and service in services_of(knowledge.topics[preferred]):
        return preferred
    leading = [
        (topic.leads.index(service), topic.id)
        for topic in knowledge.topics.values()
        if service in topic.leads
    ]
    return min(leading)[1] if leading else preferred
