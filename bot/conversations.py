"""Plays the conversations that staff write down, and measures how well the assistant answers them.

A conversation that is known to go wrong and goes right after all is reported too, so that the list
of known failures never lies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.assistant import Assistant, Turn
from bot.cases import KNOWN_FAILURES, ONE_OF, Case, Said, read_cases
from bot.dialogue.reply import Reply
from bot.dialogue.state import DialogueState

__all__ = ["Case", "Evaluation", "Played", "Said", "evaluate", "play", "read_cases", "report"]

#: Bins of equal width between 0 and 1 for the calibration error.
_BINS = 10


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a case: the replies, a turn each, and what was not as expected."""

    case: Case
    replies: tuple[Reply, ...]
    failures: tuple[str, ...]
    #: Why each turn was answered as it was; only where something failed.
    explanations: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether it went as it should; a known failure should go wrong."""
        return bool(self.failures) if self.case.reason else not self.failures

    def __str__(self) -> str:
        case = self.case
        lines = [f"{case.file}:{case.line}: {case.name}"]
        for said, reply in zip(case.turns, self.replies, strict=True):
            lines += [f"  resident: {said.text}", f"  reply:    {_told(reply)}"]
        if case.reason and not self.failures:
            lines.append(f"  goes right now: take it out of {KNOWN_FAILURES}.yaml ({case.reason})")
        lines += [f"  - {failure}" for failure in self.failures]
        lines += [f"    {line}" for text in self.explanations for line in text.splitlines()]
        return "\n".join(lines)


def play(assistant: Assistant, case: Case, now: datetime) -> Played:
    """Plays `case` from a fresh conversation, at the aware moment `now`."""
    state = DialogueState()
    replies: list[Reply] = []
    failures: list[str] = []
    explanations: list[str] = []
    for number, said in enumerate(case.turns, start=1):
        turn = Turn(message=said.text, language=case.language)
        reply, after = assistant.respond(turn, state, now)
        wrong = list(_differences(said, reply))
        if wrong:
            explanations.append(assistant.explain(turn, state))
        turn_name = f"turn {number}: " if len(case.turns) > 1 else ""
        failures += [turn_name + difference for difference in wrong]
        replies.append(reply)
        state = after
    return Played(case, tuple(replies), tuple(failures), tuple(explanations))


def _got(reply: Reply, key: str) -> str:
    value = getattr(reply, key)
    return "none" if value is None else str(value)


def _differences(said: Said, reply: Reply) -> Iterator[str]:
    for key, wanted in said.expected.items():
        if key in ONE_OF and _got(reply, key) not in wanted:
            yield f"{key}: expected {' or '.join(wanted)}, got {_got(reply, key)}"
        elif key == "urgent" and set(wanted) != {notice.kind for notice in reply.urgent}:
            got = ", ".join(notice.kind for notice in reply.urgent)
            yield f"urgent: expected {', '.join(wanted) or 'none'}, got {got or 'none'}"
        elif key == "never" and _got(reply, "topic") in wanted:
            yield f"never: answered as {reply.topic}"
        elif key == "offers" and (missing := set(wanted) - _offered(reply)):
            got = ", ".join(sorted(_offered(reply))) or "no topic"
            yield f"offers: expected {', '.join(sorted(missing))} too, got {got}"


def _offered(reply: Reply) -> set[str]:
    return {suggestion.choose.topic for suggestion in reply.suggestions if suggestion.choose.topic}


def _told(reply: Reply) -> str:
    """One line about a reply, for a transcript."""
    parts = [f"{reply.outcome} in {reply.language}"]
    keys = ("topic", "aspect", "smalltalk", "term")
    parts += [f"{key} {getattr(reply, key)}" for key in keys if getattr(reply, key)]
    parts.append(f"confidence {reply.confidence:.2f}")
    if reply.urgent:
        parts.append("urgent " + ", ".join(notice.kind for notice in reply.urgent))
    if reply.outcome == "clarify":
        parts.append("offers " + ", ".join(sorted(_offered(reply))))
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A message with an expected topic, and what came of it.

    `wanted` are the topics that are right ("none": that nothing is answered); `got` is the topic
    answered or "none"; `offered` tells whether a right topic was among the choices offered instead.
    """

    text: str
    spoken: str
    wanted: tuple[str, ...]
    got: str
    offered: bool
    confidence: float

    @property
    def right(self) -> bool:
        """Whether the topic is one of the right ones."""
        return self.got in self.wanted


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a set of cases went; `missed` and `false_alarms` are (kind of notice, message)."""

    played: tuple[Played, ...]
    asked: tuple[Asked, ...]
    missed: tuple[tuple[str, str], ...]
    false_alarms: tuple[tuple[str, str], ...]

    @property
    def accuracy(self) -> float:
        """The share of messages with an expected topic that got a right one, 0 to 1; 1 without any."""
        return _share(self.asked)

    @property
    def within_reach(self) -> float:
        """As `accuracy`, with the messages to which a right topic was offered to choose."""
        return sum(one.right or one.offered for one in self.asked) / max(len(self.asked), 1)

    def by_language(self) -> dict[str, tuple[int, float]]:
        """Language of the file's folder -> number of messages, and the share that is right."""
        return _grouped(self.asked, [one.spoken for one in self.asked])

    def by_topic(self) -> dict[str, tuple[int, float]]:
        """The first right topic -> number of messages, and the share that is right."""
        return _grouped(self.asked, [one.wanted[0] for one in self.asked])

    def confusions(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """(expected, got, messages) of what went wrong, the most frequent first."""
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for one in self.asked:
            if not one.right:
                found[one.wanted[0], one.got].append(one.text)
        ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(wanted, got, tuple(texts)) for (wanted, got), texts in ranked]

    def calibration(self) -> list[tuple[int, float, float]]:
        """For each of the ten bins of confidence: answers, mean confidence, share of right ones."""
        bins: list[list[Asked]] = [[] for _ in range(_BINS)]
        for one in self.asked:
            if one.got != "none":
                bins[min(int(one.confidence * _BINS), _BINS - 1)].append(one)
        said = [sum(one.confidence for one in many) / max(len(many), 1) for many in bins]
        return [(len(many), mean, _share(many)) for many, mean in zip(bins, said, strict=True)]

    def calibration_error(self) -> float:
        """The expected calibration error of the answers in ten bins, 0 (honest) to 1 (Naeini et al. 2015)."""
        bins = self.calibration()
        total = sum(number for number, _, _ in bins)
        return sum(number * abs(said - right) for number, said, right in bins) / max(total, 1)


def evaluate(assistant: Assistant, cases: Iterable[Case], now: datetime) -> Evaluation:
    """Plays all of `cases` at the aware moment `now` and counts."""
    played = tuple(play(assistant, case, now) for case in cases)
    turns = [
        (one.case, said, reply)
        for one in played
        for said, reply in zip(one.case.turns, one.replies, strict=True)
    ]
    asked = tuple(_asked(case, said, reply) for case, said, reply in turns if "topic" in said.expected)
    missed, false_alarms = [], []
    for _, said, reply in turns:
        if "urgent" in said.expected:
            wanted, got = set(said.expected["urgent"]), {notice.kind for notice in reply.urgent}
            missed += [(kind, said.text) for kind in sorted(wanted - got)]
            false_alarms += [(kind, said.text) for kind in sorted(got - wanted)]
    return Evaluation(played, asked, tuple(missed), tuple(false_alarms))


def _asked(case: Case, said: Said, reply: Reply) -> Asked:
    wanted = said.expected["topic"]
    offered = bool(_offered(reply).intersection(wanted))
    return Asked(said.text, case.spoken, wanted, _got(reply, "topic"), offered, reply.confidence)


def _share(asked: Iterable[Asked]) -> float:
    right = [one.right for one in asked]
    return sum(right) / len(right) if right else 1.0


def _grouped(asked: Iterable[Asked], keys: Iterable[str]) -> dict[str, tuple[int, float]]:
    groups: defaultdict[str, list[Asked]] = defaultdict(list)
    for one, key in zip(asked, keys, strict=True):
        groups[key].append(one)
    return {key: (len(groups[key]), _share(groups[key])) for key in sorted(groups)}


def report(evaluation: Evaluation, examples: int = 3) -> str:
    """`evaluation` in plain text, with at most `examples` messages for each confusion."""
    passed = sum(one.passed for one in evaluation.played)
    known = sum(one.case.reason is not None for one in evaluation.played)
    lines = [
        f"Conversations: {passed} of {len(evaluation.played)} as expected ({known} known failures).",
        f"Topics: {evaluation.accuracy:.1%} of {len(evaluation.asked)} messages right at once, "
        f"{evaluation.within_reach:.1%} at once or among the choices.",
        f"Calibration error: {evaluation.calibration_error():.3f}.",
        f"Notices: {len(evaluation.missed)} missed, {len(evaluation.false_alarms)} false alarms.",
    ]
    lines += ["", "By language:", *_table(evaluation.by_language())]
    lines += ["", "By topic:", *_table(evaluation.by_topic())]
    lines += ["", "Confidence (said, right, answers):"]
    lines += [
        f"  {said:7.1%} {right:7.1%} {number:6}" for number, said, right in evaluation.calibration() if number
    ]
    for title, alarms in (("Missed notices", evaluation.missed), ("False alarms", evaluation.false_alarms)):
        if alarms:
            lines += ["", f"{title}:", *(f"  {kind}: {text}" for kind, text in alarms)]
    if evaluation.confusions():
        lines += ["", "Confusions (expected -> got):"]
    for wanted, got, texts in evaluation.confusions():
        lines.append(f"  {wanted} -> {got}: {len(texts)}")
        lines += [f"      {text}" for text in texts[:examples]]
    return "\n".join(lines)


def _table(groups: Mapping[str, tuple[int, float]]) -> list[str]:
    width = max(map(len, groups), default=0)
    return [f"  {key:{width}} {share:7.1%} {number:6}" for key, (number, share) in groups.items()]
