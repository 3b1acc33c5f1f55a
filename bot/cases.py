"""Conversations that staff write down, read from their files: what is said, and what should happen.

Their form is in docs/content.md. A file `known_failures.yaml` holds those that are known to go wrong; the
files under `questions/` are measured as a whole; those under `held-back/` are a blind test, and those under
`calibration/` say how sure a match is, each given only to who asks for it (`read_apart`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from bot.dialogue.reply import Outcome
from bot.knowledge.base import Knowledge
from bot.knowledge.checks import faults_of
from bot.knowledge.faults import Fault, errors, in_order, without_echoes
from bot.knowledge.reading import read
from bot.knowledge.records import ASPECT_IDS, SMALLTALK_IDS
from bot.knowledge.strict_yaml import Node, parse
from bot.knowledge.validating import meant
from bot.language.text import words

_FILE = re.compile(
    r"conversations/(?P<lang>[^/]+)/((?P<kept>questions|held-back|calibration)/)?(?P<name>[^/]+)\.yaml"
)
#: The folders whose conversations are not among the others.
HELD_BACK, CALIBRATION = "held-back", "calibration"
#: The file whose conversations are known to go wrong.
KNOWN_FAILURES = "known_failures"
_URGENT = ("danger", "medical", "suicide", "abuse", "child")
#: Keys whose value is one id or several of which any is right; "none" is no value at all.
ONE_OF = ("topic", "outcome", "aspect", "smalltalk", "term", "language")
#: Keys whose value is a list of ids.
_NOTICES = ("urgent", "urgent_any", "urgent_ok")
_EXPECTED = (*ONE_OF, *_NOTICES, "never", "offers")


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the resident's, and what is expected of the reply.

    `expected` holds only the keys that are written: topic, outcome, aspect, smalltalk, term, language (any of
    the values is right; "none" is no value), urgent (all these notices), urgent_any (one of these at least),
    urgent_ok (these may be shown as well; no others may, where any of the three is written), never (none of
    these topics), offers (all of these topics are among the suggestions).
    """

    text: str
    expected: Mapping[str, tuple[str, ...]]

    @property
    def on_notices(self) -> bool:
        """Whether anything is expected of the notices."""
        return any(key in self.expected for key in _NOTICES)

    def missed(self, shown: Collection[str]) -> tuple[str, ...]:
        """What is missing among the kinds of notice `shown`: a kind each, or "one or another"."""
        every, any_of = self.expected.get("urgent", ()), self.expected.get("urgent_any", ())
        alternative = (" or ".join(any_of),) if any_of and not set(any_of) & set(shown) else ()
        return (*(kind for kind in every if kind not in shown), *alternative)

    def out_of_place(self, shown: Collection[str]) -> tuple[str, ...]:
        """Those of the kinds of notice `shown` that should not be."""
        may_be = {kind for key in _NOTICES for kind in self.expected.get(key, ())}
        return tuple(kind for kind in shown if self.on_notices and kind not in may_be)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence or a conversation to play.

    `name` is the sentence or the conversation's title, unique in its file. `spoken` is the language of
    the file's folder, `language` the one that the resident has chosen (None: to be found out). `reason`
    is set for a known failure: why it goes wrong. `measured`: it is one of the questions of which a share
    must go right (`Settings.questions_right`), not each.
    """

    file: str
    line: int
    name: str
    spoken: str
    turns: tuple[Said, ...]
    language: str | None = None
    reason: str | None = None
    measured: bool = False


def read_cases(files: Mapping[str, bytes], knowledge: Knowledge) -> tuple[list[Case], list[Fault]]:
    """The cases of the conversation files among `files` (relative name -> content), and every fault.

    A case with a fault is left out. Ids are looked up in `knowledge`; a sentence that is one of its
    examples as well proves nothing, and is warned of. The files held back or kept for calibration, and those
    of languages in preparation, are looked at for faults, and are not among the cases.
    """
    cases, faults = _read_all(files, knowledge)
    return [case for case in cases if not _apart(case.file)], faults


def read_apart(files: Mapping[str, bytes], knowledge: Knowledge, kept: str) -> list[Case]:
    """The cases in the folders `kept`: HELD_BACK (the blind test) or CALIBRATION."""
    return [case for case in _read_all(files, knowledge)[0] if _kept(case.file) == kept]


def _read_all(files: Mapping[str, bytes], knowledge: Knowledge) -> tuple[list[Case], list[Fault]]:
    reader = _Reader(knowledge)
    # Those kept apart come last, so that one that stands in two places is a fault of the blind test's file.
    for name in sorted(files, key=lambda name: (_apart(name), name)):
        if found := _FILE.fullmatch(name):
            reader.file(name, files[name], found["lang"], found["name"] == KNOWN_FAILURES)
    measured = {name for name in files if _kept(name)}
    cases = [replace(case, measured=case.file in measured) for case in reader.cases]
    spoken = [case for case in cases if case.spoken in knowledge.languages]
    return spoken, without_echoes([*reader.faults, *_copied(cases, knowledge)])


def _kept(name: str) -> str | None:
    """The folder in which the file stands: "questions", HELD_BACK, CALIBRATION, or None."""
    found = _FILE.fullmatch(name)
    return found["kept"] if found else None


def _apart(name: str) -> bool:
    return _kept(name) in (HELD_BACK, CALIBRATION)


def check_content(
    files: Mapping[str, bytes], today: dt.date
) -> tuple[Knowledge | None, list[Case], list[Fault]]:
    """The knowledge base in `files`, its cases, and every fault of either, in order of file and line.

    The knowledge base is None if any fault is an error. Without readable settings no case is read.
    """
    reading = read(files)
    faults = faults_of(reading, today)
    cases: list[Case] = []
    if reading.found is not None:
        cases, more = read_cases(files, reading.found)
        faults = in_order([*faults, *more])
    return (None if errors(faults) else reading.found), cases, faults


class _Reader:
    """Collects cases and faults, file by file."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.cases: list[Case] = []
        self.faults: list[Fault] = []
        self._places: dict[tuple[str, str], str] = {}
        self._known: dict[str, Collection[str]] = {
            "topic": (*knowledge.topics, "none"), "never": knowledge.topics, "offers": knowledge.topics,
            "aspect": (*ASPECT_IDS, "none"), "smalltalk": (*SMALLTALK_IDS, "none"),
            **dict.fromkeys(_NOTICES, _URGENT),
            "term": (*knowledge.glossary, "none"),
            "outcome": get_args(Outcome), "language": knowledge.languages,
        }  # fmt: skip

    def fault(self, file: str, line: int, what: str, remedy: str) -> None:
        self.faults.append(Fault(file, line, what, remedy))

    def file(self, name: str, content: bytes, spoken: str, known_failures: bool) -> None:
        """Reads one file."""
        node, faults = parse(name, content)
        self.faults += faults
        if node is None:
            return
        if not isinstance(node.content, list) or not node.content:
            self.fault(name, node.line, "this is no list of conversations", "begin each one with a hyphen")
            return
        for item in node.content:
            before = len(self.faults)
            cases = list(self._item(name, item, spoken, known_failures))
            if len(self.faults) == before:
                self.cases += cases

    def _item(self, file: str, item: Node, spoken: str, known_failures: bool) -> Iterator[Case]:
        content = item.content
        if not isinstance(content, dict) or ("says" in content) == ("turns" in content):
            what = "a conversation has either `says` or `turns`"
            self.fault(file, item.line, what, "see docs/content.md for the two forms")
            return
        reason = self._reason(file, item, content, known_failures)
        if "says" in content:
            expected = self._expected(file, content, ("says", "reason"))
            if not expected:
                self.fault(file, item.line, "nothing is expected of the reply", "add topic: and the like")
            for sentence in _items(content["says"]):
                text = self._sentence(file, sentence, spoken)
                yield Case(file, sentence.line, text, spoken, (Said(text, expected),), None, reason)
        else:
            yield self._conversation(file, item, content, spoken, reason)

    def _reason(self, file: str, item: Node, content: Mapping[str, Node], known_failures: bool) -> str | None:
        if known_failures != ("reason" in content):
            what = "a known failure needs a `reason`" if known_failures else "there is a `reason` here"
            self.fault(file, item.line, what, f"write one in {KNOWN_FAILURES}.yaml, and only there")
        return _text(content["reason"]) if "reason" in content else None

    def _conversation(
        self, file: str, item: Node, content: Mapping[str, Node], spoken: str, reason: str | None
    ) -> Case:
        for key in content:
            if key not in ("conversation", "language", "turns", "reason"):
                line = content[key].key_line
                remedy = meant(key, ("conversation", "language", "turns"), "put it under its turn")
                self.fault(file, line, f"a conversation has no key {key!r}", remedy)
        name = _text(content["conversation"]) if "conversation" in content else ""
        if not name:
            self.fault(file, item.line, "the conversation has no name", "add `conversation: what it shows`")
        self._once(file, item.line, name, file)
        language = _text(content["language"]) if "language" in content else None
        if language is not None:
            self._look_up(file, content["language"], "language", language)
        turns = tuple(self._turn(file, turn) for turn in _items(content["turns"]))
        if not turns:
            self.fault(file, item.line, "the conversation has no turns", "add them, each with `user`")
        return Case(file, item.line, name, spoken, turns, language, reason)

    def _turn(self, file: str, turn: Node) -> Said:
        content = turn.content
        if not isinstance(content, dict) or "user" not in content:
            self.fault(file, turn.line, "a turn begins with `user`", "write user: and what the resident says")
            return Said("", {})
        text = _text(content["user"])
        if not text:
            self.fault(file, turn.line, "the resident says nothing", "write one text after user:")
        return Said(text, self._expected(file, content, ("user",)))

    def _sentence(self, file: str, sentence: Node, spoken: str) -> str:
        text = _text(sentence)
        if not text:
            remedy = "write it in one line, in quotation marks if it has a colon in it"
            self.fault(file, sentence.line, "there is no text here", remedy)
        self._once(file, sentence.line, text, spoken)
        return text

    def _once(self, file: str, line: int, text: str, within: str) -> None:
        key = (within, " ".join(words(text)) or text)
        if key in self._places:
            self.fault(file, line, f"{text!r} is in {self._places[key]} already", "delete one of the two")
        self._places.setdefault(key, f"{file}:{line}")

    def _expected(
        self, file: str, content: Mapping[str, Node], other: Collection[str]
    ) -> dict[str, tuple[str, ...]]:
        """What is expected by `content`, a key each; `other` are the keys that say something else."""
        expected = {}
        for key, value in content.items():
            if key in _EXPECTED:
                expected[key] = self._wanted(file, key, value)
            elif key not in other:
                remedy = meant(key, (*_EXPECTED, *other), f"use one of {', '.join(_EXPECTED)}")
                self.fault(file, value.key_line, f"there is no key {key!r} here", remedy)
        return expected

    def _wanted(self, file: str, key: str, value: Node) -> tuple[str, ...]:
        parts = _items(value)
        wanted = tuple(_text(part) for part in parts)
        if key == "urgent" and wanted in ((), ("none",)):
            return ()
        if not wanted:
            self.fault(file, value.line, f"{key!r} is empty", "write what is expected, or delete the key")
        for part, name in zip(parts, wanted, strict=True):
            self._look_up(file, part, key, name)
        return wanted

    def _look_up(self, file: str, node: Node, key: str, name: str) -> None:
        if name not in self._known[key]:
            remedy = meant(name, self._known[key], "correct it")
            self.fault(file, node.line, f"there is no {key} {name!r}", remedy)


def _items(node: Node) -> list[Node]:
    """The items of a list; a single value counts as a list of one."""
    return node.content if isinstance(node.content, list) else [node]


def _text(node: Node) -> str:
    """The text of a value, white space folded; empty where it is none."""
    return " ".join(node.content.split()) if isinstance(node.content, str) else ""


def _copied(cases: Iterable[Case], knowledge: Knowledge) -> Iterator[Fault]:
    """Sentences that stand among the examples: the assistant was told the answer.

    A warning, but an error for the blind test, where the messages that raise notices count too.
    """
    taught: set[tuple[str, ...]] = set()
    alarming: set[tuple[str, ...]] = set()
    for said in knowledge.examples.values():
        taught.update(words(phrase) for phrases in (*said.topics.values(), said.none) for phrase in phrases)
        alarming.update(words(phrase) for phrases in said.urgent.values() for phrase in phrases)
    for case in cases:
        blind, keys = _apart(case.file), words(case.turns[0].text)
        if len(case.turns) == 1 and (keys in taught or (blind and keys in alarming)):
            what = f"{case.name!r} is an example as well, so it proves nothing"
            yield Fault(case.file, case.line, what, "reword it here", "error" if blind else "warning")
