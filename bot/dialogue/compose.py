"""From a decision to a reply: the topic's own text, its services' facts, what may be asked next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.dialogue import phrases
from bot.dialogue.cards import Cards, Keep
from bot.dialogue.decision import Decision
from bot.dialogue.finish import finished
from bot.dialogue.reply import Choice, Reply, ServiceCard, Suggestion
from bot.dialogue.state import DialogueState
from bot.dialogue.wording import Said, Wording
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Aspect, Question, Service, Site, Term, Topic

#: Follow-up questions offered below an answer, where the records answer them; in this order, at most so many.
_OFFERED_ASPECTS = (
    "what_happens_next",
    "anonymous_or_confidential",
    "not_working_or_no_reply",
    "cost",
    "interpreter",
)
_MOST_ASPECTS = 3
_MOST_NEIGHBOURS = 2
#: The most services in an answer; the others are given when more are asked for. Our own judgement: nine cards
#: for someone who is afraid are no help.
_MOST_SERVICES = 4

#: What is said of a term that residents cannot turn to; of a plain word, nothing.
_NOT_CONTACTABLE = {"body": phrases.NOT_FOR_RESIDENTS, "power": phrases.NOT_YOURS_TO_USE}


@dataclass(frozen=True, slots=True)
class _Body:
    """The parts of a reply that depend on the decision."""

    text: Said
    steps: tuple[str, ...] = ()
    services: tuple[ServiceCard, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class Composer:
    """Puts the decisions of one turn into words. `now` is aware; `site` embeds the assistant (None: ours)."""

    def __init__(
        self, knowledge: Knowledge, wording: Wording, now: dt.datetime, site: Site | None = None
    ) -> None:
        self._knowledge = knowledge
        self._site = site
        self._wording = wording
        self._cards = Cards(knowledge, wording, now)

    def compose(self, decision: Decision, state: DialogueState, urgent: Iterable[str]) -> Reply:
        """The reply for `decision`, `state` being the one after it, with the notices of these kinds."""
        body = self._body(decision, state)
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
            text=body.text,
            steps=body.steps,
            services=body.services,
            suggestions=body.suggestions,
        )
        return finished(reply)

    def _body(self, decision: Decision, state: DialogueState) -> _Body:
        if decision.topic is not None:
            topic = self._knowledge.topics[decision.topic]
            if decision.term is not None:
                return self._meaning(self._knowledge.glossary[decision.term], topic)
            if decision.aspect is not None:
                return self._aspect(topic, self._knowledge.aspects[decision.aspect], decision.who)
            return self._answer(topic, decision)
        if decision.outcome == "clarify":
            return _Body(self._wording.say(phrases.CLARIFY), suggestions=self._choices(decision.offered))
        if decision.smalltalk is not None:
            return self._small_talk(decision.smalltalk)
        if decision.menu is not None:
            return self._menu(decision.menu)
        return self._fallback(state)

    def _answer(self, topic: Topic, decision: Decision) -> _Body:
        special = _for_whom(topic, decision.who)
        asks = topic.asks if topic.asks and not set(topic.asks.choices) & set(decision.who) else None
        texts = (
            phrases.NUMBER_RETIRED if decision.retired else None,
            special.answer,
            topic.answer,
            topic.danger,
            asks.question if asks else None,
        )
        own = self._own_card(topic)
        first = self._services(topic, (*decision.services, *special.leads))[: _MOST_SERVICES - len(own)]
        return _Body(
            self._wording.paragraphs(map(self._wording.maybe, texts)),
            tuple(self._wording.say(part) for part in topic.steps),
            (*map(self._cards.service, first), *own),
            (
                *self._asked(topic, asks),
                *self._aspects_of(topic),
                *self._needs(topic.neighbours[:_MOST_NEIGHBOURS]),
            ),
        )

    def _asked(self, topic: Topic, asks: Question | None) -> tuple[Suggestion, ...]:
        """The answers to the topic's short question."""
        audiences = [self._knowledge.audiences[name] for name in asks.choices] if asks else []
        return tuple(
            Suggestion(self._wording.say(audience.label), Choice(topic=topic.id, who=audience.id))
            for audience in audiences
        )

    def _meaning(self, term: Term, topic: Topic) -> _Body:
        """What the term is and what became of it, whom to turn to, and the need it belongs to."""
        unsure = phrases.NOT_CONFIRMED if term.exists == "unknown" else None
        closed = None if term.contactable or term.exists == "ended" else _NOT_CONTACTABLE.get(term.kind)
        texts = (term.explains, term.today, unsure, closed)
        services = (self._knowledge.services[service] for service in term.instead[:_MOST_SERVICES])
        return _Body(
            self._wording.paragraphs(map(self._wording.maybe, texts)),
            services=tuple(map(self._cards.service, services)),
            suggestions=self._needs((topic.id, *topic.neighbours[:_MOST_NEIGHBOURS])),
        )

    def _services(self, topic: Topic, first: tuple[str, ...] = ()) -> list[Service]:
        named = [service for service in first if service in self._knowledge.services]
        return [self._knowledge.services[service] for service in dict.fromkeys([*named, *topic.leads])]

    def _aspect(self, topic: Topic, aspect: Aspect, who: tuple[str, ...]) -> _Body:
        """Only what was asked: the topic's own words, else its services' facts, else that it is not known."""
        if aspect.id == "say_again":
            return self._answer(topic, Decision("answer", "said again", topic.id, who=who))
        services = self._services(topic, _for_whom(topic, who).leads)
        if aspect.id in topic.aspects:
            text, shown, keep = self._wording.say(topic.aspects[aspect.id]), services[:_MOST_SERVICES], None
        else:
            text, shown, keep = self._known(aspect, services)
        cards = tuple(self._cards.service(service, keep) for service in shown)
        return _Body(text, services=cards, suggestions=self._aspects_of(topic))

    def _known(self, aspect: Aspect, services: list[Service]) -> tuple[Said, list[Service], Keep | None]:
        """What the services' records say on an aspect, which services say it, and the contacts to keep."""
        lines = list(self._facts(aspect, services))
        keep = self._keep(aspect)
        answering = [one for one in services if keep and any(keep(contact) for contact in one.contacts)]
        if not lines and not answering:
            return self._wording.say(aspect.unknown), services[:1], None
        text = self._wording.paragraphs([self._wording.say(aspect.text), *lines])
        return text, answering or services[:1], keep

    def _keep(self, aspect: Aspect) -> Keep | None:
        """Which contacts answer the aspect; None: it is not answered by contacts."""
        if aspect.id == "out_of_hours":
            return lambda contact: contact.out_of_hours or (contact.hours or "").startswith("24/7")
        if aspect.id == "open_now":
            return lambda contact: self._cards.is_open(contact) is True
        if aspect.kinds:
            return lambda contact: contact.kind in aspect.kinds
        if aspect.field == "hours":
            return lambda contact: contact.hours is not None
        if aspect.id == "more_options":
            return lambda contact: True
        return None

    def _facts(self, aspect: Aspect, services: list[Service]) -> Iterator[Said]:
        """What the services' records say on the aspect, a line for each service that says something."""
        for service in services:
            if aspect.field in ("cost", "for_whom", "confidential", "what_happens_next"):
                said = self._wording.maybe(getattr(service, aspect.field))
            elif aspect.field == "languages" and (service.languages or service.interpreting):
                spoken = self._wording.language_names(service.languages) if service.languages else None
                said = self._wording.paragraphs([self._wording.maybe(service.interpreting), spoken])
            else:
                said = None
            if said:
                yield self._wording.say(phrases.SERVICE_SAYS, service=service.name, answer=said)

    def _aspects_of(self, topic: Topic) -> tuple[Suggestion, ...]:
        """Follow-up questions that the topic can answer."""
        services = self._services(topic)
        able = [
            self._knowledge.aspects[name]
            for name in _OFFERED_ASPECTS
            if name in self._knowledge.aspects
            and (name in topic.aspects or any(self._facts(self._knowledge.aspects[name], services)))
        ]
        return tuple(
            Suggestion(self._wording.say(aspect.label), Choice(topic=topic.id, aspect=aspect.id))
            for aspect in able[:_MOST_ASPECTS]
        )

    def _needs(self, topics: Iterable[str]) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(self._wording.say(self._knowledge.topics[topic].need), Choice(topic=topic))
            for topic in topics
        )

    def _choices(self, topics: Iterable[str]) -> tuple[Suggestion, ...]:
        """The topics worded as needs, and a way out."""
        return (*self._needs(topics), Suggestion(self._wording.say(phrases.SOMETHING_ELSE), Choice(menu="")))

    def _small_talk(self, kind: str) -> _Body:
        record = self._knowledge.smalltalk[kind]
        centre = self._someone_to_speak_to() if "contact-centre" in record.suggest else ()
        return _Body(
            self._wording.say(record.text),
            services=centre,
            suggestions=self._groups() if "menu" in record.suggest else (),
        )

    def _menu(self, group: str) -> _Body:
        if not group:
            return _Body(self._wording.say(phrases.MENU), suggestions=self._groups())
        topics = [topic.id for topic in self._knowledge.topics.values() if topic.group == group]
        return _Body(self._wording.say(phrases.MENU_GROUP), suggestions=self._choices(topics))

    def _fallback(self, state: DialogueState) -> _Body:
        """Never a dead end: somebody to speak to, and the subjects."""
        text = phrases.FALLBACK_AGAIN if state.fallbacks > 1 else phrases.FALLBACK
        return _Body(
            self._wording.say(text), services=self._someone_to_speak_to(), suggestions=self._groups()
        )

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

    def _someone_to_speak_to(self) -> tuple[ServiceCard, ...]:
        centre = self._cards.service(self._knowledge.services[self._knowledge.settings.contact_centre])
        return centre, *self._own_card()

    def _own_card(self, topic: Topic | None = None) -> tuple[ServiceCard, ...]:
        """The site's own contacts, if it has any; of a `topic`, only where the site leads with it."""
        if self._site is None or not (topic is None or _leads_with(self._site, topic)):
            return ()
        card = self._cards.site(self._site)
        return (card,) if card else ()


def _leads_with(site: Site, topic: Topic) -> bool:
    return topic.id in site.topics or topic.group in site.groups


@dataclass(frozen=True, slots=True)
class _Special:
    """What is different in a topic's answer for those it is about."""

    leads: tuple[str, ...] = ()
    answer: str | None = None


def _for_whom(topic: Topic, who: tuple[str, ...]) -> _Special:
    """What the topic says for these audiences: of several, the first text and all services in order."""
    fitting = [special for special in topic.for_ if set(special.who) & set(who)]
    return _Special(
        tuple(dict.fromkeys(service for special in fitting for service in special.leads)),
        next((special.answer for special in fitting if special.answer), None),
    )
