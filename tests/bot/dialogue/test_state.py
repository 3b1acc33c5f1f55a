"""The state of a dialogue comes back as it went, and nothing else is taken for one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.state import DialogueState

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)


@given(
    st.builds(
        DialogueState,
        language=st.none() | NAMES,
        topic=st.none() | NAMES,
        previous=st.none() | NAMES,
        offered=st.lists(NAMES, max_size=4).map(tuple),
        repeated=st.booleans(),
        fallbacks=st.integers(0, 9),
        urgent=st.lists(NAMES, max_size=5).map(tuple),
        turns=st.integers(0, 999),
    )
)
def test_a_state_survives_the_journey(state):
    """Through JSON and back it is the same."""
    assert DialogueState.from_json(json.loads(json.dumps(state.to_json()))) == state


@pytest.mark.parametrize(
    "value",
    [None, [], "x", 7, {"topic": 7}, {"offered": "noise"}, {"turns": "1"}, {"password": "x"}, {"urgent": {}}],
)
def test_other_shapes_are_refused(value):
    """What was never a state is an error, not a half-filled state."""
    with pytest.raises(ValueError, match="state"):
        DialogueState.from_json(value)
