"""`signpost reminders` and `signpost links`: what is to be read again, and what is no longer there."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine

from bot.knowledge.base import Knowledge
from bot.knowledge.faults import Fault, errors
from bot.knowledge.reading import read
from store.content import ContentError, part_of, read_content
from store.database import open_engine
from store.reached import Found, Reached
from store.reminders import Place, links, reviews
from store.revisions import Store
from web.link_check import Checker
from web.service import utc_now
from web.settings import Settings, settings_from


def add_reminders(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    reminding = commands.add_parser("reminders", help="what is due for review this week or overdue, by team")
    reminding.set_defaults(run=remind)
    checking = commands.add_parser("links", help="look whether links and mail domains are still there")
    checking.set_defaults(run=check_links)


def remind(_: argparse.Namespace) -> int:
    """Print the reviews that are due, team by team."""
    with _opened() as (settings, engine):
        found = reviews(_knowledge(settings, engine), utc_now().date())
    if not found:
        print("Nothing is due for review this week.")
    for team, due in found.items():
        print(f"{team or 'Without an owner team'}:")
        for each in due:
            state = "overdue" if each.overdue else "due"
            print(f"  {each.review_by} {state:<7} {each.kind}/{each.id}: {each.name}")
    return 0


def check_links(_: argparse.Namespace) -> int:
    """Look at every link, keep what was found, and print what is gone. A closed network fails nothing."""
    with _opened() as (settings, engine):
        knowledge = _knowledge(settings, engine)
        targets = links(knowledge)
        print(f"{len(targets)} links and mail domains: this takes some minutes.", file=sys.stderr)
        found = Checker(agent_of(settings, knowledge)).check(targets)
        if not found:
            print("Nobody has answered: this network seems to be closed. Nothing was noted.")
            return 0
        Reached(engine, utc_now).record(found, targets.keys())
    _report(found, targets)
    return 0


def agent_of(settings: Settings, knowledge: Knowledge) -> str:
    """Who asks, for those who read their logs."""
    where = f"; +{settings.public_url}" if settings.public_url else ""
    borough = knowledge.settings.borough.encode("ascii", "replace").decode()
    return f"Signpost link check ({borough}{where})"


def _report(found: Sequence[Found], targets: Mapping[str, Sequence[Place]]) -> None:
    for verdict, told in (("gone", "No longer there"), ("unsure", "To be looked at by a person")):
        those = [each for each in found if each.verdict == verdict]
        print(f"{told}: {len(those)}")
        for each in those:
            places = ", ".join(f"{place.kind}/{place.id}" for place in targets.get(each.target, ()))
            print(f"  {each.target}\n    {each.said} In: {places}")
    print(f"There: {sum(each.verdict == 'ok' for each in found)}")


def _knowledge(settings: Settings, engine: Engine) -> Knowledge:
    """What is live, or the shipped content where nothing was published yet. Raises ContentError."""
    store = Store(engine, utc_now)
    number = store.current()
    files = read_content(settings.home) if number is None or settings.live else store.files(number)
    reading = read(part_of(files, "knowledge"))
    if reading.found is None:
        found: list[Fault] = errors(reading.faults)
        raise ContentError(found)
    return reading.found


@contextmanager
def _opened() -> Iterator[tuple[Settings, Engine]]:
    """The settings, and the database for a moment. Raises SettingsError or StoreError."""
    settings = settings_from(os.environ)
    engine = open_engine(settings.database_url)
    try:
        yield settings, engine
    finally:
        engine.dispose()
