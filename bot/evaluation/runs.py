"""Keeps how a run went, and says what another one does better and worse, message by message."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.costs import COSTS, KINDS, Kind
from bot.evaluation.measures import Evaluation
from bot.evaluation.report import figures, written


class UnreadableRun(Exception):
    """A file is not what `signpost evaluate --save` writes."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a run left it.

    `place` and `text` are digests where the messages are held back. `kind` is empty where no answer was
    expected; `missed` and `false` are kinds of notice.
    """

    place: str
    text: str
    wanted: tuple[str, ...]
    got: str
    kind: Kind | None
    missed: tuple[str, ...] = ()
    false: tuple[str, ...] = ()

    @property
    def cost(self) -> tuple[int, int, float]:
        """What it came to; the less the better, a missed notice first of all."""
        return len(self.missed), len(self.false), COSTS[self.kind] if self.kind else 0.0

    def __str__(self) -> str:
        answer = [f"{self.got} ({self.kind})"] if self.kind else []
        missed = [f"{kind} missed" for kind in self.missed]
        false = [f"{kind} shown wrongly" for kind in self.false]
        return ", ".join([*answer, *missed, *false]) or "right"


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of a run, by name, and its messages."""

    figures: Mapping[str, float]
    messages: tuple[Message, ...]


def run_of(evaluation: Evaluation, blind: bool) -> Run:
    """What is kept of an evaluation; `blind`: without the sentences, which are replaced by digests."""
    alarms = {alarm.place: alarm for alarm in evaluation.alarms}
    asked = {one.place: one for one in evaluation.asked}
    messages = []
    for place in sorted({*alarms, *asked}):
        alarm, one = alarms.get(place), asked.get(place)
        text = one.text if one else alarms[place].text
        messages.append(
            Message(
                _digest(place) if blind else place,
                _digest(text) if blind else text,
                one.wanted if one else (),
                one.got if one else "",
                one.kind if one else None,
                alarm.missed if alarm else (),
                alarm.false if alarm else (),
            )
        )
    return Run(figures(evaluation), tuple(messages))


def as_json(run: Run) -> str:
    """The run as text, a line for each message."""
    lines = [json.dumps(asdict(message), ensure_ascii=False) for message in run.messages]
    body = ",\n".join(lines)
    return f'{{"figures": {json.dumps(dict(run.figures))},\n"messages": [\n{body}\n]}}\n'


def read_run(text: str) -> Run:
    """The run that `as_json` wrote. Raises UnreadableRun."""
    try:
        content = json.loads(text)
        return Run(
            {str(name): _number(figure) for name, figure in content["figures"].items()},
            tuple(_message(row) for row in content["messages"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableRun("This is no run: give a file that `signpost evaluate --save` wrote.") from None


def comparison(before: Run, after: Run, sentences: bool) -> str:
    """What is better and what is worse `after`, the figures first; with `sentences`, each message."""
    lines = [f"{'':28} {'before':>9} {'now':>9}"]
    for name, figure in after.figures.items():
        old = before.figures.get(name)
        lines.append(f"  {name:26} {'-' if old is None else written(old):>9} {written(figure):>9}")
    old_messages = {message.place: message for message in before.messages}
    new_messages = {message.place: message for message in after.messages}
    both = [(old_messages[place], new_messages[place]) for place in new_messages if place in old_messages]
    better = [(old, new) for old, new in both if new.cost < old.cost]
    worse = [(old, new) for old, new in both if new.cost > old.cost]
    for title, pairs in (("Better", better), ("Worse", worse)):
        lines += [f"{title}: {len(pairs)}", *_changes(pairs, sentences)]
    lines.append(f"New messages: {len(new_messages) - len(both)}; gone: {len(old_messages) - len(both)}.")
    return "\n".join(lines)


def _changes(pairs: list[tuple[Message, Message]], sentences: bool) -> Iterator[str]:
    if sentences:
        for old, new in pairs:
            yield f"  {new.text}"
            yield f"      expected {' or '.join(new.wanted) or '-'}: {old} -> {new}"
        return
    counted = Counter(f"{(new.wanted or ('-',))[0]}: {old.kind} -> {new.kind}" for old, new in pairs)
    yield from (f"  {change}: {number}" for change, number in sorted(counted.items()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _number(figure: Any) -> float:
    if isinstance(figure, bool) or not isinstance(figure, int | float):
        raise TypeError
    return figure


def _message(row: Mapping[str, Any]) -> Message:
    """Raises KeyError or TypeError for what is no message."""
    kind = row["kind"]
    if kind is not None and kind not in KINDS:
        raise TypeError
    texts = (row["place"], row["text"], row["got"])
    lists = (row["wanted"], row["missed"], row["false"])
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(many, list) for many in lists):
        raise TypeError
    wanted, missed, false = (tuple(map(str, many)) for many in lists)
    return Message(row["place"], row["text"], wanted, row["got"], kind, missed, false)
