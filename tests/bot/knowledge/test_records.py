"""The records by themselves: numbers, dates, and what they refuse with advice."""

import pytest
from pydantic import ValidationError

from bot.knowledge.records import Language
from bot.knowledge.services import ContactPoint, Service
from bot.knowledge.values import PartialDate, dialled


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("0203 889 9510", "+442038899510"),
        ("999", "999"),
        ("116 123", "116123"),
        ("18001 101", "18001101"),
        ("18001 020 7364 2965", "1800102073642965"),
        ("+44 20 7364 2965", "+442073642965"),
    ],
)
def test_a_number_is_dialled_as_it_is_printed(printed: str, expected: str) -> None:
    assert dialled(printed) == expected


@pytest.mark.parametrize("printed", ["0203 889 951", "12345", "office", "0203 889 95100"])
def test_what_is_no_number_is_refused_with_advice(printed: str) -> None:
    with pytest.raises(ValueError, match="check it against its source"):
        dialled(printed)


@pytest.mark.parametrize(
    ("text", "precision"), [("2021", "year"), ("2021-04", "month"), ("2021-04-30", "day")]
)
def test_a_date_is_as_exact_as_it_is_written(text: str, precision: str) -> None:
    assert PartialDate.model_validate(text).precision == precision


@pytest.mark.parametrize("text", ["21", "2021-4", "2021-13", "2021-02-30", "April 2021"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        PartialDate.model_validate(text)


def contact(**changes: str) -> ContactPoint:
    fields = {
        "id": "a", "kind": "phone", "label": "A line", "value": "999",
        "source": "plan", "checked": "2021", "evidence": "plan",
    }  # fmt: skip
    return ContactPoint.model_validate({**fields, **changes})


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("phone", "0203 889 9510", "tel:+442038899510"),
        ("text", "85258", "sms:85258"),
        ("relay", "18001 101", "tel:18001101"),
        ("email", "a@example.org", "mailto:a@example.org"),
        ("form", "https://example.org/form", "https://example.org/form"),
        ("address", "1 High Street", None),
    ],
)
def test_each_kind_of_contact_opens_by_its_link(kind: str, value: str, href: str | None) -> None:
    assert contact(kind=kind, value=value).href == href


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", "12"), ("web", "www.x.org"), ("email", "me"), ("fax", "1")]
)
def test_a_value_that_does_not_fit_its_kind_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ValidationError):
        contact(kind=kind, value=value)


def test_a_review_date_must_be_a_whole_date() -> None:
    service = {
        "id": "a", "name": "A", "summary": "S", "contacts": [contact()], "source": "plan",
        "checked": "2021", "review_by": "2027",
    }  # fmt: skip
    with pytest.raises(ValidationError, match="write year, month and day"):
        Service.model_validate(service)


def test_a_language_that_cannot_be_written_is_not_offered() -> None:
    """Babel has no dates, days and lists for Sylheti; every reply in it would fail."""
    with pytest.raises(ValidationError, match="offer a language that has"):
        Language.model_validate({"tag": "syl", "name": "Sylheti", "english": "Sylheti"})
