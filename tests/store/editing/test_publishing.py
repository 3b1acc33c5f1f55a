"""Publication: proven, agreed to, whole or not at all, and taken back with one press."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from store.editing.draft import Stale, WrongState
from store.editing.due import anything_due, publish_due
from store.editing.merge import merge
from store.editing.proof import ProofFailed
from store.editing.publishing import NeedsApproval
from store.revisions import Outdated
from store.staff.audit import Audit
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
TITLE = edited(NOISE, {("title",): "Loud noise"})
BIKES = "knowledge/topics/bike-theft.yaml"
#: An edit that the conversations do not allow: who speaks of noise is told of stolen bikes.
ASTRAY = {
    NOISE: edited(NOISE, {("rules",): [{"all": ["headphones"]}]}),
    BIKES: edited(
        BIKES,
        {("rules",): [{"all": ["noise"], "weight": "strong"}, {"all": ["neighbour"], "weight": "strong"}]},
    ),
}


def audit_of(house: House) -> list[tuple[str, str, str]]:
    """Who did what to what, newest first."""
    entries = Audit(house.engine, house.clock).entries(10)
    return [(entry.account, entry.action, entry.subject) for entry in entries]


def test_a_draft_that_is_proven_goes_live(house: House) -> None:
    """As a new revision with its author and message, in the audit log, and the draft is done."""
    draft = house.draft(NOISE_TEAM, NEW)
    number = house.publishing.publish(draft.id, BEN, "The number has changed.", draft.version)
    assert house.store.current() == number
    assert house.store.files(number) == {**CONTENT, NOISE_TEAM: NEW}
    revision = house.store.revision(number)
    assert (revision.author, revision.message, revision.parent) == (BEN, "The number has changed.", 1)
    done = house.drafts.get(draft.id)
    assert (done.state, done.revision) == ("published", number)
    assert audit_of(house) == [(BEN, "publish", f"revision {number}")]
    with pytest.raises(WrongState):
        house.publishing.publish(draft.id, BEN, "Again.", done.version)


def test_what_fails_the_proof_does_not_go_live(house: House) -> None:
    """A fault in the content, or a conversation that went well before; with the reason."""
    broken = house.draft(NOISE_TEAM, with_number("no number"))
    with pytest.raises(ProofFailed, match="no telephone number"):
        house.publishing.publish(broken.id, BEN, "x", broken.version)
    astray = house.drafts.create(AMINA, "Astray")
    astray = house.drafts.save(astray.id, AMINA, ASTRAY, astray.version)
    with pytest.raises(ProofFailed) as caught:
        house.publishing.publish(astray.id, BEN, "x", astray.version)
    failures = caught.value.proof.failures
    assert failures
    assert all("expected noise" in failure.wrong[0] for failure in failures)
    assert house.store.current() == 1


def test_a_proof_tells_what_is_answered_differently(house: House) -> None:
    """Sentence by sentence, before and after."""
    draft = house.draft(NOISE, TITLE)
    proof = house.publishing.proof(draft.id)
    assert proof.passed
    change = next(change for change in proof.changed if change.message == "my neighbours are so noisy")
    assert (change.turn, change.right_before, change.right_after) == (1, True, True)
    assert ("“Noise”" in change.before, "“Loud noise”" in change.after) == (True, True)


@pytest.fixture
def nothing_again(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, nothing may be checked or played."""

    def never(*_: object) -> None:
        raise AssertionError("it is done again")

    def begin() -> None:
        monkeypatch.setattr("store.editing.checking.check", never)
        monkeypatch.setattr("store.editing.results.play", never)

    return begin


def test_nothing_is_checked_or_played_twice(
    house: House, houses: Callable[[], House], nothing_again: Callable[[], None]
) -> None:
    """A proof that was looked at is not made again when another process publishes the draft."""
    draft = house.draft(NOISE_TEAM, NEW)
    first = house.publishing.proof(draft.id)
    assert first.played > 2
    nothing_again()
    other = houses()
    assert other.publishing.proof(draft.id) == first
    assert other.publishing.publish(draft.id, BEN, "The number has changed.", draft.version) == 2


def test_what_changed_since_its_proof_is_proven_again(
    house: House, nothing_again: Callable[[], None]
) -> None:
    """Whatever was found of the draft as it was."""
    draft = house.draft(NOISE_TEAM, NEW)
    house.publishing.proof(draft.id)
    draft = house.drafts.save(draft.id, AMINA, {NOISE: TITLE}, draft.version)
    nothing_again()
    with pytest.raises(AssertionError, match="again"):
        house.publishing.publish(draft.id, BEN, "x", draft.version)


def test_a_check_holds_for_a_day(house: House, nothing_again: Callable[[], None]) -> None:
    """Tomorrow a review may be overdue; what the conversations gave stays."""
    draft = house.draft(NOISE_TEAM, NEW)
    house.publishing.proof(draft.id)
    nothing_again()
    house.clock.move(days=1)
    with pytest.raises(AssertionError, match="again"):
        house.publishing.proof(draft.id)


def test_a_conversation_that_failed_before_does_not_stand_in_the_way(house: House) -> None:
    """A telephone number can be put right all the same."""
    failing = "knowledge/conversations/en/more.yaml"
    wrong = b"- says: [my neighbours are so loud]\n  topic: bike-theft\n"
    house.store.publish({**CONTENT, failing: wrong}, 1, "shipped", "With a failing one.")
    draft = house.draft(NOISE_TEAM, NEW)
    proof = house.publishing.proof(draft.id)
    assert (proof.passed, [one.file for one in proof.standing]) == (True, ["conversations/en/more.yaml"])
    fresh = house.draft(failing, wrong + b"- says: [is there loud music]\n  topic: bike-theft\n")
    assert [one.conversation for one in house.publishing.proof(fresh.id).failures] == ["is there loud music"]


def test_safety_notices_need_two_people(house: House) -> None:
    """Neither the author nor a publisher alone; an approval of what is no longer there does not count."""
    draft = house.draft(URGENT, edited(URGENT, {("danger", "title"): "Call 999 now"}))
    with pytest.raises(NeedsApproval, match="safety notices"):
        house.publishing.publish(draft.id, BEN, "x", draft.version)
    good = house.drafts.approve(draft.id, BEN, draft.version)
    changed = house.drafts.save(draft.id, AMINA, {NOISE: TITLE}, good.version)
    with pytest.raises(NeedsApproval):
        house.publishing.publish(draft.id, BEN, "x", changed.version)
    good = house.drafts.approve(draft.id, BEN, changed.version)
    assert house.publishing.publish(draft.id, CHIOMA, "x", good.version) == 2


def test_who_is_late_merges_and_nothing_is_lost(house: House) -> None:
    """Two drafts of the same revision: the first is published, the second sees both sides."""
    first, second = house.draft(NOISE_TEAM, NEW), house.draft(NOISE, TITLE, BEN)
    house.publishing.publish(first.id, AMINA, "First.", first.version)
    with pytest.raises(Outdated):
        house.publishing.publish(second.id, BEN, "Second.", second.version)
    current = house.store.current() or 0
    merged = merge(house.store.files(second.base), house.store.files(current), house.drafts.files(second.id))
    assert merged.conflicts == ()
    based = house.drafts.rebase(second.id, BEN, current, merged.files, second.version)
    number = house.publishing.publish(second.id, BEN, "Second.", based.version)
    assert house.store.files(number) == {**CONTENT, NOISE_TEAM: NEW, NOISE: TITLE}


def test_of_many_who_publish_at_once_one_wins(houses: Callable[[], House], house: House) -> None:
    """The others are told so, and their drafts are as they were."""
    drafts = [house.draft(NOISE_TEAM, with_number(f"020 7946 01{number:02}")) for number in range(4)]
    outcomes: list[object] = []
    start = threading.Barrier(len(drafts))

    def publish(own: House, number: int, version: int) -> None:
        publishing = own.publishing
        publishing.proof(number)
        start.wait()
        try:
            outcomes.append(publishing.publish(number, BEN, "Mine.", version))
        except Outdated:
            outcomes.append("outdated")

    threads = [threading.Thread(target=publish, args=(houses(), one.id, one.version)) for one in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("outdated") == len(drafts) - 1
    assert house.store.current() in outcomes
    states = [house.drafts.get(draft.id).state for draft in drafts]
    assert sorted(states) == ["open", "open", "open", "published"]


def test_a_draft_that_changes_while_it_is_published_is_not(house: House) -> None:
    """What goes live is what was proven, or nothing."""
    draft = house.draft(NOISE_TEAM, NEW)

    def change(step: str) -> None:
        if step == "publish":
            house.drafts.save(draft.id, AMINA, {NOISE: TITLE}, draft.version)

    publishing = house.publishing
    object.__setattr__(publishing, "watch", change)
    with pytest.raises(Stale):
        publishing.publish(draft.id, BEN, "x", draft.version)
    assert (house.store.current(), len(house.store.history()), audit_of(house)) == (1, 1, [])


def test_a_revision_is_taken_back_with_one_press(house: House) -> None:
    """The old content is live again, as a new revision, byte for byte."""
    draft = house.draft(NOISE_TEAM, NEW)
    house.publishing.publish(draft.id, BEN, "Wrong.", draft.version)
    number = house.publishing.restore(1, BEN)
    assert (number, house.store.files(number)) == (3, CONTENT)
    assert house.store.revision(number).message == "Back to revision 1: First."
    with pytest.raises(WrongState):
        house.publishing.restore(3, BEN)


def test_going_back_takes_what_was_found_at_the_time(house: House, nothing_again: Callable[[], None]) -> None:
    """An undo must not wait, whatever day it is."""
    first = house.draft(NOISE_TEAM, NEW)
    house.publishing.publish(first.id, BEN, "First.", first.version)
    second = house.draft(NOISE, TITLE)
    house.publishing.publish(second.id, BEN, "Wrong.", second.version)
    nothing_again()
    house.clock.move(days=3)
    number = house.publishing.restore(2, BEN)
    assert house.store.files(number) == house.store.files(2)


def scheduled(house: House, path: str, content: bytes) -> int:
    """A draft that is approved and set for an hour from now."""
    draft = house.draft(path, content)
    good = house.drafts.approve(draft.id, BEN, draft.version)
    hour = house.clock()
    house.clock.move(hours=1)
    at, house.clock.at = house.clock(), hour
    return house.drafts.set_publication(draft.id, at, good.version, "At nine.").id


def test_what_is_set_for_a_time_goes_live_then_and_once(houses: Callable[[], House], house: House) -> None:
    """Not before, and by one of the processes that look."""
    number = scheduled(house, NOISE_TEAM, NEW)
    assert publish_due(house.publishing) == []
    house.clock.move(hours=1)
    assert anything_due(house.engine, house.clock())
    found: list[int] = []
    start = threading.Barrier(3)

    def look(own: House) -> None:
        own.clock.at = house.clock()
        start.wait()
        found.extend(publish_due(own.publishing))

    threads = [threading.Thread(target=look, args=(houses(),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, house.drafts.get(number).state) == ([2], "published")
    assert house.store.revision(2).author == BEN
    assert not anything_due(house.engine, house.clock())


def test_what_others_published_meanwhile_is_merged_or_told(house: House) -> None:
    """Another field comes together; the same field leaves the draft approved, with the reason."""
    apart, same = scheduled(house, NOISE, TITLE), scheduled(house, NOISE_TEAM, with_number("020 7946 0111"))
    other = house.draft(NOISE_TEAM, NEW)
    house.publishing.publish(other.id, CHIOMA, "Between.", other.version)
    house.clock.move(hours=1)
    (number,) = publish_due(house.publishing)
    assert house.store.files(number) == {**CONTENT, NOISE_TEAM: NEW, NOISE: TITLE}
    assert house.drafts.get(apart).state == "published"
    left = house.drafts.get(same)
    assert (left.state, left.publish_at) == ("approved", None)
    assert "same fields" in left.reason


def test_a_publication_whose_process_died_is_taken_up_again(house: House) -> None:
    """After some minutes, by another one."""
    number = scheduled(house, NOISE_TEAM, NEW)
    house.clock.move(hours=1)
    publishing = house.publishing

    def die(step: str) -> None:
        if step == "commit":
            raise KeyboardInterrupt

    object.__setattr__(publishing, "watch", die)
    with pytest.raises(KeyboardInterrupt):
        publish_due(publishing)
    assert publish_due(house.publishing) == []
    house.clock.move(minutes=11)
    (revision,) = publish_due(house.publishing)
    assert house.drafts.get(number).revision == revision


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from store.database import open_engine
from store.editing.publishing import open_publishing

url, learned, step, draft, version = sys.argv[1:]

def watch(name):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)

now = lambda: datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
publishing = open_publishing(open_engine(url), now, Path(learned), watch)
publishing.publish(int(draft), "ben@example.org", "Killed.", int(version))
"""


@pytest.mark.parametrize("step", ["prove", "keep what was learned", "publish", "mark the draft", "commit"])
def test_whoever_is_killed_leaves_the_store_whole(
    house: House, houses: Callable[[], House], database_url: str, learned_folder: Path, step: str
) -> None:
    """At every step: the old revision is current, the draft as it was, and the next one succeeds."""
    draft = house.draft(NOISE_TEAM, NEW)
    arguments = [database_url, str(learned_folder), step, str(draft.id), str(draft.version)]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False, capture_output=True)
    assert done.returncode == -9, done.stderr.decode()
    after = houses()
    assert (after.store.current(), after.store.files(1)) == (1, CONTENT)
    assert (len(after.store.history()), audit_of(after)) == (1, [])
    assert after.drafts.get(draft.id) == draft
    number = after.publishing.publish(draft.id, BEN, "At last.", draft.version)
    assert after.store.files(number) == {**CONTENT, NOISE_TEAM: NEW}
