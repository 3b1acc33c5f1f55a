"""Checks of what residents say: the same words must not be evidence for two different things."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from bot.knowledge.base import Examples, Knowledge, Phrases
from bot.knowledge.faults import Fault
from bot.knowledge.reading import Lines

#: One phrase: what it is an example of, its file, the path inside it, and itself.
_Said = tuple[str, str, tuple[str | int, ...], str]


def check_phrases(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    """Expressions repeated in a concept, examples repeated, and examples of two things at once."""
    for language, words in knowledge.words.items():
        for concept, expressions in words.items():
            file = lines.words.get((language, concept), "")
            said = ((concept, file, (concept, number), text) for number, text in enumerate(expressions))
            yield from _repeated(said, lines)
    for language, examples in knowledge.examples.items():
        yield from _repeated(_of_topics(language, examples), lines)
        for kind in ("aspects", "smalltalk"):
            yield from _repeated(_of_file(language, kind, getattr(examples, kind)), lines)
        yield from _urgent(language, examples, lines)


def _same(text: str) -> str:
    """What two spellings of one phrase share: case, width and spacing make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(" .!?…।؟。")


def _of_topics(language: str, examples: Examples) -> Iterator[_Said]:
    yield from _of_folder(f"examples/{language}/topics", examples.topics)
    yield from _of_folder(f"examples/{language}", {"none": examples.none})


def _of_folder(folder: str, lists: Phrases) -> Iterator[_Said]:
    for name, sentences in lists.items():
        for number, text in enumerate(sentences):
            yield name, f"{folder}/{name}.yaml", (number,), text


def _of_file(language: str, kind: str, lists: Phrases) -> Iterator[_Said]:
    for name, sentences in lists.items():
        for number, text in enumerate(sentences):
            yield name, f"examples/{language}/{kind}.yaml", (name, number), text


def _urgent(language: str, examples: Examples, lines: Lines) -> Iterator[Fault]:
    """A message may raise two notices; it cannot raise one and be harmless."""
    harmless = {"none": examples.urgent.get("none", ())}
    for kind in examples.urgent:
        if kind != "none":
            both = harmless | {kind: examples.urgent[kind]}
            yield from _repeated(_of_folder(f"examples/{language}/urgent", both), lines)


def _repeated(said: Iterable[_Said], lines: Lines) -> Iterator[Fault]:
    first: dict[str, _Said] = {}
    for one in said:
        of, file, path, text = one
        before = first.setdefault(_same(text), one)
        if before is one:
            continue
        line, earlier = lines.at(file, *path), f"{before[1]}:{lines.at(before[1], *before[2])}"
        if before[0] == of:
            yield Fault(file, line, f"{text!r} is here twice ({earlier})", "delete one of them", "warning")
        else:
            what = f"{text!r} is an example of {before[0]!r} too ({earlier})"
            yield Fault(file, line, what, "keep it where it belongs, and reword or delete the other")
