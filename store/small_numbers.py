"""Figures that tell about nobody: what is under five is hidden, and everything else is a multiple of five.

Rule: 0 to 4 are "fewer than 5"; a higher figure is shown as the nearest multiple of five, and a total is the
sum of what is shown. So no difference of two figures, of one table or of two, gives a small one exactly. Two
tables of the same turns bound each other all the same: one whose hidden figures the others would give away is
withheld. The method is that of hospital statistics. Source: NHS England, disclosure control for HES.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Figures below it are not shown; the others are shown as multiples of it.
LEAST = 5
_HALF = LEAST // 2

#: What stands in the place of a figure that is not shown.
HIDDEN = f"fewer than {LEAST}"


@dataclass(frozen=True, slots=True)
class Figures:
    """One table as it may be shown: name -> figure, None where it is under five; `withheld`: not at all."""

    cells: Mapping[str, int | None]
    withheld: bool = False

    @property
    def total(self) -> int:
        """The sum of the figures that are shown."""
        return sum(figure or 0 for figure in self.cells.values())

    @property
    def hidden(self) -> int:
        """How many figures are hidden."""
        return sum(figure is None for figure in self.cells.values())


def shown(number: int) -> int | None:
    """A figure as it may be shown: the nearest multiple of five; None if it is under five."""
    return None if number < LEAST else (number + _HALF) // LEAST * LEAST


def told(figure: int | None) -> str:
    """What a page and a table say of a figure."""
    return HIDDEN if figure is None else str(figure)


def figures(tables: Sequence[Mapping[str, int]]) -> list[Figures]:
    """Tables of the same turns as they may be shown together; each has every turn in one of its cells."""
    kept = [Figures({name: shown(number) for name, number in table.items()}) for table in tables]
    while True:
        least = max((_bounds(each)[0] for each in kept if not each.withheld), default=0)
        most = min((_bounds(each)[1] for each in kept if not each.withheld), default=0)
        open_ones = [each for each in kept if not each.withheld and _tells(each, least, most)]
        if not open_ones:
            return kept
        kept = [Figures(each.cells, each.withheld or each in open_ones) for each in kept]


def _tells(table: Figures, least: int, most: int) -> bool:
    """Whether a hidden figure of `table` follows from a total between `least` and `most`."""
    if not table.hidden:
        return False
    low, high = _bounds(Figures({name: figure for name, figure in table.cells.items() if figure is not None}))
    others = (LEAST - 1) * (table.hidden - 1)
    smallest, largest = max(0, least - high - others), min(LEAST - 1, most - low)
    return smallest >= largest


def _bounds(table: Figures) -> tuple[int, int]:
    """The least and the most that the figures of a table can add up to, as far as its readers can tell."""
    seen = [figure for figure in table.cells.values() if figure is not None]
    low = sum(max(LEAST, figure - _HALF) for figure in seen)
    return low, sum(figure + _HALF for figure in seen) + (LEAST - 1) * table.hidden
