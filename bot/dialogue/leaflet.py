"""Pages of their own for a topic and for a service, said by the same code as a turn of a conversation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.dialogue.cards import Cards
from bot.dialogue.compose import Composer
from bot.dialogue.decision import Decision
from bot.dialogue.finish import finished
from bot.dialogue.reply import Choice, Reply, ServiceCard, Suggestion, Translated
from bot.dialogue.state import DialogueState
from bot.dialogue.wording import Wording
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Topic
from bot.knowledge.services import Service

_BECAUSE = "a page of its own"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that is offered below an answer, with the reply to it."""

    label: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class TopicLeaflet:
    """A topic's answer and what may be asked next, with the answers to it."""

    title: str
    #: As in a conversation; its suggestions are what follows here.
    answer: Reply
    follow_ups: tuple[FollowUp, ...]
    #: What fits some audiences only; `choose` holds the topic, and `who` where it is this topic's.
    audiences: tuple[Suggestion, ...]
    #: Ids of the services that can help as well.
    more: tuple[str, ...]
    neighbours: tuple[Suggestion, ...]
    #: The worst of all parts.
    translated: Translated = "full"
    #: JSON pointers, except to parts of the replies, which have their own.
    in_english: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceLeaflet:
    """All that is known of one service; the texts are whole sentences, None where nothing is known."""

    language: str
    direction: Literal["ltr", "rtl"]
    organisation: str | None
    #: The one card, with every contact.
    services: tuple[ServiceCard, ...]
    what_happens_next: str | None
    confidential: str | None
    interpreting: str | None
    #: The topics in whose answers it leads.
    topics: tuple[Suggestion, ...]
    translated: Translated = "full"
    in_english: tuple[str, ...] = ()


class Leaflets:
    """Composes the pages in one language. `now` is aware."""

    def __init__(self, knowledge: Knowledge, wording: Wording, now: dt.datetime) -> None:
        self._knowledge = knowledge
        self._wording = wording
        self._composer = Composer(knowledge, wording, now)
        self._cards = Cards(knowledge, wording, now)

    def topic(self, topic: Topic, who: str | None = None) -> TopicLeaflet:
        """The page of `topic`, or what of it is for the audience `who`."""
        asked = topic.asks.choices if topic.asks else ()
        asks = () if who in asked else asked
        answer = self._say(Decision("answer", _BECAUSE, topic.id, who=(who,) if who else (), asks=asks))
        shown = {card.id for card in answer.services}
        return finished(
            TopicLeaflet(
                title=self._wording.say(topic.title),
                answer=answer,
                follow_ups=tuple(self._follow_ups(topic, answer)),
                audiences=() if who else self._audiences(topic),
                more=tuple(service for service in topic.leads if service not in shown),
                neighbours=self._needs(topic.neighbours),
            )
        )

    def service(self, service: Service) -> ServiceLeaflet:
        """The page of `service`."""
        leading = [topic.id for topic in self._knowledge.topics.values() if service.id in topic.leads]
        return finished(
            ServiceLeaflet(
                language=self._wording.language.tag,
                direction=self._wording.language.direction,
                organisation=service.organisation,
                services=(self._cards.service(service),),
                what_happens_next=self._wording.maybe(service.what_happens_next),
                confidential=self._wording.maybe(service.confidential),
                interpreting=self._wording.maybe(service.interpreting),
                topics=self._needs(leading),
            )
        )

    def _say(self, decision: Decision) -> Reply:
        return self._composer.compose(decision, DialogueState(), ())

    def _follow_ups(self, topic: Topic, answer: Reply) -> Iterator[FollowUp]:
        """The questions offered below `answer`, with the replies to them."""
        for name in (each.choose.aspect for each in answer.suggestions):
            if name:
                label = self._wording.say(self._knowledge.aspects[name].label)
                yield FollowUp(label, self._say(Decision("aspect", _BECAUSE, topic.id, name)))

    def _needs(self, topics: Iterable[str]) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(self._wording.say(self._knowledge.topics[topic].need), Choice(topic=topic))
            for topic in topics
        )

    def _audiences(self, topic: Topic) -> tuple[Suggestion, ...]:
        """The audiences for whom something is different, those that the topic asks about first."""
        asked = topic.asks.choices if topic.asks else ()
        others = {name: special.topic for special in reversed(topic.for_) for name in reversed(special.who)}
        names = dict.fromkeys((*asked, *reversed(others)))
        return tuple(
            Suggestion(
                self._wording.say(self._knowledge.audiences[name].label),
                Choice(topic=others[name]) if others.get(name) else Choice(topic=topic.id, who=name),
            )
            for name in names
        )
