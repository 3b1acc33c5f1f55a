"""Plays the conversations that staff write down, and compares the replies with what is expected.

A conversation that is known to go wrong and goes right after all is reported too, so that the list
of known failures never lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.assistant import Assistant, Turn
from bot.cases import KNOWN_FAILURES, ONE_OF, Case, Said
from bot.dialogue.reply import Reply
from bot.dialogue.state import DialogueState


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a case: the replies, a turn each, and what was not as expected."""

    case: Case
    replies: tuple[Reply, ...]
    failures: tuple[str, ...]
    #: Why each turn that went wrong was answered as it was; only if it was asked for.
    explanations: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether it went as it should; a known failure should go wrong."""
        return bool(self.failures) if self.case.reason else not self.failures

    def __str__(self) -> str:
        case = self.case
        lines = [f"{case.file}:{case.line}: {case.name}"]
        for said, reply in zip(case.turns, self.replies, strict=True):
            lines += [f"  resident: {said.text}", f"  reply:    {_told(reply)}"]
        if case.reason and not self.failures:
            lines.append(f"  goes right now: take it out of {KNOWN_FAILURES}.yaml ({case.reason})")
        lines += [f"  - {failure}" for failure in self.failures]
        lines += [f"    {line}" for text in self.explanations for line in text.splitlines()]
        return "\n".join(lines)


def play(assistant: Assistant, case: Case, now: datetime, explain: bool = False) -> Played:
    """Plays `case` from a fresh conversation, at the aware moment `now`.

    `explain`: say of what goes wrong why, which takes each such turn a second time.
    """
    state = DialogueState()
    replies: list[Reply] = []
    failures: list[str] = []
    explanations: list[str] = []
    for number, said in enumerate(case.turns, start=1):
        turn = Turn(message=said.text, language=case.language)
        reply, after = assistant.respond(turn, state, now)
        wrong = list(_differences(said, reply))
        if wrong and explain:
            explanations.append(assistant.explain(turn, state))
        turn_name = f"turn {number}: " if len(case.turns) > 1 else ""
        failures += [turn_name + difference for difference in wrong]
        replies.append(reply)
        state = after
    return Played(case, tuple(replies), tuple(failures), tuple(explanations))


def _got(reply: Reply, key: str) -> str:
    value = getattr(reply, key)
    return "none" if value is None else str(value)


def _differences(said: Said, reply: Reply) -> Iterator[str]:
    shown = [notice.kind for notice in reply.urgent]
    yield from (f"urgent: expected {kind}, got {', '.join(shown) or 'none'}" for kind in said.missed(shown))
    yield from (f"urgent: {kind} is out of place" for kind in said.out_of_place(shown))
    for key, wanted in said.expected.items():
        if key in ONE_OF and _got(reply, key) not in wanted:
            yield f"{key}: expected {' or '.join(wanted)}, got {_got(reply, key)}"
        elif key == "never" and _got(reply, "topic") in wanted:
            yield f"never: answered as {reply.topic}"
        elif key == "offers" and (missing := set(wanted) - offered_topics(reply)):
            got = ", ".join(sorted(offered_topics(reply))) or "no topic"
            yield f"offers: expected {', '.join(sorted(missing))} too, got {got}"


def offered_topics(reply: Reply) -> set[str]:
    """The topics that a reply suggests."""
    return {suggestion.choose.topic for suggestion in reply.suggestions if suggestion.choose.topic}


def _told(reply: Reply) -> str:
    """One line about a reply, for a transcript."""
    parts = [f"{reply.outcome} in {reply.language}"]
    keys = ("topic", "aspect", "smalltalk", "term")
    parts += [f"{key} {getattr(reply, key)}" for key in keys if getattr(reply, key)]
    parts.append(f"confidence {reply.confidence:.2f}")
    if reply.urgent:
        parts.append("urgent " + ", ".join(notice.kind for notice in reply.urgent))
    if reply.outcome == "clarify":
        parts.append("offers " + ", ".join(sorted(offered_topics(reply))))
    return "; ".join(parts)
