"""Secrets of authenticator apps: sealed by the service's key, and what another key leaves of them."""

from __future__ import annotations

import logging
from pathlib import Path

import pyotp
import pytest
from alembic import command
from sqlalchemy import Engine, create_engine, make_url, select, text, update

from store.database import migrations, open_engine
from store.staff.accounts import Account, Accounts
from store.staff.audit import Audit
from store.staff.sealing import Seal, seal_apps
from store.staff.signing_in import Refused, SigningIn, new_secret
from store.staff.tables import accounts as table
from tests.store.conftest import Clock
from tests.store.staff.conftest import PASSWORD, SEAL

OTHER = Seal("another key of the service")


def kept(engine: Engine) -> str | None:
    """What stands in the database of the one account's app."""
    with engine.connect() as connection:
        return connection.scalar(select(table.c.app_secret))


def keep(engine: Engine, secret: str) -> None:
    """Let `secret` stand in the database just as it is."""
    with engine.begin() as connection:
        connection.execute(update(table).values(app_secret=secret))


@pytest.mark.parametrize("by", [SEAL, OTHER])
def test_only_the_same_key_opens_what_it_sealed(by: Seal) -> None:
    """What was made by another key, was changed, or was never sealed is no secret to trust."""
    secret = new_secret()
    sealed = SEAL.sealed(secret)
    assert by.opened(sealed) == (secret if by is SEAL else None)
    assert by.opened(sealed[:-9] + "AAAAAAAA=") is None
    assert by.opened(secret) is None
    assert secret not in sealed
    assert SEAL.sealed(secret) != sealed


def test_a_readable_secret_is_sealed_and_its_app_goes_on(
    signing_in: SigningIn, amina: Account, engine: Engine, clock: Clock
) -> None:
    """Once is enough: the second time there is nothing to do."""
    app = pyotp.TOTP(new_secret())
    keep(engine, app.secret)
    seal_apps(engine, SEAL)
    sealed = kept(engine)
    assert sealed is not None
    assert SEAL.opened(sealed) == app.secret
    seal_apps(engine, SEAL)
    assert kept(engine) == sealed
    assert signing_in.by_code(amina.id, app.at(clock.at)).has_totp


def test_the_migration_takes_readable_secrets_over(empty_database_url: str, clock: Clock) -> None:
    """A database of the release before is opened by this one, and its owner signs in as ever."""
    app, url = pyotp.TOTP(new_secret()), make_url(empty_database_url)
    if url.drivername == "sqlite":
        Path(str(url.database)).parent.mkdir()
    else:
        url = url.set(drivername="postgresql+psycopg")
    old, config = create_engine(url), migrations()
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        connection.execute(
            text(
                "INSERT INTO accounts (email, email_key, name, role, team, totp) "
                "VALUES ('a@b.uk', 'a@b.uk', 'Amina', 'viewer', '', :secret)"
            ),
            {"secret": app.secret},
        )
    old.dispose()
    engine = open_engine(empty_database_url)
    seal_apps(engine, SEAL)
    assert SigningIn(engine, clock, SEAL).by_code(1, app.at(clock.at)).email == "a@b.uk"
    engine.dispose()


def test_after_a_change_of_key_a_code_is_refused_with_the_way_back(
    signing_in: SigningIn, accounts: Accounts, audit: Audit, amina: Account, engine: Engine, clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """A recovery code still lets in, a one-time link takes the step away; the log tells of it."""
    app = pyotp.TOTP(new_secret())
    codes = signing_in.add_totp(amina.id, app.secret, app.at(clock.at))
    clock.move(minutes=1)
    later = SigningIn(engine, clock, OTHER)
    with caplog.at_level(logging.WARNING):
        seal_apps(engine, OTHER)
    assert "cannot be read: 1." in caplog.text
    assert later.by_password(amina.email, PASSWORD).has_totp
    with pytest.raises(Refused, match=r"secret key of this service has changed.*one-time link"):
        later.by_code(amina.id, app.at(clock.at))
    assert audit.entries(1)[0].subject == "app cannot be read"
    assert later.by_code(amina.id, codes[0]).id == amina.id
    later.by_link(accounts.new_link(amina.id, by="x"), "seven quiet kettles")
    assert not later.by_password(amina.email, "seven quiet kettles").has_totp
    assert signing_in.by_password(amina.email, "seven quiet kettles").id == amina.id
