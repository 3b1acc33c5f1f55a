"""Opening hours: the OpenStreetMap notation, with England's holidays, in the service's zone."""

from __future__ import annotations


def check_hours(value: str) -> str:
    """`value` itself if it is readable opening hours; raises ValueError with the place otherwise."""
    from opening_hours import OpeningHours

    try:
        OpeningHours(value)
    except Exception as error:
        raise ValueError(f"{value!r} are no opening hours ({error}); write e.g. Mo-Fr 09:00-17:00; PH off") from None
    return value
