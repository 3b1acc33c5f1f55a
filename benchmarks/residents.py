"""Residents who ask without a break while the content that they are answered from changes."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from benchmarks.timing import Times

#: Seconds between an answer and the next question of the same resident; until a question has failed.
_PAUSE, _PATIENCE = 0.02, 10
#: Seconds after which they stop by themselves.
_MOST = 1800


@dataclass(frozen=True, slots=True)
class Answer:
    """When it was asked for (seconds of `monotonic`), how long it took, and if it is of the new content."""

    asked: float
    milliseconds: float
    is_new: bool


@dataclass
class Residents:
    """So `many` at each of `addresses` ask `question` again and again, on a new connection each time.

    So every worker is asked. Answers of the new content have `shown` in them.
    """

    addresses: Sequence[str]
    question: str
    shown: str
    many: int
    answers: list[Answer] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __enter__(self) -> Residents:
        self._stop = threading.Event()
        asked = [address for address in self.addresses for _ in range(self.many)]
        self._threads = [threading.Thread(target=self._go_on, args=(address,)) for address in asked]
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

    def stale(self, since: float) -> list[float]:
        """How many seconds after `since` each answer of the old content was asked for; below 0: before."""
        return [answer.asked - since for answer in self.answers if not answer.is_new]

    def _go_on(self, address: str) -> None:
        until = monotonic() + _MOST
        while not self._stop.wait(_PAUSE) and monotonic() < until:
            asked = monotonic()
            try:
                is_new = self.shown in ask(address, self.question)
            except OSError as error:
                self.failed.append(str(error))
            else:
                self.answers.append(Answer(asked, (monotonic() - asked) * 1000, is_new))


def ask(address: str, question: str) -> str:
    """The reply of the chat API at `address`, as text. Raises OSError where there is none."""
    body = json.dumps({"message": question, "language": "en"}).encode()
    request = urllib.request.Request(f"{address}/api/v1/chat", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
        return str(response.read().decode())
