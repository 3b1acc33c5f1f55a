"""Checks of the sites that embed the widget: what they lead with, and that their colours can be read."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.base import Knowledge
from bot.knowledge.faults import Fault
from bot.knowledge.reading import Lines
from bot.knowledge.sites import Site
from bot.knowledge.validating import meant

#: The lowest contrast of words with what is behind them. Source: WCAG 2.2, 1.4.3, level AA.
ENOUGH = 4.5
#: What the accent stands on, as web/static/signpost.css has it for light screens; a test compares the two.
#: On dark screens its own colours are used.
GROUNDS = {"the paper of a card": "#ffffff", "the page": "#f3f6f7", "a button that is pointed at": "#e5f0f3"}
_FILE = "sites.yaml"


def check_sites(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    """What does not agree in the sites with the rest, or could not be read on a screen."""
    for site in knowledge.sites.values():
        yield from _named(site, lines)
        yield from _contrast(site, lines)
        yield from _without_effect(site, lines)


def contrast(one: str, other: str) -> float:
    """The contrast ratio, 1 to 21, of two colours written as "#rrggbb". Source: WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance, 0 to 1. Source: WCAG 2.2, relative luminance."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _named(site: Site, lines: Lines) -> Iterator[Fault]:
    for kind, names in (("topic", site.topics), ("group", site.groups)):
        known = lines.ids.get(f"{kind}s", set())
        for position, name in enumerate(names):
            line = lines.at(_FILE, site.id, f"{kind}s", position)
            if name not in known:
                yield Fault(_FILE, line, f"there is no {kind} {name!r}", meant(name, known, "take this out"))
            elif name in names[:position]:
                yield Fault(_FILE, line, f"{name!r} is listed twice", "delete one of the two")


def _contrast(site: Site, lines: Lines) -> Iterator[Fault]:
    if site.colours is None:
        return
    pairs = [("accent", site.colours.accent, ground, where) for where, ground in GROUNDS.items()]
    pairs.append(("on_accent", site.colours.on_accent, site.colours.accent, "the accent"))
    for key, colour, ground, where in pairs:
        ratio = contrast(colour, ground)
        if ratio < ENOUGH:
            line = lines.at(_FILE, site.id, "colours", key)
            what = (
                f"{key} {colour} on {where} ({ground}) has a contrast of {ratio:.2f}, and {ENOUGH} is needed"
            )
            yield Fault(_FILE, line, what, "take a darker accent, or for on_accent the lighter colour")


def _without_effect(site: Site, lines: Lines) -> Iterator[Fault]:
    if not site.origins:
        line = lines.at(_FILE, site.id)
        what = f"the site {site.id!r} has no origins, so nothing can be embedded there"
        yield Fault(_FILE, line, what, "write `origins`, or delete the site", "warning")
