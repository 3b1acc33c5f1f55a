"""From a decision to a reply: the topic's own text, its services' facts, what may be asked next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot.dialogue import phrases
from bot.dialogue.aspects import Aspects
from bot.dialogue.body import MOST_SERVICES, Body
from bot.dialogue.cards import Cards
from bot.dialogue.context import services_of
from bot.dialogue.decision import Decision
from bot.dialogue.finish import finished
from bot.dialogue.reply import Choice, Reply, ServiceCard, Suggestion
from bot.dialogue.state import DialogueState
from bot.dialogue.wording import Wording
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Term, Topic
from bot.knowledge.services import ContactKind, ContactPoint, Service
from bot.knowledge.sites import Site

_MOST_NEIGHBOURS = 2
#: The follow-up question offered to who has had enough, or gets the same answer again.
_SOMEONE_ELSE = "more_options"

#: What is said of a term that residents cannot turn to; of a plain word, nothing.
_NOT_CONTACTABLE = {"body": phrases.NOT_FOR_RESIDENTS, "power": phrases.NOT_YOURS_TO_USE}


class Composer:
    """Puts the decisions of one turn into words. `now` is aware; `site` embeds the assistant (None: ours)."""

    def __init__(
        self, knowledge: Knowledge, wording: Wording, now: dt.datetime, site: Site | None = None
    ) -> None:
        self._knowledge = knowledge
        self._site = site
        self._wording = wording
        self._cards = Cards(knowledge, wording, now)
        self._aspects = Aspects(knowledge, wording, self._cards)

    def compose(self, decision: Decision, state: DialogueState, urgent: Iterable[str]) -> Reply:
        """The reply for `decision`, `state` being the one after it, with the notices of these kinds."""
        body = self._body(decision, state)
        urgent = tuple(urgent)
        earlier = [kind for kind in self._knowledge.urgent if kind in state.urgent and kind not in urgent]
        reply = Reply(
            language=self._wording.language.tag,
            direction=self._wording.language.direction,
            outcome=decision.outcome,
            topic=decision.topic,
            aspect=decision.aspect,
            smalltalk=decision.smalltalk,
            term=decision.term,
            confidence=decision.confidence,
            urgent=tuple(self._cards.notice(kind) for kind in urgent),
            urgent_shown=tuple(self._cards.reminder(kind) for kind in earlier),
            text=body.text,
            steps=body.steps,
            services=body.services,
            suggestions=body.suggestions,
        )
        return finished(reply)

    def _body(self, decision: Decision, state: DialogueState) -> Body:
        if decision.topic is not None:
            return self._on_topic(self._knowledge.topics[decision.topic], decision, state)
        if decision.outcome == "clarify":
            return Body(self._wording.say(phrases.CLARIFY), suggestions=self._choices(decision.offered))
        if decision.smalltalk is not None:
            return self._small_talk(decision.smalltalk, state)
        if decision.menu is not None:
            return self._menu(decision.menu)
        return self._fallback(state)

    def _on_topic(self, topic: Topic, decision: Decision, state: DialogueState) -> Body:
        if decision.term is not None:
            return self._meaning(self._knowledge.glossary[decision.term], topic)
        if decision.aspect is not None and decision.aspect != "say_again":
            return self._aspects.answer(self._knowledge.aspects[decision.aspect], topic, decision, state)
        if decision.service in self._knowledge.services:
            return self._aspects.one_service(self._knowledge.services[decision.service or ""], topic)
        if state.repeated and decision.aspect is None:
            return self._same_again(topic, decision)
        return self._answer(topic, decision)

    def _answer(self, topic: Topic, decision: Decision) -> Body:
        answer = next(
            (row.answer for row in topic.for_ if row.answer and set(row.who) & set(decision.who)), None
        )
        texts = (
            phrases.NUMBER_RETIRED if decision.retired else None,
            answer,
            topic.answer,
            topic.danger,
            topic.asks.question if topic.asks and decision.asks else None,
        )
        own = self._own_card(topic)
        led = dict.fromkeys([*decision.services, *services_of(topic, decision.who)])
        cards = map(self._cards.service, self._records(led)[: MOST_SERVICES - len(own)])
        return Body(
            self._wording.paragraphs(map(self._wording.maybe, texts)),
            tuple(self._wording.say(part) for part in topic.steps),
            (*cards, *own),
            (
                *self._needs(decision.others),
                *self._asked(topic, decision.asks),
                *self._aspects.offered(topic),
                *self._neighbours(topic, decision),
            ),
        )

    def _same_again(self, topic: Topic, decision: Decision) -> Body:
        """What is said where the answer would be the same: whom to call, and a person to speak to."""
        people = self._people(topic, decision.who)
        led = dict.fromkeys([*decision.services, *services_of(topic, decision.who)])
        known = {card.id for card in people}
        cards = [self._cards.service(service) for service in self._records(led) if service.id not in known]
        return Body(
            self._wording.say(phrases.SAME_AGAIN),
            services=(*people, *cards[: MOST_SERVICES - len(people)]),
            suggestions=(
                *self._needs(decision.others),
                *self._someone_else(topic),
                *self._neighbours(topic, decision),
            ),
        )

    def _asked(self, topic: Topic, asks: Iterable[str]) -> tuple[Suggestion, ...]:
        """The answers to the topic's short question."""
        audiences = [self._knowledge.audiences[name] for name in asks]
        return tuple(
            Suggestion(self._wording.say(audience.label), Choice(topic=topic.id, who=audience.id))
            for audience in audiences
        )

    def _meaning(self, term: Term, topic: Topic) -> Body:
        """What the term is and what became of it, whom to turn to, and the need it belongs to."""
        unsure = phrases.NOT_CONFIRMED if term.exists == "unknown" else None
        closed = None if term.contactable or term.exists == "ended" else _NOT_CONTACTABLE.get(term.kind)
        texts = (term.explains, term.today, unsure, closed)
        return Body(
            self._wording.paragraphs(map(self._wording.maybe, texts)),
            services=tuple(map(self._cards.service, self._records(term.instead)[:MOST_SERVICES])),
            suggestions=self._needs((topic.id, *topic.neighbours[:_MOST_NEIGHBOURS])),
        )

    def _records(self, services: Iterable[str]) -> list[Service]:
        """The records of those services that there are."""
        return [self._knowledge.services[name] for name in services if name in self._knowledge.services]

    def _neighbours(self, topic: Topic, decision: Decision) -> tuple[Suggestion, ...]:
        other = [name for name in topic.neighbours if name not in decision.others]
        return self._needs(other[:_MOST_NEIGHBOURS])

    def _needs(self, topics: Iterable[str]) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(self._wording.say(self._knowledge.topics[topic].need), Choice(topic=topic))
            for topic in topics
        )

    def _choices(self, topics: Iterable[str]) -> tuple[Suggestion, ...]:
        """The topics worded as needs, and a way out."""
        return (*self._needs(topics), Suggestion(self._wording.say(phrases.SOMETHING_ELSE), Choice(menu="")))

    def _small_talk(self, kind: str, state: DialogueState) -> Body:
        """Short and kind; who wants a person gets one for the topic in hand first."""
        record = self._knowledge.smalltalk[kind]
        topic = self._knowledge.topics.get(state.topic or "")
        wanted = "contact-centre" in record.suggest
        return Body(
            self._wording.say(record.text),
            services=self._people(topic, state.who) if wanted else (),
            suggestions=(
                *(self._someone_else(topic) if wanted and topic else ()),
                *(self._groups() if "menu" in record.suggest else ()),
            ),
        )

    def _someone_else(self, topic: Topic) -> tuple[Suggestion, ...]:
        aspect = self._knowledge.aspects.get(_SOMEONE_ELSE)
        choice = Choice(topic=topic.id, aspect=_SOMEONE_ELSE)
        return (Suggestion(self._wording.say(aspect.label), choice),) if aspect else ()

    def _menu(self, group: str) -> Body:
        if not group:
            people = self._people()
            return Body(self._wording.say(phrases.MENU), services=people, suggestions=self._groups())
        topics = [topic.id for topic in self._knowledge.topics.values() if topic.group == group]
        return Body(self._wording.say(phrases.MENU_GROUP), suggestions=self._choices(topics))

    def _fallback(self, state: DialogueState) -> Body:
        """Never a dead end: somebody to speak to, and the subjects."""
        text = phrases.FALLBACK_AGAIN if state.fallbacks > 1 else phrases.FALLBACK
        return Body(self._wording.say(text), services=self._people(), suggestions=self._groups())

    def _groups(self) -> tuple[Suggestion, ...]:
        """The menu: what the site leads with, then all groups."""
        led = self._site.groups if self._site else ()
        groups = dict.fromkeys([*led, *self._knowledge.groups])
        return (
            *self._needs(self._site.topics if self._site else ()),
            *(
                Suggestion(self._wording.say(self._knowledge.groups[name].title), Choice(menu=name))
                for name in groups
            ),
        )

    def _people(self, topic: Topic | None = None, who: Iterable[str] = ()) -> tuple[ServiceCard, ...]:
        """Whom to speak to: the topic's first service that answers now, the centre, the site."""
        centre = self._knowledge.settings.contact_centre
        led = self._records(services_of(topic, who)) if topic else []
        callable_now = [one for one in led if one.id != centre and any(map(self._answers_now, one.contacts))]
        cards = [self._cards.service(one, self._answers_now) for one in callable_now[:1]]
        return (*cards, self._cards.service(self._knowledge.services[centre]), *self._own_card())

    def _answers_now(self, contact: ContactPoint) -> bool:
        return contact.kind is ContactKind.PHONE and self._cards.is_open(contact) is True

    def _own_card(self, topic: Topic | None = None) -> tuple[ServiceCard, ...]:
        """The site's own contacts, if it has any; of a `topic`, only where the site leads with it."""
        if self._site is None or not (topic is None or _leads_with(self._site, topic)):
            return ()
        card = self._cards.site(self._site)
        return (card,) if card else ()


def _leads_with(site: Site, topic: Topic) -> bool:
    return topic.id in site.topics or topic.group in site.groups
