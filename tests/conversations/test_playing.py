"""Reading, playing and measuring conversations, on the tiny knowledge base and on scripted replies."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from bot.assistant import Assistant, Turn
from bot.cases import CALIBRATION, HELD_BACK, Case, Said, check_content, read_apart, read_cases
from bot.conversations import play
from bot.dialogue.reply import Choice, Notice, Reply, Suggestion
from bot.dialogue.state import DialogueState
from bot.knowledge.base import Knowledge
from bot.knowledge.reading import read_files, read_folder

NOW = dt.datetime(2026, 11, 25, 10, 30, tzinfo=dt.UTC)
TINY = read_folder(Path(__file__).parents[1] / "knowledge")

REPLY = Reply(
    language="en", direction="ltr", outcome="answer", topic="noise", aspect=None, smalltalk=None, term=None,
    confidence=0.9, urgent=(), text="", steps=(), services=(), suggestions=(), translated="full",
)  # fmt: skip
DANGER = Notice("danger", "Call 999", "Call 999 now.", (), None)
ABUSE = Notice("abuse", "Leave this page", "Leave it at once.", (), None)


class Scripted:
    """An assistant that gives its replies in order, and counts the turns in the state."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = replies

    def respond(self, turn: Turn, state: DialogueState, now: dt.datetime) -> tuple[Reply, DialogueState]:
        return self.replies[state.turns], replace(state, turns=state.turns + 1)

    def explain(self, turn: Turn, state: DialogueState) -> str:
        return f"because of {turn.message!r} in turn {state.turns}"


def scripted(*replies: Reply) -> Assistant:
    return cast(Assistant, Scripted(*replies))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The tiny knowledge base."""
    found, _ = read_files(TINY)
    assert found is not None
    return found


@pytest.fixture
def faults_in(knowledge: Knowledge) -> Callable[..., list[str]]:
    """The faults of one conversation file, as printed."""

    def read(text: str, name: str = "a") -> list[str]:
        _, faults = read_cases({f"conversations/en/{name}.yaml": text.encode()}, knowledge)
        return [str(fault).removeprefix(f"conversations/en/{name}.yaml") for fault in faults]

    return read


def cases_in(knowledge: Knowledge, text: str, name: str = "a") -> list[Case]:
    cases, faults = read_cases({f"conversations/bn/{name}.yaml": text.encode()}, knowledge)
    assert faults == []
    return cases


def test_each_sentence_is_a_case_of_its_own(knowledge: Knowledge) -> None:
    first, second = cases_in(knowledge, "- says: [one, two]\n  topic: [noise, none]\n  urgent: []\n")
    assert (first.name, second.name) == ("one", "two")
    assert first.turns == (Said("one", {"topic": ("noise", "none"), "urgent": ()}),)
    assert (first.spoken, first.language, first.reason, first.line) == ("bn", None, None, 1)


def test_a_conversation_is_one_case_of_many_turns(knowledge: Knowledge) -> None:
    text = """
- conversation: a price
  language: bn
  turns:
  - user: so loud
    offers: noise
  - user: how much
    aspect: cost
    language: bn
"""
    [case] = cases_in(knowledge, text)
    assert (case.name, case.language, case.line) == ("a price", "bn", 2)
    assert [said.text for said in case.turns] == ["so loud", "how much"]
    assert case.turns[1].expected == {"aspect": ("cost",), "language": ("bn",)}


def test_a_known_failure_carries_its_reason(knowledge: Knowledge) -> None:
    [case] = cases_in(knowledge, "- says: one\n  topic: noise\n  reason: irony\n", "known_failures")
    assert case.reason == "irony"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- says: [one]\n  topik: noise", ":2: there is no key 'topik' here. Do: write 'topic'"),
        ("- says: [one]\n  topic: noize", ":2: there is no topic 'noize'. Do: write 'noise'"),
        ("- says: [one]\n  never: noize", ":2: there is no never 'noize'"),
        ("- says: [one]\n  outcome: answers", ":2: there is no outcome 'answers'. Do: write 'answer'"),
        ("- says: [one]\n  urgent: [fire]", ":2: there is no urgent 'fire'"),
        ("- says: [one]\n  language: so", ":2: there is no language 'so'"),
        ("- says: [one]\n  topic: []", ":2: 'topic' is empty"),
        ("- says: [one]", ":1: nothing is expected of the reply"),
        ("- says: [one, One ]\n  topic: noise", ":1: 'One' is in conversations/en/a.yaml:1 already"),
        ("- says: [one]\n  topic: noise\n- says:\n  - one\n  topic: noise",
         ":4: 'one' is in conversations/en/a.yaml:1"),
        ("- says: [{a: b}]\n  topic: noise", ":1: there is no text here"),
        ("- says: [one]\n  topic: noise\n  reason: x", ":1: there is a `reason` here"),
        ("- topic: noise", ":1: a conversation has either `says` or `turns`"),
        ("- conversation: x\n  topic: noise\n  turns: [{user: a}]", ":2: a conversation has no key 'topic'"),
        ("- turns: [{user: a}]", ":1: the conversation has no name"),
        ("- conversation: x\n  turns: []", ":1: the conversation has no turns"),
        ("- conversation: x\n  turns: [{says: a}]", ":2: a turn begins with `user`"),
        ("- conversation: x\n  language: so\n  turns: [{user: a}]", ":2: there is no language 'so'"),
        ("says: one", ":1: this is no list of conversations"),
        ("[]", ":1: this is no list of conversations"),
        ("", ": the file is empty"),
        ("- says: [where can i get a ladder for one day]\n  topic: library-of-things",
         ":1: (warning) 'where can i get a ladder for one day' is an example as well"),
    ],
)  # fmt: skip
def test_what_is_not_written_as_it_should_be_is_a_fault(
    faults_in: Callable[..., list[str]], text: str, expected: str
) -> None:
    assert any(fault.startswith(expected) for fault in faults_in(text))


def test_a_known_failure_without_a_reason_is_a_fault(faults_in: Callable[..., list[str]]) -> None:
    [fault] = faults_in("- says: [one]\n  topic: noise", "known_failures")
    assert fault.startswith(":1: a known failure needs a `reason`")


def test_a_case_with_a_fault_is_left_out_and_the_others_stay(knowledge: Knowledge) -> None:
    text = b"- says: [one]\n  topik: noise\n- says: [two]\n  topic: noise\n"
    cases, _ = read_cases({"conversations/en/a.yaml": text}, knowledge)
    assert [case.name for case in cases] == ["two"]


APART = {kept: f"conversations/en/{kept}/noise.yaml" for kept in (HELD_BACK, CALIBRATION)}
QUESTIONS = "conversations/en/questions/noise.yaml"


@pytest.mark.parametrize("kept", APART)
def test_what_is_kept_apart_is_given_only_to_who_asks_for_it(knowledge: Knowledge, kept: str) -> None:
    said = {file: f"- says: {name}\n  topic: noise\n".encode() for name, file in APART.items()}
    said[QUESTIONS] = b"- says: two\n  topic: noise\n"
    cases, faults = read_cases(said, knowledge)
    assert ([case.name for case in cases], faults) == (["two"], [])
    [apart] = read_apart(said, knowledge, kept)
    assert (apart.name, apart.spoken, apart.measured) == (kept, "en", True)


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("so loud, upstairs", "'so loud, upstairs' is in conversations/en/questions/noise.yaml:1 already"),
        ("Where can I get a ladder for one day?", "is an example as well, so it proves nothing"),
        ("My wife beats me at night!", "is an example as well, so it proves nothing"),
    ],
)
@pytest.mark.parametrize("file", APART.values())
def test_a_sentence_that_is_kept_apart_stands_nowhere_else(
    knowledge: Knowledge, file: str, sentence: str, fault: str
) -> None:
    """An error, whatever its case and punctuation: a blind test that was seen proves nothing."""
    said = {
        file: f"- says: ['{sentence}']\n  never: noise\n".encode(),
        QUESTIONS: b"- says: so loud upstairs\n  topic: noise\n",
    }
    [found] = read_cases(said, knowledge)[1]
    assert (found.file, found.severity) == (file, "error")
    assert fault in found.what


def case_of(*expected: dict[str, tuple[str, ...]], reason: str | None = None) -> Case:
    turns = tuple(Said(f"message {number}", one) for number, one in enumerate(expected))
    return Case("conversations/en/a.yaml", 1, "a case", "en", turns, None, reason)


@pytest.mark.parametrize(
    ("expected", "reply", "failure"),
    [
        ({"topic": ("noise", "asb")}, REPLY, None),
        ({"topic": ("asb",)}, REPLY, "topic: expected asb, got noise"),
        ({"topic": ("none",)}, replace(REPLY, topic=None), None),
        ({"topic": ("noise",)}, replace(REPLY, topic=None), "topic: expected noise, got none"),
        ({"outcome": ("clarify", "fallback")}, REPLY, "outcome: expected clarify or fallback, got answer"),
        ({"language": ("bn",)}, REPLY, "language: expected bn, got en"),
        ({"aspect": ("cost",)}, REPLY, "aspect: expected cost, got none"),
        ({"smalltalk": ("thanks",)}, replace(REPLY, smalltalk="thanks"), None),
        ({"urgent": ()}, REPLY, None),
        ({"urgent": ()}, replace(REPLY, urgent=(DANGER,)), "urgent: danger is out of place"),
        ({"urgent": ("danger",)}, replace(REPLY, urgent=(DANGER,)), None),
        ({"urgent": ("danger", "child")}, replace(REPLY, urgent=(DANGER,)),
         "urgent: expected child, got danger"),
        ({"urgent_any": ("danger", "child")}, replace(REPLY, urgent=(DANGER,)), None),
        ({"urgent_any": ("abuse", "child")}, REPLY, "urgent: expected abuse or child, got none"),
        ({"urgent_any": ("danger",), "urgent_ok": ("abuse",)}, replace(REPLY, urgent=(DANGER, ABUSE)), None),
        (
            {"urgent_any": ("danger",)},
            replace(REPLY, urgent=(DANGER, ABUSE)),
            "urgent: abuse is out of place",
        ),
        ({"urgent_ok": ("danger",)}, REPLY, None),
        ({"urgent_ok": ("danger",)}, replace(REPLY, urgent=(ABUSE,)), "urgent: abuse is out of place"),
        ({"urgent": (), "urgent_ok": ("danger",)}, replace(REPLY, urgent=(DANGER,)), None),
        ({"never": ("noise",)}, REPLY, "never: answered as noise"),
        ({"never": ("asb",)}, REPLY, None),
        ({"offers": ("asb",)}, replace(REPLY, suggestions=(Suggestion("a", Choice(topic="asb")),)), None),
        ({"offers": ("asb",)}, replace(REPLY, suggestions=(Suggestion("a", Choice(topic="noise")),)),
         "offers: expected asb too, got noise"),
    ],
)  # fmt: skip
def test_a_reply_is_compared_with_what_is_expected(
    expected: dict[str, tuple[str, ...]], reply: Reply, failure: str | None
) -> None:
    played = play(scripted(reply), case_of(expected), NOW)
    assert played.failures == (() if failure is None else (failure,))
    assert played.passed is (failure is None)


def test_a_failure_shows_the_transcript_and_why() -> None:
    clarify = replace(
        REPLY, outcome="clarify", topic=None, suggestions=(Suggestion("a", Choice(topic="asb")),)
    )
    case = case_of({"topic": ("noise",)}, {"topic": ("asb",)})
    played = play(scripted(REPLY, clarify), case, NOW, explain=True)
    assert str(played).splitlines() == [
        "conversations/en/a.yaml:1: a case",
        "  resident: message 0",
        "  reply:    answer in en; topic noise; confidence 0.90",
        "  resident: message 1",
        "  reply:    clarify in en; confidence 0.90; offers asb",
        "  - turn 2: topic: expected asb, got none",
        "    because of 'message 1' in turn 1",
    ]


def test_nothing_is_explained_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes as long as the turn, and most who play conversations only count."""

    def never(*_: object) -> str:
        raise AssertionError("it is explained")

    monkeypatch.setattr(Scripted, "explain", never)
    played = play(scripted(REPLY), case_of({"topic": ("asb",)}), NOW)
    assert (played.failures, played.explanations) == (("topic: expected asb, got noise",), ())


def test_a_known_failure_must_still_fail() -> None:
    assert play(scripted(REPLY), case_of({"topic": ("asb",)}, reason="irony"), NOW).passed
    played = play(scripted(REPLY), case_of({"topic": ("noise",)}, reason="irony"), NOW)
    assert not played.passed
    assert "goes right now: take it out of known_failures.yaml (irony)" in str(played)


def test_the_conversations_of_the_tiny_knowledge_base_go_right() -> None:
    knowledge, cases, faults = check_content(TINY, NOW.date())
    assert faults == []
    assert knowledge is not None
    assert len(cases) == 5
    assistant = Assistant(knowledge)
    played = [play(assistant, case, NOW) for case in cases]
    assert "\n".join(str(one) for one in played if not one.passed) == ""


def test_content_with_a_faulty_conversation_may_not_go_live() -> None:
    name = "conversations/en/noise.yaml"
    knowledge, _, faults = check_content({**TINY, name: b"- says: [one]\n  topic: park"}, NOW.date())
    assert knowledge is None
    assert [fault.file for fault in faults] == [name]
