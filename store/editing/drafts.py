"""Drafts: changes to the content that belong to somebody, are shown to others, and go live as a whole.

A draft keeps the files that it changes, whole, beside the revision it began from. Every change of it raises
its version, and is made only by somebody who has seen the version before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, insert, or_, select, update

from store.content import Files
from store.database import StoreError, written
from store.editing.draft import LIVING as LIVING
from store.editing.draft import STATES as STATES
from store.editing.draft import TOLD as TOLD
from store.editing.draft import Draft as Draft
from store.editing.draft import NotYours as NotYours
from store.editing.draft import OwnWork as OwnWork
from store.editing.draft import Stale as Stale
from store.editing.draft import State as State
from store.editing.draft import UnknownDraft as UnknownDraft
from store.editing.draft import WrongState as WrongState
from store.editing.draft import draft_from, found, key_of, people_of
from store.editing.paths import checked_path, settled
from store.editing.tables import draft_files, draft_people, drafts
from store.editing.two_people import needing_two
from store.revisions import Store


class Drafts:
    """The drafts in one database. `now` is aware."""

    def __init__(self, engine: Engine, store: Store, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._store = store
        self._now = now

    def create(self, owner: str, title: str) -> Draft:
        """A new draft on the current revision. Raises StoreError while nothing has been published."""
        base = self._store.current()
        if base is None:
            raise StoreError("Nothing has been published yet, so there is nothing to change.")
        row = {
            "title": title.strip()[:200] or "Untitled", "owner": key_of(owner), "base": base, "state": "open",
            "version": 1, "updated": written(self._now()), "message": "", "reason": "",
        }  # fmt: skip
        with self._engine.begin() as connection:
            number: int = connection.execute(insert(drafts).values(row).returning(drafts.c.id)).scalar_one()
        return self.get(number)

    def get(self, number: int) -> Draft:
        """Draft `number`. Raises UnknownDraft."""
        with self._engine.connect() as connection:
            return found(connection, number)

    def of(self, email: str) -> list[Draft]:
        """The living drafts of somebody, and those shared with them, the last changed first."""
        shared = select(draft_people.c.draft).where(
            draft_people.c.email == key_of(email), draft_people.c.shared
        )
        mine = or_(drafts.c.owner == key_of(email), drafts.c.id.in_(shared))
        return self._all(select(drafts).where(drafts.c.state.in_(LIVING), mine))

    def all_open(self) -> list[Draft]:
        """Every living draft, the last changed first."""
        return self._all(select(drafts).where(drafts.c.state.in_(LIVING)))

    def changes(self, number: int) -> dict[str, bytes | None]:
        """Path -> the file as the draft has it (None: deleted), of the files that it changes."""
        wanted = select(draft_files.c.path, draft_files.c.content).where(draft_files.c.draft == number)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(draft_files.c.path)).all()
        return {row.path: row.content for row in rows}

    def files(self, number: int) -> dict[str, bytes]:
        """The whole content as the draft would make it of the revision that it is based on."""
        return applied(self._store.files(self.get(number).base), self.changes(number))

    def base_files(self, number: int) -> dict[str, bytes]:
        """The whole content of the revision that the draft is based on."""
        return self._store.files(self.get(number).base)

    def save(
        self, number: int, by: str, changes: Mapping[str, bytes | None], version: int, publisher: bool = False
    ) -> Draft:
        """Keep `changes` in the draft besides those it has; it goes back to open, and needs approval anew.

        A file that is as in the base again is no change. `publisher`: `by` may change any draft. Raises Stale
        where `version` is not the draft's any more, NotYours, WrongState, and PathError for no place of
        content.
        """
        self._allow(number, by, publisher)
        base = self.base_files(number)
        rows = {checked_path(path): settled(base.get(path), content) for path, content in changes.items()}
        with self._engine.begin() as connection:
            self._change(connection, number, version, LIVING, **_REOPENED)
            for path, content in rows.items():
                _put(connection, number, path, content, base.get(path))
            _add_person(connection, number, by, "wrote")
        return self.get(number)

    def rebase(
        self, number: int, by: str, base: int, files: Files, version: int, publisher: bool = False
    ) -> Draft:
        """Let the draft begin from revision `base`, changing it to `files`, the whole content. Raises as
        `save`.
        """
        self._allow(number, by, publisher)
        old = self._store.files(base)
        changed = [path for path in sorted(old.keys() | files.keys()) if old.get(path) != files.get(path)]
        with self._engine.begin() as connection:
            self._change(connection, number, version, LIVING, base=base, **_REOPENED)
            connection.execute(delete(draft_files).where(draft_files.c.draft == number))
            for path in changed:
                _put(connection, number, checked_path(path), files.get(path), old.get(path))
            _add_person(connection, number, by, "wrote")
        return self.get(number)

    def share(self, number: int, by: str, email: str, publisher: bool = False) -> Draft:
        """Let `email` see the draft among their own and change it."""
        self._allow(number, by, publisher)
        with self._engine.begin() as connection:
            _add_person(connection, number, email, "shared")
        return self.get(number)

    def unshare(self, number: int, by: str, email: str, publisher: bool = False) -> Draft:
        """Take back that the draft was shared with `email`."""
        self._allow(number, by, publisher)
        same = (draft_people.c.draft == number) & (draft_people.c.email == key_of(email))
        with self._engine.begin() as connection:
            connection.execute(update(draft_people).where(same).values(shared=False))
        return self.get(number)

    def rename(self, number: int, by: str, title: str, version: int, publisher: bool = False) -> Draft:
        """Give the draft another title."""
        self._allow(number, by, publisher)
        title = title.strip()[:200] or "Untitled"
        return self._moved(number, version, LIVING, title=title)

    def hand_in(
        self, number: int, by: str, version: int, message: str = "", publisher: bool = False
    ) -> Draft:
        """Ask for the draft to be looked at. Raises WrongState where it changes nothing."""
        self._allow(number, by, publisher)
        if not self.changes(number):
            raise WrongState("The draft changes nothing yet.")
        return self._moved(number, version, ("open", "review"), state="review", message=message, reason="")

    def send_back(self, number: int, reason: str, version: int) -> Draft:
        """Give a draft that waits for review or publication back to its owner, with a reason."""
        states: tuple[State, ...] = ("review", "approved", "scheduled")
        return self._moved(number, version, states, **{**_REOPENED, "reason": reason})

    def approve(self, number: int, by: str, version: int) -> Draft:
        """Agree to the draft as it stands in `version`.

        Raises OwnWork where `by` is one of its authors and it touches what two people must agree on.
        """
        draft = self.get(number)
        if key_of(by) in draft.authors and needing_two(self.base_files(number), self.files(number)):
            raise OwnWork(
                "You have changed safety notices in this draft, so somebody else has to approve it."
            )
        states: tuple[State, ...] = ("open", "review", "approved")
        return self._moved(number, version, states, state="approved", approved_by=key_of(by), reason="")

    def set_publication(self, number: int, at: datetime | None, version: int, message: str = "") -> Draft:
        """Let an approved draft be published at the aware moment `at`; None: when somebody does."""
        values: dict[str, Any] = {"state": "scheduled" if at else "approved", "claimed": None, "reason": ""}
        values["publish_at"] = written(at) if at else None
        if message:
            values["message"] = message
        return self._moved(number, version, ("approved", "scheduled"), **values)

    def discard(self, number: int, by: str, version: int, publisher: bool = False) -> Draft:
        """Give the draft up; what was in it can still be read."""
        self._allow(number, by, publisher)
        return self._moved(number, version, LIVING, state="discarded", publish_at=None)

    def _all(self, wanted: Select[Any]) -> list[Draft]:
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(drafts.c.updated.desc(), drafts.c.id.desc())).all()
            people = people_of(connection, [row.id for row in rows])
        return [draft_from(row, people.get(row.id, [])) for row in rows]

    def _allow(self, number: int, by: str, publisher: bool) -> None:
        draft = self.get(number)
        if not publisher and key_of(by) not in (draft.owner, *draft.shared):
            raise NotYours(f"This draft belongs to {draft.owner}: ask them to share it with you.")

    def _moved(self, number: int, version: int, states: Iterable[State], **values: Any) -> Draft:
        with self._engine.begin() as connection:
            self._change(connection, number, version, states, **values)
        return self.get(number)

    def _change(
        self, connection: Connection, number: int, version: int, states: Iterable[State], **values: Any
    ) -> None:
        """Write `values` if the draft is still of `version` and in one of `states`."""
        same = (drafts.c.id == number) & (drafts.c.version == version) & drafts.c.state.in_(tuple(states))
        values = {**values, "version": version + 1, "updated": written(self._now())}
        if connection.execute(update(drafts).where(same).values(values)).rowcount == 1:
            return
        draft = found(connection, number)
        if draft.version != version:
            raise Stale(draft)
        raise WrongState(f"That cannot be done: the draft is {TOLD[draft.state]}.")


_REOPENED: Mapping[str, Any] = {
    "state": "open", "approved_by": None, "publish_at": None, "claimed": None, "reason": "",
}  # fmt: skip


def applied(base: Files, changes: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """The files of `base` with `changes` (None: deleted)."""
    whole = {**base, **changes}
    return {path: content for path, content in whole.items() if content is not None}


def _add_person(connection: Connection, number: int, email: str, what: str) -> None:
    """Note that somebody shares or wrote a draft, whose row this transaction has locked."""
    same = (draft_people.c.draft == number) & (draft_people.c.email == key_of(email))
    if connection.execute(update(draft_people).where(same).values({what: True})).rowcount == 0:
        row = {"draft": number, "email": key_of(email), "shared": False, "wrote": False, what: True}
        connection.execute(insert(draft_people).values(row))


def _put(connection: Connection, number: int, path: str, content: bytes | None, base: bytes | None) -> None:
    same = (draft_files.c.draft == number) & (draft_files.c.path == path)
    connection.execute(delete(draft_files).where(same))
    if content != base:
        connection.execute(insert(draft_files).values(draft=number, path=path, content=content))
