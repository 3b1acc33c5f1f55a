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
    model_validator,
)

from bot.knowledge.hours import check_hours

#: Numbers that are dialled as they stand and that `phonenumbers` does not take for valid ones:
#: emergency and short numbers, Relay UK prefixes, SMS short codes. Source: Ofcom numbering plan,
#: Relay UK and the services' own pages, as recorded with each contact; read 2026-11-21.
SHORT_CODES = frozenset(
    "999 112 101 105 111 119 159 18000 18001 61016 85258 85258 60777 116123 116000 116111 7726".split()
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("an id is lower case letters and digits, with hyphens between: rename it")
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
            raise ValueError(f"{value!r} is not in the calendar") from None
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


_NUMBERS = (ContactKind.PHONE, ContactKind.TEXT, ContactKind.TEXTPHONE, ContactKind.RELAY)
_LINKS = (ContactKind.BSL, ContactKind.WEBCHAT, ContactKind.FORM, ContactKind.WEB, ContactKind.APP)


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
    languages: tuple[str, ...] = ()
    note: Text | None = None
    source: Source
    #: When the contact was last confirmed by its source.
    checked: PartialDate
    evidence: Literal["current", "dated", "plan"]

    @model_validator(mode="after")
    def _value_fits_kind(self) -> ContactPoint:
        if self.kind in _NUMBERS:
            dialled(self.value)
        elif self.kind in _LINKS:
            _url(self.value)
        elif self.kind is ContactKind.EMAIL:
            try:
                TypeAdapter(EmailStr).validate_python(self.value)
            except ValidationError:
                raise ValueError(f"{self.value!r} is no e-mail address") from None
        return self

    @property
    def href(self) -> str | None:
        """The link that opens this contact on a phone; None for an address."""
        if self.kind is ContactKind.TEXT:
            return f"sms:{dialled(self.value)}"
        if self.kind in _NUMBERS:
            return f"tel:{dialled(self.value)}"
        if self.kind is ContactKind.EMAIL:
            return f"mailto:{self.value}"
        return self.value if self.kind in _LINKS else None


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
    languages: tuple[str, ...] = ()
    interpreting: Text | None = None
    confidential: Text | None = None
    what_happens_next: Text | None = None
    contacts: tuple[ContactPoint, ...] = Field(min_length=1)
    source: Source
    checked: PartialDate
    review_by: dt.date
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
    rules: tuple[Rule, ...] = ()


class Aspect(Record):
    """A follow-up question about the topic in hand."""

    id: str
    label: Text
    text: Text
    unknown: Text
    kinds: tuple[ContactKind, ...] = ()
    #: The field of a service that answers it.
    field: Literal["cost", "hours", "languages", "for_whom", "confidential", "what_happens_next"] | None = None
    rules: tuple[Rule, ...] = ()


class SmallTalk(Record):
    """What the assistant says of itself."""

    id: str
    text: Text
    suggest: tuple[Literal["menu", "contact-centre"], ...] = ()
    rules: tuple[Rule, ...] = ()


class Language(Record):
    """A language that the assistant offers, by its BCP 47 tag."""

    tag: str
    #: The language's own name.
    name: Text
    english: Text
    direction: Literal["ltr", "rtl"] = "ltr"


class Site(Record):
    """A site that may embed the widget."""

    id: Id
    name: Text
    origins: tuple[str, ...] = ()
    language: str | None = None


class Settings(Record):
    """Facts about this installation that are content, not configuration."""

    borough: Text
    timezone: str
    #: The service that every resident can be sent to.
    contact_centre: Id
    #: The service shown as the emergency line.
    emergency: Id
