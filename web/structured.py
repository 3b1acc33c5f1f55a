"""What the plain pages say of themselves to search engines: schema.org, as JSON-LD.

Only what stands on the page is said here, from the same records and the same translations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.knowledge.base import Knowledge
from bot.knowledge.services import LINK_KINDS, NUMBER_KINDS, ContactKind, ContactPoint, Service
from bot.knowledge.values import PartialDate
from bot.knowledge.weekly import weekly
from web.desk import Head, absolute

#: The domains that only public bodies of this country can have. Source: the Cabinet Office's, the police's
#: and the NHS's rules for domain names.
_PUBLIC_DOMAINS = ("gov.uk", "police.uk", "nhs.uk")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SCHEMA = "https://schema.org"

Data = dict[str, Any]


def service_data(record: Service, leaflet: Mapping[str, Any], head: Head) -> Data:
    """The page of a service; `leaflet` is a ServiceLeaflet as plain data."""
    card = leaflet["services"][0]
    return _page(
        head, leaflet["language"], record.checked, {"mainEntity": _service(record, card, head.canonical)}
    )


def topic_data(leaflet: Mapping[str, Any], head: Head, knowledge: Knowledge) -> Data:
    """The page of a topic; `leaflet` is a TopicLeaflet as plain data."""
    answer = leaflet["answer"]
    records = [knowledge.services[card["id"]] for card in answer["services"]]
    services = [
        _service(record, card, None) for record, card in zip(records, answer["services"], strict=True)
    ]
    oldest = min((record.checked for record in records), key=lambda date: date.first_day, default=None)
    return _page(head, answer["language"], oldest, {"description": answer["text"], "mentions": services})


def _page(head: Head, language: str, checked: PartialDate | None, content: Data) -> Data:
    return {
        "@context": _SCHEMA,
        "@type": "WebPage",
        "url": head.canonical,
        "name": head.title.text,
        "inLanguage": language,
        **({"lastReviewed": checked.iso} if checked else {}),
        **content,
    }


def _service(record: Service, card: Mapping[str, Any], url: str | None) -> Data:
    points = [
        _contact_point(contact, shown)
        for contact, shown in _pairs(record, card)
        if contact.kind in NUMBER_KINDS or contact.kind is ContactKind.EMAIL
    ]
    links = [
        _channel(contact, shown) for contact, shown in _pairs(record, card) if contact.kind in LINK_KINDS
    ]
    places = [
        {
            "@type": "ServiceChannel",
            "name": shown["label"],
            "serviceLocation": {"@type": "Place", "address": contact.value},
        }
        for contact, shown in _pairs(record, card)
        if contact.kind is ContactKind.ADDRESS
    ]
    provider = {"@type": "Organization", "name": record.organisation or record.name, "contactPoint": points}
    return {
        "@type": "GovernmentService" if is_public(record) else "Service",
        "@id": f"{absolute(f'/services/{record.id}')}#service",
        "name": record.name,
        "description": card["summary"],
        **({"url": url} if url else {}),
        "provider": {key: value for key, value in provider.items() if value},
        **({"availableChannel": [*links, *places]} if links or places else {}),
        **({"availableLanguage": list(record.languages)} if record.languages else {}),
    }


def is_public(record: Service) -> bool:
    """Whether the service has an address of its own that only a public body can have."""
    hosts = (
        contact.value.rpartition("@")[2]
        if contact.kind is ContactKind.EMAIL
        else urlsplit(contact.value).hostname or ""
        for contact in record.contacts
        if contact.kind is ContactKind.EMAIL or contact.kind in LINK_KINDS
    )
    return any(
        f".{host.lower()}".endswith(tuple(f".{domain}" for domain in _PUBLIC_DOMAINS)) for host in hosts
    )


def _pairs(record: Service, card: Mapping[str, Any]) -> Iterator[tuple[ContactPoint, Mapping[str, Any]]]:
    """Each contact on the card, with its record."""
    records = {contact.id: contact for contact in record.contacts}
    return ((records[shown["id"]], shown) for shown in card["contacts"])


def _contact_point(contact: ContactPoint, shown: Mapping[str, Any]) -> Data:
    key = "email" if contact.kind is ContactKind.EMAIL else "telephone"
    hours = opening_hours(contact.hours) if contact.hours else []
    return {
        "@type": "ContactPoint",
        "contactType": shown["label"],
        key: contact.value,
        **({"hoursAvailable": hours} if hours else {}),
        **({"availableLanguage": list(contact.languages)} if contact.languages else {}),
    }


def _channel(contact: ContactPoint, shown: Mapping[str, Any]) -> Data:
    return {"@type": "ServiceChannel", "name": shown["label"], "serviceUrl": contact.value}


def opening_hours(hours: str) -> list[Data]:
    """OpeningHoursSpecification for hours in OpenStreetMap notation; none where they are no plain week.

    A whole day is 00:00 to 23:59, and hours past midnight close before they open. Source: schema.org,
    OpeningHoursSpecification, and Google's advice on it; a day that is closed opens and closes at 00:00.
    """
    week = weekly(hours)
    if week is None:
        return []
    found = [
        _specification([f"{_SCHEMA}/{_DAYS[day]}" for day in row.days], opens, closes)
        for row in week.rows
        for opens, closes in row.spans
    ]
    if week.holidays == "off":
        midnight = dt.time(0)
        found.append({**_specification([f"{_SCHEMA}/PublicHolidays"], midnight, midnight), "closes": "00:00"})
    return found


def _specification(days: list[str], opens: dt.time, closes: dt.time) -> Data:
    last = "23:59" if closes == dt.time(0) else f"{closes:%H:%M}"
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": days,
        "opens": f"{opens:%H:%M}",
        "closes": last,
    }
