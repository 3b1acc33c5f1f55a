"""What the pages about the service itself say in figures: counted from the knowledge base, never typed in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from markupsafe import escape

from web.desk import Desk
from web.rendering import bdi


def about_values(desk: Desk) -> dict[str, Any]:
    """How much is known, how fresh it is, and whom to tell of what is wrong."""
    records = desk.knowledge.services.values()
    newest = max((record.checked for record in records), key=lambda checked: checked.first_day)
    return {
        "borough": bdi(desk.knowledge.settings.borough),
        "services": str(len(records)),
        "contacts": str(sum(len(record.contacts) for record in records)),
        "newest": escape(desk.wording().date(newest)),
        "centre": centre(desk),
    }


def centre(desk: Desk) -> dict[str, Any]:
    """The card of the service that every resident can be sent to, as a leaflet."""
    return asdict(desk.leaflets().service(desk.knowledge.services[desk.knowledge.settings.contact_centre]))
