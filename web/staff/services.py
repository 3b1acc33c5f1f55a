"""What the staff side works with: the store, accounts, sessions, audit log and drafts of one application."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Engine

from store.database import open_engine
from store.editing.drafts import Drafts
from store.editing.publishing import Publishing, open_publishing
from store.revisions import Store
from store.staff.accounts import Accounts
from store.staff.audit import Audit
from store.staff.kept import KeptForms
from store.staff.links import Links
from store.staff.sealing import Seal, seal_apps
from store.staff.sessions import Sessions
from store.staff.signing_in import SigningIn
from web.service import service
from web.settings import Settings

_EXTENSION = "signpost-staff"


class Staff:
    """One database, and everything on it that staff pages need. `now` is aware."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], seal: Seal) -> None:
        self.engine = engine
        self.now = now
        self._seal = seal

    @cached_property
    def store(self) -> Store:
        """The revisions of the content."""
        return Store(self.engine, self.now)

    @cached_property
    def drafts(self) -> Drafts:
        """What is being changed, and by whom."""
        return Drafts(self.engine, self.store, self.now)

    @cached_property
    def publishing(self) -> Publishing:
        """Makes drafts live."""
        return open_publishing(self.engine, self.now, service().settings.learned)

    @cached_property
    def accounts(self) -> Accounts:
        """Who may do what."""
        return Accounts(self.engine, self.now)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in, in which browsers."""
        return Sessions(self.engine, self.now)

    @cached_property
    def signing_in(self) -> SigningIn:
        """Passwords, codes and one-time links."""
        return SigningIn(self.engine, self.now, self._seal)

    @cached_property
    def links(self) -> Links:
        """One-time links, to look at before they are used."""
        return Links(self.engine, self.now)

    @cached_property
    def kept(self) -> KeptForms:
        """What was typed when a session had ended."""
        return KeptForms(self.engine, self.now)

    @cached_property
    def audit(self) -> Audit:
        """Who did what, when."""
        return Audit(self.engine, self.now)


def open_staff(settings: Settings, now: Callable[[], datetime]) -> Staff:
    """The staff side of an installation. Raises StoreError where its database cannot be opened."""
    engine, seal = open_engine(settings.database_url), Seal(settings.secret_key)
    seal_apps(engine, seal)
    return Staff(engine, now, seal)


class _Opening:
    """Opens the database at the first request of a process: connections do not survive a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._staff: Staff | None = None

    def get(self) -> Staff:
        with self._lock:
            if self._staff is None:
                self._staff = open_staff(service().settings, service().now)
            return self._staff


def prepare(app: Flask) -> None:
    """Let `staff()` work in `app`. Nothing is opened yet."""
    app.extensions[_EXTENSION] = _Opening()


def staff() -> Staff:
    """The staff side of the application that handles this request. Raises StoreError."""
    return cast(_Opening, current_app.extensions[_EXTENSION]).get()
