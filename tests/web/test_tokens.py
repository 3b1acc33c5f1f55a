"""The state of a dialogue in a signed token."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.state import DialogueState
from tests.web.conftest import KEY, NOW
from web.tokens import MAXIMUM_BYTES, Tokens

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
    foreign = tokens()._serializer.dumps({"turns": "many"})
    assert tokens().read(str(foreign)) == DialogueState()


def test_a_state_too_large_keeps_what_matters() -> None:
    """The topics offered are given up before the topic in hand."""
    offered = tuple(f"a-topic-with-a-name-of-its-own-{number**9}" for number in range(40))
    token = tokens().sign(STATE.with_(offered=offered))
    assert len(token) <= MAXIMUM_BYTES
    assert tokens().read(token) == STATE.with_(offered=())
