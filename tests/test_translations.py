"""The catalogues that come with the project: up to date, sound, and complete in what they are asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue import phrases
from bot.dialogue.compose import Composer
from bot.dialogue.decision import Decision
from bot.dialogue.state import DialogueState
from bot.dialogue.wording import Wording
from bot.knowledge.faults import errors
from bot.knowledge.reading import Reading, read
from bot.language.catalogue import Catalogue, Text
from bot.language.entries import read_entries
from store.catalogue_checks import translation_faults
from store.catalogues import DOMAINS, Template, offered, templates
from store.content import part_of, read_content
from web.interface import STRINGS, interface

HOME = Path(__file__).parent.parent
CATALOGUES = sorted((HOME / "translations").rglob("*.po"))
#: A Saturday's night: some services are open, and most are closed.
NIGHT = datetime(2026, 11, 28, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The content of the project."""
    return read_content(HOME)


@pytest.fixture(scope="module")
def reading(files: dict[str, bytes]) -> Reading:
    """The project's own knowledge base."""
    return read(part_of(files, "knowledge"))


@pytest.fixture(scope="module")
def found(reading: Reading) -> dict[str, Template]:
    """The English texts, by domain."""
    return dict(templates(reading))


def texts_in(path: Path) -> set[str]:
    """The English texts of a catalogue or template that are in use."""
    return {str(entry.id) for entry in read_entries(path.name, path.read_bytes()) if entry.id}


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_template_is_up_to_date(domain: str, found: dict[str, Template]) -> None:
    """It has the texts of the code and the knowledge base, all of them and no others."""
    there = texts_in(HOME / "translations" / f"{domain}.pot")
    assert there == set(found[domain]), "run: make translations"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_catalogue_is_up_to_date(path: Path, found: dict[str, Template]) -> None:
    """It has the texts of its template, so that translators see what is new."""
    assert texts_in(path) == set(found[path.stem]), "run: make translations"


def test_every_language_on_offer_has_its_catalogues(reading: Reading) -> None:
    """One for each domain."""
    wanted = {f"{language}/LC_MESSAGES/{domain}.po" for language in offered(reading) for domain in DOMAINS}
    assert {path.relative_to(HOME / "translations").as_posix() for path in CATALOGUES} == wanted


def test_no_translation_misleads(files: dict[str, bytes]) -> None:
    """The same numbers, links and placeholders as the English."""
    assert [str(fault) for fault in errors(translation_faults(files))] == []


@pytest.mark.parametrize(
    "path",
    [*CATALOGUES, *sorted((HOME / "translations").glob("*.pot"))],
    ids=lambda path: path.relative_to(HOME / "translations").as_posix(),
)
def test_gettext_itself_takes_the_catalogue(path: Path) -> None:
    """Its own checks find nothing that ours have missed."""
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None and not os.environ.get("CI"):
        pytest.skip("msgfmt is not installed (on Debian: apt-get install gettext)")
    assert msgfmt is not None, "continuous integration needs gettext"
    done = subprocess.run(
        [msgfmt, "--check", "--output-file", os.devnull, path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


class Asked(Catalogue):
    """A catalogue without entries that remembers what it was asked for."""

    def __init__(self, asked: set[str]) -> None:
        super().__init__("bn", {})
        object.__setattr__(self, "asked", asked)

    def translate(self, english: str) -> Text:
        """`english`, which is noted."""
        self.asked.add(english)
        return super().translate(english)


def decisions(knowledge) -> Iterator[Decision]:
    """One of each kind that there is."""
    for topic in knowledge.topics:
        yield Decision("answer", "", topic, retired=True)
        yield from (Decision("aspect", "", topic, aspect) for aspect in knowledge.aspects)
    yield from (Decision("smalltalk", "", smalltalk=kind) for kind in knowledge.smalltalk)
    yield from (Decision("answer", "", menu=group) for group in ("", *knowledge.groups))
    yield Decision("clarify", "", offered=tuple(knowledge.topics))
    yield Decision("fallback", "")


def test_whatever_is_said_can_be_translated(reading: Reading, found: dict[str, Template]) -> None:
    """Every text that any reply or the interface looks up stands in a template, letter by letter."""
    knowledge = reading.found
    assert knowledge is not None
    asked: set[str] = set()
    catalogue = Asked(asked)
    composer = Composer(knowledge, Wording(knowledge.languages["bn"], catalogue), NIGHT)
    for decision in decisions(knowledge):
        composer.compose(decision, DialogueState(), knowledge.urgent)
    interface("bn", knowledge, {"bn": catalogue})
    assert asked - set(found["interface"]) - set(found["knowledge"]) == set()
    assert len(asked) > len(knowledge.topics)


def test_every_sentence_of_the_code_is_marked(found: dict[str, Template]) -> None:
    """A constant without `N_` would never reach a translator."""
    constants = {text for name, text in vars(phrases).items() if name.isupper() and name != "N_"}
    assert (constants | set(STRINGS.values())) - set(found["interface"]) == set()
