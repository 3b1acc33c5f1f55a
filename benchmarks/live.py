"""How soon an edit of the shipped base is live on every worker, and what residents notice of it.

`signpost serve` with two workers on a copy of the project's content; a member of staff changes a record by
the pages of the editor, plays the conversations, and publishes, while residents ask without a break. Stale
is an answer from the old content to a question that was sent after the page said that it is published.

A number changes nothing that is learned. An example, of words that nobody says, has everything learned anew:
by a process of its own, while the conversations are played.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep

from benchmarks.residents import Residents
from benchmarks.serving import SIGNPOST, serving, settings_of
from benchmarks.staff_browser import StaffBrowser
from benchmarks.table import Figure, Table, at_least, at_most
from benchmarks.timing import ROOT
from web.settings import learned_folder

_WORKERS, _RESIDENTS = 2, 4
#: Seconds: what is promised of an edit; for how long residents ask after it.
_PROMISED, _AFTER = 2.0, 4.0
#: Seconds in which the conversations must be played, while residents take most of the processors.
_MOST = 900
_NEW_NUMBER = "020 7946 0018"
_NEW_EXAMPLE = "wubbly thrumming qwop"
_PASSWORD = "river lamp eleven"
_DRAFT = "/staff/drafts/1"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one field of a form; `question` is answered with `shown` from then on."""

    name: str
    path: str
    field: str
    value: str
    #: Whether `value` is an example, a line more; otherwise it stands in place of what was there.
    is_example: bool
    question: str
    shown: str


_EDITS = (
    Edit("a number", "/staff/services/reset", "contacts-0-value", _NEW_NUMBER, False,
         "where can i get help with heroin", _NEW_NUMBER),
    Edit("an example", "/staff/examples/en/topics/noise", "lines", _NEW_EXAMPLE, True,
         _NEW_EXAMPLE, '"topic":"noise"'),
)  # fmt: skip


def run() -> Table:
    """The table of both edits."""
    figures: list[Figure] = []
    for edit in _EDITS:
        with TemporaryDirectory() as folder:
            figures += _on_a_service(Path(folder), edit)
    return Table(
        "An edit goes live",
        f"{_WORKERS} workers, {_RESIDENTS} residents who ask without a break, the editor's own pages.",
        tuple(figures),
    )


def _on_a_service(home: Path, edit: Edit) -> list[Figure]:
    """Start the service in `home`, sign in, and measure `edit`."""
    with serving([_installed(home)], _WORKERS) as [address]:
        staff = StaffBrowser(address)
        staff.send(staff.form(_invitation(home)), password=_PASSWORD)
        return list(_measure(staff, address, edit))


def _measure(staff: StaffBrowser, address: str, edit: Edit) -> Iterator[Figure]:
    """Make `edit` in a draft, the first one, and publish it."""
    asked = ([address], edit.question, edit.shown, _RESIDENTS)
    with Residents(*asked) as calm:
        sleep(_AFTER)
    with Residents(*asked) as residents:
        _save(staff, edit)
        start = perf_counter()
        _play(staff)
        played = perf_counter() - start
        start = perf_counter()
        button = staff.form(_DRAFT, f"{_DRAFT}/publish")
        said = staff.send(button, message=edit.name)
        done, published = monotonic(), perf_counter() - start
        if "Published." not in said:
            raise ValueError(f"{edit.name} was not published: {_problem(said)}")
        sleep(_AFTER)
    stale = residents.stale(since=done)
    late = sum(after > _PROMISED for after in stale)
    yield at_most(f"{edit.name}: on every worker after", max([0.0, *stale]), "s", _PROMISED)
    yield at_most(f"{edit.name}: stale answers later than promised", late, "", 0)
    yield at_most(f"{edit.name}: failed requests", len(residents.failed), "", 0)
    answered = sum(answer.is_new for answer in residents.answers)
    yield at_least(f"{edit.name}: answers from the new content", answered, "", 1)
    yield Figure(f"{edit.name}: playing the conversations", played, "s")
    yield Figure(f"{edit.name}: publishing, once they were played", published, "s")
    yield Figure(f"{edit.name}: questions meanwhile", len(residents.answers), "")
    for name, times in (("before", calm.times), ("meanwhile", residents.times)):
        yield Figure(f"{edit.name}: reply {name}, p50", times.percentile(50), "ms")
        yield Figure(f"{edit.name}: reply {name}, p99", times.percentile(99), "ms")
    yield Figure(f"{edit.name}: reply meanwhile, longest", residents.times.longest, "ms")


def _save(staff: StaffBrowser, edit: Edit) -> None:
    """Save `edit` to a new draft."""
    form = staff.form(edit.path)
    typed = f"{form.fields[edit.field]}\n{edit.value}" if edit.is_example else edit.value
    said = staff.send(form, do="save", draft="", **{edit.field: typed})
    if "Saved to the draft" not in said:
        raise ValueError(f"{edit.name} was not saved: {_problem(said)}")


def _play(staff: StaffBrowser) -> None:
    """Play the conversations on the draft, and look again until it is done."""
    until = monotonic() + _MOST
    while "were played" not in (said := staff.get(f"{_DRAFT}?prove=1")):
        if "being played" not in said or monotonic() > until:
            raise ValueError(f"The conversations were not played: {_problem(said)}")
        sleep(0.5)


def _problem(page: str) -> str:
    """What a page says, for the message of an error."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())[:600]


def _invitation(home: Path) -> str:
    """The path of a one-time link for a new publisher."""
    command = [*SIGNPOST, "staff", "invite", "amina@example.org", "--name", "Amina", "--role", "publisher"]
    said = subprocess.run(
        command, env=settings_of(home), stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    return said[said.index("/staff/link/") :].strip()


def _installed(home: Path) -> Path:
    """`home` with a copy of the content, and of what was learned from it, so that it starts at once."""
    for part in ("knowledge", "translations"):
        shutil.copytree(ROOT / part, home / part)
    with suppress(FileNotFoundError):
        shutil.copytree(learned_folder(ROOT), learned_folder(home))
    return home
