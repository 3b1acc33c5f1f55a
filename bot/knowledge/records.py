"""The records of the knowledge base, as staff write them: frozen, and valid by themselves.

What must agree between records (references, retired values, dates) is checked in `checks`.
Field names follow Open Referral (HSDS 3.0) where it has a word; contact point is schema.org's.
The YAML form of each record is described in docs/content.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from bot.knowledge.hours import check_hours
from bot.knowledge.values import SHORT_CODES as SHORT_CODES
from bot.knowledge.values import (
    Colour,
    Day,
    Id,
    Link,
    Origin,
    Prose,
    Source,
    Tag,
    Text,
    Zone,
    email_address,
    listed,
    web_address,
)
from bot.knowledge.values import PartialDate as PartialDate
from bot.knowledge.values import dialled as dialled

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


class Record(BaseModel):
    """A frozen record that knows all of its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ContactKind(StrEnum):
    """How a service is reached."""

    PHONE = "phone"
    TEXT = "text"
    TEXTPHONE = "textphone"
    RELAY = "relay"
    BSL = "bsl"
    WEBCHAT = "webchat"
    EMAIL = "email"
    FORM = "form"
    WEB = "web"
    ADDRESS = "address"
    APP = "app"


NUMBER_KINDS = (ContactKind.PHONE, ContactKind.TEXT, ContactKind.TEXTPHONE, ContactKind.RELAY)
LINK_KINDS = (ContactKind.BSL, ContactKind.WEBCHAT, ContactKind.FORM, ContactKind.WEB, ContactKind.APP)


class ContactPoint(Record):
    """One way to reach a service, with its evidence."""

    id: Id
    kind: ContactKind
    label: Prose
    value: Text
    #: OpenStreetMap opening_hours; None: not known.
    hours: Annotated[str, AfterValidator(check_hours)] | None = None
    #: True: meant for when the service's other contacts are closed.
    out_of_hours: bool = False
    cost: Prose | None = None
    #: BCP 47 tags; empty: as for the service.
    languages: tuple[Tag, ...] = ()
    note: Prose | None = None
    source: Source
    #: When the contact was last confirmed by its source.
    checked: PartialDate
    evidence: Literal["current", "dated", "plan"]

    @field_validator("value")
    @classmethod
    def _fits_kind(cls, value: str, info: ValidationInfo) -> str:
        """Raises ValueError, saying what to do, where the value is no number, link or e-mail address."""
        kind = info.data.get("kind")
        if kind in NUMBER_KINDS:
            dialled(value)
        elif kind in LINK_KINDS:
            web_address(value)
        elif kind is ContactKind.EMAIL:
            email_address(value)
        return value

    @property
    def href(self) -> str | None:
        """The link that opens this contact on a phone; None for an address."""
        if self.kind is ContactKind.TEXT:
            return f"sms:{dialled(self.value)}"
        if self.kind in NUMBER_KINDS:
            return f"tel:{dialled(self.value)}"
        if self.kind is ContactKind.EMAIL:
            return f"mailto:{self.value}"
        return self.value if self.kind in LINK_KINDS else None


class Retired(Record):
    """A value that was once right: recognised when a resident names it, never offered."""

    value: Text
    why: Text
    source: Source


class Service(Record):
    """One service that a resident can turn to."""

    id: Id
    name: Text
    former_names: tuple[Text, ...] = ()
    organisation: Text | None = None
    summary: Prose
    for_whom: Prose | None = None
    minimum_age: int | None = Field(default=None, ge=0, le=120)
    maximum_age: int | None = Field(default=None, ge=0, le=120)
    area: Literal["borough", "london", "national"] = "borough"
    cost: Prose | None = None
    languages: tuple[Tag, ...] = ()
    interpreting: Prose | None = None
    confidential: Prose | None = None
    what_happens_next: Prose | None = None
    contacts: tuple[ContactPoint, ...] = Field(min_length=1)
    source: Source
    checked: PartialDate
    review_by: Day
    #: Who keeps the record right; None: nobody has been named.
    team: Text | None = None
    retired: tuple[Retired, ...] = ()


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
    aspects: dict[str, Prose] = {}
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


class Colours(Record):
    """The colours that a site may give to what can be tapped; never to safety notices or the exit."""

    #: Links and the edges of buttons; the ground of the strongest button.
    accent: Colour
    #: The words on that button.
    on_accent: Colour = "#ffffff"


class Site(Record):
    """A site that may embed the widget."""

    id: Id
    name: Text
    origins: tuple[Origin, ...] = ()
    #: Where a conversation begins if the page does not say; None: the browser's language.
    language: Tag | None = None
    #: Topics that its menu begins with.
    topics: tuple[Id, ...] = ()
    #: Groups of topics that come before the others on its menu.
    groups: tuple[Id, ...] = ()
    colours: Colours | None = None
    #: Its own contacts, given besides the council's and in answers on what it leads with.
    contacts: tuple[ContactPoint, ...] = ()
    #: Where its exit leads; None: as everywhere.
    exit: Link | None = None
    #: Who keeps the record right, and when it is to be read again; None: not said.
    team: Text | None = None
    review_by: Day | None = None


class Confidence(Record):
    """How confidence is computed, as `signpost calibrate` found it; see bot.understanding.confidence."""

    #: In the order of `Evidence.values`.
    weights: tuple[float, ...] = Field(min_length=6, max_length=6)
    #: From this confidence on (0 to 1) the best topic is answered.
    answer: float = Field(ge=0, le=1)
    #: From this confidence on (0 to 1) topics are offered to choose from.
    offer: float = Field(ge=0, le=1)
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
