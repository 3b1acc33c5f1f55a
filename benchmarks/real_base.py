"""One match and one turn on the shipped base, by language.

Every message of the conversations in `knowledge/` once, the shorter of two tries. A match goes from the text
to the ranking of topics; a turn is all that is between the request and the reply: notices, topics,
follow-ups, small talk, names, language, the decision, and the reply put into words.
"""

from __future__ import annotations

from benchmarks.base import match, messages, respond
from benchmarks.table import Figure, Table, at_most
from benchmarks.timing import timed

#: Milliseconds, p50 and p99, of one match on this class of machine (2 cores, no accelerator).
_P50, _P99 = 0.3, 1.5


def run() -> Table:
    """The table of match and turn."""
    figures: list[Figure] = []
    by_language = messages()
    for language, said in [
        *by_language.items(),
        ("all", [text for many in by_language.values() for text in many]),
    ]:
        matched, turned = timed(match, said, least_of=2), timed(respond, said, least_of=2)
        figures += [
            at_most(f"match, {language}: p50", matched.percentile(50), "ms", _P50),
            at_most(f"match, {language}: p99", matched.percentile(99), "ms", _P99),
            Figure(f"turn, {language}: p50", turned.percentile(50), "ms"),
            Figure(f"turn, {language}: p99", turned.percentile(99), "ms"),
        ]
    number = sum(map(len, by_language.values()))
    return Table(
        "One match and one turn", f"{number} messages of the conversations, one at a time.", tuple(figures)
    )
