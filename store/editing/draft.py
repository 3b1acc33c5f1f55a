"""A draft as it is recorded, and why something cannot be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, select

from store.database import StoreError
from store.editing.tables import draft_people, drafts

State = Literal["open", "review", "approved", "scheduled", "published", "discarded"]
STATES: tuple[State, ...] = get_args(State)
#: The states of a draft that is still to be published or given up.
LIVING: tuple[State, ...] = ("open", "review", "approved", "scheduled")

#: How a state is told.
TOLD: Mapping[State, str] = {
    "open": "being worked on",
    "review": "waiting for review",
    "approved": "approved",
    "scheduled": "set for a later time",
    "published": "published",
    "discarded": "given up",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is recorded of a draft beside its files. Times are in UTC; people are e-mail addresses in lower
    case.

    `base` is the revision that it changes. `reason` says why it was sent back or could not be published;
    empty where neither happened. `authors` are those who changed something in it. `revision` is what it was
    published as; None: it was not.
    """

    id: int
    title: str
    owner: str
    base: int
    state: State
    version: int
    updated: datetime
    publish_at: datetime | None
    message: str
    shared: tuple[str, ...]
    approved_by: str | None
    authors: tuple[str, ...] = ()
    reason: str = ""
    revision: int | None = None


class UnknownDraft(StoreError, LookupError):
    """There is no draft of that number."""


class NotYours(StoreError):
    """A draft is changed by its owner, those it is shared with, and publishers."""


class OwnWork(StoreError):
    """Two people must agree to a change of the safety notices: its author cannot be both."""


class WrongState(StoreError):
    """The draft is not in a state in which that can be done; the message says which."""


class Stale(StoreError):
    """Somebody else has changed the draft in between; `newer` is as they left it. Nothing was written."""

    def __init__(self, newer: Draft) -> None:
        super().__init__("Somebody else has changed this draft since you opened it. Nothing was written.")
        self.newer = newer


def found(connection: Connection, number: int) -> Draft:
    """Draft `number`, read on `connection`. Raises UnknownDraft."""
    row = connection.execute(select(drafts).where(drafts.c.id == number)).one_or_none()
    if row is None:
        raise UnknownDraft(f"There is no draft {number}.")
    return draft_from(row, people_of(connection, [number]).get(number, []))


def people_of(connection: Connection, numbers: list[int]) -> dict[int, list[Row[Any]]]:
    """Those who share or wrote the drafts `numbers`, by draft."""
    wanted = select(draft_people).where(draft_people.c.draft.in_(numbers)).order_by(draft_people.c.email)
    people: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(wanted):
        people.setdefault(row.draft, []).append(row)
    return people


def draft_from(row: Row[Any], people: list[Row[Any]]) -> Draft:
    """The record of a row and of its people's rows."""
    return Draft(
        row.id, row.title, row.owner, row.base, row.state, row.version, datetime.fromisoformat(row.updated),
        datetime.fromisoformat(row.publish_at) if row.publish_at else None, row.message,
        tuple(person.email for person in people if person.shared), row.approved_by,
        tuple(person.email for person in people if person.wrote), row.reason, row.revision,
    )  # fmt: skip


def key_of(email: str) -> str:
    """By which e-mail addresses are compared."""
    return email.strip().lower()
