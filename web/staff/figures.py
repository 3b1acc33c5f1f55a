"""What is shown of the counts: tables of figures, of which none is under five."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge.base import Knowledge
from store.counts import Counted, TurnCounts
from store.feedback import Opinion
from store.small_numbers import Figures, figures, told
from web.staff.periods import YEAR, Period, periods

OUTCOMES: Mapping[str, str] = {
    "answer": "A topic is answered",
    "aspect": "A follow-up question is answered",
    "clarify": "Topics are offered to choose from",
    "smalltalk": "Small talk",
    "fallback": "Nothing fits",
}
#: The outcomes that show what is not understood.
NOT_UNDERSTOOD = ("fallback", "clarify")
#: A share of fewer turns swings by chance.
_LEAST_OF_A_SHARE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `figure` None: fewer than five. `identity` is an id, or "" for none."""

    identity: str
    label: str
    figure: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one property. `ranked`: the highest first; otherwise in their own order."""

    key: str
    title: str
    of: str
    rows: Sequence[Row]
    ranked: bool
    withheld: bool

    @property
    def seen(self) -> list[Row]:
        """The rows whose figures are shown; in a table with an order of its own, all rows."""
        return [row for row in self.rows if not self.ranked or row.figure is not None]

    @property
    def few(self) -> list[Row]:
        """The rows with fewer than five, that `seen` leaves out."""
        return [row for row in self.rows if self.ranked and row.figure is None]

    @property
    def total(self) -> int:
        """The sum of the figures that are shown."""
        return sum(row.figure or 0 for row in self.rows)


@dataclass(frozen=True, slots=True)
class Share:
    """The turns of one part of a period: how many of each kind, their share in percent (None: too few)."""

    label: str
    turns: int | None
    parts: Mapping[str, int | None]
    percent: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Helpful:
    """What residents said of the answers of one topic; `percent` said yes (None: too few to say)."""

    identity: str
    label: str
    yes: int | None
    no: int | None
    percent: int | None


def tables(counts: TurnCounts, period: Period, knowledge: Knowledge) -> list[Table]:
    """The turns of a period by each property; made together, so that none gives away another's figures."""
    found = counts.between(period.first, period.last)
    topics = {each.id: each.title for each in knowledge.topics.values()} | {"": "No topic"}
    spoken = {tag: each.english for tag, each in knowledge.languages.items()}
    sites = {"": "Our own page"} | {each.id: each.name for each in knowledge.sites.values()}
    by_hour = counts.by_hour(period.first, period.last)
    made = [
        ("time", "When", "Month" if period.key == YEAR else "Day", False, period.buckets(),
         _sums(found, lambda each: period.bucket(date.fromisoformat(each.kind.day)))),
        ("topics", "Topics", "Topic", True, topics, _sums(found, lambda each: each.kind.topic)),
        ("outcomes", "What came of it", "Outcome", True, OUTCOMES,
         _sums(found, lambda each: each.kind.outcome)),
        ("languages", "Languages", "Language", True, spoken, _sums(found, lambda each: each.kind.language)),
        ("sites", "Sites", "Site", True, sites, _sums(found, lambda each: each.kind.site)),
        ("hours", "Hours of the day", "Hour", False,
         {str(hour): f"{hour:02}:00" for hour in range(24)}, {str(key): by_hour[key] for key in by_hour}),
        ("notices", "Safety notices", "Notice", True, {"yes": "Shown", "no": "Not shown"},
         _sums(found, lambda each: "yes" if each.kind.notice else "no")),
    ]  # fmt: skip
    sums = [{name: have.get(name, 0) for name in {**names, **have}} for *_, names, have in made]
    return [
        _table(key, title, of, ranked, names, one)
        for (key, title, of, ranked, names, _), one in zip(made, figures(sums), strict=True)
    ]


def asked(counts: TurnCounts, today: date, knowledge: Knowledge) -> dict[str, int]:
    """Topic -> turns in the last twelve months, of those that may be shown."""
    year = next(each for each in periods(today, None) if each.key == YEAR)
    topics = next(each for each in tables(counts, year, knowledge) if each.key == "topics")
    return {} if topics.withheld else {row.identity: row.figure for row in topics.rows if row.figure}


def shares(counts: TurnCounts, period: Period) -> list[Share]:
    """How many turns were not understood, in each part of a period."""
    by_part: dict[str, Counter[str]] = {name: Counter() for name in period.buckets()}
    for each in counts.between(period.first, period.last):
        part = by_part[period.bucket(date.fromisoformat(each.kind.day))]
        part[each.kind.outcome if each.kind.outcome in NOT_UNDERSTOOD else "other"] += each.number
    labels = period.buckets()
    return [_share(labels[name], part) for name, part in by_part.items()]


def helpfulness(opinions: Iterable[Opinion], period: Period, knowledge: Knowledge) -> list[Helpful]:
    """What residents said of answers in a period, by topic; those that least helped first."""
    said: dict[str, Counter[str]] = {}
    for each in opinions:
        if period.first.isoformat() <= each.day <= period.last.isoformat():
            said.setdefault(each.topic, Counter())[each.helpful] += each.number
    rows = [_helpful(topic, numbers, knowledge) for topic, numbers in said.items()]
    known = [row for row in rows if row.yes is not None or row.no is not None]
    return sorted(known, key=lambda row: (row.percent is None, row.percent or 0, row.label))


def _sums(found: Iterable[Counted], name: Callable[[Counted], str]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for each in found:
        sums[name(each)] += each.number
    return sums


def _table(key: str, title: str, of: str, ranked: bool, names: Mapping[str, str], found: Figures) -> Table:
    rows = [Row(name, names.get(name, name), figure) for name, figure in found.cells.items()]
    if ranked:
        rows.sort(key=lambda row: (-(row.figure or 0), row.label))
    return Table(key, title, of, rows, ranked, found.withheld)


def _share(label: str, part: Counter[str]) -> Share:
    """The figures of one part, the share worked out from what is shown and from nothing else."""
    of = {name: part[name] for name in (*NOT_UNDERSTOOD, "other")}
    inside, whole = figures([of, {"all": part.total()}])
    turns = whole.cells["all"]
    parts = {name: None if inside.withheld else inside.cells[name] for name in NOT_UNDERSTOOD}
    percent = {
        name: round(100 * figure / turns) if figure and turns and turns >= _LEAST_OF_A_SHARE else None
        for name, figure in parts.items()
    }
    return Share(label, turns, parts, percent)


def _helpful(topic: str, numbers: Counter[str], knowledge: Knowledge) -> Helpful:
    [found] = figures([{"yes": numbers["yes"], "no": numbers["no"]}])
    yes, no = found.cells["yes"], found.cells["no"]
    label = knowledge.topics[topic].title if topic in knowledge.topics else topic or "No topic"
    return Helpful(topic, label, yes, no, round(100 * yes / (yes + no)) if yes and no else None)


def told_percent(percent: int | None) -> str:
    """What a page says of a share."""
    return "too few to say" if percent is None else f"{percent} %"


def cells_of(table: Table) -> list[tuple[str, str]]:
    """The lines of a table to take away."""
    return [(row.label, told(row.figure)) for row in table.rows]
