"""No figure under five can be read off, or be worked out from what is shown."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.small_numbers import HIDDEN, Figures, figures, shown, told


@pytest.mark.parametrize(
    ("number", "figure"),
    [(0, None), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1003, 1005)],
)
def test_a_figure_is_hidden_or_a_multiple_of_five(number: int, figure: int | None) -> None:
    assert shown(number) == figure
    assert told(figure) == (HIDDEN if figure is None else str(figure))


@pytest.mark.parametrize("visible", range(5, 41))
@pytest.mark.parametrize("small", range(5))
def test_a_single_small_figure_does_not_follow_from_a_total(visible: int, small: int) -> None:
    """Of a table with two rows whose total stands in another table: several figures fit what is shown."""
    tables = figures([{"a": visible, "b": small}, {"all": visible + small}])
    assert len(fitting(tables)) != 1


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.data())
def test_no_small_figure_follows_from_two_tables(rows: list[int], data: st.DataObject) -> None:
    """The same turns by two properties, in all ways that they can be spread: none is left with one answer."""
    cut = data.draw(st.integers(0, sum(rows)))
    tables = figures([dict(zip("abcd", rows, strict=False)), {"x": cut, "y": sum(rows) - cut}])
    for table in tables:
        for name, figure in table.cells.items():
            if figure is None and not table.withheld:
                assert len(fitting(tables, table, name)) > 1


def test_a_table_that_the_others_would_give_away_is_withheld() -> None:
    """Two rows of four each, beside a day of eight: eight or more, so that both must be four."""
    first, second = figures([{"yes": 4, "no": 4}, {"monday": 8}])
    assert (first.withheld, second.withheld) == (True, False)


def test_a_total_is_the_sum_of_what_is_shown() -> None:
    """It tells nothing that the rows do not."""
    [table] = figures([{"a": 7, "b": 8, "c": 3, "d": 0}])
    assert (table.total, table.hidden) == (15, 2)


def fitting(tables: list[Figures], of: Figures | None = None, name: str = "b") -> set[int]:
    """The values of a hidden figure that agree with everything that is shown, found by trying all."""
    of = of or tables[0]
    seen = [each for each in tables if not each.withheld]
    if of not in seen:
        return set(range(5))
    totals = [{sum(values) for values in product(*map(possible, each.cells.values()))} for each in seen]
    agreed = set.intersection(*totals)
    names = list(of.cells)
    spread = product(*map(possible, of.cells.values()))
    return {values[names.index(name)] for values in spread if sum(values) in agreed}


def possible(figure: int | None) -> range:
    """The numbers that are shown as `figure`."""
    return range(5) if figure is None else range(max(5, figure - 2), figure + 3)
