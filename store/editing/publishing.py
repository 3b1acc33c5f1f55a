"""Publication: an edit is proven, agreed to where two people must, and made the current revision, whole or
not.

Nothing of it is written before the last step, which is one transaction: the revision, the pointer to it, the
draft's state and the audit log. So whatever dies at any moment, the store is as before or as after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, update

from bot.assistant import Assistant
from store.building import build_assistant
from store.content import Files
from store.database import StoreError, written
from store.editing.checking import Checked, check_key, check_of
from store.editing.draft import LIVING, Draft, Stale, WrongState, found, key_of
from store.editing.drafts import Drafts
from store.editing.findings import Findings
from store.editing.playing import play_all
from store.editing.proof import Proof, ProofFailed, prove
from store.editing.results import CaseResult, Play, results_key, results_of
from store.editing.tables import drafts
from store.editing.two_people import needing_two
from store.learned import keep_learned
from store.revisions import Also, Outdated, Store
from store.shelf import open_shelf
from store.staff.tables import audit

#: Told the name of each step of a publication before it is taken; tests stop there.
Watch = Callable[[str], None]
_ACCOUNT, _SUBJECT = 254, 300


class NeedsApproval(StoreError):
    """Two people must agree to the edit; `reasons` are what in it they must agree on."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(
            "A second person has to approve this draft before it is published, somebody who has not changed "
            f"anything in it. {reasons[0]}"
        )
        self.reasons = reasons


def _unwatched(_: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """Publishes into one store. `now` is aware; `build` makes the assistant of a state of the content, and
    `play` plays the conversations on one. What was checked or played once is kept in `findings`.

    `keep` is called with the proven files before they go live, and sees to it that whatever takes long to
    learn from them is there for every machine.
    """

    engine: Engine
    store: Store
    now: Callable[[], datetime]
    build: Callable[[Files], Assistant]
    play: Play
    keep: Callable[[Files], None]
    findings: Findings
    watch: Watch = _unwatched

    @property
    def drafts(self) -> Drafts:
        """The drafts of the same database."""
        return Drafts(self.engine, self.store, self.now)

    def proof(self, number: int) -> Proof:
        """What the checks and conversations say of draft `number`, against the revision it is based on."""
        draft = self.drafts.get(number)
        return self.proof_of(self.drafts.files(number), self.store.files(draft.base))

    def proof_of(self, files: Files, base: Files | None, day: date | None = None) -> Proof:
        """What they say of `files` in place of `base`; what was checked or played before is not again.

        `day` is the one as of which they are checked; None: today.
        """
        return prove(
            files, base, lambda each: self.checked(each, day),
            lambda each: results_of(each, self.play, self.findings),
        )  # fmt: skip

    def is_proven(self, files: Files, base: Files) -> bool:
        """Whether the proof of `files` in place of `base` is there already: then it takes no time."""
        keys = {check_key(files, self.now().date()), results_key(files), results_key(base)}
        return self.findings.has(keys)

    def checked(self, files: Files, day: date | None = None) -> Checked:
        """Everything that is wrong with `files` as of `day` (None: today), as kept or found now."""
        return check_of(files, day or self.now().date(), self.findings)

    def publish(self, number: int, by: str, message: str, version: int) -> int:
        """Make draft `number`, as it stands in `version`, the current revision; give the revision's number.

        Raises Outdated where its base is not current any more (merge it), NeedsApproval, ProofFailed, Stale
        and WrongState; nothing is written then.
        """
        draft = self.drafts.get(number)
        if draft.version != version:
            raise Stale(draft)
        if draft.state not in LIVING:
            raise WrongState("The draft has been published or given up already.")
        current = self.store.current()
        if draft.base != current:
            raise Outdated(draft.base, current)
        return self.publish_as(draft, self.drafts.files(number), draft.base, by, message)

    def publish_as(self, draft: Draft, files: Files, parent: int, by: str, message: str) -> int:
        """Publish `files`, which `draft` makes of revision `parent`. Raises as `publish`."""
        base = self.store.files(parent)
        if files == base:
            raise WrongState("The draft changes nothing.")
        reasons = needing_two(base, files)
        if reasons and (draft.approved_by is None or draft.approved_by in draft.authors):
            raise NeedsApproval(reasons)
        self._prove(files, base)
        self._make_ready(files)
        also = self._also(by, "publish", message, draft)
        return self.store.publish(files, parent, key_of(by), message or draft.title, also)

    def publish_files(self, files: Files, by: str, message: str, parent: int | None) -> int:
        """Publish `files` as a whole, in place of revision `parent`. Raises ProofFailed and Outdated."""
        self._prove(files, None if parent is None else self.store.files(parent))
        self._make_ready(files)
        return self.store.publish(files, parent, by, message, self._also(by, "publish", message))

    def restore(self, number: int, by: str, message: str = "") -> int:
        """Publish the content of revision `number` once more, as a new revision; give its number.

        Two people agreed to it when it was first published, so one can go back to it. It is proven as of that
        day, so that what was found then is taken. Raises UnknownRevision, ProofFailed where it does not fit
        this release any more, and Outdated.
        """
        revision = self.store.revision(number)
        files, parent = self.store.files(number), self.store.current()
        if parent == number:
            raise WrongState(f"Revision {number} is the current one.")
        message = message or f"Back to revision {number}: {revision.message}"
        self._prove(files, None, revision.at.date())
        self._make_ready(files)
        return self.store.publish(files, parent, by, message, self._also(by, "restore", message))

    def _prove(self, files: Files, base: Files | None, day: date | None = None) -> None:
        self.watch("prove")
        proof = self.proof_of(files, base, day)
        if not proof.passed:
            raise ProofFailed(proof)

    def _make_ready(self, files: Files) -> None:
        self.watch("keep what was learned")
        self.keep(files)
        self.watch("publish")

    def _also(self, by: str, action: str, detail: str, draft: Draft | None = None) -> Also:
        def write(connection: Connection, number: int) -> None:
            self.watch("mark the draft")
            if draft is not None:
                self._mark(connection, draft, number)
            log(connection, self.now(), by, action, f"revision {number}", detail)
            self.watch("commit")

        return write

    def _mark(self, connection: Connection, draft: Draft, revision: int) -> None:
        """Note that `draft` is revision `revision` now; raises Stale where it has changed meanwhile."""
        same = (drafts.c.id == draft.id) & (drafts.c.version == draft.version) & drafts.c.state.in_(LIVING)
        values: Mapping[str, Any] = {
            "state": "published", "revision": revision, "version": draft.version + 1,
            "updated": written(self.now()), "publish_at": None, "reason": "",
        }  # fmt: skip
        if connection.execute(update(drafts).where(same).values(values)).rowcount != 1:
            raise Stale(found(connection, draft.id))


def open_publishing(
    engine: Engine, now: Callable[[], datetime], learned: Path, watch: Watch = _unwatched
) -> Publishing:
    """What publishes into the database of `engine`; `learned` is the folder that keeps what was learned."""
    shelf = open_shelf(engine, now)

    def build(files: Files) -> Assistant:
        return build_assistant(files, learned, shelf)

    def keep(files: Files) -> None:
        keep_learned(files, learned, shelf)

    def play(files: Files) -> tuple[CaseResult, ...]:
        return play_all(files, build, learned)

    findings = Findings(engine, now, learned)
    return Publishing(engine, Store(engine, now), now, build, play, keep, findings, watch)


def log(connection: Connection, at: datetime, by: str, action: str, subject: str, detail: str) -> None:
    """Add to the audit log in a transaction that is open."""
    row = {
        "at": written(at), "account": by[:_ACCOUNT], "action": action, "subject": subject[:_SUBJECT],
        "detail": detail,
    }  # fmt: skip
    connection.execute(insert(audit).values(row))
