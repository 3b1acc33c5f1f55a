"""Steps that find the need: by a name or number, by the topic that fits, by several parts of one message."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.context import Context, concepts_for, topic_led_by
from bot.dialogue.decision import MOST_OFFERED, Decision, rivals
from bot.dialogue.state import mark
from bot.understanding.matcher import Match

#: How sure an entry of the glossary is that is asked for by name, and a topic whose service is named.
_NAMED = 0.9
#: The most further needs of one message that are offered.
_MOST_OTHERS = 2
#: The confidence from which on words by themselves tell of no more urgent need than the best topic.
_BEYOND_DOUBT = 0.95
#: How much likelier (log odds) a message must be to be none of our business than about the topic in hand, to
#: be told so in mid-conversation. Of 65 second messages that go on ("they start at six") 1 is beyond this, of
#: 37 English ones about something else 33 are, and of 290 in other languages 230; measured 2026-11-23.
_STRANGE = 4.0
#: What the rules for a further need must add at least where no part of the message names it: one normal rule.
_OTHER_BY_RULES = 1.5


def retired_number(context: Context) -> Decision | None:
    """A number that is no longer used is named: the topic that its service leads most."""
    if not context.recognition.retired:
        return None
    return _about_service(context, "a retired number", retired=True)


def named_service(context: Context) -> Decision | None:
    """A service is named, and nothing surer is said: the topic that it leads most, that service first."""
    return _about_service(context, "a service was named") if context.recognition.services else None


def _about_service(context: Context, because: str, retired: bool = False) -> Decision | None:
    service = context.recognition.services[0]
    topic = topic_led_by(service, context.knowledge)
    if topic is None:
        return None
    return Decision("answer", because, topic, services=(service,), retired=retired, confidence=_NAMED)


def meaning(context: Context) -> Decision | None:
    """What something is, is asked: the glossary says it, unless the name is the answer to a question."""
    term = context.knowledge.glossary.get(context.recognition.term or "")
    if term is None or term.topic in context.state.offered:
        return None
    return Decision("answer", "asks what something is", term.topic, term=term.id, confidence=_NAMED)


def sure(context: Context) -> Decision | None:
    """The best topic is sure enough; of several needs that are told the most urgent one.

    A notice alone is no second need: it stands above the answer, and says by itself what to do first.
    """
    if not context.names_topic:
        return None
    pressing = _most_urgent(context, _told(context))
    if pressing is not None and pressing != context.best:
        return context.answer(pressing, "the most urgent of several needs")
    return context.answer(context.best, "the best topic is sure enough")


def _told(context: Context) -> list[str]:
    """The best topic, those that parts of the message tell of, and, unless it is beyond doubt, other words.

    A passport that a boss has taken is no passport that a husband has taken.
    """
    by_words = () if context.confidence >= _BEYOND_DOUBT else _needs_by_rules(context, context.best)
    return [context.best, *_needs_of_parts(context), *by_words]


def urgent_topic(context: Context) -> Decision | None:
    """In danger, an answer rather than a question: the likeliest topic, or that of the notice itself."""
    likely = context.best in context.knowledge.topics and context.offers
    if context.recognition.urgent and likely:
        pressing = _most_urgent(context, [*_told(context), *rivals(context.topics)]) or context.best
        return context.answer(pressing, "in danger no question is asked")
    for kind in context.recognition.urgent:
        topic = context.knowledge.urgent[kind].topic
        if topic is not None:
            return context.answer(topic, f"the notice {kind} has this topic")
    return None


def council_matter(context: Context) -> Decision | None:
    """Another council matter, though not surely: the contact centre is where a fallback leads as well."""
    topic = context.knowledge.topics.get(context.best)
    if topic is None or topic.leads[0] != context.knowledge.settings.contact_centre:
        return None
    if not context.offers:
        return None
    return context.answer(topic.id, "likely another council matter")


def same_topic(context: Context) -> Decision | None:
    """More about the topic in hand: it is among the likeliest, or no rule speaks for another that is likely.

    Not where the message is much likelier to be none of our business ("who won the match").

    Said once: who is not understood a second time gets a choice or a person, not the same answer again.
    """
    if context.in_hand is None or context.state.repeated or not any(context.recognition.utterance.known):
        return None
    likeliest = [topic for topic, _ in context.topics[:MOST_OFFERED]]
    ruled = context.recognition.topics.evidence.rules > 0
    if context.offers and ruled and context.in_hand not in likeliest:
        return None
    if context.recognition.topics.nothing - dict(context.topics)[context.in_hand] > _STRANGE:
        return None
    return context.answer(context.in_hand, "more about the topic in hand")


def choice(context: Context) -> Decision | None:
    """Two to four topics, where the best is likely but not sure.

    The best itself after a question, and where this very question was asked before.
    """
    if context.best not in context.knowledge.topics or not context.offers:
        return None
    in_hand = [context.in_hand] if context.in_hand else []
    likely = dict.fromkeys([*_needs_of_parts(context), *rivals(context.topics)])
    offered = tuple(dict.fromkeys([*list(likely)[: MOST_OFFERED - len(in_hand)], *in_hand]))
    if context.state.offered or mark(offered) in context.state.asked or len(offered) < 2:
        return context.answer(context.best, "the question was asked before")
    return Decision("clarify", "likely, not sure", offered=offered, confidence=context.confidence)


def other_needs(context: Context, answered: str) -> tuple[str, ...]:
    """Further needs that the message tells of, beside the topic `answered`; the most urgent first."""
    told = (*_needs_of_notices(context), *_needs_of_parts(context), *_needs_by_rules(context, answered))
    found = dict.fromkeys(told)
    found.pop(answered, None)
    return tuple(found)[:_MOST_OTHERS]


def _needs_of_notices(context: Context) -> Iterator[str]:
    """The topics of the notices raised, but for the emergency itself, of which the notice says all."""
    for kind in context.recognition.urgent:
        topic = context.knowledge.topics.get(context.knowledge.urgent[kind].topic or "")
        if topic is not None and topic.leads[0] != context.knowledge.settings.emergency:
            yield topic.id


def _needs_of_parts(context: Context) -> Iterator[str]:
    """The topics that surely fit a part of the message, by rules and examples, in the order said."""
    for match in context.recognition.parts:
        best = match.ranking[0][0] if match.ranking else ""
        if best in context.knowledge.topics and _clear(match, best, context.calibration.answer):
            yield best


def _clear(match: Match, topic: str, answer: float) -> bool:
    """A part is short, so a rule must speak for its topic as well."""
    return match.confidence >= answer and bool(concepts_for(match, topic))


def _needs_by_rules(context: Context, answered: str) -> Iterator[str]:
    """Topics for which rules speak by other words than those for the topic `answered`, heaviest first."""
    whole = context.recognition.topics
    used = concepts_for(whole, answered)
    if not used:
        return
    weights: dict[str, float] = {}
    for rule in whole.rules:
        if rule.intent in context.knowledge.topics and not used & concepts_for(whole, rule.intent):
            weights[rule.intent] = max(rule.weight, weights.get(rule.intent, 0.0))
    for topic, weight in sorted(weights.items(), key=lambda row: (-row[1], row[0])):
        if weight >= _OTHER_BY_RULES:
            yield topic


def _most_urgent(context: Context, needs: list[str]) -> str | None:
    """That of `needs` which a notice raised by this message leads to, the most urgent first."""
    led_to = (context.knowledge.urgent[kind].topic for kind in context.recognition.urgent)
    return next((topic for topic in led_to if topic in needs), None)
