"""One turn as a recipe of named steps: what was said in, the reply and the new state out."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.alone import notices_alone
from bot.dialogue.compose import Composer
from bot.dialogue.decision import Decision
from bot.dialogue.explanation import explanation
from bot.dialogue.reply import Choice, Reply
from bot.dialogue.state import DialogueState
from bot.dialogue.step import step, step_choice, with_shown
from bot.dialogue.wording import Wording
from bot.knowledge.base import Knowledge
from bot.language.catalogue import SOURCE_LANGUAGE, Catalogue
from bot.understanding.confidence import Calibration
from bot.understanding.recognition import Learned, Recognition, Understanding

_LOG = logging.getLogger(__name__)


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

    def __init__(
        self,
        knowledge: Knowledge,
        catalogues: Mapping[str, Catalogue] | None = None,
        learned: Learned | None = None,
    ) -> None:
        """`learned` is what was learned from `knowledge`; None: it is learned here, in some seconds."""
        self.knowledge = knowledge
        self.catalogues = catalogues or {}
        self.understanding = Understanding(knowledge, learned)
        self.calibration: Calibration = self.understanding.topics.calibration

    def respond(self, turn: Turn, state: DialogueState, now: datetime) -> tuple[Reply, DialogueState]:
        """The reply to one turn, and the state to come back with the next one.

        `now` is aware. What `turn.choose` names must be known; what an older state names need not be.
        If a message tells of danger its notices are in the reply, whatever fails after they were found.
        """
        if turn.message is None:
            decision, after = step_choice(turn.choose or Choice(menu=""), state, self.knowledge)
            return self._say(turn, decision, after, (), turn.language or state.language, now)
        reading = self.understanding.read(turn.message, turn.language or state.language or SOURCE_LANGUAGE)
        urgent = self.understanding.notices(turn.message, reading)
        try:
            recognition = self.understanding.recognise(turn.message, reading, urgent)
            urgent = recognition.urgent
            decision, after = step(recognition, state, self.knowledge, self.calibration)
            language = _asked_language(decision, recognition) or turn.language or recognition.language
            return self._say(turn, decision, after, urgent, language, now)
        except Exception as error:
            if not urgent:
                raise
            # Neither the message nor the error's own words are logged: both may quote the resident.
            _LOG.error(
                "%s after a notice was found: it is shown alone (%s)", type(error).__name__, _place(error)
            )
            shown = tuple(dict.fromkeys([*state.urgent, *urgent]))
            return notices_alone(self.knowledge, urgent), state.with_(urgent=shown)

    def explain(self, turn: Turn, state: DialogueState) -> str:
        """Why a message is answered as it is: words, concepts, rules, scores and runners-up."""
        recognition = self.recognised(turn, state)
        decision, _ = step(recognition, state, self.knowledge, self.calibration)
        return explanation(self.understanding, recognition, decision)

    def recognised(self, turn: Turn, state: DialogueState) -> Recognition:
        """What the turn's message shows, said after `state`."""
        message = turn.message or ""
        reading = self.understanding.read(message, turn.language or state.language or SOURCE_LANGUAGE)
        return self.understanding.recognise(message, reading, self.understanding.notices(message, reading))

    def _say(
        self,
        turn: Turn,
        decision: Decision,
        state: DialogueState,
        urgent: tuple[str, ...],
        language: str | None,
        now: datetime,
    ) -> tuple[Reply, DialogueState]:
        record = self.knowledge.languages.get(language or "") or self.knowledge.languages[SOURCE_LANGUAGE]
        wording = Wording(record, self.catalogues.get(record.tag) or Catalogue(record.tag, {}))
        after = state.with_(language=record.tag, urgent=tuple(dict.fromkeys([*state.urgent, *urgent])))
        site = self.knowledge.sites.get(turn.site or "")
        reply = Composer(self.knowledge, wording, now, site).compose(decision, after, urgent)
        return reply, with_shown(after, decision, reply).with_(outcome=reply.outcome)


def _asked_language(decision: Decision, recognition: Recognition) -> str | None:
    """The language that the resident asks to be answered in, by its name; None: no message asks for one."""
    asks = decision.smalltalk == "change_language" or decision.aspect == "interpreter"
    return recognition.named_language if asks else None


def _place(error: Exception) -> str:
    """Where in the code `error` was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename}:{frame.lineno} {frame.name}"
