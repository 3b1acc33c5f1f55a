"""An evaluation in plain text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.costs import COSTS, KINDS
from bot.evaluation.measures import (
    Asked,
    Evaluation,
    by_language,
    by_topic,
    calibration_error,
    confusions,
    grouped,
    kinds,
    mean_cost,
    reliability,
    share,
)
from bot.evaluation.strays import Stray
from bot.evaluation.thefts import Theft
from bot.evaluation.unused import Unused


def figures(evaluation: Evaluation) -> dict[str, float]:
    """The figures by which two runs are compared: shares from 0 to 1, a mean cost, an error, counts."""
    ours, not_ours = evaluation.ours, evaluation.not_ours
    return {
        "messages of ours": len(ours),
        "right at once": share(ours, "right"),
        "right or among the choices": share(ours, "right", "choice"),
        "answered wrongly": share(ours, "wrong"),
        "messages that are not ours": len(not_ours),
        "told so": share(not_ours, "right"),
        "cost a message": mean_cost(evaluation.asked),
        "calibration error": calibration_error(evaluation.asked),
        "messages that tell of danger": sum(one.alarming for one in evaluation.alarms),
        "notices missed": len(evaluation.missed),
        "false alarms": len(evaluation.false_alarms),
    }


def written(figure: float) -> str:
    """A figure of `figures` as it is printed: a count whole, everything else to three places."""
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}"


def report(evaluation: Evaluation, sentences: int) -> str:
    """`evaluation` in plain text, with at most so many messages for each confusion; 0: no message at all."""
    passed = sum(one.passed for one in evaluation.played)
    known = sum(one.case.reason is not None for one in evaluation.played)
    found = figures(evaluation)
    width = max(map(len, found))
    lines = [
        f"Conversations: {passed} of {len(evaluation.played)} as expected ({known} known failures).",
        *(f"  {name:{width}} {written(figure):>8}" for name, figure in found.items()),
        *("", "What a reply was to the resident:", *_kind_lines(evaluation.asked)),
        *("", "By language (right at once, messages):", *_groups(grouped(evaluation.asked, by_language))),
        *("", "By topic (right at once, messages; the same by language):", *_topics(evaluation.asked)),
        *("", "Confidence of the answers (mean, share right, answers):", *_reliability(evaluation.asked)),
    ]
    for title, alarms in (("Missed notices", evaluation.missed), ("False alarms", evaluation.false_alarms)):
        if alarms and sentences:
            lines += ["", f"{title}:", *(f"  {kind}: {text}" for kind, text in alarms)]
    confused = confusions(evaluation.asked)
    if confused:
        lines += ["", "Confusions (expected -> got):", *_confusions(confused, sentences)]
    return "\n".join(lines)


def theft_report(thefts: Sequence[Theft], examples: int, most: int) -> str:
    """The examples that another topic wins, of so many `examples`, at most `most` of each pair."""
    if not thefts:
        return f"Thefts: none of {examples} examples is won by another topic."
    pairs: dict[tuple[str, str], list[str]] = {}
    for theft in thefts:
        pairs.setdefault((theft.intent, theft.winner), []).append(theft.text)
    ranked = sorted(pairs.items(), key=lambda row: (-len(row[1]), row[0]))
    rows = [(intent, winner, tuple(texts)) for (intent, winner), texts in ranked]
    lines = [f"Thefts: {len(thefts)} of {examples} examples are won by another topic (owner -> winner):"]
    return "\n".join([*lines, *_confusions(rows, most)])


def stray_report(strays: Sequence[Stray], most: int) -> str:
    """The words that mean something else than the concept they are taken for, at most `most` of them."""
    lines = [
        f"  {one.language} {one.concept} <- {one.words!r} ({one.how}, {one.examples} examples): "
        f"{', '.join(one.topics)}; the others: {', '.join(one.usual)}"
        for one in strays[:most]
    ]
    more = [f"  ... and {len(strays) - most} more"] if len(strays) > most else []
    return "\n".join(
        [f"Words that mostly mean something else than their concept: {len(strays)}", *lines, *more]
    )


def unused_report(unused: Unused, most: int) -> str:
    """What no conversation needs, at most `most` of each kind."""
    parts = (
        ("Concepts that no rule and no conversation uses", unused.concepts),
        ("Rules that no conversation and no example fulfils", unused.rules),
        ("Examples that no conversation resembles", unused.examples),
        ("Examples that say word for word what another says", unused.echoes),
    )
    lines: list[str] = []
    for title, found in parts:
        more = [f"  ... and {len(found) - most} more"] if len(found) > most else []
        lines += [f"{title}: {len(found)}", *(f"  {one}" for one in found[:most]), *more]
    return "\n".join(lines)


def _kind_lines(asked: Iterable[Asked]) -> Iterator[str]:
    counted = kinds(asked)
    total = max(sum(counted.values()), 1)
    for kind in KINDS:
        yield f"  {kind:9} {counted[kind] / total:7.1%} {counted[kind]:6}   costs {COSTS[kind]:g}"


def _groups(groups: Mapping[str, list[Asked]]) -> list[str]:
    width = max(map(len, groups), default=0)
    return [f"  {name:{width}} {share(many, 'right'):7.1%} {len(many):6}" for name, many in groups.items()]


def _topics(asked: Sequence[Asked]) -> Iterator[str]:
    """A line for each topic: all of its messages, then those of each language that has any."""
    groups = grouped(asked, by_topic)
    lines = _groups(groups)
    if len(grouped(asked, by_language)) < 2:
        yield from lines
        return
    for line, many in zip(lines, groups.values(), strict=True):
        cells = [
            f"{language} {share(one, 'right'):6.1%} {len(one):4}"
            for language, one in grouped(many, by_language).items()
        ]
        yield "   ".join([line, *cells])


def _reliability(asked: Iterable[Asked]) -> list[str]:
    return [
        f"  {one.said:7.1%} {one.right:7.1%} {one.answers:6}" for one in reliability(asked) if one.answers
    ]


def _confusions(rows: Iterable[tuple[str, str, tuple[str, ...]]], sentences: int) -> Iterator[str]:
    for wanted, got, texts in rows:
        yield f"  {wanted} -> {got}: {len(texts)}"
        yield from (f"      {text}" for text in texts[:sentences])
