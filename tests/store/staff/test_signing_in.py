"""Ways in: a password, a second step, a one-time link; and what keeps others out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, text

from store.staff import passwords
from store.staff.accounts import Account, Accounts
from store.staff.audit import Audit
from store.staff.sessions import Sessions
from store.staff.signing_in import Locked, Refused, SigningIn, WeakPassword, app_address, new_secret
from store.staff.tables import accounts as table
from tests.store.conftest import Clock
from tests.store.staff.conftest import PASSWORD

OTHER = "seven quiet kettles"


def test_the_right_password_lets_in(signing_in: SigningIn, amina: Account) -> None:
    """With the address in any letters."""
    assert signing_in.by_password("AMINA@TESTHAM.GOV.UK", PASSWORD).id == amina.id


def test_a_wrong_password_and_an_unknown_account_sound_the_same(
    signing_in: SigningIn, accounts: Accounts, amina: Account
) -> None:
    """Nobody learns who has an account: not by trying one that has no password, or is closed, either."""
    ben, _ = accounts.invite("ben@testham.gov.uk", "Ben", "viewer", by="x")
    said = set()
    for email in (amina.email, "nobody@testham.gov.uk", ben.email):
        with pytest.raises(Refused) as caught:
            signing_in.by_password(email, OTHER)
        said.add(str(caught.value))
    assert len(said) == 1


def test_an_unknown_account_takes_as_much_work(
    signing_in: SigningIn, amina: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hash is compared in any case."""
    compared: list[str | None] = []

    def look(kept: str | None, _password: str) -> bool:
        compared.append(kept)
        return False

    monkeypatch.setattr(passwords, "is_right", look)
    for email in (amina.email, "nobody@testham.gov.uk"):
        with pytest.raises(Refused):
            signing_in.by_password(email, OTHER)
    assert [kept is None for kept in compared] == [False, True]


def test_a_closed_account_does_not_let_in(signing_in: SigningIn, accounts: Accounts, amina: Account) -> None:
    """Nor does a link that was made before."""
    ben, token = accounts.invite("ben@testham.gov.uk", "Ben", "viewer", by="x")
    signing_in.by_link(token, PASSWORD)
    token = accounts.new_link(ben.id, by="x")
    accounts.change(ben.id, by="x", active=False)
    with pytest.raises(Refused):
        signing_in.by_password(ben.email, PASSWORD)
    with pytest.raises(Refused):
        signing_in.by_link(token, OTHER)


@pytest.mark.parametrize("email", ["amina@testham.gov.uk", "nobody@testham.gov.uk"])
def test_ten_wrong_passwords_lock_for_a_quarter_of_an_hour(
    signing_in: SigningIn, amina: Account, clock: Clock, email: str
) -> None:
    """Whether there is such an account or not; the right password does not help, and waiting does."""
    for _ in range(10):
        with pytest.raises(Refused):
            signing_in.by_password(email, OTHER)
    with pytest.raises(Locked):
        signing_in.by_password(email, PASSWORD)
    clock.move(minutes=15)
    assert not signing_in.is_locked(email)
    with pytest.raises(Refused) as caught:
        signing_in.by_password(email, OTHER)
    assert not isinstance(caught.value, Locked)


def test_ten_wrong_ones_are_counted_from_the_last_right_one(signing_in: SigningIn, amina: Account) -> None:
    """Nine slips, a success, nine slips."""
    for _ in range(2):
        for _ in range(9):
            with pytest.raises(Refused):
                signing_in.by_password(amina.email, OTHER)
        assert signing_in.by_password(amina.email, PASSWORD).id == amina.id


def test_many_wrong_ones_at_once_are_not_more_than_ten(signing_in: SigningIn, amina: Account) -> None:
    """Attempts are counted before they are compared."""

    def attempt(_number: int) -> bool:
        try:
            signing_in.by_password(amina.email, OTHER)
        except Locked:
            return False
        except Refused:
            return True
        return True

    with ThreadPoolExecutor(8) as pool:
        compared = list(pool.map(attempt, range(24)))
    assert compared.count(True) == 10


@pytest.mark.parametrize("way", ["link", "unlock"])
def test_there_is_a_way_back_from_a_lock(
    signing_in: SigningIn, accounts: Accounts, amina: Account, way: str
) -> None:
    """A new one-time link, or an administrator who unlocks."""
    for _ in range(10):
        with pytest.raises(Refused):
            signing_in.by_password(amina.email, OTHER)
    if way == "unlock":
        signing_in.unlock(amina.email, by="command line")
    else:
        signing_in.by_link(accounts.new_link(amina.id, by="command line"), PASSWORD)
    assert signing_in.by_password(amina.email, PASSWORD).id == amina.id


def test_a_link_is_used_once(signing_in: SigningIn, accounts: Accounts, amina: Account) -> None:
    """And a newer one ends an older one."""
    old, new = accounts.new_link(amina.id, by="x"), accounts.new_link(amina.id, by="x")
    signing_in.by_link(new, OTHER)
    for token in (old, new, "never made"):
        with pytest.raises(Refused, match="administrator"):
            signing_in.by_link(token, PASSWORD)
    assert signing_in.by_password(amina.email, OTHER).id == amina.id


def test_a_link_lasts_three_days(
    signing_in: SigningIn, accounts: Accounts, amina: Account, clock: Clock
) -> None:
    """To the minute."""
    token = accounts.new_link(amina.id, by="x")
    clock.move(hours=72)
    with pytest.raises(Refused):
        signing_in.by_link(token, OTHER)


def test_a_weak_password_does_not_spend_the_link(
    signing_in: SigningIn, accounts: Accounts, amina: Account
) -> None:
    """Its owner tries another one."""
    token = accounts.new_link(amina.id, by="x")
    with pytest.raises(WeakPassword):
        signing_in.by_link(token, "password2026")
    assert signing_in.by_link(token, OTHER).id == amina.id


def test_a_new_password_ends_every_session(signing_in: SigningIn, sessions: Sessions, amina: Account) -> None:
    """Whoever had signed in by the old one is out."""
    sessions.begin(amina.id, "a stranger's browser")
    signing_in.change_password(amina.id, PASSWORD, OTHER)
    assert sessions.of(amina.id) == []
    with pytest.raises(Refused):
        signing_in.change_password(amina.id, PASSWORD, OTHER)


def test_a_password_is_hashed_anew_when_the_parameters_change(
    signing_in: SigningIn, amina: Account, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the next sign-in, when it is known."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    signing_in.by_password(amina.email, PASSWORD)
    with engine.connect() as connection:
        kept = connection.scalar(select(table.c.password))
    assert kept is not None
    assert "m=16,t=2" in kept
    assert signing_in.by_password(amina.email, PASSWORD).id == amina.id


@pytest.fixture
def app(signing_in: SigningIn, amina: Account, clock: Clock) -> pyotp.TOTP:
    """The app on amina's telephone, of whose codes one was used to set it up."""
    app = pyotp.TOTP(new_secret())
    signing_in.add_totp(amina.id, app.secret, app.at(clock.at))
    return app


def test_a_code_is_taken_once(signing_in: SigningIn, amina: Account, clock: Clock, app: pyotp.TOTP) -> None:
    """Whoever looked over a shoulder comes too late; so does the code by which the app was set up."""
    assert signing_in.by_password(amina.email, PASSWORD).has_totp
    with pytest.raises(Refused):
        signing_in.by_code(amina.id, app.at(clock.at))
    clock.move(seconds=30)
    assert signing_in.by_code(amina.id, app.at(clock.at)).id == amina.id
    with pytest.raises(Refused):
        signing_in.by_code(amina.id, app.at(clock.at))


@pytest.mark.parametrize(("seconds", "taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_half_a_minute(
    signing_in: SigningIn, amina: Account, clock: Clock, app: pyotp.TOTP, seconds: int, taken: bool
) -> None:
    """Telephones are not exact, and people are slow."""
    clock.move(minutes=10)
    code = app.at(int(clock.at.timestamp()) + seconds)
    if taken:
        assert signing_in.by_code(amina.id, code).id == amina.id
    else:
        with pytest.raises(Refused):
            signing_in.by_code(amina.id, code)


def test_wrong_codes_lock_as_wrong_passwords_do(
    signing_in: SigningIn, amina: Account, app: pyotp.TOTP
) -> None:
    """A million codes are soon tried, and knowing the password does not reset the count."""
    for _ in range(5):
        signing_in.by_password(amina.email, PASSWORD)
        with pytest.raises(Refused):
            signing_in.by_code(amina.id, "000000")
    with pytest.raises(Locked):
        signing_in.by_password(amina.email, PASSWORD)


def test_a_recovery_code_works_once_and_for_its_owner_alone(
    signing_in: SigningIn, accounts: Accounts, amina: Account, clock: Clock
) -> None:
    """Written with or without the dash, in any letters."""
    secret = new_secret()
    codes = signing_in.add_totp(amina.id, secret, pyotp.TOTP(secret).at(clock.at))
    assert len(set(codes)) == 10
    ben, _ = accounts.invite("ben@testham.gov.uk", "Ben", "viewer", by="x")
    with pytest.raises(Refused):
        signing_in.by_code(ben.id, codes[0])
    assert signing_in.by_code(amina.id, f" {codes[0].lower().replace('-', ' ')} ").id == amina.id
    with pytest.raises(Refused):
        signing_in.by_code(amina.id, codes[0])


def test_the_second_step_can_be_taken_away(
    signing_in: SigningIn, accounts: Accounts, amina: Account, clock: Clock, app: pyotp.TOTP
) -> None:
    """By its owner, or by a one-time link where the telephone is lost."""
    signing_in.by_link(accounts.new_link(amina.id, by="x"), OTHER)
    assert not accounts.get(amina.id).has_totp
    secret = new_secret()
    signing_in.add_totp(amina.id, secret, pyotp.TOTP(secret).at(clock.at))
    signing_in.remove_totp(amina.id, by=amina.email)
    assert not signing_in.by_password(amina.email, OTHER).has_totp


def test_the_apps_address_names_us_and_the_account(amina: Account) -> None:
    """So that the right entry is found among many."""
    address = app_address("A" * 32, amina.email)
    assert address.startswith("otpauth://totp/Signpost:Amina%40testham.gov.uk?secret=AAAA")


def test_no_secret_is_kept_as_it_is(
    accounts: Accounts, sessions: Sessions, amina: Account, app: pyotp.TOTP, engine: Engine
) -> None:
    """Whoever reads a stolen copy of the database cannot sign in by it."""
    secrets = [PASSWORD, accounts.new_link(amina.id, by="x"), sessions.begin(amina.id, "Firefox"), app.secret]
    with engine.connect() as connection:
        tables = ("accounts", "links", "sessions", "audit", "attempts", "recovery_codes")
        rows = [str(row) for name in tables for row in connection.execute(text(f"SELECT * FROM {name}"))]
    assert rows
    assert not [secret for secret in secrets for row in rows if secret in row]


def test_a_password_in_the_wrong_box_is_not_in_the_log(
    signing_in: SigningIn, audit: Audit, amina: Account
) -> None:
    """The log names accounts that there are, and no other word that was typed."""
    for email in (PASSWORD, amina.email):
        with pytest.raises(Refused):
            signing_in.by_password(email, OTHER)
    assert [(entry.account, entry.action) for entry in audit.entries(2)] == [
        (amina.email, "sign-in-failed"),
        ("no account", "sign-in-failed"),
    ]
