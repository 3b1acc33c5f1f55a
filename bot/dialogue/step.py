"""One step of a dialogue: what was said before and what was recognised now, to what to say and to remember.

The steps stand in `_STEPS` in the order in which they may decide; the first that does, does. Where none does,
nothing fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.decision import Decision
from bot.dialogue.reply import Choice, Outcome
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Knowledge
from bot.understanding.confidence import Calibration
from bot.understanding.learning import SMALLTALK
from bot.understanding.matcher import Match
from bot.understanding.recognition import Recognition

#: The most topics that a clarifying question offers.
MOST_OFFERED = 4
#: A rival is offered with the best topic if its score is at most this far behind (log odds).
_RIVAL_LEAD = 2.5
#: How sure a follow-up question must be to be taken as one, and how sure a new topic to win over it.
#: Both found on the conversations, 2026-11-22.
_FOLLOW_UP = 0.4
_FOLLOW_UP_IN_SHORT = 0.25
#: … a message being short up to so many words.
_SHORT_FOLLOW_UP = 8
_NEW_TOPIC = 0.8
#: How sure small talk must be where nothing else fits: a kind word leads back as well as a fallback does.
_SMALL_TALK = 0.15
#: The most words of an answer to a question that is only yes or no.
_SHORT_ANSWER = 3
#: How sure an entry of the glossary is that is asked for by name.
_MEANING = 0.9
#: Concepts for the first, second … of the choices offered.
_ORDINALS = ("choice-1", "choice-2", "choice-3", "choice-4")


def step(
    recognition: Recognition, state: DialogueState, knowledge: Knowledge, calibration: Calibration
) -> tuple[Decision, DialogueState]:
    """The decision for a typed message, and the state after it."""
    context = _Context(recognition, state, knowledge, calibration)
    decided = next(filter(None, (decide(context) for decide in _STEPS)), None)
    decision = decided or Decision("fallback", "nothing fits", confidence=recognition.topics.confidence)
    decision = for_audience(replace(decision, who=recognition.who or state.who), knowledge)
    return decision, remember(decision, state)


def step_choice(choice: Choice, state: DialogueState, knowledge: Knowledge) -> tuple[Decision, DialogueState]:
    """The decision for a suggestion that was tapped, and the state after it. Its ids must be known."""
    if choice.topic is None:
        decision = Decision("fallback", "chosen", menu=choice.menu or "", who=state.who)
        return decision, remember(decision, state)
    who = (choice.who,) if choice.who else state.who
    outcome: Outcome = "aspect" if choice.aspect else "answer"
    decision = Decision(outcome, "chosen", choice.topic, choice.aspect, who=who, confidence=1.0)
    decision = for_audience(decision, knowledge)
    return decision, remember(decision, state)


def for_audience(decision: Decision, knowledge: Knowledge) -> Decision:
    """`decision`, with the topic that is theirs where the answer's topic hands an audience over."""
    topic = knowledge.topics.get(decision.topic or "")
    if topic is None or decision.outcome != "answer" or decision.term is not None:
        return decision
    theirs = next(
        (special.topic for special in topic.for_ if special.topic and set(special.who) & set(decision.who)),
        None,
    )
    return replace(decision, topic=theirs) if theirs in knowledge.topics else decision


def remember(decision: Decision, state: DialogueState) -> DialogueState:
    """The state after a decision; language and notices are added by whoever knows them."""
    if decision.smalltalk == "start_again":
        return DialogueState(turns=state.turns + 1)
    changed = decision.topic is not None and decision.topic != state.topic
    answered = decision.outcome == "answer" and decision.topic is not None and decision.term is None
    repeated = answered and not changed
    lost = decision.outcome == "fallback" and decision.menu is None
    return state.with_(
        topic=decision.topic or state.topic,
        previous=state.topic if changed else state.previous,
        offered=decision.offered,
        who=decision.who,
        repeated=repeated,
        fallbacks=state.fallbacks + 1 if lost else 0,
        turns=state.turns + 1,
    )


class _Context:
    """What the steps look at."""

    def __init__(
        self, recognition: Recognition, state: DialogueState, knowledge: Knowledge, calibration: Calibration
    ) -> None:
        self.recognition = recognition
        self.state = state
        self.knowledge = knowledge
        self.calibration = calibration
        self.topics = [row for row in recognition.topics.ranking if row[0] in knowledge.topics]
        self.best = recognition.topics.ranking[0][0] if recognition.topics.ranking else ""
        self.confidence = recognition.topics.confidence
        self.in_hand = state.topic if state.topic in knowledge.topics else None

    @property
    def answers(self) -> bool:
        """Whether the best intent is sure enough to be answered."""
        return self.confidence >= self.calibration.answer


def _nothing_said(context: _Context) -> Decision | None:
    return None if context.recognition.utterance.tokens else Decision("fallback", "no words in the message")


def _retired_number(context: _Context) -> Decision | None:
    """A number that is no longer used is named: the topic that its service leads most."""
    if not context.recognition.retired:
        return None
    return _about_service(context, "a retired number", retired=True)


def _named_service(context: _Context) -> Decision | None:
    """A service is named, and nothing surer is said: the topic that it leads most, that service first."""
    return _about_service(context, "a service was named") if context.recognition.services else None


def _about_service(context: _Context, because: str, retired: bool = False) -> Decision | None:
    service = context.recognition.services[0]
    leading = [
        (topic.leads.index(service), topic.id)
        for topic in context.knowledge.topics.values()
        if service in topic.leads
    ]
    if not leading:
        return None
    return Decision("answer", because, min(leading)[1], services=(service,), retired=retired, confidence=0.9)


def _meaning(context: _Context) -> Decision | None:
    """What something is, is asked: the glossary says it, unless the name is the answer to a question."""
    term = context.knowledge.glossary.get(context.recognition.term or "")
    if term is None or term.topic in context.state.offered:
        return None
    return Decision("answer", "asks what something is", term.topic, term=term.id, confidence=_MEANING)


def _answer_to_question(context: _Context) -> Decision | None:
    """A clarifying question is open: after it comes an answer, whatever was said."""
    offered = [topic for topic in context.state.offered if topic in context.knowledge.topics]
    if not offered:
        return None
    for place, ordinal in enumerate(_ORDINALS[: len(offered)]):
        if ordinal in context.recognition.utterance.concepts:
            return Decision("answer", "chosen by its place", offered[place], confidence=0.9)
    if context.answers and (context.best in context.knowledge.topics or context.best != f"{SMALLTALK}yes"):
        return None
    if context.best == f"{SMALLTALK}no" and len(context.recognition.utterance.tokens) <= _SHORT_ANSWER:
        return Decision("fallback", "none of those offered")
    likeliest = next(topic for topic, _ in context.topics if topic in offered)
    aspects = context.recognition.aspects
    if aspects.intent is not None and aspects.confidence >= _FOLLOW_UP:
        return Decision(
            "aspect",
            "a question about one of those offered",
            likeliest,
            aspects.intent,
            confidence=aspects.confidence,
        )
    return Decision("answer", "the likeliest of those offered", likeliest, confidence=context.confidence)


def _follow_up(context: _Context) -> Decision | None:
    """A question about the topic in hand, unless a new topic is named more surely."""
    aspects = context.recognition.aspects
    if context.in_hand is None or aspects.intent is None or aspects.confidence < _needed(context):
        return None
    if _another_topic(context) or (
        context.best.startswith(SMALLTALK) and context.answers and context.confidence > aspects.confidence
    ):
        return None
    return Decision(
        "aspect", "a follow-up question", context.in_hand, aspects.intent, confidence=aspects.confidence
    )


def _needed(context: _Context) -> float:
    """How sure a follow-up question must be: a short message that opens no topic is likely to be one."""
    short = len(context.recognition.utterance.tokens) <= _SHORT_FOLLOW_UP
    return _FOLLOW_UP_IN_SHORT if short and not context.answers else _FOLLOW_UP


def _another_topic(context: _Context) -> bool:
    """Whether another topic is named, surely, and by more than the words that ask the follow-up question."""
    aspects = context.recognition.aspects
    if context.best not in context.knowledge.topics or context.best == context.in_hand:
        return False
    if context.confidence < _NEW_TOPIC or context.confidence < aspects.confidence:
        return False
    named = _concepts(context.recognition.topics, context.best)
    return not named or not named <= _concepts(aspects, aspects.intent)


def _concepts(match: Match, intent: str | None) -> frozenset[str]:
    """The concepts by which rules speak for `intent`."""
    return frozenset(concept for rule in match.rules if rule.intent == intent for concept in rule.concepts)


def _says_whom(context: _Context) -> Decision | None:
    """A short message that says whom it is about, where the topic in hand has something else for them."""
    topic = context.knowledge.topics.get(context.in_hand or "")
    if topic is None or len(context.recognition.utterance.tokens) > _SHORT_FOLLOW_UP:
        return None
    concerned = {name for special in topic.for_ for name in special.who}
    concerned.update(topic.asks.choices if topic.asks else ())
    new = set(context.recognition.who) - set(context.state.who)
    if not new & concerned:
        return None
    if context.recognition.aspects.confidence >= _NEW_TOPIC or _another_topic(context):
        return None
    return _answer(context, topic.id, "says whom the topic in hand is about")


def _small_talk(context: _Context) -> Decision | None:
    if not context.best.startswith(SMALLTALK) or context.confidence < _SMALL_TALK:
        return None
    if context.recognition.urgent:
        return None
    kind = context.best.removeprefix(SMALLTALK)
    return Decision(
        "smalltalk", "said to the assistant itself", smalltalk=kind, confidence=context.confidence
    )


def _sure(context: _Context) -> Decision | None:
    if context.best not in context.knowledge.topics or not context.answers:
        return None
    return _answer(context, context.best, "the best topic is sure enough")


def _urgent_topic(context: _Context) -> Decision | None:
    """In danger, an answer rather than a question: the topic of the notice itself."""
    for kind in context.recognition.urgent:
        topic = context.knowledge.urgent[kind].topic
        if topic is not None:
            return _answer(context, topic, f"the notice {kind} has this topic")
    return None


def _council_matter(context: _Context) -> Decision | None:
    """Another council matter, though not surely: the contact centre is where a fallback leads as well."""
    topic = context.knowledge.topics.get(context.best)
    if topic is None or topic.leads[0] != context.knowledge.settings.contact_centre:
        return None
    if context.confidence < context.calibration.offer:
        return None
    return _answer(context, topic.id, "likely another council matter")


def _same_topic(context: _Context) -> Decision | None:
    """More about the topic in hand: it is among the likeliest, or no rule speaks for another that is likely.

    Said once: who is not understood a second time gets a choice or a person, not the same answer again.
    """
    if context.in_hand is None or context.state.repeated or not any(context.recognition.utterance.known):
        return None
    likeliest = [topic for topic, _ in context.topics[:MOST_OFFERED]]
    another = (
        context.confidence >= context.calibration.offer and context.recognition.topics.evidence.rules > 0
    )
    if another and context.in_hand not in likeliest:
        return None
    return _answer(context, context.in_hand, "more about the topic in hand")


def _choice(context: _Context) -> Decision | None:
    """Two to four topics, where the best is likely but not sure; after a question, the best itself."""
    if context.best not in context.knowledge.topics or context.confidence < context.calibration.offer:
        return None
    if context.state.offered:
        return _answer(context, context.best, "the question was asked before")
    first = context.topics[0][1]
    rivals = [topic for topic, score in context.topics[:MOST_OFFERED] if first - score <= _RIVAL_LEAD]
    if len(rivals) < 2:
        rivals = [topic for topic, _ in context.topics[:2]]
    in_hand = [context.in_hand] if context.in_hand else []
    offered = tuple(dict.fromkeys([*rivals[: MOST_OFFERED - len(in_hand)], *in_hand]))
    return Decision("clarify", "likely, not sure", offered=offered, confidence=context.confidence)


def _answer(context: _Context, topic: str, because: str) -> Decision:
    return Decision(
        "answer", because, topic, services=context.recognition.services[:1], confidence=context.confidence
    )


_STEPS: tuple[Callable[[_Context], Decision | None], ...] = (
    _nothing_said,
    _retired_number,
    _meaning,
    _answer_to_question,
    _says_whom,
    _follow_up,
    _small_talk,
    _sure,
    _urgent_topic,
    _named_service,
    _council_matter,
    _same_topic,
    _choice,
)
