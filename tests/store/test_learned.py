"""What was learned is kept as safe bytes, in a folder and on the shelf, and learned anew where it is not
there.
"""

from __future__ import annotations

import io
import json
import pickle
import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from bot.assistant import Assistant, Turn
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Knowledge
from bot.knowledge.reading import read_files, read_folder
from bot.understanding.recognition import Learned
from store import learned
from store.building import build_assistant
from store.database import open_engine
from store.kept import keep
from store.learned import keep_learned, learned_from
from store.learned_format import FORMAT, FormatError, packed, unpacked
from store.shelf import Shelf
from tests.store.conftest import NOW

REMEMBER = learned._remember
FILES = read_folder(Path(__file__).parents[1] / "knowledge")
CONTENT = {f"knowledge/{name}": content for name, content in FILES.items()}


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered from one call to the next: files and shelves are looked into."""
    monkeypatch.setattr(learned, "_remember", lambda _key, _found: None)
    monkeypatch.setattr(learned, "_LATEST", {})


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    found, _ = read_files(FILES)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def taught(knowledge: Knowledge) -> Learned:
    return Learned.of(knowledge)


@pytest.fixture
def shelf(database_url: str) -> Iterator[Shelf]:
    """A shelf on which each thing is put a second after the one before."""
    seconds = count()
    made = Shelf(open_engine(database_url), lambda: NOW + timedelta(seconds=next(seconds)))
    yield made
    made.close()


def test_what_was_learned_comes_back_the_same(knowledge: Knowledge, taught: Learned) -> None:
    """To the bit: it is written the same way again, and answers the same."""
    content = packed(taught)
    again = unpacked(content)
    assert packed(again) == content
    assert again.topics.lexicon is again.lexicon
    for message in ("loud music every nite", "my bike was stolen", "he has a knife", "অনেক শব্দ"):
        replies = [
            Assistant(knowledge, {}, each).respond(Turn(message=message), DialogueState(), NOW)[0]
            for each in (taught, again)
        ]
        assert replies[0] == replies[1]


def written(tree: object) -> bytes:
    """Bytes in the right form that hold something else."""
    whole = io.BytesIO()
    np.savez(whole, tree=np.frombuffer(json.dumps(tree).encode(), dtype=np.uint8))
    return whole.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        pickle.dumps({"a": 1}),
        written({"format": 0, "learned": None}),
        written({"format": FORMAT, "learned": 3}),
        written({"format": FORMAT, "learned": {"record": "Path", "fields": ["/"]}}),
        written({"format": FORMAT, "learned": {"record": "Learned", "fields": []}}),
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    """Nothing but our own records is ever made of it."""
    with pytest.raises(FormatError):
        unpacked(content)


def test_what_is_on_the_shelf_is_not_learned_again(
    knowledge: Knowledge, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine, with a folder of its own, takes it from there and keeps it."""
    keep_learned(CONTENT, tmp_path / "here", shelf)

    def never(_: Knowledge) -> Learned:
        raise AssertionError("it is learned again")

    monkeypatch.setattr(Learned, "of", never)
    found = learned_from(knowledge, CONTENT, tmp_path / "there", shelf)
    assert [path.name for path in (tmp_path / "there").iterdir()] == [
        path.name for path in (tmp_path / "here").iterdir()
    ]
    assert packed(learned_from(knowledge, CONTENT, tmp_path / "there")) == packed(found)


def test_what_goes_live_is_where_workers_look_for_it(
    taught: Learned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that had to learn it would go on with the old content for as long as that takes."""
    monkeypatch.setattr(learned, "_remember", REMEMBER)
    monkeypatch.setattr(Learned, "of", lambda _: taught)
    keep_learned(CONTENT, tmp_path, None)
    (path,) = tmp_path.iterdir()
    path.unlink()  # drafts were tried out meanwhile, and only the newest files are kept
    keep_learned(CONTENT, tmp_path, None)
    assert path.read_bytes() == packed(taught)


def test_what_is_broken_is_learned_anew(knowledge: Knowledge, tmp_path: Path) -> None:
    """A file that was cut short is replaced."""
    learned_from(knowledge, CONTENT, tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:1000])
    learned_from(knowledge, CONTENT, tmp_path)
    assert path.read_bytes() == whole


def test_a_long_one_stands_in_several_rows_and_the_oldest_go(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And comes back whole."""
    monkeypatch.setattr("store.shelf._PART", 10)
    content = bytes(range(256))
    for key in ("a", "b", "c", "d"):
        shelf.put(key, content)
    shelf.put("d", b"not again")
    assert shelf.get("d") == content
    assert [shelf.has(key) for key in ("a", "b", "c", "d")] == [False, True, True, True]
    assert shelf.get("none") is None


def test_only_the_last_few_files_are_kept(
    knowledge: Knowledge, taught: Learned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder does not grow without end."""
    monkeypatch.setattr(Learned, "of", lambda _: taught)
    for number in range(5):
        other = {**CONTENT, "knowledge/examples/en/none.yaml": f"- something else {number}\n".encode()}
        learned_from(knowledge, other, tmp_path)
    assert len(list(tmp_path.iterdir())) == learned._KEPT


def test_what_was_learned_last_is_at_hand(
    knowledge: Knowledge, taught: Learned, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of a telephone number reads no file of it and learns nothing."""
    monkeypatch.setattr(learned, "_remember", REMEMBER)
    taught_by = [taught]
    monkeypatch.setattr(Learned, "of", lambda _: taught_by.pop())
    first = learned_from(knowledge, CONTENT, None)
    assert learned_from(knowledge, CONTENT, None) is first
    assert taught_by == []


@pytest.mark.parametrize(
    ("file", "old", "new", "again"),
    [
        ("topics/noise.yaml", "The council can look into", "Ask us about", False),
        ("topics/noise.yaml", "steps:\n- If it feels safe", "steps:\n- Only if it feels safe", False),
        ("topics/noise.yaml", "weight: strong", "weight: hint", True),
        ("topics/noise.yaml", "title: Noise", "title: Loud noise", True),
        ("topics/noise.yaml", "Loud music", "Very loud music", True),
    ],
)
def test_only_what_is_learned_from_is_learned_again(
    taught: Learned,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    old: str,
    new: str,
    again: bool,
) -> None:
    """An edit of an answer goes live at once; one of a rule, or of a title, is learned first."""
    times: list[Knowledge] = []
    monkeypatch.setattr(Learned, "of", lambda knowledge: times.append(knowledge) or taught)
    before = CONTENT[f"knowledge/{file}"].decode()
    assert old in before
    edited = {**CONTENT, f"knowledge/{file}": before.replace(old, new).encode()}
    for files in (CONTENT, edited):
        build_assistant(files, tmp_path)
    assert len(times) == 1 + again


def test_a_new_calibration_is_not_learned(taught: Learned, knowledge: Knowledge, tmp_path: Path) -> None:
    """How sure a match is comes from the records, whatever was learned before."""
    weights = b"[0, 0, 0, 0, 0, 0, 0, 9]"
    sure = b"weights: %b\nnear: %b\nanswer: 0.9\noffer: 0.1\nfound: 2026-11-22\nmethod: by hand\n" % (
        weights,
        weights,
    )
    build_assistant(CONTENT, tmp_path)
    assistant = build_assistant({**CONTENT, "knowledge/confidence.yaml": sure}, tmp_path)
    assert assistant.calibration.answer == 0.9
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_large_is_learned_by_another_process(
    knowledge: Knowledge, taught: Learned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is the same, to the byte; where that fails it is learned here."""
    monkeypatch.setattr("store.aside.LARGE", 0)
    monkeypatch.setattr(Learned, "of", lambda _: taught)
    learned_from(knowledge, CONTENT, tmp_path / "aside")
    (path,) = (tmp_path / "aside").glob("*.learned")
    assert path.read_bytes() == packed(taught)
    monkeypatch.setattr("store.aside.sys.executable", str(tmp_path / "nothing"))
    assert learned_from(knowledge, CONTENT, tmp_path / "here") is taught


def test_of_many_who_need_the_same_one_learns(
    knowledge: Knowledge, taught: Learned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learning takes a processor for a minute, and two gigabytes."""
    monkeypatch.setattr("store.aside.LARGE", 0)
    key = learned._key(knowledge, CONTENT)
    times: list[str] = []

    def run_aside(module: str, *_: object) -> bytes:
        times.append(module)
        keep(learned._path(tmp_path, key), packed(taught), 1)
        return b""

    monkeypatch.setattr(learned, "run_aside", run_aside)
    start = threading.Barrier(3)

    def need() -> None:
        start.wait()
        learned._learned_aside(key, CONTENT, tmp_path)

    threads = [threading.Thread(target=need) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert times == ["store.learned"]
