"""The state of a dialogue in a signed token."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.state import _SHORT, DialogueState
from bot.knowledge.reading import read_files, read_folder
from tests.web.conftest import KEY, NOW
from web.tokens import MAXIMUM_BYTES, Tokens

ROOT = Path(__file__).parents[2]
STATE = DialogueState(
    language="bn", topic="noise", offered=("noise", "vehicles"), urgent=("danger",), turns=3
)
identifiers = st.from_regex(r"[a-z]{1,12}(-[a-z]{1,12}){0,2}", fullmatch=True)
states = st.builds(
    DialogueState,
    language=st.none() | st.sampled_from(["en", "bn", "zh-Hant"]),
    topic=st.none() | identifiers,
    previous=st.none() | identifiers,
    offered=st.lists(identifiers, max_size=4).map(tuple),
    fallbacks=st.integers(0, 1000),
    urgent=st.lists(st.sampled_from(["danger", "medical", "suicide", "abuse", "child"]), max_size=5).map(
        tuple
    ),
    turns=st.integers(0, 100_000),
)


def tokens(now: datetime = NOW, key: str = KEY) -> Tokens:
    """Tokens made or read at `now`."""
    return Tokens(key, lambda: now)


@given(states)
def test_a_state_comes_back_whole(state: DialogueState) -> None:
    """What is signed is read, and fits into 512 bytes."""
    token = tokens().sign(state)
    assert tokens().read(token) == state
    assert len(token.encode()) <= MAXIMUM_BYTES


@given(st.data())
def test_a_token_comes_back_whole_or_not_at_all(data: st.DataObject) -> None:
    """Any other character anywhere gives a fresh conversation."""
    token = tokens().sign(STATE)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda character: character != token[place]))
    changed = token[:place] + other + token[place + 1 :]
    assert tokens().read(changed) in (DialogueState(), STATE)
    # The last character of a signature has bits that carry nothing, so one other spelling may be as good.
    assert tokens().read(changed) == DialogueState() or place == len(token) - 1


@given(st.integers(0, 100))
def test_a_truncated_token_starts_afresh(length: int) -> None:
    """A cut-off token is no error."""
    assert tokens().read(tokens().sign(STATE)[:length]) == DialogueState()


def test_a_token_lasts_a_day_and_no_longer() -> None:
    """An old conversation is not taken up again."""
    token = tokens().sign(STATE)
    assert tokens(NOW + timedelta(hours=23)).read(token) == STATE
    assert tokens(NOW + timedelta(hours=25)).read(token) == DialogueState()


def test_a_token_of_another_installation_starts_afresh() -> None:
    """Another key signs another way."""
    assert tokens(key="the key of somebody else").read(tokens().sign(STATE)) == DialogueState()


def test_a_signed_thing_that_is_no_state_starts_afresh() -> None:
    """A token of another release may hold something else."""
    foreign = tokens()._serializer.dumps({"n": "many"})
    assert tokens().read(str(foreign)) == DialogueState()


def test_a_state_too_large_keeps_what_matters() -> None:
    """What is missed least is given up first, the topic in hand and the notices shown last."""
    offered = tuple(f"a-topic-with-a-name-of-its-own-{number**9}" for number in range(40))
    token = tokens().sign(STATE.with_(offered=offered, previous="vehicles"))
    assert len(token) <= MAXIMUM_BYTES
    assert tokens().read(token) == STATE.with_(offered=())


def test_the_longest_ids_that_are_shipped_fit() -> None:
    """Of a conversation that fills every part with them, only the way back to its first topic is lost."""
    knowledge, _ = read_files(read_folder(ROOT / "knowledge"))
    assert knowledge is not None
    topics, services, audiences = map(longest, (knowledge.topics, knowledge.services, knowledge.audiences))
    state = DialogueState(
        language="zh-Hant", topic=topics[0], previous=topics[1], first=topics[2], service=services[0],
        shown=tuple(services[:4]), given=18, tried=tuple(services[4:7]), who=tuple(audiences[:3]),
        asked=("a1b2c", "d3e4f", "0a9b8", "77c6d", "1f2e3", "9d8c7"), repeated=True, fallbacks=9,
        urgent=tuple(knowledge.urgent), turns=999,
    )  # fmt: skip
    for full in (state, state.with_(shown=(), offered=tuple(topics[3:7]))):
        token = tokens().sign(full)
        assert len(token) <= MAXIMUM_BYTES
        assert tokens().read(token) in (full, full.with_(first=None))


def longest(ids: Iterable[str]) -> list[str]:
    """The ids, the longest first."""
    return sorted(ids, key=lambda name: (-len(name), name))


@given(states)
def test_no_word_but_ids_is_in_a_token(state: DialogueState) -> None:
    """A token can be read by anyone, and holds nothing but what the state holds."""
    assert tokens()._serializer.loads(tokens().sign(state)).keys() <= set(_SHORT.values())
