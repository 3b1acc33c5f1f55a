"""One step of a dialogue: what was said before and what was recognised now, to what to say and to remember.

The steps stand in `_STEPS` in the order in which they may decide; the first that does, does. Where none does,
nothing fits.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import follow_ups, moves, needs
from bot.dialogue.context import Context, Step
from bot.dialogue.decision import Decision
from bot.dialogue.reply import Choice, Outcome, Reply
from bot.dialogue.state import DialogueState, mark, with_mark
from bot.knowledge.base import Knowledge
from bot.understanding.confidence import Calibration
from bot.understanding.recognition import Recognition

#: How many services that were tried in vain are remembered, the last ones.
_MOST_TRIED = 3

_STEPS: tuple[Step, ...] = (
    moves.nothing_said,
    needs.retired_number,
    needs.meaning,
    moves.go_back,
    moves.despair,
    moves.fed_up,
    follow_ups.answer_to_question,
    follow_ups.says_whom,
    follow_ups.picked_service,
    follow_ups.follow_up,
    moves.small_talk,
    needs.sure,
    needs.urgent_topic,
    needs.named_service,
    needs.council_matter,
    needs.same_topic,
    needs.choice,
)


def step(
    recognition: Recognition, state: DialogueState, knowledge: Knowledge, calibration: Calibration
) -> tuple[Decision, DialogueState]:
    """The decision for a typed message, and the state after it."""
    context = Context(recognition, state, knowledge, calibration)
    decided = next(filter(None, (decide(context) for decide in _STEPS)), None)
    decision = decided or Decision("fallback", "nothing fits", confidence=recognition.topics.confidence)
    decision = for_audience(replace(decision, who=recognition.who or _known(decision, context)), knowledge)
    if decision.outcome == "answer" and decision.topic is not None and decision.term is None:
        decision = replace(decision, others=needs.other_needs(context, decision.topic))
    decision = _asking(decision, state, knowledge)
    after = remember(decision, state)
    # In danger the whole answer is said again.
    return decision, after.with_(repeated=False) if recognition.urgent else after


def step_choice(choice: Choice, state: DialogueState, knowledge: Knowledge) -> tuple[Decision, DialogueState]:
    """The decision for a suggestion that was tapped, and the state after it. Its ids must be known."""
    if choice.topic is None:
        decision = Decision("fallback", "chosen", menu=choice.menu or "", who=state.who)
        return decision, remember(decision, state)
    who = (choice.who,) if choice.who else state.who
    outcome: Outcome = "aspect" if choice.aspect else "answer"
    service = state.service if choice.aspect and choice.topic == state.topic else None
    decision = Decision(
        outcome, "chosen", choice.topic, choice.aspect, who=who, service=service, confidence=1.0
    )
    decision = _asking(for_audience(decision, knowledge), state, knowledge)
    return decision, remember(decision, state).with_(repeated=False)


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


def _known(decision: Decision, context: Context) -> tuple[str, ...]:
    """The audiences known from before: not for another need, which may be another person's.

    A need next to the one before (its neighbour, or one that it is handed over to) is still theirs.
    """
    before = context.knowledge.topics.get(context.in_hand or "")
    if before is None or decision.topic in (None, before.id):
        return context.state.who
    near = {*before.neighbours, *(special.topic for special in before.for_)}
    return context.state.who if decision.topic in near or decision.because == "goes back" else ()


def _asking(decision: Decision, state: DialogueState, knowledge: Knowledge) -> Decision:
    """`decision`, with the topic's short question unless it is answered or was asked before."""
    topic = knowledge.topics.get(decision.topic or "")
    if topic is None or topic.asks is None or decision.outcome != "answer" or decision.service:
        return decision
    if set(topic.asks.choices) & set(decision.who) or mark(topic.asks.choices) in state.asked:
        return decision
    return replace(decision, asks=topic.asks.choices)


def remember(decision: Decision, state: DialogueState) -> DialogueState:
    """The state after a decision; what was shown, language and notices are added by whoever knows them."""
    if decision.smalltalk == "start_again":
        return DialogueState(urgent=state.urgent, turns=state.turns + 1)
    changed = decision.topic is not None and decision.topic != state.topic
    answered = decision.outcome == "answer" and decision.term is None and decision.service is None
    lost = decision.outcome == "fallback" and decision.menu is None
    return state.with_(
        topic=decision.topic or state.topic,
        previous=state.topic if changed else state.previous,
        first=state.first or decision.topic,
        service=decision.service if decision.topic else state.service,
        shown=() if changed or decision.offered else state.shown,
        given=0 if changed else state.given,
        tried=_tried(decision, state),
        offered=decision.offered,
        asked=_asked(decision, state),
        who=decision.who,
        repeated=answered and decision.topic is not None and not changed and decision.who == state.who,
        fallbacks=state.fallbacks + 1 if lost else 0,
        turns=state.turns + 1,
    )


def with_shown(state: DialogueState, decision: Decision, reply: Reply) -> DialogueState:
    """`state` with the services that `reply` shows, so that "the second one" can be understood.

    A single service leaves the list before it in place, and so do services to turn to if one does not answer.
    """
    if decision.topic is None or decision.term is not None:
        return state
    cards = tuple(card.id for card in reply.services)
    listed = decision.service is None and decision.aspect in (None, "say_again")
    further = decision.aspect == "more_options" and decision.service is None
    given = state.given + len(cards) if further else state.given
    if listed and not state.repeated:
        given = len(cards)
    instead = decision.aspect == "not_working_or_no_reply" and not decision.tried
    kept = instead or (len(cards) < 2 and state.shown)
    service = cards[0] if cards and decision.tried else state.service
    return state.with_(shown=state.shown if kept else cards, given=given, service=service)


def _tried(decision: Decision, state: DialogueState) -> tuple[str, ...]:
    """The services tried in vain: also the one in hand, or the first of those shown, where that was said."""
    if not decision.tried:
        return state.tried
    now = state.service or next((one for one in state.shown if one not in state.tried), None)
    return tuple(dict.fromkeys([*state.tried, *([now] if now else [])]))[-_MOST_TRIED:]


def _asked(decision: Decision, state: DialogueState) -> tuple[str, ...]:
    """The marks of all questions asked, with the one that this decision asks."""
    question = decision.offered or decision.asks
    return with_mark(state.asked, question) if question else state.asked
