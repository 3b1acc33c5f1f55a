"""Steps that stay with what is in hand: a question about it, whom it is about, which one is meant."""

from __future__ import annotations

from bot.dialogue.context import ASKED, NEW_TOPIC, SHORT, Context, concepts_for, topic_led_by
from bot.dialogue.decision import Decision
from bot.dialogue.following import ASKED_OF_BOTH, follows, likeliest
from bot.understanding.learning import SMALLTALK

#: From this likelihood on a message goes on with the topic in hand.
_FOLLOWS = 0.5
#: How sure a question about one of the services must be in a short message that opens no topic. Found on the
#: conversations, 2026-11-22.
_ASKED_IN_SHORT = 0.25
#: The most words of an answer to a question that is only yes or no, or says only whom it is about.
_SHORT_ANSWER = 3
#: What the order of the topics offered counts for, in log odds a place: the message before the question is
#: not remembered, and of those that it left open each was about so much less likely than the one above it.
_PER_PLACE = 1.0
#: Aspects that lead on to another service; with an ordinal or a name they say only which one is meant.
_LEADING_ON = ("more_options", "not_working_or_no_reply", "say_again")
#: The aspect that says whom it is about: after a choice that tells which one is meant, and asks nothing.
_FOR_WHOM = "on_behalf_of_someone"
_TRIED, _OTHER_ONE = "tried-it", "other-one"


def answer_to_question(context: Context) -> Decision | None:
    """A clarifying question is open: after it comes an answer, whatever was said."""
    offered = [topic for topic in context.state.offered if topic in context.knowledge.topics]
    if not offered:
        return None
    place = context.place()
    if place is not None and place < len(offered):
        return Decision("answer", "chosen by its place", offered[place], confidence=0.9)
    if context.answers and (context.best in context.knowledge.topics or context.best != f"{SMALLTALK}yes"):
        return None
    short = context.length <= _SHORT_ANSWER
    if context.best == f"{SMALLTALK}no" and short:
        return Decision("fallback", "none of those offered")
    likeliest = max(
        (score - _PER_PLACE * offered.index(topic), topic)
        for topic, score in context.topics
        if topic in offered
    )[1]
    if context.best == f"{SMALLTALK}yes" and short:
        likeliest = offered[0]
    aspects = context.recognition.aspects
    if aspects.intent not in (None, _FOR_WHOM) and aspects.confidence >= ASKED:
        because, sure = "a question about one of those offered", aspects.confidence
        # "i am deaf" says nothing of which one is meant: the likeliest is still the one offered first.
        about = likeliest if context.best == likeliest and context.answers else offered[0]
        return Decision("aspect", because, about, aspects.intent, confidence=sure)
    return Decision("answer", "the likeliest of those offered", likeliest, confidence=context.confidence)


def says_whom(context: Context) -> Decision | None:
    """A short message that says whom it is about, where the topic in hand has something else for them."""
    topic = context.knowledge.topics.get(context.in_hand or "")
    if topic is None or context.length > SHORT:
        return None
    new = set(context.recognition.who) - set(context.state.who)
    asked = set(topic.asks.choices) if topic.asks else set()
    concerned = asked.union(*(special.who for special in topic.for_))
    if not new & concerned:
        return None
    # "council flat" after "do you rent from the council?" is the answer, though a topic is about the council.
    is_answer = new & asked and context.length <= _SHORT_ANSWER
    if not is_answer and (context.recognition.aspects.confidence >= NEW_TOPIC or context.another_topic):
        return None
    return context.answer(topic.id, "says whom the topic in hand is about")


def picked_service(context: Context) -> Decision | None:
    """One of the services, by its place ("the second one") or its name, and perhaps what is asked of it."""
    if context.in_hand is None or context.length > SHORT:
        return None
    service = _by_place(context) or _by_name(context)
    if service is None:
        return None
    topic = topic_led_by(service, context.knowledge, context.in_hand)
    aspects = context.recognition.aspects
    if aspects.intent and aspects.intent not in _LEADING_ON and aspects.confidence >= _needed(context):
        because, sure = "a question about one of the services", aspects.confidence
        return Decision("aspect", because, topic, aspects.intent, service=service, confidence=sure)
    return Decision("answer", "one of the services was picked", topic, service=service, confidence=0.9)


def _by_place(context: Context) -> str | None:
    place = context.place()
    small = context.best.startswith(SMALLTALK) and context.answers  # "start from the first"
    if place is None or not place < len(context.shown) > 1 or context.another_topic or small:
        return None
    return context.shown[place]


def _by_name(context: Context) -> str | None:
    """The service that is named, unless more is said than its name."""
    named = context.recognition.services[:1]
    if not named or context.recognition.retired or named[0] not in context.knowledge.services:
        return None
    elsewhere = context.another_topic and context.best != topic_led_by(named[0], context.knowledge)
    return None if elsewhere else named[0]


def follow_up(context: Context) -> Decision | None:
    """A question about what is in hand, unless something else is said more surely."""
    asked = likeliest(context)
    if context.in_hand is None or asked is None or not context.length:
        return None
    # In danger what is told goes before what may have been asked.
    sure = follows(context)
    if sure < _FOLLOWS or (context.recognition.urgent and context.recognition.aspects.confidence < ASKED):
        return None
    aspect, share = asked
    if _small_talk_by_rule(context, aspect):
        return None
    tried = aspect == "not_working_or_no_reply" and _TRIED in context.said
    return Decision(
        "aspect", "a follow-up question", context.in_hand, aspect,
        service=_other_one(context) or context.state.service, tried=tried, confidence=sure * share,
    )  # fmt: skip


def _small_talk_by_rule(context: Context, aspect: str) -> bool:
    """Whether a rule names what is said to the assistant itself, and none the question `aspect`."""
    if not context.best.startswith(SMALLTALK) or ASKED_OF_BOTH.get(context.best) == aspect:
        return False
    named = concepts_for(context.recognition.topics, context.best)
    return bool(named) and not concepts_for(context.recognition.aspects, aspect)


def _other_one(context: Context) -> str | None:
    """The other of those shown: "no the other one"."""
    if _OTHER_ONE not in context.said or len(context.shown) < 2:
        return None
    now = context.state.service or context.shown[0]
    return next(service for service in context.shown if service != now)


def _needed(context: Context) -> float:
    """How sure a question about one of the services must be: in a short message that opens no topic, less."""
    return _ASKED_IN_SHORT if context.length <= SHORT and not context.answers else ASKED
