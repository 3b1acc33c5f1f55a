"""What stands below a reply: the question whether it helped, and the way to send a question to the council.

The same for the page without script and for the widget (web/templates/below.html). To send is never offered
beside a safety notice: whoever is in danger shall call, and not write to an office.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from babel import UnknownLocaleError
from babel.dates import format_timedelta
from flask import request

from bot.language.catalogue import SOURCE_LANGUAGE
from web.opinions import count_opinion, keep_question, redacted_now
from web.service import service

Kind = Literal["", "rate", "thanks", "offer", "preview", "sent"]

#: The buttons of the plain form, by name.
BUTTONS = ("helpful", "preview", "send", "keep")
#: Of units; so many of one are never said as fewer of a larger one: 30 days, not a month.
_NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Below:
    """One state of it."""

    #: "": nothing stands there. `thanks` has the offer with it where there is a `text`.
    kind: Kind
    language: str
    #: The topic in hand.
    topic: str | None = None
    #: The token of the reply that is rated.
    state: str = ""
    #: What may be sent: as typed, or as it would be sent for `preview`; "": nothing may be.
    text: str = ""
    #: For how many days it would be kept.
    days: int | None = None

    @property
    def kept_for(self) -> str:
        """The days in the words of the language."""
        return in_words(self.days or 0, self.language)


def in_words(days: int, language: str) -> str:
    """So many days, as the language says it; in English where its words are not known here."""
    try:
        return format_timedelta(timedelta(days), "day", _NEVER, locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return format_timedelta(timedelta(days), "day", _NEVER, locale=SOURCE_LANGUAGE)


def beneath(reply: dict[str, Any], message: str | None) -> Below:
    """What stands below `reply` (with its state) at first; `message` is what was typed, None after a tap."""
    days = service().settings.question_days
    alarmed = reply["urgent"] or reply["urgent_shown"]
    text = message if message and days and not alarmed else ""
    below = Below("", reply["language"], reply["topic"], reply["state"], text, days)
    if reply["outcome"] in ("answer", "aspect"):
        return replace(below, kind="rate")
    return replace(below, kind="offer" if text and reply["outcome"] == "fallback" else "")


def pressed(button: str, below: Below) -> Below:
    """What follows `below` once the posted form's `button` was pressed."""
    if button == "helpful":
        helped = request.form["helpful"] == "yes"
        count_opinion(request.form.get("state", ""), helped)
        return replace(below, kind="thanks", text="" if helped else below.text)
    if not below.text:
        return below
    if button == "keep":
        return replace(below, kind="offer")
    shown, text = request.form.get("send", ""), redacted_now(below.text)
    if button != "send" or shown.replace("\r\n", "\n") != text:
        return replace(below, kind="preview", text=text)
    keep_question(text, below.language, below.topic)
    return replace(below, kind="sent")
