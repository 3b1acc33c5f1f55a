"""`signpost translations`, on the engine's small knowledge base."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.conftest import Run
from web.cli import main

KNOWLEDGE_PO = "translations/bn/LC_MESSAGES/knowledge.po"
TITLE = 'msgid "Bike theft"\nmsgstr "'


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one of the tasks: its exit code, its output, its complaints."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(["translations", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


@pytest.fixture
def edit(home: Path) -> Callable[[str, str, str], None]:
    """Replaces a text in a file of the project."""

    def replace(file: str, old: str, new: str) -> None:
        text = (home / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        (home / file).write_text(text.replace(old, new), encoding="utf-8")

    return replace


def test_extract_writes_the_templates_alone(run: Run, home: Path) -> None:
    """One for each domain, and no catalogue."""
    assert run("extract")[0] == 0
    names = {path.relative_to(home).as_posix() for path in (home / "translations").rglob("*.*")}
    assert names == {"translations/interface.pot", "translations/knowledge.pot"}


def test_update_makes_the_catalogues_of_every_language(run: Run, home: Path) -> None:
    """Both of them, sound by the checks."""
    assert run("update")[0] == 0
    assert (home / KNOWLEDGE_PO).is_file()
    assert (home / "translations/bn/LC_MESSAGES/interface.po").is_file()
    code, out, _ = run("check")
    assert code == 0
    assert out == "2 files: no errors, no warnings.\n"


def test_update_says_what_it_wrote(run: Run) -> None:
    """A second time there is nothing to write."""
    assert f"written    {KNOWLEDGE_PO}" in run("update")[1]
    assert f"unchanged  {KNOWLEDGE_PO}" in run("update", "bn")[1]


def test_an_edited_english_text_is_noticed_and_then_brought_up_to_date(
    run: Run, edit: Callable[[str, str, str], None], home: Path
) -> None:
    """A warning with the command to run; after it the old translation waits as an obsolete entry."""
    run("update")
    edit(KNOWLEDGE_PO, TITLE, f"{TITLE}সাইকেল চুরি")
    edit("knowledge/topics/bike-theft.yaml", "title: Bike theft", "title: Stolen bicycle")
    code, out, _ = run("check")
    assert code == 0
    assert 'no longer in use, as "Bike theft". Do: run: signpost translations update bn.' in out
    run("update")
    assert run("check")[1] == "2 files: no errors, no warnings.\n"
    text = (home / KNOWLEDGE_PO).read_text(encoding="utf-8")
    assert '#~ msgid "Bike theft"\n#~ msgstr "সাইকেল চুরি"' in text
    assert 'msgid "Stolen bicycle"\nmsgstr ""' in text


def test_check_reports_what_misleads(run: Run, edit: Callable[[str, str, str], None]) -> None:
    """With file and line, and exit code 1."""
    run("update")
    edit(KNOWLEDGE_PO, TITLE, f"{TITLE}৯৯৯")
    code, out, _ = run("check")
    assert code == 1
    assert f"{KNOWLEDGE_PO}:" in out
    assert "1 error" in out


def test_check_of_everything_looks_at_the_translations_too(
    run: Run, edit: Callable[[str, str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """`signpost check` leaves nothing out."""
    run("update")
    edit(KNOWLEDGE_PO, TITLE, f"{TITLE}৯৯৯")
    assert main(["check"]) == 1
    assert f"{KNOWLEDGE_PO}:" in capsys.readouterr().out


def test_report_counts_by_language_and_domain(run: Run, edit: Callable[[str, str, str], None]) -> None:
    """Confirmed, draft, missing."""
    run("update")
    edit(KNOWLEDGE_PO, TITLE, f"{TITLE}সাইকেল চুরি")
    edit(KNOWLEDGE_PO, 'msgid "Noise"\nmsgstr "', '#, fuzzy\nmsgid "Noise"\nmsgstr "শব্দ')
    lines = run("report")[1].splitlines()
    assert lines[0].split() == ["language", "domain", "confirmed", "draft", "missing"]
    assert lines[2].split()[:4] == ["bn", "knowledge", "1", "1"]
    assert len(lines) == 3


def test_a_language_that_is_not_offered_is_refused(run: Run, home: Path) -> None:
    """The message says where to add it, and nothing is written."""
    code, _, err = run("update", "so")
    assert code == 1
    assert "knowledge/languages.yaml" in err
    assert not (home / "translations").exists()


def test_a_faulty_knowledge_base_changes_no_catalogue(
    run: Run, edit: Callable[[str, str, str], None], home: Path
) -> None:
    """Else the translations of the faulty record would become obsolete."""
    run("update")
    before = (home / KNOWLEDGE_PO).read_bytes()
    edit("knowledge/topics/bike-theft.yaml", "title:", "titel:")
    code, _, err = run("update")
    assert code == 1
    assert "topics/bike-theft.yaml:" in err
    assert (home / KNOWLEDGE_PO).read_bytes() == before


def test_a_broken_catalogue_stops_the_update(run: Run, home: Path) -> None:
    """It is named with its line, and left as it is."""
    run("update")
    (home / KNOWLEDGE_PO).write_bytes(b'msgid "a\n')
    code, _, err = run("update")
    assert code == 1
    assert f"{KNOWLEDGE_PO}:1: " in err
    assert (home / KNOWLEDGE_PO).read_bytes() == b'msgid "a\n'
