"""The state of a dialogue comes back as it went, and nothing else is taken for one."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.state import _SHORT, DialogueState, mark, with_mark

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)


@given(
    st.builds(
        DialogueState,
        language=st.none() | NAMES,
        topic=st.none() | NAMES,
        previous=st.none() | NAMES,
        first=st.none() | NAMES,
        service=st.none() | NAMES,
        shown=st.lists(NAMES, max_size=4).map(tuple),
        given=st.integers(0, 99),
        tried=st.lists(NAMES, max_size=4).map(tuple),
        asked=st.lists(NAMES, max_size=6).map(tuple),
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
    [None, [], "x", 7, {"t": 7}, {"o": "noise"}, {"n": "1"}, {"password": "x"}, {"topic": "noise"}, {"u": {}},
     {"w": [1]}, {"n": True}, {"r": 1}, {1: 2}, {"t": None}],
)  # fmt: skip
def test_other_shapes_are_refused(value):
    """What was never a state is an error, not a half-filled state."""
    with pytest.raises(ValueError, match="state"):
        DialogueState.from_json(value)


def test_every_field_has_a_short_name_of_its_own():
    """A field without one would be forgotten between two turns."""
    names = [field.name for field in fields(DialogueState)]
    assert set(_SHORT) == set(names)
    assert len(set(_SHORT.values())) == len(names)


def test_a_question_has_one_mark_in_any_order():
    """So that it is known again; of many questions the last are remembered."""
    assert mark(("noise", "asb")) == mark(("asb", "noise")) != mark(("noise",))
    asked = ()
    for number in range(20):
        asked = with_mark(asked, (f"topic-{number}",))
    assert len(asked) == 6
    assert mark(("topic-19",)) in asked
