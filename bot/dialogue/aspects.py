"""Answers to follow-up questions: only what was asked, of the service in hand, or that it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.dialogue import phrases
from bot.dialogue.body import MOST_SERVICES, Body
from bot.dialogue.cards import Cards, Keep
from bot.dialogue.context import services_of
from bot.dialogue.decision import Decision
from bot.dialogue.reply import Choice, Suggestion
from bot.dialogue.state import DialogueState
from bot.dialogue.wording import Said, Wording
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Aspect, Topic
from bot.knowledge.services import Service

#: Follow-up questions offered below an answer, where the records answer them; in this order, at most so many.
_OFFERED = (
    "what_happens_next",
    "anonymous_or_confidential",
    "not_working_or_no_reply",
    "cost",
    "interpreter",
)
_MOST_OFFERED = 3
#: The most services to turn to instead of one that does not answer.
_MOST_INSTEAD = 2
#: Fields of a service that are said as they stand.
_SAID = ("cost", "for_whom", "confidential", "what_happens_next")


@dataclass(frozen=True, slots=True)
class Aspects:
    """Answers follow-up questions in one language."""

    knowledge: Knowledge
    wording: Wording
    cards: Cards

    def answer(self, aspect: Aspect, topic: Topic, decision: Decision, state: DialogueState) -> Body:
        """Only what was asked. `state` is the one after the decision."""
        if aspect.id == "more_options":
            return self._more(aspect, topic, decision, state)
        if aspect.id == "not_working_or_no_reply":
            return self._instead(aspect, topic, decision, state)
        near = self._near(topic, decision, state)
        text, shown, keep = self._known(aspect, near, [] if decision.service else self._all(topic, decision))
        own = topic.aspects.get(aspect.id)
        if own is not None and (decision.service is None or text == self.wording.say(aspect.unknown)):
            text, shown, keep = self.wording.say(own), near, None
        cards = tuple(self.cards.service(service, keep) for service in shown)
        return Body(text, services=cards, suggestions=self.offered(topic))

    def one_service(self, service: Service, topic: Topic) -> Body:
        """The one service that was picked or named."""
        summary = self.wording.say(service.summary)
        text = self.wording.say(phrases.SERVICE_SAYS, service=service.name, answer=summary)
        return Body(text, services=(self.cards.service(service),), suggestions=self.offered(topic))

    def offered(self, topic: Topic) -> tuple[Suggestion, ...]:
        """Follow-up questions that the topic can answer."""
        services = self._records(services_of(topic))
        able = [
            self.knowledge.aspects[name]
            for name in _OFFERED
            if name in self.knowledge.aspects
            and (name in topic.aspects or any(self._facts(self.knowledge.aspects[name], services)))
        ]
        return tuple(
            Suggestion(self.wording.say(aspect.label), Choice(topic=topic.id, aspect=aspect.id))
            for aspect in able[:_MOST_OFFERED]
        )

    def _more(self, aspect: Aspect, topic: Topic, decision: Decision, state: DialogueState) -> Body:
        """The other one of those shown where that was said; else the next few of the topic's services."""
        if decision.service in self.knowledge.services:
            return self.one_service(self.knowledge.services[decision.service or ""], topic)
        further = self._all(topic, decision)[state.given :][:MOST_SERVICES]
        own = topic.aspects.get(aspect.id) if state.given <= MOST_SERVICES else None
        if not further:
            text, further = self.wording.say(own or aspect.unknown), [self._centre()]
        else:
            text = self.wording.paragraphs([self.wording.maybe(own), self.wording.say(aspect.text)])
        return Body(text, services=tuple(map(self.cards.service, further)), suggestions=self.offered(topic))

    def _instead(self, aspect: Aspect, topic: Topic, decision: Decision, state: DialogueState) -> Body:
        """Not the same service again: the next ones, those open now first; at last a person."""
        every = self._all(topic, decision)
        in_hand = decision.service or next(iter(state.shown), every[0].id if every else "")
        left = [service for service in every if service.id not in (*state.tried, in_hand)]
        left.sort(key=lambda service: not any(self.cards.is_open(one) for one in service.contacts))
        own = topic.aspects.get(aspect.id)
        services = left[:_MOST_INSTEAD] or [self._centre()]
        text = own or (aspect.text if left else aspect.unknown)
        cards = tuple(map(self.cards.service, services))
        return Body(self.wording.say(text), services=cards, suggestions=self.offered(topic))

    def _near(self, topic: Topic, decision: Decision, state: DialogueState) -> list[Service]:
        """The service in hand; else those shown last; else the first ones of the topic."""
        if decision.service in self.knowledge.services:
            return [self.knowledge.services[decision.service or ""]]
        shown = self._records(state.shown)
        return shown or self._all(topic, decision)[:MOST_SERVICES]

    def _all(self, topic: Topic, decision: Decision) -> list[Service]:
        return self._records(services_of(topic, decision.who))

    def _records(self, services: Iterable[str]) -> list[Service]:
        """The records of those services that there are."""
        return [self.knowledge.services[name] for name in services if name in self.knowledge.services]

    def _centre(self) -> Service:
        return self.knowledge.services[self.knowledge.settings.contact_centre]

    def _known(
        self, aspect: Aspect, near: list[Service], further: list[Service]
    ) -> tuple[Said, list[Service], Keep | None]:
        """What the records of the services `near` say, which say it, and the contacts to keep.

        Where none of them has a contact that answers, one of the `further` ones may.
        """
        lines = list(self._facts(aspect, near))
        keep = self._keep(aspect)
        answering = _answering(near, keep) or ([] if lines else _answering(further, keep)[:MOST_SERVICES])
        if not lines and not answering:
            return self.wording.say(aspect.unknown), near[:1], None
        text = self.wording.paragraphs([self.wording.say(aspect.text), *lines])
        return text, answering or near[:1], keep

    def _keep(self, aspect: Aspect) -> Keep | None:
        """Which contacts answer the aspect; None: it is not answered by contacts."""
        if aspect.id == "out_of_hours":
            return lambda contact: contact.out_of_hours or (contact.hours or "").startswith("24/7")
        if aspect.kinds:
            return lambda contact: contact.kind in aspect.kinds
        if aspect.field == "hours" or aspect.id == "open_now":
            return lambda contact: contact.hours is not None
        return None

    def _facts(self, aspect: Aspect, services: list[Service]) -> Iterator[Said]:
        """What the services' records say on the aspect, a line for each service that says something."""
        for service in services:
            if aspect.id == "open_now":
                said = self._open_now(service)
                if said:
                    yield said
                continue
            answer = self._field(aspect, service)
            if answer:
                yield self.wording.say(phrases.SERVICE_SAYS, service=service.name, answer=answer)

    def _field(self, aspect: Aspect, service: Service) -> Said | None:
        """What the service's record says in the aspect's field; None: nothing."""
        if aspect.field in _SAID:
            return self.wording.maybe(getattr(service, aspect.field))
        if aspect.field == "languages" and (service.languages or service.interpreting):
            spoken = self.wording.language_names(service.languages) if service.languages else None
            return self.wording.paragraphs([self.wording.maybe(service.interpreting), spoken])
        return None

    def _open_now(self, service: Service) -> Said | None:
        """Whether any way to reach the service is open; None: its hours are not known."""
        contacts = [contact for contact in service.contacts if contact.hours is not None]
        if any(self.cards.is_open(contact) for contact in contacts):
            return self.wording.say(phrases.OPEN_NOW, service=service.name)
        opens = [found for found in map(self.cards.next_opening, contacts) if found is not None]
        if not opens:
            return None
        when = self.wording.opens(min(opens), self.cards.now)
        return self.wording.say(phrases.CLOSED_NOW, service=service.name, opens=when)


def _answering(services: list[Service], keep: Keep | None) -> list[Service]:
    return [one for one in services if keep and any(keep(contact) for contact in one.contacts)]
