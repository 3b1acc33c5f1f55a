"""The values that records are made of: ids, texts, dates, numbers, links; each valid by itself.

A value that is refused is a ValueError that says what is wrong and, after a colon, what to do.
"""

from __future__ import annotations

import datetime as dt
import re
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
    TypeAdapter,
    ValidationError,
    model_validator,
)

#: Numbers that are dialled as they stand and that `phonenumbers` does not take for valid ones:
#: emergency and short numbers, Relay UK prefixes, SMS short codes. Source: Ofcom numbering plan,
#: Relay UK and the services' own pages, as recorded with each contact; read 2026-11-21.
SHORT_CODES = frozenset(
    {"999", "112", "101", "105", "111", "119", "159", "18000", "18001", "61016", "85258", "60777"}
    | {"116123", "116000", "116111", "7726", "82111"}
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Language, script, region: as much of BCP 47 as languages spoken here need.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_URL = TypeAdapter(AnyHttpUrl)
_EMAIL = TypeAdapter(EmailStr)
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


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError(f"{value!r} is no colour: write six digits after a hash, as in '#00566b'")
    return value.lower()


def _secure_link(value: str) -> str:
    if not web_address(value).startswith("https://"):
        raise ValueError(f"{value!r} is not secure: write a link that begins with https://")
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
        web_address(value)
    return value


def web_address(value: str) -> str:
    """`value` if it is a link with its scheme; raises ValueError, saying what to do, otherwise."""
    try:
        _URL.validate_python(value)
    except ValidationError:
        raise ValueError(f"{value!r} is no web address: write it whole, with https://") from None
    return value


class ForTranslators:
    """Marks the type of a text that is put into every language."""


#: An id: lower case, with hyphens.
Id = Annotated[str, AfterValidator(_identifier)]
#: A text of one paragraph that stays as it is: a name, a value, a note for staff; white space is folded.
Text = Annotated[str, AfterValidator(_one_line)]
#: A text of one paragraph that residents read, each in their language; white space is folded.
Prose = Annotated[str, AfterValidator(_one_line), ForTranslators()]
#: A URL, or `plan` or `prevent` for the founding documents.
Source = Annotated[str, AfterValidator(_source)]
#: A language by its BCP 47 tag.
Tag = Annotated[str, AfterValidator(_language_tag)]
#: A date with year, month and day.
Day = Annotated[dt.date, BeforeValidator(_day)]
#: The origin of a site, as browsers send it.
Origin = Annotated[str, AfterValidator(_origin)]
#: A colour as "#rrggbb", in lower case.
Colour = Annotated[str, AfterValidator(_colour)]
#: A link that begins with https://.
Link = Annotated[str, AfterValidator(_secure_link)]
Zone = Annotated[str, AfterValidator(_zone)]


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

    @property
    def iso(self) -> str:
        """ISO 8601, as exact as it is known: "2021", "2021-04" or "2021-04-30"."""
        return self.first_day.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


def email_address(value: str) -> str:
    """`value` if it is an e-mail address; raises ValueError, saying what to do, otherwise."""
    try:
        _EMAIL.validate_python(value)
    except ValidationError:
        raise ValueError(f"{value!r} is no e-mail address: check it against its source") from None
    return value


def listed(value: Any) -> Any:
    """A single text as a list of one; anything else as it is."""
    return (value,) if isinstance(value, str) else value


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
