"""What came of every conversation on one state of the content, kept so that none is played twice."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.assistant import Assistant
from bot.cases import Case
from bot.conversations import offered_topics, play
from bot.dialogue.reply import Reply
from store.content import Files
from store.editing.findings import Findings, key_of

#: When the conversations are played: a Wednesday morning on which offices are open, the same for every draft,
#: so that two states of the content differ by the content alone.
PLAYED_AT = datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London"))


@dataclass(frozen=True, slots=True)
class TurnResult:
    """One message and what the assistant did, in a line of plain words."""

    message: str
    told: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a conversation. `wrong` says what was not as expected, a sentence each.

    `known` is the reason of a known failure, which is expected to go wrong; "" for all others. `measured`: of
    such sentences a share must go right, not each.
    """

    file: str
    line: int
    name: str
    spoken: str
    measured: bool
    known: str
    wrong: tuple[str, ...]
    turns: tuple[TurnResult, ...]

    @property
    def right(self) -> bool:
        """Whether everything was as expected."""
        return not self.wrong


Play = Callable[[Files], tuple[CaseResult, ...]]


def results_of(files: Files, play: Play, findings: Findings) -> tuple[CaseResult, ...]:
    """What comes of the conversations in `files`: as kept, or as `play` finds. Raises what `play` raises."""
    return unpacked(findings.once("playing", results_key(files), lambda: packed(play(files))))


def results_key(files: Files) -> str:
    """Where the results of `files` are kept."""
    return key_of("results", files, PLAYED_AT.isoformat())


def played(assistant: Assistant, cases: Iterable[Case]) -> tuple[CaseResult, ...]:
    """What comes of `cases`, each from a fresh conversation."""
    return tuple(_result(assistant, case) for case in cases)


def told(reply: Reply, assistant: Assistant) -> str:
    """What the assistant did, in a line of plain words; nothing in it changes with how sure it is."""
    knowledge = assistant.knowledge
    topic = knowledge.topics.get(reply.topic or "")
    said = {
        "answer": f"answers “{topic.title}”" if topic else "answers",
        "aspect": f"answers a follow-up question ({reply.aspect})"
        + (f" on “{topic.title}”" if topic else ""),
        "clarify": "asks which is meant: " + ", ".join(sorted(offered_topics(reply))),
        "smalltalk": f"small talk ({reply.smalltalk})",
        "fallback": "does not know",
    }[reply.outcome]
    if reply.term in knowledge.glossary and reply.term:
        said += f", explaining {knowledge.glossary[reply.term].names[0]}"
    notices = ", ".join(notice.title for notice in reply.urgent)
    return f"{said} [{reply.language}]" + (f"; safety notice: {notices}" if notices else "")


def _result(assistant: Assistant, case: Case) -> CaseResult:
    done = play(assistant, case, PLAYED_AT)
    turns = zip(case.turns, done.replies, strict=True)
    return CaseResult(
        case.file, case.line, case.name, case.spoken, case.measured, case.reason or "", done.failures,
        tuple(TurnResult(said.text, told(reply, assistant)) for said, reply in turns),
    )  # fmt: skip


def packed(found: Iterable[CaseResult]) -> bytes:
    """Results as gzipped JSON, the same bytes for the same results."""
    return gzip.compress(json.dumps([asdict(each) for each in found]).encode(), 6, mtime=0)


def unpacked(content: bytes) -> tuple[CaseResult, ...]:
    """The results that `packed` took."""
    rows = json.loads(gzip.decompress(content))
    return tuple(
        CaseResult(
            **{
                **row,
                "wrong": tuple(row["wrong"]),
                "turns": tuple(TurnResult(**turn) for turn in row["turns"]),
            }
        )
        for row in rows
    )
