"""Drafts: whole, versioned, whose they are, and what becomes of them."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from store.editing.draft import NotYours, OwnWork, Stale, UnknownDraft, WrongState
from store.editing.paths import PathError
from tests.store.editing.conftest import (
    AMINA,
    BEN,
    CHIOMA,
    CONTENT,
    NOISE,
    NOISE_TEAM,
    URGENT,
    House,
    edited,
    with_number,
)

NEW = with_number("020 7946 0888")


def test_a_draft_holds_what_was_saved_on_the_revision_it_began_from(house: House) -> None:
    """Its files are the revision's, with its changes."""
    draft = house.draft(NOISE_TEAM, NEW)
    assert (draft.owner, draft.base, draft.state, draft.authors) == (AMINA, 1, "open", (AMINA,))
    assert house.drafts.changes(draft.id) == {NOISE_TEAM: NEW}
    assert house.drafts.files(draft.id) == {**CONTENT, NOISE_TEAM: NEW}
    gone = house.drafts.save(draft.id, AMINA, {NOISE: None}, draft.version)
    assert NOISE not in house.drafts.files(gone.id)
    assert house.store.files(1) == CONTENT


def test_what_is_as_it_was_is_no_change(house: House) -> None:
    """Neither the same bytes, nor the same words in other lines."""
    draft = house.draft(NOISE_TEAM, NEW)
    back = house.drafts.save(draft.id, AMINA, {NOISE_TEAM: CONTENT[NOISE_TEAM]}, draft.version)
    assert house.drafts.changes(back.id) == {}
    wider = CONTENT[NOISE].replace(b": ", b":  ", 1)
    back = house.drafts.save(back.id, AMINA, {NOISE: wider}, back.version)
    assert house.drafts.changes(back.id) == {}


def test_of_two_who_save_the_same_version_one_is_told(houses: Callable[[], House], house: House) -> None:
    """The second sees what the first has done, and nothing of theirs is overwritten."""
    draft = house.draft(NOISE_TEAM, NEW)
    outcomes: list[object] = []
    start = threading.Barrier(4)

    def save(own: House, number: int) -> None:
        start.wait()
        try:
            content = with_number(f"020 7946 010{number}")
            outcomes.append(own.drafts.save(draft.id, AMINA, {NOISE_TEAM: content}, draft.version))
        except Stale as stale:
            outcomes.append(stale.newer.version)

    threads = [threading.Thread(target=save, args=(houses(), number)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(draft.version + 1) == 3
    assert house.drafts.get(draft.id).version == draft.version + 1


def test_only_those_it_belongs_to_change_it(house: House) -> None:
    """The owner, whom it is shared with, and a publisher; addresses are compared without their case."""
    draft = house.draft(NOISE_TEAM, NEW)
    with pytest.raises(NotYours, match=AMINA):
        house.drafts.save(draft.id, BEN, {NOISE: None}, draft.version)
    assert house.drafts.of(BEN) == []
    house.drafts.share(draft.id, AMINA, "BEN@example.org")
    saved = house.drafts.save(draft.id, BEN, {NOISE: None}, draft.version)
    assert [one.id for one in house.drafts.of(BEN)] == [draft.id]
    assert (saved.shared, saved.authors) == ((BEN,), (AMINA, BEN))
    house.drafts.unshare(draft.id, AMINA, BEN)
    assert house.drafts.of(BEN) == []
    last = house.drafts.save(draft.id, CHIOMA, {NOISE: None}, saved.version, publisher=True)
    assert last.authors == (AMINA, BEN, CHIOMA)


def test_a_draft_goes_from_hand_to_hand(house: House) -> None:
    """Handed in, sent back with a reason, handed in again, approved; a change makes it open once more."""
    drafts, draft = house.drafts, house.draft(NOISE_TEAM, NEW)
    waiting = drafts.hand_in(draft.id, AMINA, draft.version, "A new number.")
    assert (waiting.state, waiting.message) == ("review", "A new number.")
    back = drafts.send_back(draft.id, "Where is this from?", waiting.version)
    assert (back.state, back.reason) == ("open", "Where is this from?")
    waiting = drafts.hand_in(draft.id, AMINA, back.version)
    good = drafts.approve(draft.id, BEN, waiting.version)
    assert (good.state, good.approved_by, good.reason) == ("approved", BEN, "")
    changed = drafts.save(draft.id, AMINA, {NOISE: None}, good.version)
    assert (changed.state, changed.approved_by) == ("open", None)


def test_what_cannot_be_done_in_a_state_is_said(house: House) -> None:
    """Nothing is handed in empty, set for a time before it is approved, or changed once it is given up."""
    empty = house.drafts.create(AMINA, "Nothing yet")
    with pytest.raises(WrongState, match="nothing"):
        house.drafts.hand_in(empty.id, AMINA, empty.version)
    with pytest.raises(WrongState, match="being worked on"):
        house.drafts.set_publication(empty.id, house.clock(), empty.version)
    gone = house.drafts.discard(empty.id, AMINA, empty.version)
    with pytest.raises(WrongState, match="given up"):
        house.drafts.save(empty.id, AMINA, {NOISE: None}, gone.version)
    assert house.drafts.all_open() == []


def test_an_author_does_not_approve_their_own_safety_notice(house: House) -> None:
    """But their own telephone number, they may."""
    own = house.draft(NOISE_TEAM, NEW)
    assert house.drafts.approve(own.id, AMINA, own.version).state == "approved"
    urgent = house.draft(URGENT, edited(URGENT, {("danger", "title"): "Call 999 now"}))
    with pytest.raises(OwnWork):
        house.drafts.approve(urgent.id, AMINA.upper(), urgent.version)
    assert house.drafts.approve(urgent.id, BEN, urgent.version).approved_by == BEN


@pytest.mark.parametrize(
    "path",
    [
        "knowledge/../x.yaml",
        "/etc/x.yaml",
        "knowledge/x.py",
        "bot/x.yaml",
        "knowledge//x.yaml",
        "knowledge/.x.yaml",
    ],
)
def test_a_file_stands_where_content_stands(house: House, path: str) -> None:
    """No path leads out of the content."""
    draft = house.drafts.create(AMINA, "x")
    with pytest.raises(PathError):
        house.drafts.save(draft.id, AMINA, {path: b"a: b\n"}, draft.version)
    assert house.drafts.get(draft.id).version == draft.version


def test_a_draft_that_is_not_there_is_said_to_be_none(house: House) -> None:
    """As with revisions."""
    with pytest.raises(UnknownDraft):
        house.drafts.get(77)
