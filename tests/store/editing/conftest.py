"""Drafts of the small knowledge base, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.knowledge.reading import read_folder
from store.database import open_engine
from store.editing.draft import Draft
from store.editing.drafts import Drafts
from store.editing.publishing import Publishing, open_publishing
from store.editing.yaml_edit import Path as At
from store.editing.yaml_edit import Value, edit
from store.revisions import Store
from tests.store.conftest import Clock

SMALL = Path(__file__).parents[2] / "knowledge"
CONTENT = {f"knowledge/{name}": content for name, content in read_folder(SMALL).items()}
NOISE_TEAM = "knowledge/services/noise-team.yaml"
NOISE = "knowledge/topics/noise.yaml"
URGENT = "knowledge/urgent.yaml"
AMINA, BEN, CHIOMA = "amina@example.org", "ben@example.org", "chioma@example.org"


def edited(path: str, changes: dict[At, Value], files: dict[str, bytes] | None = None) -> bytes:
    """A file of the small knowledge base with some values changed."""
    return edit((files or CONTENT)[path], changes)


def with_number(number: str) -> bytes:
    """The service of the noise team with another first number."""
    return edited(NOISE_TEAM, {("contacts", 0, "value"): number})


@dataclass
class House:
    """One database with the small knowledge base published in it, and everything that edits it."""

    engine: Engine
    learned: Path
    clock: Clock = field(default_factory=Clock)

    @property
    def store(self) -> Store:
        return Store(self.engine, self.clock)

    @property
    def drafts(self) -> Drafts:
        return Drafts(self.engine, self.store, self.clock)

    @property
    def publishing(self) -> Publishing:
        return open_publishing(self.engine, self.clock, self.learned)

    def draft(self, path: str, content: bytes | None, owner: str = AMINA) -> Draft:
        """A draft of `owner` that changes one file."""
        made = self.drafts.create(owner, "A change")
        return self.drafts.save(made.id, owner, {path: content}, made.version)


@pytest.fixture(scope="session")
def learned_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was learned from the small knowledge base is kept for all tests."""
    return tmp_path_factory.mktemp("learned")


@pytest.fixture
def houses(database_url: str, learned_folder: Path) -> Iterator[Callable[[], House]]:
    """Opens the same database again and again, as several processes would."""
    opened: list[House] = []

    def open_again() -> House:
        opened.append(House(open_engine(database_url), learned_folder))
        return opened[-1]

    yield open_again
    for each in opened:
        each.engine.dispose()


@pytest.fixture
def house(houses: Callable[[], House]) -> House:
    made = houses()
    made.store.publish(CONTENT, None, "shipped", "First.")
    return made
