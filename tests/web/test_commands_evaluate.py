"""`signpost evaluate` and `calibrate`, on the engine's small knowledge base."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import Run
from web.cli import main

AT = ("--now", "2026-11-23T10:00")
SECRET = "the drummer in the basement never sleeps"


@pytest.fixture
def held_back(home: Path) -> None:
    """One sentence of a blind test, which goes wrong."""
    folder = home / "knowledge" / "conversations" / "en" / "held-back"
    folder.mkdir()
    (folder / "noise.yaml").write_text(f"- says: {SECRET}\n  topic: library-of-things\n  urgent: []\n")


def test_evaluate_says_how_well_the_base_is_understood(run: Run) -> None:
    """Conversations, topics, confidence, thefts, and what no conversation uses."""
    code, out, _ = run("evaluate", *AT)
    assert code == 0
    for part in ("Conversations: 5 of 5", "right at once", "calibration error", "Thefts:", "Concepts that"):
        assert part in out


def test_evaluate_matches_each_example_by_the_others(run: Run) -> None:
    """With --folds, beside the thefts of the whole base."""
    _, out, _ = run("evaluate", "--folds", "2", *AT)
    assert out.count("Thefts:") == 2


def test_evaluate_compares_with_a_run_that_was_saved(run: Run, home: Path) -> None:
    """A word less in the base, and a sentence goes worse."""
    saved = home / "run.json"
    assert run("evaluate", "--save", str(saved), *AT)[0] == 0
    _, out, _ = run("evaluate", "--against", str(saved), *AT)
    assert "Better: 0\nWorse: 0\nNew messages: 0; gone: 0." in out
    file = home / "knowledge" / "conversations" / "en" / "noise.yaml"
    file.write_text(file.read_text().replace("  topic: noise\n  urgent: []", "  topic: bike-theft", 1))
    _, out, _ = run("evaluate", "--against", str(saved), *AT)
    assert "Worse: 2" in out
    assert "my neighbours are so noisy\n      expected bike-theft: noise (right) -> noise (wrong)" in out


@pytest.mark.parametrize(("content", "advice"), [(None, "no saved run"), ("{}", "give a file")])
def test_evaluate_says_what_is_wrong_with_a_saved_run(
    run: Run, home: Path, content: str | None, advice: str
) -> None:
    """And how to make a right one."""
    path = home / "run.json"
    if content is not None:
        path.write_text(content)
    code, out, err = run("evaluate", "--against", str(path), *AT)
    assert (code, out) == (1, "")
    assert advice in err
    assert "--save" in err


@pytest.mark.usefixtures("held_back")
def test_what_is_held_back_is_measured_apart_and_not_shown(run: Run, home: Path) -> None:
    """Only figures are printed and kept, and the ordinary evaluation knows nothing of it."""
    saved = home / "run.json"
    code, out, _ = run("evaluate", "--held-back", "--save", str(saved), "--all", *AT)
    assert code == 0
    assert "Conversations: 0 of 1" in out
    assert "library-of-things -> " in out
    assert SECRET not in out
    assert "drummer" not in saved.read_text()
    assert "Conversations: 5 of 5" in run("evaluate", *AT)[1]


@pytest.mark.usefixtures("held_back")
def test_what_is_held_back_is_shown_to_who_insists(run: Run) -> None:
    """With --sentences; the blind test is blind no more."""
    assert SECRET in run("evaluate", "--held-back", "--sentences", *AT)[1]


def test_where_nothing_is_held_back_it_says_where_to_write_it(run: Run) -> None:
    """A folder's name, and no report of nothing."""
    code, out, err = run("evaluate", "--held-back", *AT)
    assert (code, out) == (1, "")
    assert "held-back/" in err


@pytest.mark.usefixtures("held_back")
def test_check_refuses_an_example_that_is_held_back(run: Run, home: Path) -> None:
    """A blind test whose answers were given proves nothing."""
    assert run("check")[0] == 0
    file = home / "knowledge" / "examples" / "en" / "topics" / "noise.yaml"
    file.write_text(f"{file.read_text()}- {SECRET}\n")
    code, out, _ = run("check")
    assert code == 1
    assert "is an example as well" in out


def keep_for_calibration(home: Path, messages: int) -> None:
    folder = home / "knowledge" / "conversations" / "en" / "calibration"
    folder.mkdir(parents=True)
    said = (f"- {{says: upstairs bang number {number}, topic: noise}}\n" for number in range(messages))
    (folder / "noise.yaml").write_text("".join(said), encoding="utf-8")


@pytest.mark.parametrize(("messages", "fault"), [(0, "There are no messages"), (3, "at least 20")])
def test_calibrate_says_where_messages_are_missing(run: Run, home: Path, messages: int, fault: str) -> None:
    keep_for_calibration(home, messages)
    code, _, err = run("calibrate")
    assert code == 1
    assert fault in err
    assert "calibration/" in err


def test_calibrate_writes_what_it_found(run: Run, home: Path) -> None:
    """Into the knowledge base, which is still sound."""
    keep_for_calibration(home, 30)
    code, out, _ = run("calibrate")
    assert code == 0
    assert "answered from" in out
    assert "weights:" in (home / "knowledge" / "confidence.yaml").read_text()
    assert run("check")[0] == 0


@pytest.mark.parametrize("number", ["1", "11", "x"])
def test_a_number_of_parts_that_makes_no_sense_is_refused(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what would make sense."""
    with pytest.raises(SystemExit):
        main(["evaluate", "--folds", number])
    assert "from 2 to 10" in capsys.readouterr().err
