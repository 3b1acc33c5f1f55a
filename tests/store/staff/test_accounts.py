"""Accounts: one to an address, with a role that others change, and always an administrator."""

from __future__ import annotations

import pytest

from store.staff.accounts import Account, AccountError, Accounts, Role, UnknownAccount
from store.staff.audit import Audit
from store.staff.sessions import Sessions


def test_an_account_is_found_by_its_address_however_it_is_written(accounts: Accounts, amina: Account) -> None:
    """Mail programs begin addresses with a capital letter."""
    assert accounts.by_email(" aMINA@testham.gov.uk ") == amina
    assert (amina.email, amina.role, amina.has_password, amina.has_totp) == (
        "Amina@testham.gov.uk", "administrator", True, False,
    )  # fmt: skip


def test_an_address_has_one_account(accounts: Accounts, amina: Account) -> None:
    """In whatever letters."""
    with pytest.raises(AccountError, match="already") as caught:
        accounts.invite("AMINA@testham.gov.uk", "Another", "viewer", by="x")
    assert caught.value.field == "email"
    assert accounts.all() == [amina]


@pytest.mark.parametrize(
    ("email", "name", "role", "field"),
    [("amina", "A", "viewer", "email"), ("a@b.uk", " ", "viewer", "name"), ("a@b.uk", "A", "king", "role")],
)
def test_what_makes_no_account_is_told_by_its_field(
    accounts: Accounts, email: str, name: str, role: Role, field: str
) -> None:
    """And nothing is written."""
    with pytest.raises(AccountError) as caught:
        accounts.invite(email, name, role, by="x")
    assert caught.value.field == field
    assert accounts.all() == []


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("viewer", ["viewer"]),
        ("editor", ["viewer", "editor"]),
        ("publisher", ["viewer", "editor", "publisher"]),
        ("administrator", ["viewer", "editor", "publisher", "administrator"]),
    ],
)
def test_each_role_may_do_what_those_before_it_may(accounts: Accounts, role: Role, may: list[Role]) -> None:
    """And nothing of those after it; an account that is not active may do nothing."""
    roles: list[Role] = ["viewer", "editor", "publisher", "administrator"]
    accounts.invite("root@testham.gov.uk", "Root", "administrator", by="x")
    account, _ = accounts.invite("a@testham.gov.uk", "A", role, by="x")
    assert [each for each in roles if account.may(each)] == may
    assert not accounts.change(account.id, by="x", active=False).may("viewer")


@pytest.mark.parametrize("change", [{"role": "editor"}, {"active": False}])
def test_another_role_or_none_ends_every_session(
    accounts: Accounts, sessions: Sessions, amina: Account, change: dict[str, object]
) -> None:
    """What somebody may no longer do, they cannot do from an open browser either."""
    ben, _ = accounts.invite("ben@testham.gov.uk", "Ben", "publisher", by=amina.email)
    token = sessions.begin(ben.id, "Firefox")
    accounts.change(ben.id, by=amina.email, team="Housing")
    before = sessions.find(token)
    accounts.change(ben.id, by=amina.email, **change)  # type: ignore[arg-type]
    after = sessions.find(token)
    assert before is not None
    assert after is not None
    assert (before.ended, after.ended) == (False, True)


@pytest.mark.parametrize("change", [{"role": "editor"}, {"active": False}])
def test_the_last_administrator_stays_one(
    accounts: Accounts, amina: Account, change: dict[str, object]
) -> None:
    """Or nobody could let anybody in."""
    with pytest.raises(AccountError, match="administrator"):
        accounts.change(amina.id, by=amina.email, **change)  # type: ignore[arg-type]
    assert accounts.get(amina.id) == amina


def test_who_comes_from_outside_has_the_role_of_the_day(accounts: Accounts, amina: Account) -> None:
    """The identity provider's word counts at each sign-in, and an invited address becomes theirs."""
    first = accounts.admit("cara@testham.gov.uk", "Cara", "editor", "issuer cara")
    again = accounts.admit("new@testham.gov.uk", "Cara", "viewer", "issuer cara")
    assert (first.id, first.role, first.is_outside) == (again.id, "editor", True)
    assert (again.role, again.email) == ("viewer", "cara@testham.gov.uk")
    assert accounts.admit("AMINA@testham.gov.uk", "A", "administrator", "issuer amina").id == amina.id
    with pytest.raises(AccountError):
        accounts.admit("amina@testham.gov.uk", "A", "administrator", "issuer other")


def test_every_change_of_an_account_is_in_the_log(accounts: Accounts, audit: Audit, amina: Account) -> None:
    """Who did it, to whom, and what it was before."""
    ben, _ = accounts.invite("ben@testham.gov.uk", "Ben", "viewer", by=amina.email)
    accounts.change(ben.id, by=amina.email, role="editor")
    accounts.change(ben.id, by=amina.email, active=False)
    accounts.new_link(ben.id, by=amina.email)
    found = [(entry.account, entry.action, entry.subject, entry.detail) for entry in audit.entries(4)]
    assert found == [
        (amina.email, "link", ben.email, ""),
        (amina.email, "active", ben.email, "True becomes False"),
        (amina.email, "role", ben.email, "viewer becomes editor"),
        (amina.email, "invite", ben.email, "role viewer"),
    ]


def test_there_is_no_account_of_another_number(accounts: Accounts) -> None:
    """Asked for by number or address."""
    with pytest.raises(UnknownAccount):
        accounts.get(5)
    with pytest.raises(UnknownAccount):
        accounts.by_email("nobody@testham.gov.uk")
