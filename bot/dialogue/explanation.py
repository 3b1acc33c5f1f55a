"""Why a message is answered as it is: words, concepts, rules, scores and runners-up, in plain text."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.decision import Decision
from bot.understanding.features import Reading
from bot.understanding.recognition import Recognition, Understanding
from bot.understanding.utterance import Mention, Utterance

_RUNNERS_UP = 5
_FEATURES = 6


def explanation(understanding: Understanding, recognition: Recognition, decision: Decision) -> str:
    """The reasons for `decision`, a line each: what it is about, then what was seen."""
    return "\n".join(f"{name:<11} {said}" for name, said in _lines(understanding, recognition, decision))


def _lines(
    understanding: Understanding, recognition: Recognition, decision: Decision
) -> Iterator[tuple[str, str]]:
    utterance = recognition.utterance
    about = (decision.topic, decision.smalltalk, decision.aspect, decision.term)
    chosen = " ".join(filter(None, (decision.outcome, *about)))
    yield "decision", f"{chosen}: {decision.because}"
    yield "language", recognition.language
    yield "words", " ".join(_word(utterance, place) for place in range(len(utterance.tokens))) or "-"
    yield "concepts", ", ".join(_mention(utterance, mention) for mention in utterance.mentions) or "-"
    leads = understanding.urgent.leads(recognition.reading)
    each = ", ".join(f"{kind} {lead:+.1f}" for kind, lead in leads.items())
    yield "urgent", f"{', '.join(recognition.urgent) or '-'} ({each})"
    for kind in recognition.urgent:
        yield "notice", f"{kind}{_alarming(understanding, recognition.reading, kind)}"
    seen = recognition.topics.evidence
    yield (
        "confidence",
        (
            f"{recognition.topics.confidence:.2f}, one of the first few {recognition.topics.near:.2f} "
            f"(probability {seen.probability:.2f}, lead {seen.lead:.1f}, known words {seen.coverage:.0%}, "
            f"rules {seen.rules:.1f})"
        ),
    )
    for fulfilled in recognition.topics.rules:
        yield "rule", f"{fulfilled.intent} +{fulfilled.weight:g} for {' & '.join(fulfilled.concepts)}"
    for intent, score in recognition.topics.ranking[:_RUNNERS_UP]:
        yield "topic", f"{intent} {score:+.2f}{_features(understanding, recognition.reading, intent)}"
    for aspect, score in recognition.aspects.ranking[:2]:
        yield "aspect", f"{aspect} {score:+.2f} (confidence {recognition.aspects.confidence:.2f})"


def _word(utterance: Utterance, place: int) -> str:
    """The word; as typed and as taken, where they differ; with a question mark where it is unknown."""
    typed, taken = utterance.tokens[place].key, utterance.corrected[place]
    if typed != taken:
        return f"{typed}={taken}"
    return typed if utterance.known[place] else f"{typed}?"


def _mention(utterance: Utterance, mention: Mention) -> str:
    words = " ".join(utterance.corrected[mention.start : mention.end])
    how = "" if mention.how == "exact" else f", {mention.how}"
    return f"{mention.concept}{' denied' if mention.denied else ''} ({words}{how})"


def _alarming(understanding: Understanding, reading: Reading, kind: str) -> str:
    """The rules and features that speak for a notice of this kind."""
    finder = understanding.urgent
    rules = [
        f"+{rule.weight:g} for {' & '.join(rule.concepts)}"
        for rule in finder.rules.fulfilled(reading.utterance)
        if rule.intent == kind
    ]
    return _listed(rules, finder.examples.reasons(reading, kind, _FEATURES, against_others=False))


def _features(understanding: Understanding, reading: Reading, intent: str) -> str:
    if intent not in understanding.topics.examples.intents:
        return ""
    return _listed([], understanding.topics.examples.reasons(reading, intent, _FEATURES))


def _listed(rules: list[str], reasons: list[tuple[str, float]]) -> str:
    listed = [*rules, *(f"{name} {weight:.2f}" for name, weight in reasons)]
    return ": " + ", ".join(listed) if listed else ""
