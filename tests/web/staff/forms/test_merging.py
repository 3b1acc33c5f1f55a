"""What a form changes, together with what somebody else changed meanwhile."""

from __future__ import annotations

import pytest

from web.staff.forms.merging import Clash, changes, merged
from web.staff.forms.shape import Data

SHOWN: Data = {
    "name": "Team", "cost": "Free", "steps": ["One.", "Two."],
    "contacts": [{"id": "phone", "value": "1"}, {"id": "email", "value": "2"}],
}  # fmt: skip


def test_only_what_differs_is_a_change() -> None:
    """Down to the field of a contact; None takes away."""
    mine: Data = {**SHOWN, "name": "Crew", "contacts": [{"id": "phone", "value": "9"}, SHOWN["contacts"][1]]}  # type: ignore[index]
    del mine["cost"]
    assert changes(SHOWN, mine) == {("name",): "Crew", ("cost",): None, ("contacts", 0, "value"): "9"}


def test_another_order_is_a_change_of_the_whole_list() -> None:
    """Its items are the same ones, and each would be another's."""
    turned = list(reversed(SHOWN["contacts"]))
    assert changes(SHOWN, {**SHOWN, "contacts": turned}) == {("contacts",): turned}


def test_different_fields_go_together() -> None:
    """Nobody loses anything, and nobody is asked."""
    assert merged(SHOWN, {**SHOWN, "name": "Crew"}, {**SHOWN, "cost": "A pound"}) == (
        {**SHOWN, "name": "Crew", "cost": "A pound"}, [],
    )  # fmt: skip


def test_contacts_are_known_by_their_ids() -> None:
    """One adds a contact in front, the other changes the one that stood first."""
    theirs: Data = {**SHOWN, "contacts": [{"id": "web", "value": "w"}, *SHOWN["contacts"]]}
    mine: Data = {**SHOWN, "contacts": [{"id": "phone", "value": "9"}, {"id": "email", "value": "2"}]}
    both, clashes = merged(SHOWN, mine, theirs)
    assert clashes == []
    assert both["contacts"] == [
        {"id": "web", "value": "w"}, {"id": "phone", "value": "9"}, {"id": "email", "value": "2"},
    ]  # fmt: skip


def test_lines_that_both_added_are_kept_and_lines_that_one_took_away_go() -> None:
    """Two people write examples for one topic."""
    mine: Data = {**SHOWN, "steps": ["Two.", "Mine."]}
    both, clashes = merged(SHOWN, mine, {**SHOWN, "steps": ["One.", "Two.", "Theirs."]})
    assert (both["steps"], clashes) == (["Two.", "Theirs.", "Mine."], [])


@pytest.mark.parametrize(("theirs", "told"), [({**SHOWN, "name": "Band"}, "Band"), ({"cost": "Free"}, None)])
def test_a_field_that_both_changed_is_told(theirs: Data, told: str | None) -> None:
    """Mine is kept until somebody decides."""
    both, clashes = merged(SHOWN, {**SHOWN, "name": "Crew"}, theirs)
    assert both["name"] == "Crew"
    assert Clash(("name",), told) in clashes


def test_what_both_changed_alike_is_no_clash() -> None:
    """Two people correct the same slip."""
    same: Data = {**SHOWN, "name": "Crew"}
    assert merged(SHOWN, same, same) == (same, [])
