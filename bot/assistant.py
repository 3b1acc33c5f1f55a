"""One turn as a recipe of named steps: what was said in, the reply and the new state out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.compose import Composer
from bot.dialogue.decision import Decision
from bot.dialogue.reply import Choice, Reply
from bot.dialogue.state import DialogueState
from bot.dialogue.step import step, step_choice
from bot.dialogue.wording import Wording
from bot.knowledge.base import Knowledge
from bot.language.catalogue import SOURCE_LANGUAGE, Catalogue
from bot.understanding.confidence import Calibration
from bot.understanding.recognition import Recognition, Understanding


@dataclass(frozen=True, slots=True)
class Turn:
    """What a resident did: typed a message or tapped a suggestion; exactly one of the two is set.

    `language` is what the resident has chosen (None: find it out). `site` is the embedding site's id.
    """

    message: str | None = None
    choose: Choice | None = None
    language: str | None = None
    site: str | None = None


class Assistant:
    """The assistant for one snapshot of the knowledge base; never changed, safe to share between threads."""

    def __init__(self, knowledge: Knowledge, catalogues: Mapping[str, Catalogue] | None = None) -> None:
        self.knowledge = knowledge
        self.catalogues = catalogues or {}
        self.understanding = Understanding.of(knowledge)
        self.calibration: Calibration = self.understanding.topics.calibration

    def respond(self, turn: Turn, state: DialogueState, now: datetime) -> tuple[Reply, DialogueState]:
        """The reply to one turn, and the state to come back with the next one.

        `now` is aware. Topics, aspects and groups of `turn.choose` must be known; ids of an older state need not.
        """
        if turn.message is None:
            decision, after = step_choice(turn.choose or Choice(menu=""), state)
            return self._compose(decision, after, (), turn.language or state.language or SOURCE_LANGUAGE, now)
        utterance = self.understanding.read(turn.message)
        urgent = self.understanding.urgent.find(utterance)
        recognition = self.understanding.recognise(turn.message, utterance, urgent, state.language or SOURCE_LANGUAGE)
        decision, after = step(recognition, state, self.knowledge, self.calibration)
        return self._compose(decision, after, urgent, turn.language or recognition.language, now)

    def explain(self, turn: Turn, state: DialogueState, now: datetime) -> str:
        """Why a message is answered as it is: words, concepts, rules, scores and runners-up, for a terminal."""
        message = turn.message or ""
        utterance = self.understanding.read(message)
        urgent = self.understanding.urgent.find(utterance)
        recognition = self.understanding.recognise(message, utterance, urgent, state.language or SOURCE_LANGUAGE)
        decision, _ = step(recognition, state, self.knowledge, self.calibration)
        return "\n".join(_explanation(self.understanding, recognition, decision))

    def _compose(
        self, decision: Decision, state: DialogueState, urgent: tuple[str, ...], language: str, now: datetime
    ) -> tuple[Reply, DialogueState]:
        record = self.knowledge.languages.get(language) or self.knowledge.languages[SOURCE_LANGUAGE]
        wording = Wording(record, self.catalogues.get(record.tag) or Catalogue(record.tag, {}))
        composer = Composer(self.knowledge, wording, now)
        after = state.with_(language=record.tag, urgent=tuple(dict.fromkeys([*state.urgent, *urgent])))
        return composer.compose(decision, after, urgent), after


def _explanation(understanding: Understanding, recognition: Recognition, decision: Decision) -> list[str]:
    utterance = recognition.utterance
    said = [
        f"{mention.concept}{' (denied)' if mention.denied else ''} ({' '.join(utterance.corrected[mention.start : mention.end])}"
        f"{'' if mention.how == 'exact' else ', ' + mention.how})"
        for mention in utterance.mentions
    ]
    lines = [
        f"language    {recognition.language}",
        f"words       {' '.join(word if known else f'{word}?' for word, known in zip(utterance.corrected, utterance.known, strict=True))}",
        f"concepts    {', '.join(said) or '-'}",
        f"urgent      {', '.join(recognition.urgent) or '-'}   "
        + ", ".join(f"{kind} {lead:+.1f}" for kind, lead in understanding.urgent.leads(utterance).items()),
        f"decision    {decision.outcome} {decision.topic or decision.smalltalk or ''} {decision.aspect or ''}: {decision.because}",
        f"confidence  {recognition.topics.confidence:.2f}   {recognition.topics.evidence}",
    ]
    for fulfilled in recognition.topics.rules:
        lines.append(f"rule        {fulfilled.intent} +{fulfilled.weight:g}: {' & '.join(fulfilled.concepts)}")
    for intent, score in recognition.topics.ranking[:5]:
        reasons = understanding.topics.examples.reasons(utterance, intent, 6)
        lines.append(f"topic       {intent} {score:+.2f}: " + ", ".join(f"{name} {weight:.2f}" for name, weight in reasons))
    for intent, score in recognition.aspects.ranking[:3]:
        lines.append(f"aspect      {intent} {score:+.2f} (confidence {recognition.aspects.confidence:.2f})")
    return lines
