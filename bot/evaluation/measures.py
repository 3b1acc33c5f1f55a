"""Plays conversations and counts how they went: right answers, confusions, notices, honesty of confidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.assistant import Assistant
from bot.cases import Case, Said
from bot.conversations import Played, offered_topics, play
from bot.costs import COSTS, Kind, kind_of_answer, kind_of_choice, kind_of_fallback
from bot.dialogue.reply import Reply
from bot.understanding.learning import NOTHING, SMALLTALK

#: Bins of equal width between 0 and 1 for the calibration error.
_BINS = 10
#: What stands for a choice where the answer would be named.
CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Asked:
    """A message whose right answer is known, and what came of it.

    `place` is the conversation's file and name, with the turn where it has several. `wanted` are the right
    answers: topics, small talk ("smalltalk:thanks"), and "none" where nothing is to be answered. `got` is
    the one given, "none", or "choice". `kind` says what the reply was to the resident.
    """

    place: str
    text: str
    spoken: str
    wanted: tuple[str, ...]
    got: str
    kind: Kind
    confidence: float

    @property
    def ours(self) -> bool:
        """Whether anything of ours answers it."""
        return self.wanted != (NOTHING,)

    @property
    def answered(self) -> bool:
        """Whether it got an answer, right or wrong."""
        return self.got not in (CHOICE, NOTHING)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A message of whose notices something is expected.

    `alarming`: it tells of danger. `missed` and `false` are kinds of notice, a missed one perhaps "one or
    another".
    """

    place: str
    text: str
    alarming: bool
    missed: tuple[str, ...]
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence: how many, the mean confidence, the share that is right."""

    answers: int
    said: float
    right: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a set of cases went."""

    played: tuple[Played, ...]
    asked: tuple[Asked, ...]
    alarms: tuple[Alarm, ...]

    @property
    def ours(self) -> tuple[Asked, ...]:
        """The messages that something of ours answers."""
        return tuple(one for one in self.asked if one.ours)

    @property
    def not_ours(self) -> tuple[Asked, ...]:
        """The messages to which nothing fits."""
        return tuple(one for one in self.asked if not one.ours)

    @property
    def missed(self) -> list[tuple[str, str]]:
        """(kind of notice, message) of those that were not shown."""
        return [(kind, one.text) for one in self.alarms for kind in one.missed]

    @property
    def false_alarms(self) -> list[tuple[str, str]]:
        """(kind of notice, message) of those that should not have been shown."""
        return [(kind, one.text) for one in self.alarms for kind in one.false]


def evaluate(assistant: Assistant, cases: Iterable[Case], now: datetime) -> Evaluation:
    """Plays all of `cases` at the aware moment `now`, in order of their names, and counts."""
    ordered = sorted(cases, key=lambda case: (case.file, case.line, case.name))
    played = tuple(play(assistant, case, now) for case in ordered)
    asked: list[Asked] = []
    alarms: list[Alarm] = []
    for one in played:
        for number, (said, reply) in enumerate(zip(one.case.turns, one.replies, strict=True), start=1):
            turn = f" ({number})" if len(one.case.turns) > 1 else ""
            place = f"{one.case.file}: {one.case.name}{turn}"
            asked += _asked(one.case, place, said, reply)
            if said.on_notices:
                alarms.append(_alarm(place, said, reply))
    return Evaluation(played, tuple(asked), tuple(alarms))


def _alarm(place: str, said: Said, reply: Reply) -> Alarm:
    shown = sorted(notice.kind for notice in reply.urgent)
    alarming = bool(said.expected.get("urgent") or said.expected.get("urgent_any"))
    return Alarm(place, said.text, alarming, tuple(sorted(said.missed(shown))), said.out_of_place(shown))


def right_answers(said: Said) -> tuple[str, ...]:
    """The right answers to a message, topics first; ("none",) where it is not ours; () if none is named."""
    topics = said.expected.get("topic", ())
    smalltalk = tuple(SMALLTALK + kind for kind in said.expected.get("smalltalk", ()) if kind != "none")
    nothing = () if topics or smalltalk else ("fallback",)
    if set(nothing) & set(said.expected.get("outcome", ())):
        return (NOTHING,)
    return (*topics, *smalltalk)


def share(asked: Iterable[Asked], *kinds: Kind) -> float:
    """The share (0 to 1) of `asked` that is one of `kinds`; 1 without any."""
    found = [one.kind in kinds for one in asked]
    return sum(found) / len(found) if found else 1.0


def mean_cost(asked: Iterable[Asked]) -> float:
    """What a message costs its resident on average, by `COSTS`; 0 without any."""
    costs = [COSTS[one.kind] for one in asked]
    return sum(costs) / len(costs) if costs else 0.0


def grouped(asked: Iterable[Asked], key: Callable[[Asked], str]) -> dict[str, list[Asked]]:
    """`asked` by what `key` gives, in order of the keys."""
    groups: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[key(one)].append(one)
    return {name: groups[name] for name in sorted(groups)}


def by_topic(one: Asked) -> str:
    """The first right answer."""
    return one.wanted[0]


def by_language(one: Asked) -> str:
    """The language of the file's folder."""
    return one.spoken


def confusions(asked: Iterable[Asked]) -> list[tuple[str, str, tuple[str, ...]]]:
    """(expected, got, messages) of all that was not right at once, the most frequent first."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in asked:
        if one.kind != "right":
            found[one.wanted[0], one.got].append(one.text)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(wanted, got, tuple(texts)) for (wanted, got), texts in ranked]


def kinds(asked: Iterable[Asked]) -> Counter[Kind]:
    """How many of each kind."""
    return Counter(one.kind for one in asked)


def reliability(asked: Iterable[Asked]) -> list[Bin]:
    """The answers in ten bins of confidence, from 0 to 1."""
    bins: list[list[Asked]] = [[] for _ in range(_BINS)]
    for one in asked:
        if one.answered:
            bins[min(int(one.confidence * _BINS), _BINS - 1)].append(one)
    return [
        Bin(len(many), sum(one.confidence for one in many) / max(len(many), 1), share(many, "right"))
        for many in bins
    ]


def calibration_error(asked: Iterable[Asked]) -> float:
    """The expected calibration error of the answers in ten bins, 0 (honest) to 1 (Naeini et al. 2015)."""
    bins = reliability(asked)
    total = sum(one.answers for one in bins)
    return sum(one.answers * abs(one.said - one.right) for one in bins) / max(total, 1)


def _asked(case: Case, place: str, said: Said, reply: Reply) -> Iterator[Asked]:
    wanted = right_answers(said)
    if wanted:
        got = _got(reply)
        yield Asked(place, said.text, case.spoken, wanted, got, _kind(wanted, got, reply), reply.confidence)


def _got(reply: Reply) -> str:
    if reply.outcome == "clarify":
        return CHOICE
    return SMALLTALK + reply.smalltalk if reply.smalltalk else reply.topic or NOTHING


def _kind(wanted: tuple[str, ...], got: str, reply: Reply) -> Kind:
    ours = NOTHING not in wanted
    if got == CHOICE:
        return kind_of_choice(ours, bool(offered_topics(reply).intersection(wanted)))
    if got == NOTHING or (got.startswith(SMALLTALK) and got not in wanted):
        return kind_of_fallback(ours)
    return kind_of_answer(got in wanted)
