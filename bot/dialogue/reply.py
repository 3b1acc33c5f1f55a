"""What the assistant says: the records of a reply, in the shape of the chat API.

`Reply.to_json` gives the body of POST /api/v1/chat but for `state`, which whoever carries the
conversation signs and adds.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Outcome = Literal["answer", "aspect", "clarify", "smalltalk", "fallback"]
Translated = Literal["full", "draft", "partial"]


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a service, ready to show.

    `value` is as printed and reads left to right in every language. `hours` is text in the reply's
    language; `open_now` is None where the hours are not known. `next_open` is an ISO date and time with its
    offset, and `next_open_text` says it in the reply's language; both None where it is open or not known.
    `checked` is an ISO date; `checked_text` says it in the reply's language, as exact as it is known.
    """

    id: str
    kind: str
    label: str
    value: str
    href: str | None
    hours: str | None
    open_now: bool | None
    next_open: str | None
    next_open_text: str | None
    note: str | None
    source: str
    checked: str
    checked_text: str


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """One service with the contacts that answer the question."""

    id: str
    name: str
    summary: str
    for_whom: str | None
    contacts: tuple[Contact, ...]
    cost: str | None
    languages: tuple[str, ...]
    source: str
    checked: str
    checked_text: str
    #: The names of `languages` as a list in the reply's language; None where they are not known.
    languages_text: str | None = None
    what_happens_next: str | None = None


@dataclass(frozen=True, slots=True)
class English:
    """The English of a notice whose translation nobody has confirmed yet."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A safety notice, shown before everything else."""

    kind: Literal["danger", "medical", "suicide", "abuse", "child"]
    title: str
    text: str
    contacts: tuple[Contact, ...]
    #: Set where the notice is a draft translation; always shown with it.
    english: English | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A safety notice of an earlier turn, kept in reach in one line: its title and first contact, if any."""

    kind: Literal["danger", "medical", "suicide", "abuse", "child"]
    title: str
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a tapped suggestion sends back: a topic (an aspect of it, for an audience), or a menu's group."""

    topic: str | None = None
    aspect: str | None = None
    who: str | None = None
    #: A group's id, or "" for the whole menu.
    menu: str | None = None

    def to_json(self) -> dict[str, str]:
        """The parts that are set."""
        return {key: value for key, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to tap instead of typing."""

    label: str
    choose: Choice


@dataclass(frozen=True, slots=True)
class Reply:
    """One turn's answer; fields as in the chat API."""

    language: str
    direction: Literal["ltr", "rtl"]
    outcome: Outcome
    topic: str | None = None
    aspect: str | None = None
    smalltalk: str | None = None
    term: str | None = None
    confidence: float = 0.0
    urgent: tuple[Notice, ...] = ()
    #: Those of earlier turns that are not in `urgent` once more, most urgent first.
    urgent_shown: tuple[Reminder, ...] = ()
    text: str = ""
    steps: tuple[str, ...] = ()
    services: tuple[ServiceCard, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    translated: Translated = "full"
    #: JSON pointers to the texts of this reply that stand in English for want of a translation.
    in_english: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The body of the chat API's reply, without `state`."""
        body = asdict(self)
        body["suggestions"] = [
            {"label": suggestion.label, "choose": suggestion.choose.to_json()}
            for suggestion in self.suggestions
        ]
        body["confidence"] = round(self.confidence, 3)
        return body
