"""The command line, on the engine's small knowledge base."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import Turn
from bot.dialogue.reply import English, Notice
from bot.dialogue.state import DialogueState
from tests.web.conftest import NOW, SMALL, Echo, Run, reply_to
from web.cards import card
from web.cli import main, moment
from web.commands_ask import answers

Batch = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def batch(home: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Batch:
    """Runs `signpost batch` on lines (objects, or bytes as they are) and gives its lines."""

    def command(*lines: Any) -> list[dict[str, Any]]:
        given = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        stdin = io.TextIOWrapper(io.BytesIO(b"\n".join(given)), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stdin)
        assert main(["batch", "--now", "2026-11-23T10:00"]) == 0
        return [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]

    return command


def test_ask_prints_a_card(run: Run) -> None:
    """Words, a service, a number, suggestions."""
    code, out, _ = run("ask", "my neighbour plays loud music", "--now", "2026-11-23T10:00")
    assert code == 0
    assert "##" in out
    assert "noise" in out


def test_ask_gives_the_reply_of_the_api(run: Run) -> None:
    """With --json, every field, and in the language that was chosen."""
    code, out, _ = run("ask", "noise", "--language", "BN", "--json", "--now", "2026-11-23T10:00")
    assert code == 0
    reply = json.loads(out)
    assert reply["language"] == "bn"
    assert {"outcome", "urgent", "services", "suggestions", "state"} <= set(reply)


def test_ask_explains(run: Run) -> None:
    """With --explain, the reasons instead of the answer."""
    code, out, _ = run("ask", "my neighbour plays loud music", "--explain")
    assert code == 0
    assert "noise" in out


def test_ask_for_a_language_that_is_not_offered_is_refused(run: Run) -> None:
    """The message names those that are."""
    code, out, err = run("ask", "noise", "--language", "tlh")
    assert (code, out) == (1, "")
    assert "bn" in err
    assert "Traceback" not in err


def test_a_card_begins_with_what_is_urgent() -> None:
    """The notice, its English where it is a draft, then the answer."""
    reply = reply_to(Turn(message="help"), DialogueState())
    draft = Notice("danger", "এখনই কল করুন", "৯৯৯", reply.urgent[0].contacts, English("Call now", "Call 999."))
    lines = card(type(reply)(**{**_parts(reply), "urgent": (draft,)})).splitlines()
    assert lines[0] == "!! এখনই কল করুন"
    assert lines.index("   Call now") < lines.index("   Noise line: 020 7946 0000") < lines.index("1. Call.")
    assert lines.index("1. Call.") < lines.index("## Noise Line") < lines.index("> Phone?")


def _parts(reply: Any) -> dict[str, Any]:
    return {name: getattr(reply, name) for name in asdict(reply)}


def test_batch_takes_a_file_as_windows_writes_it(batch: Batch) -> None:
    """With a byte order mark before the first line, and both signs at the ends of lines."""
    lines = batch(b'\xef\xbb\xbf{"id": 1, "turns": ["noise"]}\r', b'{"id": 2, "turns": ["noise"]}\r')
    assert [(line["id"], len(line["replies"])) for line in lines] == [(1, 1), (2, 1)]


def test_batch_answers_each_conversation_in_order(batch: Batch) -> None:
    """Replies by turn, ids as they came, whatever their type."""
    answers = batch(
        {"id": "a", "turns": ["my neighbour plays loud music", "phone?"]},
        {"id": 7, "turns": ["my bike was stolen"], "language": "bn"},
        {"id": None, "turns": []},
    )
    assert [answer["id"] for answer in answers] == ["a", 7, None]
    assert [len(answer["replies"]) for answer in answers] == [2, 1, 0]
    assert answers[1]["replies"][0]["language"] == "bn"


def test_batch_gives_each_turn_the_state_of_the_one_before() -> None:
    """And each conversation begins afresh."""
    lines = [b'{"id": 1, "turns": ["noise", "phone?"]}', b'{"id": 2, "turns": ["phone?"]}']
    found = [[reply["text"][-7:] for reply in answer["replies"]] for answer in answers(lines, Echo(), NOW)]
    assert found == [["turn 0.", "turn 1."], ["turn 0."]]


def test_batch_says_the_same_twice(batch: Batch) -> None:
    """The same lines at the same moment, the same output, tokens and all."""
    line = {"id": 1, "turns": ["my neighbour plays loud music"]}
    assert batch(line) == batch(line)


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        (b"noise", None),
        (b"\xff", None),
        (b"[" * 100_000, None),
        (b"[]", None),
        (b"5", None),
        ({"id": "a"}, "a"),
        ({"id": "a", "turns": "noise"}, "a"),
        ({"id": "a", "turns": [5]}, "a"),
        ({"id": "a", "turns": ["x" * 1001]}, "a"),
        ({"id": "a", "turns": ["noise"], "language": "tlh"}, "a"),
        ({"id": "a", "turns": ["noise"], "language": 5}, "a"),
    ],
)
def test_batch_goes_on_after_a_bad_line(batch: Batch, line: Any, identity: str | None) -> None:
    """An error in its place, and the next line is answered."""
    bad, good = batch(line, b"  ", {"id": "b", "turns": ["\x00", "", "😭"]})
    assert bad["id"] == identity
    assert bad["error"]
    assert len(good["replies"]) == 3


def test_check_finds_nothing_wrong_with_the_small_base(run: Run) -> None:
    """A summary, and exit code 0."""
    code, out, _ = run("check")
    assert code == 0
    assert "no errors" in out


def test_check_reports_every_fault_with_file_line_and_remedy(run: Run, home: Path) -> None:
    """Two broken files and a broken catalogue are three faults or more, and exit code 1."""
    topic = next((home / "knowledge" / "topics").glob("*.yaml"))
    topic.write_text(topic.read_text(encoding="utf-8") + "titel: x\n", encoding="utf-8")
    (home / "knowledge" / "settings.yaml").write_text("a: [\n", encoding="utf-8")
    catalogue = home / "translations" / "bn" / "LC_MESSAGES" / "answers.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(b'msgid "a"\nmsgstr "b\n\xff')
    code, out, _ = run("check")
    assert code == 1
    for name in (f"topics/{topic.name}:", "settings.yaml:", "translations/bn/LC_MESSAGES/answers.po:"):
        assert name in out
    assert out.count("Do: ") >= 3


def test_check_takes_a_knowledge_base_by_itself(run: Run) -> None:
    """The folder of the YAML files, without a project around it."""
    assert run("check", str(SMALL))[0] == 0


def test_check_of_no_knowledge_base_says_so(run: Run, tmp_path: Path) -> None:
    """An empty folder, one that is not there, one part of a knowledge base, and YAML of another kind."""
    for name in ("empty", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "other" / "compose.yaml").write_text("a: b\n", encoding="utf-8")
    for path in (tmp_path / "empty", tmp_path / "nowhere", tmp_path / "other", SMALL / "services"):
        code, out, err = run("check", str(path))
        assert (code, out) == (1, "")
        assert "no knowledge base" in err


def test_ask_on_a_broken_base_prints_its_faults(run: Run, home: Path) -> None:
    """Not a traceback."""
    (home / "knowledge" / "settings.yaml").write_text("a: [\n", encoding="utf-8")
    code, _, err = run("ask", "noise")
    assert code == 1
    assert "settings.yaml:" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["ask", "noise", "--now", "tomorrow"], "2026-11-23T10:00"),
        (["ask", "noise", "--now", "9999-12-31T23:59"], "from 2000 to 2200"),
        (["ask", "noise", "--now", "0001-01-01"], "from 2000 to 2200"),
        (["serve", "--port", "x"], "from 1 to 65535"),
        (["serve", "--port", "0"], "from 1 to 65535"),
        (["serve", "--workers", "0"], "1 or more"),
    ],
)
def test_a_wrong_option_is_answered_with_a_right_one(
    arguments: list[str], advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words, without names of functions."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    complaint = capsys.readouterr().err
    assert stopped.value.code == 2
    assert advice in complaint
    assert "invalid" not in complaint


@pytest.mark.parametrize(
    "arguments", [[], ["dance"], ["ask"], ["serve", "--port", "x"], ["serve", "--port", "99999"]]
)
def test_what_is_not_understood_is_explained(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and how to use it."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: signpost" in capsys.readouterr().err


def test_a_time_without_a_zone_is_londons() -> None:
    """Summer time included."""
    assert moment("2026-07-01T12:00") == datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
    assert moment("2026-07-01T12:00+00:00") == datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
