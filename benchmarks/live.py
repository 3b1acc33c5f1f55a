"""How soon an edit of the shipped base is live on every worker, and what residents notice of it.

`signpost serve` with two workers on a copy of the project's content; a member of staff changes a record by
the pages of the editor, plays the conversations, and publishes, while residents ask without a break. Stale
is an answer from the old content to a question that was sent after the page said that it is published.

A made-up example moves some conversation or other that was on the edge, and would not be published for it:
so that edit is made where there are no conversations to play.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep

from benchmarks.staff_browser import StaffBrowser
from benchmarks.table import Figure, Table, at_most
from benchmarks.timing import ROOT, Times
from web.settings import learned_folder

_WORKERS, _RESIDENTS = 2, 4
#: Seconds: what is promised of an edit; for how long residents ask after it; between two of one's questions.
_PROMISED, _AFTER, _PAUSE = 2.0, 4.0, 0.02
#: Seconds in which everything must be over: the load stops by itself.
_MOST = 600
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
    with _service(home, with_conversations=not edit.is_example) as address:
        staff = StaffBrowser(address)
        staff.send(staff.form(_invitation(home)), password=_PASSWORD)
        return list(_measure(staff, address, edit))


def _measure(staff: StaffBrowser, address: str, edit: Edit) -> Iterator[Figure]:
    """Make `edit` in a draft, the first one, and publish it."""
    with Residents(address, edit.question, edit.shown) as calm:
        sleep(_AFTER)
    with Residents(address, edit.question, edit.shown) as residents:
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
    stale = [answer.asked - done for answer in residents.answers if not answer.is_new]
    yield at_most(f"{edit.name}: last stale answer", max([0.0, *stale]), "s", _PROMISED)
    yield at_most(f"{edit.name}: failed requests", len(residents.failed), "", 0)
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


@dataclass(frozen=True, slots=True)
class Answer:
    """When it was asked for, how long it took, and whether it is of the new content."""

    asked: float
    milliseconds: float
    is_new: bool


@dataclass
class Residents:
    """Ask `question` again and again, each time on a new connection, so that every worker is asked."""

    address: str
    question: str
    shown: str
    answers: list[Answer] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __enter__(self) -> Residents:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._go_on) for _ in range(_RESIDENTS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    @property
    def times(self) -> Times:
        """How long the answers took."""
        return Times(tuple(sorted(answer.milliseconds for answer in self.answers)))

    def _go_on(self) -> None:
        until = monotonic() + _MOST
        while not self._stop.wait(_PAUSE) and monotonic() < until:
            asked = monotonic()
            try:
                is_new = self.shown in self._ask()
            except OSError as error:
                self.failed.append(str(error))
            else:
                self.answers.append(Answer(asked, (monotonic() - asked) * 1000, is_new))

    def _ask(self) -> str:
        body = json.dumps({"message": self.question, "language": "en"}).encode()
        request = urllib.request.Request(
            f"{self.address}/api/v1/chat", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return str(response.read().decode())


def _invitation(home: Path) -> str:
    """The path of a one-time link for a new publisher."""
    command = [*_SIGNPOST, "staff", "invite", "amina@example.org", "--name", "Amina", "--role", "publisher"]
    said = subprocess.run(command, env=_settings(home), stdout=subprocess.PIPE, text=True, check=True).stdout
    return said[said.index("/staff/link/") :].strip()


@contextmanager
def _service(home: Path, with_conversations: bool) -> Iterator[str]:
    """`signpost serve` on a copy of the content in `home`; its address."""
    left_out = shutil.ignore_patterns() if with_conversations else shutil.ignore_patterns("conversations")
    for part in ("knowledge", "translations"):
        shutil.copytree(ROOT / part, home / part, ignore=left_out)
    with suppress(FileNotFoundError):  # what was learned need not be learned again to start
        shutil.copytree(learned_folder(ROOT), learned_folder(home))
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*_SIGNPOST, "serve", "--port", str(port), "--workers", str(_WORKERS)]
    with subprocess.Popen(command, env=_settings(home), stderr=subprocess.PIPE, text=True) as process:
        log = process.stderr or sys.stdin
        while "listens on" not in (line := log.readline()):
            if not line:
                raise ValueError("The service did not start.")
        threading.Thread(target=log.read, daemon=True).start()  # so that it never waits for a reader
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


_SIGNPOST = (sys.executable, "-m", "web")


def _settings(home: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    return {**inherited, "SIGNPOST_HOME": str(home), "PYTHONPATH": str(ROOT)}
