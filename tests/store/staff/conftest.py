"""Accounts in a fresh database, a clock that is moved by hand, and passwords that are hashed quickly."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from store.staff import passwords
from store.staff.accounts import Account, Accounts
from store.staff.audit import Audit
from store.staff.sealing import Seal
from store.staff.sessions import Sessions
from store.staff.signing_in import SigningIn
from tests.store.conftest import Clock

PASSWORD = "river lamp eleven"
SEAL = Seal("a key for the tests alone")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least that argon2 takes: what it costs is not what is tested."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()


@pytest.fixture
def accounts(engine: Engine, clock: Clock) -> Accounts:
    return Accounts(engine, clock)


@pytest.fixture
def sessions(engine: Engine, clock: Clock) -> Sessions:
    return Sessions(engine, clock)


@pytest.fixture
def audit(engine: Engine, clock: Clock) -> Audit:
    return Audit(engine, clock)


@pytest.fixture
def signing_in(engine: Engine, clock: Clock) -> SigningIn:
    return SigningIn(engine, clock, SEAL)


@pytest.fixture
def amina(accounts: Accounts, signing_in: SigningIn) -> Account:
    """An administrator with a password."""
    _, token = accounts.invite("Amina@Testham.gov.uk", "Amina Begum", "administrator", by="command line")
    return signing_in.by_link(token, PASSWORD)
