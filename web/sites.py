"""What the sites that embed the assistant may change: the menu's order, the accent, where the exit leads."""

from __future__ import annotations

from dataclasses import replace

from bot.knowledge.base import Knowledge
from bot.knowledge.sites import Site
from bot.language.catalogue import Catalogue
from web.desk import EXIT
from web.interface import Interface


def for_site(words: Interface, site: Site | None, knowledge: Knowledge, catalogue: Catalogue) -> Interface:
    """`words` with the menu of `site`: its topics and groups first; all groups stay. None: as they are."""
    if site is None:
        return words
    titles = dict(words.groups)
    topics = [knowledge.topics[name] for name in site.topics if name in knowledge.topics]
    return replace(
        words,
        leads=tuple((topic.id, topic.group, catalogue.translate(topic.need)) for topic in topics),
        groups=tuple((name, titles[name]) for name in dict.fromkeys([*site.groups, *titles])),
    )


def exit_of(site: Site | None) -> str:
    """Where the exit leads on the page of `site`; None: on our own."""
    return (site.exit if site else None) or EXIT


def theme(site: Site) -> str:
    """The style sheet with the colours of `site`, for light screens; "" where it has none.

    On dark screens our own colours stay: the contrast of a site's is checked against light ones.
    """
    if site.colours is None:
        return ""
    accent, on_accent = site.colours.accent, site.colours.on_accent
    colours = f".signpost{{--accent:{accent};--on-accent:{on_accent}}}"
    return f"@media not all and (prefers-color-scheme:dark){{{colours}}}"
