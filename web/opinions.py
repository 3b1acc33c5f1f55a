"""What residents think of answers, counted; the questions that they send to the council, kept for a time."""

from __future__ import annotations

from flask import current_app

from bot.redaction import redacted
from store.feedback import Feedback, open_feedback
from web.problems import Problem
from web.service import service
from web.turns import offered_language

_EXTENSION = "signpost-feedback"


def count_opinion(token: str, helped: bool) -> None:
    """Count whether the reply with that state helped. A state that is not ours counts for nothing."""
    state = service().tokens.read(token)
    if state.outcome is not None:
        known = state.topic if state.topic in service().assistants.current().knowledge.topics else None
        _feedback().count(known or "", state.language or "", state.outcome, helped)


def redacted_now(text: str) -> str:
    """What of `text` would be sent: without what tells who wrote it."""
    return redacted(text, service().assistants.current().understanding.utterance)


def days_kept() -> int:
    """For how many days questions are kept. Raises Problem where this council takes none."""
    days = service().settings.question_days
    if days is None:
        raise Problem(404, "no-questions", "Questions cannot be sent to the council from here.")
    return days


def keep_question(text: str, language: str, topic: str | None) -> int:
    """Keep `text` for the council; for how many days. Raises Problem unless it is what would be shown."""
    days = days_kept()
    knowledge = service().assistants.current().knowledge
    offered = offered_language(language, knowledge)
    if topic is not None and topic not in knowledge.topics:
        raise Problem(422, "unknown-topic", "There is no such topic.")
    if redacted_now(text) != text:
        raise Problem(422, "not-previewed", "Send the text of the preview, unchanged.")
    _feedback().keep(text, offered, topic or "", days)
    return days


def _feedback() -> Feedback:
    """The counts and questions of this application, opened at first, in the process that uses them."""
    opened: Feedback | None = current_app.extensions.get(_EXTENSION)
    if opened is None:
        opened = open_feedback(service().settings.database_url, service().now)
        current_app.extensions[_EXTENSION] = opened
    return opened
