"""The records of the knowledge base, as staff write them: frozen, and valid by themselves.

What must agree between records (references, retired values, dates) is checked in `checks`.
Field names follow Open Referral (HSDS 3.0) where it has a word; contact point is schema.org's.
The YAML form of each record is described in docs/content.md.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.knowledge.hours import check_hours

#: Numbers that are dialled as they stand and that `phonenumbers` does not take for valid ones:
#: emergency and short numbers, Relay UK prefixes, SMS short codes. Source: Ofcom numbering plan,
#: Relay UK and the services' own pages, as recorded with each contact; read 2026-11-21.
SHORT_CODES = frozenset(
    {"999", "112", "101", "105", "111", "119", "159", "18000", "18001", "61016", "85258", "60777"}
    | {"116123", "116000", "116111", "7726", "82111"}
)

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

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Language, script, region: as much of BCP 47 as languages spoken here need.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d+)?|http://(localhost|127\.0\.0\.1)(:\d+)?")


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"{value!r} is no id: write lower case letters and digits, with hyphens between")
    return value


def _language_tag(value: str) -> str:
    if not _TAG.fullmatch(value):
        raise ValueError(f"{value!r} is no language tag: write en, bn, so, zh-Hans and the like")
    return value


def _day(value: Any) -> Any:
    """A date written in full; pydantic alone would take 2027 for a moment in 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError(f"{value!r} is no date: write year, month and day, as in 2026-11-21")
    return value


def _origin(value: str) -> str:
    if not _ORIGIN.fullmatch(value):
        raise ValueError(f"{value!r} is no origin: write https:// and the host alone, without a path")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{value!r} is no time zone: write Europe/London") from None
    return value


def _one_line(value: str) -> str:
    value = " ".join(value.split())
    if not value:
        raise ValueError("the text is empty: write it, or leave the key out")
    return value


def _source(value: str) -> str:
    """A source is a URL or one of the two founding documents; ValueError otherwise."""
    if value not in ("plan", "prevent"):
        _url(value)
    return value


def _url(value: str) -> str:
    try:
        TypeAdapter(AnyHttpUrl).validate_python(value)
    except ValidationError:
        raise ValueError(f"{value!r} is no web address: write it whole, with https://") from None
    return value


Id = Annotated[str, AfterValidator(_identifier)]
#: A text of one paragraph; white space is folded.
Text = Annotated[str, AfterValidator(_one_line)]
Source = Annotated[str, AfterValidator(_source)]
#: A language by its BCP 47 tag.
Tag = Annotated[str, AfterValidator(_language_tag)]


class PartialDate(BaseModel):
    """A date as exact as it is known: a year, a month or a day."""

    model_config = ConfigDict(frozen=True)

    first_day: dt.date
    precision: Literal["year", "month", "day"]

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = value.split("-")
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
            raise ValueError(f"{value!r} is no date: write 2026, 2026-11 or 2026-11-21")
        numbers = [int(part) for part in parts] + [1, 1]
        try:
            first_day = dt.date(*numbers[:3])
        except ValueError:
            raise ValueError(f"{value!r} is not in the calendar: check the month and the day") from None
        return {"first_day": first_day, "precision": ("year", "month", "day")[len(parts) - 1]}


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


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


def dialled(value: str) -> str:
    """The digits to dial for a number as printed: E.164, or as it stands for a short code.

    Relay UK's prefix is kept before the number ("18001 101" gives "18001101"). Raises ValueError,
    saying what to do, where the number is none of Great Britain's numbering plan.
    """
    digits = value.replace(" ", "")
    if digits in SHORT_CODES:
        return digits
    if digits.startswith("18001") and len(digits) > 5:
        rest = dialled(digits[5:])
        return "18001" + (rest if rest in SHORT_CODES else "0" + rest.removeprefix("+44"))
    try:
        number = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        raise ValueError(f"{value!r} is no telephone number: check it against its source") from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError(
            f"{value!r} is no valid telephone number (too few or too many digits, or an unused range): "
            "check it against its source"
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class ContactPoint(Record):
    """One way to reach a service, with its evidence."""

    id: Id
    kind: ContactKind
    label: Text
    value: Text
    #: OpenStreetMap opening_hours; None: not known.
    hours: Annotated[str, AfterValidator(check_hours)] | None = None
    #: True: meant for when the service's other contacts are closed.
    out_of_hours: bool = False
    cost: Text | None = None
    #: BCP 47 tags; empty: as for the service.
    languages: tuple[Tag, ...] = ()
    note: Text | None = None
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
            _url(value)
        elif kind is ContactKind.EMAIL:
            try:
                TypeAdapter(EmailStr).validate_python(value)
            except ValidationError:
                raise ValueError(f"{value!r} is no e-mail address: check it against its source") from None
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
    summary: Text
    for_whom: Text | None = None
    minimum_age: int | None = Field(default=None, ge=0, le=120)
    maximum_age: int | None = Field(default=None, ge=0, le=120)
    area: Literal["borough", "london", "national"] = "borough"
    cost: Text | None = None
    languages: tuple[Tag, ...] = ()
    interpreting: Text | None = None
    confidential: Text | None = None
    what_happens_next: Text | None = None
    contacts: tuple[ContactPoint, ...] = Field(min_length=1)
    source: Source
    checked: PartialDate
    review_by: Annotated[dt.date, BeforeValidator(_day)]
    retired: tuple[Retired, ...] = ()


class Rule(Record):
    """Concepts that together speak for something."""

    #: Each item is a choice of concepts of which one must be present.
    all: tuple[Annotated[tuple[Id, ...], BeforeValidator(_listed)], ...] = Field(min_length=1)
    #: Concepts of which none may be present.
    not_: tuple[Id, ...] = Field(default=(), alias="not")
    #: The largest number of words from the first concept to the last; None: anywhere.
    within: int | None = Field(default=None, ge=1, le=40)
    weight: Literal["hint", "normal", "strong"] = "normal"


class Topic(Record):
    """One thing that a resident may need: an intent of the matcher, and its answer."""

    id: Id
    title: Text
    need: Text
    group: Id
    covers: Text
    answer: Text
    steps: tuple[Text, ...] = ()
    danger: Text | None = None
    leads: tuple[Id, ...] = Field(min_length=1)
    neighbours: tuple[Id, ...] = ()
    aspects: dict[str, Text] = {}
    rules: tuple[Rule, ...] = ()


class Group(Record):
    """A group of topics on the menu."""

    id: Id
    title: Text


class Concept(Record):
    """A meaning that rules are written in; each language supplies its words."""

    id: Id
    means: Text
    kind: Id
    #: Concepts that are said with it: "hits the kids" says hit and child too.
    implies: tuple[Id, ...] = ()


class UrgentKind(Record):
    """A safety notice; `contacts` are "service/contact" references, in order of use."""

    id: Literal["danger", "medical", "suicide", "abuse", "child"]
    title: Text
    text: Text
    contacts: tuple[str, ...] = ()
    #: The topic answered below the notice where nothing else fits.
    topic: Id | None = None
    rules: tuple[Rule, ...] = ()


class Aspect(Record):
    """A follow-up question about the topic in hand."""

    id: str
    label: Text
    text: Text
    unknown: Text
    kinds: tuple[ContactKind, ...] = ()
    #: The field of a service that answers it.
    field: (
        Literal["cost", "hours", "languages", "for_whom", "confidential", "what_happens_next"] | None
    ) = None
    rules: tuple[Rule, ...] = ()


class SmallTalk(Record):
    """What the assistant says of itself."""

    id: str
    text: Text
    suggest: tuple[Literal["menu", "contact-centre"], ...] = ()
    rules: tuple[Rule, ...] = ()


class Language(Record):
    """A language that the assistant offers, by its BCP 47 tag."""

    tag: Tag
    #: The language's own name.
    name: Text
    english: Text
    direction: Literal["ltr", "rtl"] = "ltr"


class Site(Record):
    """A site that may embed the widget."""

    id: Id
    name: Text
    origins: tuple[Annotated[str, AfterValidator(_origin)], ...] = ()
    language: Tag | None = None


class Settings(Record):
    """Facts about this installation that are content, not configuration."""

    borough: Text
    timezone: Annotated[str, AfterValidator(_zone)]
    #: The service that every resident can be sent to.
    contact_centre: Id
    #: The service shown as the emergency line.
    emergency: Id
