"""Checks of the glossary: what its terms refer to, what they are called, what became of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from bot.knowledge.base import Knowledge
from bot.knowledge.faults import Fault
from bot.knowledge.reading import Lines
from bot.knowledge.records import Term
from bot.knowledge.validating import meant
from bot.language.text import words

_FILE = "glossary.yaml"


def check_terms(knowledge: Knowledge, lines: Lines, today: dt.date) -> Iterator[Fault]:
    """Unknown topics and services, names used twice, ends that are not told, and dates to come."""
    for term in knowledge.glossary.values():
        yield from _known(term, "topic", [((), term.topic)], lines.ids.get("topics", ()), lines)
        services = [((position,), name) for position, name in enumerate(term.instead)]
        yield from _known(term, "instead", services, lines.ids.get("services", ()), lines)
        if term.exists in ("renamed", "ended") and term.today is None:
            what = f"`exists` is {term.exists}, and nothing says what came after it"
            line = lines.at(_FILE, term.id, "exists")
            yield Fault(_FILE, line, what, "add `today`: what it is called now, or what came after it")
        if term.checked.first_day > today:
            line = lines.at(_FILE, term.id, "checked")
            yield Fault(_FILE, line, "the date lies in the future", "correct it")
    yield from _names(knowledge, lines)


def _known(
    term: Term,
    key: str,
    named: Iterable[tuple[tuple[int, ...], str]],
    known: Collection[str],
    lines: Lines,
) -> Iterator[Fault]:
    for path, name in named:
        if name not in known:
            what = f"there is no {'topic' if key == 'topic' else 'service'} {name!r}"
            remedy = meant(name, known, "add it, or take this out")
            yield Fault(_FILE, lines.at(_FILE, term.id, key, *path), what, remedy)


def _names(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    """A name explains one thing only; compared as residents' words are, without case and punctuation."""
    first: dict[tuple[str, ...], str] = {}
    for term in knowledge.glossary.values():
        for position, name in enumerate(term.names):
            line = lines.at(_FILE, term.id, "names", position)
            said = words(name)
            if not said:
                yield Fault(_FILE, line, f"{name!r} has no word that can be recognised", "write a name")
            elif first.setdefault(said, term.id) != term.id:
                what = f"{name!r} is a name of {first[said]!r} too"
                yield Fault(_FILE, line, what, "keep it where it belongs, and delete the other")
