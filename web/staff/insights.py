"""What residents ask: counts by day, topic, language, outcome, site and hour, of which none is under five."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Response, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from store.counts import TurnCounts
from store.feedback import Feedback, Opinion
from store.small_numbers import LEAST, told
from web.service import service
from web.staff.csv_tables import csv_file
from web.staff.figures import Helpful, Share, Table, helpfulness, shares, tables, told_percent
from web.staff.guard import allowed, blueprint
from web.staff.pages import page
from web.staff.periods import Period, period_called, periods
from web.staff.plots import bars, columns, lines
from web.staff.services import staff

_KEYS = ("time", "topics", "outcomes", "languages", "sites", "hours", "notices", "shares", "helpful")


@blueprint.get("/insights")
@allowed("viewer")
def insights() -> tuple[str, int]:
    """The plots and tables of a period."""
    counts, knowledge = _counts(), service().assistants.current().knowledge
    period, offered = _period(counts)
    made = tables(counts, period, knowledge)
    parts = shares(counts, period)
    helpful = helpfulness(_opinions(), period, knowledge)
    return page(
        "insights", None, period=period, offered=offered, tables=[(each, _plot(each)) for each in made],
        shares=parts, shares_plot=_shares_plot(parts), helpful=helpful, helpful_plot=_helpful_plot(helpful),
        told=told, told_percent=told_percent, least=LEAST, known=set(knowledge.topics),
        anything=any(each.total for each in made),
    )  # fmt: skip


@blueprint.get(f"/insights/<any({','.join(_KEYS)}):key>.csv")
@allowed("viewer")
def insights_csv(key: str) -> Response:
    """One of the tables to take away, with the same figures as on the page."""
    counts, knowledge = _counts(), service().assistants.current().knowledge
    period, _ = _period(counts)
    name = f"{key}-{period.key}.csv"
    if key == "shares":
        return csv_file(name, ["When", "Turns", *_SHARE_HEADS], _share_lines(shares(counts, period)))
    if key == "helpful":
        found = helpfulness(_opinions(), period, knowledge)
        return csv_file(name, ["Topic", "Helpful", "Not helpful", "Share helpful"], _helpful_lines(found))
    table = next(each for each in tables(counts, period, knowledge) if each.key == key)
    if table.withheld:
        raise NotFound("There is too little in this period to show this table.")
    return csv_file(name, [table.of, "Turns"], [(row.label, told(row.figure)) for row in table.rows])


_SHARE_HEADS = ("Nothing fits", "Share of these", "Offered to choose", "Share of those")


def _counts() -> TurnCounts:
    return TurnCounts(staff().engine, staff().now)


def _opinions() -> list[Opinion]:
    return Feedback(staff().engine, staff().now).opinions()


def _period(counts: TurnCounts) -> tuple[Period, list[Period]]:
    """The period asked for, and those offered."""
    offered = periods(staff().now().date(), counts.first_day())
    return period_called(request.args.get("period", ""), offered), offered


def _plot(table: Table) -> Markup:
    cells = [(row.label, row.figure) for row in table.rows]
    draw = bars if table.ranked else columns
    return draw(f"plot-{table.key}", table.title, cells)


def _shares_plot(parts: Sequence[Share]) -> Markup:
    named = {"fallback": "Nothing fits", "clarify": "Offered to choose"}
    series = {label: [part.percent[name] for part in parts] for name, label in named.items()}
    return lines("plot-shares", "Share of turns not understood", [part.label for part in parts], series)


def _helpful_plot(found: Sequence[Helpful]) -> Markup:
    cells = [(each.label, each.percent) for each in found if each.percent is not None]
    return bars("plot-helpful", "Share of opinions that an answer was helpful, in percent", cells)


def _share_lines(parts: Sequence[Share]) -> Iterator[list[str]]:
    for part in parts:
        fallback, clarify = (
            [told(part.parts[name]), told_percent(part.percent[name])] for name in ("fallback", "clarify")
        )
        yield [part.label, told(part.turns), *fallback, *clarify]


def _helpful_lines(found: Sequence[Helpful]) -> Iterator[list[str]]:
    for each in found:
        yield [each.label, told(each.yes), told(each.no), told_percent(each.percent)]
