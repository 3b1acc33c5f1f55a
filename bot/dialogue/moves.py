"""Steps that are about the conversation itself: nothing said, small talk, going back, having had enough."""

from __future__ import annotations

from bot.dialogue.context import ASKED, SHORT, Context, concepts_for
from bot.dialogue.decision import Decision
from bot.understanding.learning import SMALLTALK

#: How sure small talk must be where nothing else fits: a kind word leads back as well as a fallback does.
_SMALL_TALK = 0.15
#: Up to so many words a complaint about the assistant is one, and not the story of a need.
_OUTBURST = 12
_GO_BACK, _FIRST_THING, _FED_UP, _WORTHLESS = "go-back", "first-thing", "fed-up", "self-worthless"
_GOES_BACK = "goes back"
_INSULT, _PERSON = "insult", "speak_to_person"


def nothing_said(context: Context) -> Decision | None:
    """There is no word in it."""
    return None if context.recognition.utterance.tokens else Decision("fallback", "no words in the message")


def go_back(context: Context) -> Decision | None:
    """Back to the topic that is named, or before, or first, and to what is asked of it; else to the menu."""
    wanted = context.said & {_GO_BACK, _FIRST_THING}
    if not wanted or context.length > SHORT:
        return None
    state, named = context.state, context.recognition.topics
    back = state.first if _FIRST_THING in wanted else state.previous
    named_here = context.best in context.knowledge.topics and concepts_for(named, context.best) - wanted
    spoken_of = context.best in (state.previous, state.first, context.in_hand)
    told = context.offers or named.evidence.rules > 0
    if named_here and (spoken_of or (told and back not in context.knowledge.topics)):
        back = context.best
    if back in context.knowledge.topics and (back != context.in_hand or context.answers):
        return _asked_of(context, back) or Decision("answer", _GOES_BACK, back, confidence=0.9)
    if context.names_topic and named_here:
        return None
    return Decision("fallback", "nothing to go back to", menu="")


def _asked_of(context: Context, topic: str | None) -> Decision | None:
    """The follow-up question that is asked in the same breath, of `topic`."""
    aspects = context.recognition.aspects
    if aspects.intent is None or aspects.confidence < ASKED:
        return None
    return Decision("aspect", _GOES_BACK, topic, aspects.intent, confidence=aspects.confidence)


def despair(context: Context) -> Decision | None:
    """Who says that they are worth nothing is not rude, and gets the topic whose rules speak of that."""
    if _WORTHLESS not in context.said or context.names_topic:
        return None
    about = [
        topic for topic, _ in context.topics if _WORTHLESS in concepts_for(context.recognition.topics, topic)
    ]
    return context.answer(about[0], "despair, not an insult") if about else None


def fed_up(context: Context) -> Decision | None:
    """Who has had enough is given a person to call, not the same answer again.

    Not in danger, and not where a new need is told in the same breath: "nobody helps me with the noise".
    """
    if _FED_UP not in context.said or context.length > _OUTBURST or context.recognition.urgent:
        return None
    new = context.best in context.knowledge.topics and context.best != context.in_hand and context.answers
    if new and concepts_for(context.recognition.topics, context.best) - {_FED_UP}:
        return None
    rude = context.best == f"{SMALLTALK}{_INSULT}"
    return _small(context, _INSULT if rude else _PERSON, "has had enough")


def small_talk(context: Context) -> Decision | None:
    """Something said to the assistant itself."""
    if not context.best.startswith(SMALLTALK) or context.confidence < _SMALL_TALK:
        return None
    if context.recognition.urgent:
        return None
    return _small(context, context.best.removeprefix(SMALLTALK), "said to the assistant itself")


def _small(context: Context, kind: str, because: str) -> Decision | None:
    if kind not in context.knowledge.smalltalk:
        return None
    return Decision("smalltalk", because, smalltalk=kind, confidence=context.confidence)
