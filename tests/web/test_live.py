"""An edit is live on every worker within two seconds, and no resident notices how it comes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.residents import Residents
from benchmarks.serving import serving
from store.content import read_content
from store.database import open_engine
from store.editing.publishing import open_publishing
from store.editing.yaml_edit import edit
from web.service import utc_now

SMALL = Path(__file__).parent.parent / "knowledge"
TEAM = "knowledge/services/noise-team.yaml"
EXAMPLES = "knowledge/examples/en/topics/noise.yaml"
#: Seconds from the end of a publication to when it is answered from everywhere.
PROMISED = 2.0


@pytest.fixture
def machines(tmp_path: Path, database_url: str) -> Iterator[list[str]]:
    """The addresses of two services, each in a folder of its own with two workers, on one database."""
    homes = [tmp_path / "one", tmp_path / "two"]
    for home in homes:
        shutil.copytree(SMALL, home / "knowledge")
    with serving(homes, 2, SIGNPOST_DATABASE_URL=database_url) as addresses:
        yield addresses


Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def another_number(files: dict[str, bytes]) -> dict[str, bytes]:
    """The noise team has another number."""
    return {**files, TEAM: edit(files[TEAM], {("contacts", 0, "value"): "020 7946 0888"})}


def another_example(files: dict[str, bytes]) -> dict[str, bytes]:
    """A sentence that meant nothing is how residents say it now."""
    return {**files, EXAMPLES: files[EXAMPLES] + b"- wubbly thrumming qwop\n"}


@pytest.mark.parametrize(
    ("change", "message", "new"),
    [
        (another_number, "noise from my neighbour", "020 7946 0888"),
        (another_example, "wubbly thrumming qwop", '"topic":"noise"'),
    ],
)
def test_a_publication_is_live_everywhere_in_two_seconds(
    machines: list[str], tmp_path: Path, database_url: str, change: Change, message: str, new: str
) -> None:
    """No request fails meanwhile, and none that begins two seconds later is answered from the old content."""
    engine = open_engine(database_url)
    publishing = open_publishing(engine, utc_now, tmp_path / "learned")
    current = publishing.store.current()
    assert current is not None
    files = publishing.store.files(current)
    assert files == read_content(tmp_path / "one")
    with Residents(machines, message, new, many=2) as residents:
        publishing.publish_files(change(files), "amina", "Live.", current)
        done = time.monotonic()
        time.sleep(PROMISED + 1.5)
    engine.dispose()
    assert residents.failed == []
    stale = residents.stale(since=done)
    late = [after for after in stale if after > PROMISED]
    assert late == [], f"stale for {max(late, default=0):.1f} s"
    assert stale, "it was answered so before it was published"
    assert any(answer.is_new for answer in residents.answers)
