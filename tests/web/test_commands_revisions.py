"""`signpost publish`, `export`, `history`, `restore`: content goes out and comes in, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.content import read_content
from web.cli import main

SMALL = Path(__file__).parent.parent / "knowledge"
TEAM = Path("knowledge/services/noise-team.yaml")


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was learned from the small knowledge base is kept for all tests."""
    return tmp_path_factory.mktemp("learned")


@pytest.fixture
def home(tmp_path: Path, learned: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    """A project's folder with the small knowledge base, and a store in which nothing has been published."""
    folder = tmp_path / "home"
    shutil.copytree(SMALL, folder / "knowledge")
    (folder / "var").mkdir()
    (folder / "var" / "learned").symlink_to(learned)
    monkeypatch.setenv("SIGNPOST_HOME", str(folder))
    monkeypatch.setenv("SIGNPOST_DATABASE_URL", database_url)
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code of a command, and what it says."""
    code = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_what_is_exported_and_published_again_is_the_same(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through a folder, an edit of it, and back to the first revision."""
    assert run(capsys, "publish", home, "--message", "First.")[0] == 0
    out = tmp_path / "out"
    assert run(capsys, "export", out) == (0, f"Revision 1: {len(read_content(home))} files in {out}.\n")
    assert read_content(out) == read_content(home)
    assert "nothing to publish" in run(capsys, "publish", out)[1]
    (out / TEAM).write_bytes((out / TEAM).read_bytes().replace(b"020 7946 0018", b"020 7946 0888"))
    assert run(capsys, "publish", out, "--message", "New number.", "--author", "amina") == (
        0,
        "Revision 2 is live.\n",
    )
    assert run(capsys, "restore", 1)[1] == "Revision 3 is live, with the content of revision 1.\n"
    run(capsys, "export", tmp_path / "back")
    assert read_content(tmp_path / "back") == read_content(home)
    lines = run(capsys, "history")[1].splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["*", "3"],
        ["2", lines[1].split()[1]],
        ["1", lines[2].split()[1]],
    ]
    assert "amina  New number." in lines[1]


def test_what_fails_the_proof_is_refused_with_all_of_its_faults(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And a conversation that goes wrong is told like a fault, with its file and line."""
    run(capsys, "publish", home)
    wrong = home / "knowledge" / "conversations" / "en" / "more.yaml"
    wrong.write_text("- says: [my neighbours are so loud]\n  topic: bike-theft\n", encoding="utf-8")
    code, said = run(capsys, "publish", home)
    assert (code, "conversations/en/more.yaml:1: my neighbours are so loud: topic: expected" in said) == (
        1,
        True,
    )
    assert run(capsys, "history")[1].startswith("*    1")


def test_an_export_leaves_no_other_content_beside_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that the revision does not have would be published next time; nothing is deleted unasked."""
    run(capsys, "publish", home)
    stray = home / "knowledge" / "topics" / "stray.yaml"
    stray.write_text("title: Stray\n", encoding="utf-8")
    code, said = run(capsys, "export", home)
    assert (code, "stray.yaml" in said, stray.exists()) == (1, True, True)
    assert run(capsys, "export", home, "--delete")[0] == 0
    assert not stray.exists()


def test_an_empty_store_has_nothing_to_give(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command says so."""
    assert run(capsys, "history") == (0, "Nothing has been published yet.\n")
    assert run(capsys, "export", home)[0] == 1
    assert run(capsys, "restore", 5) == (1, "signpost: There is no revision 5.\n")
    assert run(capsys, "publish-due") == (0, "Nothing is due.\n")
    assert "somebody else" in run(capsys, "publish", home, "--author", "shipped")[1]
