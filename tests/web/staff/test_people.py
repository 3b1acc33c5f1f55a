"""Administrators: accounts and the audit log."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from store.staff.accounts import Account
from tests.web.staff.conftest import Browser
from web.staff.services import Staff


def test_an_invitation_shows_a_link_that_works(
    signed_in: Callable[..., Browser], browser: Callable[[], Browser]
) -> None:
    """Once, on the page that follows."""
    person = signed_in("administrator")
    person.get("/staff/accounts/new")
    page = person.post(
        "/staff/accounts/new", email="Ben@testham.gov.uk", name="Ben", team="Housing", role="editor"
    )
    found = re.search(r"http://localhost(/staff/link/[\w-]+)", page.text)
    assert found is not None
    assert "This is the account of Ben" in browser().get(found[1]).text
    listed = person.get("/staff/accounts").text
    assert "invited, no password yet" in listed
    assert found[1] not in listed


def test_every_fault_of_an_invitation_is_told_at_once(signed_in: Callable[..., Browser]) -> None:
    """At the top with links, and beside each field; what was typed stays."""
    person = signed_in("administrator")
    person.get("/staff/accounts/new")
    page = person.post("/staff/accounts/new", email="", name="", team="Housing", role="king").text
    for field in ("email", "name", "role"):
        assert f'href="#{field}"' in page
    assert 'value="Housing"' in page
    again = person.post(
        "/staff/accounts/new", email="administrator@testham.gov.uk", name="A", role="viewer"
    ).text
    assert "an account with this e-mail address already" in again


def test_an_account_is_changed_closed_and_opened(
    signed_in: Callable[..., Browser], member: Callable[..., Account], shop: Staff
) -> None:
    """By an administrator, with a word of what happened."""
    person, ben = signed_in("administrator"), member("editor", "ben")
    person.get(f"/staff/accounts/{ben.id}")
    person.post(f"/staff/accounts/{ben.id}", name="Ben Ali", team="Housing", role="publisher")
    changed = shop.accounts.get(ben.id)
    assert (changed.name, changed.team, changed.role) == ("Ben Ali", "Housing", "publisher")
    person.post(f"/staff/accounts/{ben.id}", name="Ben Ali", team="", role="publisher")
    assert shop.accounts.get(ben.id).team == ""
    assert "cannot sign in any more" in person.post(f"/staff/accounts/{ben.id}/active", active="no").text
    assert "can sign in again" in person.post(f"/staff/accounts/{ben.id}/active", active="yes").text
    nobody = person.get("/staff/accounts/77")
    assert (nobody.status_code, "Signpost staff" in nobody.text) == (404, True)


def test_the_last_administrator_cannot_leave(signed_in: Callable[..., Browser]) -> None:
    """Neither by the role nor by closing the account."""
    person = signed_in("administrator")
    person.get("/staff/accounts/1")
    assert "make another one first" in person.post("/staff/accounts/1", name="A", role="viewer").text
    assert "make another one first" in person.post("/staff/accounts/1/active", active="no").text


def test_a_locked_account_is_unlocked_or_given_a_link(
    signed_in: Callable[..., Browser],
    member: Callable[..., Account],
    browser: Callable[[], Browser],
    shop: Staff,
) -> None:
    """The list says who is locked."""
    person, ben = signed_in("administrator"), member("editor", "ben")
    for _ in range(10):
        browser().sign_in(ben.email, "not the password")
    assert "locked for now" in person.get("/staff/accounts").text
    assert "Unlock" in person.get(f"/staff/accounts/{ben.id}").text
    person.post(f"/staff/accounts/{ben.id}/unlock")
    assert not shop.signing_in.is_locked(ben.email)
    assert "/staff/link/" in person.post(f"/staff/accounts/{ben.id}/link").text


def test_the_log_is_read_filtered_and_taken_away(signed_in: Callable[..., Browser], shop: Staff) -> None:
    """By action and account, a page at a time; a cell is never a formula."""
    person = signed_in("administrator")
    for number in range(105):
        shop.audit.write("=amina", "edit", f"service {number}")
    page = person.get("/staff/audit?action=edit").text
    assert "service 104" in page
    assert "service 4<" not in page
    older = re.search(r'href="(/staff/audit\?before=[^"]+)"', page)
    assert older is not None
    assert "service 4<" in person.get(older[1].replace("&amp;", "&")).text
    answer = person.get("/staff/audit.csv?account==amina")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert (len(rows), rows[1][2], rows[1][4]) == (106, "'=amina", "service 104")
