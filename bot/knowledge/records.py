"""The records of the knowledge base, as staff write them: frozen, and valid by themselves.

What must agree between records (references, retired values, dates) is checked in `checks`. Services and sites
have modules of their own. The YAML form of each record is described in docs/content.md.
"""

from __future__ import annotations

from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import BeforeValidator, Field, field_validator

from bot.knowledge.record import Record
from bot.knowledge.services import ContactKind
from bot.knowledge.values import Day, Id, PartialDate, Prose, Source, Tag, Text, Zone, listed

#: What a resident may ask of the service on the table, and say to the assistant itself: stable ids
#: that the chat API and the tests name.
ASPECT_IDS = (
    "phone", "out_of_hours", "open_now", "hours", "email", "website", "form", "address", "sms_or_text",
    "deaf_bsl", "webchat", "cost", "anonymous_or_confidential", "interpreter", "who_can_use",
    "on_behalf_of_someone", "what_happens_next", "not_working_or_no_reply", "more_options", "say_again",
)  # fmt: skip
SMALLTALK_IDS = (
    "greeting", "thanks", "goodbye", "yes", "no", "what_can_you_do", "who_are_you", "are_you_human",
    "privacy", "change_language", "speak_to_person", "repeat", "insult", "praise", "start_again",
)  # fmt: skip


class Rule(Record):
    """Concepts that together speak for something."""

    #: Each item is a choice of concepts of which one must be present.
    all: tuple[Annotated[tuple[Id, ...], BeforeValidator(listed)], ...] = Field(min_length=1)
    #: Concepts of which none may be present.
    not_: tuple[Id, ...] = Field(default=(), alias="not")
    #: The largest number of words from the first concept to the last; None: anywhere.
    within: int | None = Field(default=None, ge=1, le=40)
    weight: Literal["hint", "normal", "strong"] = "normal"


class Audience(Record):
    """Whom a message is about, as far as it changes an answer: someone under 18, a council tenant …"""

    id: Id
    #: How it is offered as the answer to a short question.
    label: Prose
    rules: tuple[Rule, ...] = ()


class ForAudience(Record):
    """What is different in a topic for some audiences."""

    who: Annotated[tuple[Id, ...], BeforeValidator(listed), Field(min_length=1)]
    #: Services that lead for them, before the topic's own.
    leads: tuple[Id, ...] = ()
    #: Said before the topic's answer.
    answer: Prose | None = None
    #: Another topic that is theirs, answered instead.
    topic: Id | None = None


class Question(Record):
    """One short question whose answer matters, asked below the first answer."""

    question: Prose
    #: The audiences to choose from.
    choices: tuple[Id, ...] = Field(min_length=2, max_length=4)


class Topic(Record):
    """One thing that a resident may need: an intent of the matcher, and its answer."""

    id: Id
    title: Prose
    need: Prose
    group: Id
    covers: Text
    answer: Prose
    steps: tuple[Prose, ...] = ()
    danger: Prose | None = None
    leads: tuple[Id, ...] = Field(min_length=1)
    neighbours: tuple[Id, ...] = ()
    aspects: dict[str, Prose] = Field(default={})
    #: What is different for whom, in order: the first that fits is taken for each part.
    for_: tuple[ForAudience, ...] = Field(default=(), alias="for")
    asks: Question | None = None
    rules: tuple[Rule, ...] = ()
    #: Who keeps the record right, and when it is to be read again; None: not said.
    team: Text | None = None
    review_by: Day | None = None


class Group(Record):
    """A group of topics on the menu."""

    id: Id
    title: Prose


class Concept(Record):
    """A meaning that rules are written in; each language supplies its words."""

    id: Id
    means: Text
    kind: Id
    #: Concepts that are said with it: "hits the kids" says hit and child too.
    implies: tuple[Id, ...] = ()


class Term(Record):
    """One entry of the glossary: a body, scheme, power, project or expression that residents come across."""

    id: Id
    #: All that it is called, in any language: abbreviations and former names too.
    names: tuple[Text, ...] = Field(min_length=1)
    #: Decides how a reply says that residents cannot turn to it themselves; of a word nothing is said.
    kind: Literal["body", "power", "word"]
    explains: Prose
    topic: Id
    #: Whether it still stands under the name by which its source knows it.
    exists: Literal["yes", "renamed", "ended", "unknown"]
    #: What it is called now, or what came after it: whole sentences; None: nothing to say.
    today: Prose | None = None
    #: Whether a resident can turn to it.
    contactable: bool
    #: Services to turn to, in order of use; where a resident can turn to it, its own service comes first.
    instead: tuple[Id, ...] = Field(min_length=1)
    source: Source
    #: When it was last confirmed by its source.
    checked: PartialDate
    #: Who keeps the record right, and when it is to be read again; None: not said.
    team: Text | None = None
    review_by: Day | None = None


class UrgentKind(Record):
    """A safety notice; `contacts` are "service/contact" references, in order of use."""

    id: Literal["danger", "medical", "suicide", "abuse", "child"]
    title: Prose
    text: Prose
    contacts: tuple[str, ...] = ()
    #: The topic answered below the notice where nothing else fits.
    topic: Id | None = None
    rules: tuple[Rule, ...] = ()
    #: Who keeps the record right, and when it is to be read again; None: not said.
    team: Text | None = None
    review_by: Day | None = None


class Aspect(Record):
    """A follow-up question about the topic in hand."""

    id: str
    label: Prose
    text: Prose
    unknown: Prose
    kinds: tuple[ContactKind, ...] = ()
    #: The field of a service that answers it.
    field: Literal["cost", "hours", "languages", "for_whom", "confidential", "what_happens_next"] | None = (
        None
    )
    rules: tuple[Rule, ...] = ()


class SmallTalk(Record):
    """What the assistant says of itself."""

    id: str
    text: Prose
    suggest: tuple[Literal["menu", "contact-centre"], ...] = ()
    rules: tuple[Rule, ...] = ()
    #: Who keeps the record right, and when it is to be read again; None: not said.
    team: Text | None = None
    review_by: Day | None = None


class Language(Record):
    """A language by its BCP 47 tag: one that the assistant offers, or one in preparation.

    What is written for one in preparation is checked, and changes nothing that a resident sees.
    """

    tag: Tag
    #: The language's own name.
    name: Text
    english: Text
    #: What people call it besides, in whatever language.
    also: tuple[Text, ...] = ()
    direction: Literal["ltr", "rtl"] = "ltr"
    offered: bool = True
    #: The share (0 to 1) of its measured questions that must go right while its words are young; None: the
    #: settings have it.
    questions_right: float | None = Field(default=None, ge=0, le=1)

    @field_validator("tag")
    @classmethod
    def _can_be_written(cls, value: str) -> str:
        """Raises ValueError where dates, days and lists could not be said in the language."""
        try:
            Locale.parse(value, sep="-")
        except UnknownLocaleError:
            raise ValueError(f"{value!r} has no dates and lists in CLDR: offer a language that has") from None
        return value


class Confidence(Record):
    """How confidence is computed, as `signpost calibrate` found it; see bot.understanding.confidence."""

    #: In the order of `Evidence.values`: of the best topic, and of one of the first few.
    weights: tuple[float, ...] = Field(min_length=8, max_length=8)
    near: tuple[float, ...] = Field(min_length=8, max_length=8)
    #: From this confidence on (0 to 1) the best topic is answered.
    answer: float = Field(ge=0, le=1)
    #: From this confidence on (0 to 1) in one of the first few they are offered to choose from.
    offer: float = Field(ge=0, le=1)
    #: Of bot.dialogue.following; None: those of `Calibration`.
    follow_up: tuple[float, ...] | None = Field(default=None, min_length=6, max_length=6)
    found: Day
    method: Text


class Settings(Record):
    """Facts about this installation that are content, not configuration."""

    borough: Text
    timezone: Zone
    #: The service that every resident can be sent to.
    contact_centre: Id
    #: The service shown as the emergency line.
    emergency: Id
    #: The share (0 to 1) of each language's measured questions that must go right.
    questions_right: float = Field(default=0.75, ge=0, le=1)
