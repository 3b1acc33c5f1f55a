"""The figures of one benchmark, as a table for the terminal and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `target` (None: there is none) is the most it may be, or the least."""

    name: str
    value: float
    unit: str
    target: float | None = None
    least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target


@dataclass(frozen=True, slots=True)
class Table:
    """What one benchmark found; `how` says in a sentence what was measured."""

    title: str
    how: str
    figures: tuple[Figure, ...]


def at_most(name: str, value: float, unit: str, target: float) -> Figure:
    """A figure with the most that it may be."""
    return Figure(name, value, unit, target)


def at_least(name: str, value: float, unit: str, target: float) -> Figure:
    """A figure with the least that it should be."""
    return Figure(name, value, unit, target, least=True)


def as_text(table: Table) -> str:
    """The table as lines: name, value, unit, target, and whether it is met."""
    rows = [_cells(figure) for figure in table.figures]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    lines = []
    for name, value, *rest in rows:
        cells = [name.ljust(widths[0]), value.rjust(widths[1]), *map(str.ljust, rest, widths[2:])]
        lines.append(f"  {'  '.join(cells)}".rstrip())
    return "\n".join([table.title, f"  {table.how}", *lines])


def as_data(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """The tables as JSON takes them, each figure with whether its target is met."""
    return [
        {**asdict(table), "figures": [{**asdict(figure), "met": figure.met} for figure in table.figures]}
        for table in tables
    ]


def missed(tables: Iterable[Table]) -> Sequence[str]:
    """The names of the figures that miss their targets."""
    return [
        f"{table.title}: {figure.name}" for table in tables for figure in table.figures if figure.met is False
    ]


def _cells(figure: Figure) -> tuple[str, str, str, str, str]:
    if figure.target is None:
        return figure.name, _written(figure.value), figure.unit, "", ""
    sign = "at least" if figure.least else "at most"
    return (
        figure.name,
        _written(figure.value),
        figure.unit,
        f"{sign} {_written(figure.target)}",
        "met" if figure.met else "MISSED",
    )


def _written(value: float) -> str:
    """Three digits that mean something: 0.123, 12.3, 1234."""
    if value == int(value) and abs(value) >= 10:
        return str(int(value))
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"
