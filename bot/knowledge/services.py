"""Services, and how they are reached: the records of `services/`.

Field names follow Open Referral (HSDS 3.0) where it has a word; contact point is schema.org's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from bot.knowledge.hours import check_hours
from bot.knowledge.record import Record
from bot.knowledge.values import (
    Day,
    Id,
    PartialDate,
    Prose,
    Source,
    Tag,
    Text,
    dialled,
    email_address,
    web_address,
)


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
