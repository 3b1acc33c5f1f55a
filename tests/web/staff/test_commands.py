"""`signpost staff`: the accounts from the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.database import open_engine
from store.staff.accounts import Accounts
from store.staff.sealing import Seal
from store.staff.signing_in import Refused, SigningIn
from tests.store.staff.conftest import PASSWORD
from tests.web.conftest import KEY, Run
from web.service import utc_now

EMAIL = "amina@testham.gov.uk"


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_PUBLIC_URL", "https://signpost.testham.gov.uk")
    monkeypatch.setenv("SIGNPOST_SECRET_KEY", KEY)


def link_in(output: str) -> str:
    """The token of the link that was printed."""
    found = re.search(r"https://signpost\.testham\.gov\.uk/staff/link/(\S+)", output)
    assert found is not None, output
    return found[1]


def sign_in(home: Path, token: str) -> None:
    """Set the password by a link, and sign in by it. Raises Refused."""
    engine = open_engine(f"sqlite:///{home}/var/signpost.db")
    try:
        signing_in = SigningIn(engine, utc_now, Seal(KEY))
        signing_in.by_link(token, PASSWORD)
        signing_in.by_password(EMAIL, PASSWORD)
    finally:
        engine.dispose()


def test_an_invitation_prints_a_link_that_works_once(run: Run, home: Path) -> None:
    """The first administrator of an installation comes in like this."""
    code, output, _ = run("staff", "invite", EMAIL, "--name", "Amina Begum", "--role", "administrator")
    assert code == 0
    sign_in(home, link_in(output))
    with pytest.raises(Refused):
        sign_in(home, link_in(output))
    assert run("staff", "list")[1].split() == [EMAIL, "administrator", "password", "Amina", "Begum"]


def test_a_second_invitation_is_refused(run: Run) -> None:
    """With a sentence, not a traceback."""
    run("staff", "invite", EMAIL, "--name", "Amina")
    code, _, complaint = run("staff", "invite", EMAIL.upper(), "--name", "Amina")
    assert (code, "already" in complaint) == (1, True)


def test_an_account_is_given_a_role_closed_and_let_in_again(run: Run, home: Path) -> None:
    """Each by its address."""
    run("staff", "invite", EMAIL, "--name", "Amina", "--role", "viewer")
    assert run("staff", "role", EMAIL, "publisher")[1] == f"{EMAIL} is publisher.\n"
    assert "cannot sign in" in run("staff", "disable", EMAIL)[1]
    assert "closed" in run("staff", "list")[1]
    sign_in(home, link_in(run("staff", "unlock", EMAIL)[1]))


def test_the_last_administrator_and_strangers_are_told_apart(run: Run, home: Path) -> None:
    """What cannot be done is said."""
    run("staff", "invite", EMAIL, "--name", "Amina", "--role", "administrator")
    assert "make another one first" in run("staff", "disable", EMAIL)[2]
    assert "no such account" in run("staff", "unlock", "nobody@testham.gov.uk")[2]
    engine = open_engine(f"sqlite:///{home}/var/signpost.db")
    assert Accounts(engine, utc_now).by_email(EMAIL).active
    engine.dispose()
