"""Signing in and out in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
import pytest

from store.staff.accounts import Account
from tests.store.conftest import Clock
from tests.store.staff.conftest import PASSWORD
from tests.web.staff.conftest import Browser
from web.limits import SIGN_IN_LIMIT
from web.staff.services import Staff
from web.staff.signing import way_back

OTHER = "seven quiet kettles"


def test_a_one_time_link_leads_to_a_password_and_in(browser: Callable[[], Browser], shop: Staff) -> None:
    """Looking at it does not spend it; using it does."""
    account, token = shop.accounts.invite("ben@testham.gov.uk", "Ben", "editor", by="command line")
    person = browser()
    for _ in range(2):
        assert "This is the account of Ben" in person.get(f"/staff/link/{token}").text
    refused = person.post(f"/staff/link/{token}", password="password2026")
    assert refused.status_code == 422
    assert "easy to guess" in refused.text
    assert 'href="#password"' in refused.text
    assert "you are signed in" in person.post(f"/staff/link/{token}", password=PASSWORD).text
    assert browser().get(f"/staff/link/{token}").status_code == 410
    assert [each.account for each in shop.sessions.of(account.id)] == [account.id]


def test_signing_in_leads_back_to_where_one_was_going(
    browser: Callable[[], Browser], member: Callable[..., Account]
) -> None:
    """The page that asked for it."""
    person = browser()
    asked = person.get("/staff/audit?action=edit")
    answer = person.post(asked.request.full_path, email=member("administrator").email, password=PASSWORD)
    assert (answer.request.path, answer.request.args["action"]) == ("/staff/audit", "edit")


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/staff/", "/staff/\\evil", "/staff/\n", "/elsewhere", "", None],
)
def test_signing_in_leads_to_no_other_site(site: object, wanted: str | None) -> None:
    """Only pages of the staff side are gone on to."""
    with site.test_request_context("/staff/sign-in"):  # type: ignore[attr-defined]
        assert way_back(wanted) in ("/staff/", "/staff/account")


def test_wrong_words_are_told_beside_the_field_and_at_the_top(
    browser: Callable[[], Browser], member: Callable[..., Account]
) -> None:
    """The same for an account that is not there, and no password comes back."""
    email = member("editor").email
    pages = [browser().sign_in(each, "not my password") for each in (email, "nobody@testham.gov.uk")]
    assert [page.status_code for page in pages] == [422, 422]
    texts = [re.sub(r"value=\"[^\"]*\"", "", page.text) for page in pages]
    assert texts[0] == texts[1]
    assert "There is a problem" in texts[0]
    assert texts[0].count("The e-mail address or the password is wrong.") == 2
    assert "not my password" not in texts[0]


def test_a_new_session_has_a_new_token(
    browser: Callable[[], Browser], member: Callable[..., Account]
) -> None:
    """Whoever planted a cookie before has nothing in it afterwards."""
    person = browser()
    person.get("/staff/sign-in")
    before = person.token
    person.sign_in(member("administrator").email)
    answer = person.client.post("/staff/accounts/new", data={"csrf_token": before})
    assert answer.status_code == 403


def test_signing_out_ends_every_browser(
    signed_in: Callable[..., Browser], browser: Callable[[], Browser], shop: Staff
) -> None:
    """And the cookie is worth nothing any more."""
    here, there = signed_in("editor"), browser()
    there.sign_in("editor@testham.gov.uk")
    assert "My account" in there.get("/staff/account").text
    assert "signed out" in here.post("/staff/sign-out").text
    assert "Your session has ended" in there.get("/staff/account").text
    assert [entry.action for entry in shop.audit.entries(1)] == ["sign-out"]


def test_one_network_cannot_try_many_accounts(browser: Callable[[], Browser]) -> None:
    """Thirty attempts a minute, of whatever accounts."""
    person = browser()
    allowed = int(SIGN_IN_LIMIT.split()[0])
    answers = [person.sign_in(f"person-{number}@testham.gov.uk", OTHER) for number in range(allowed + 1)]
    assert [answer.status_code for answer in answers] == [422] * allowed + [429]
    assert "Wait a minute" in answers[-1].text


def test_a_second_step_is_set_up_and_asked_for(
    signed_in: Callable[..., Browser], browser: Callable[[], Browser], clock: Clock
) -> None:
    """The secret is read from the page, as the app reads it; the recovery codes are shown once."""
    person = signed_in("editor")
    page = person.get("/staff/account/second-step").text
    assert "<svg" in page
    found = re.search(r'<p class="code">([A-Z2-7 ]+)</p>', page)
    assert found is not None
    app = pyotp.TOTP(found[1].replace(" ", ""))
    wrong = person.post("/staff/account/second-step", code="000000").text
    assert found[1] in wrong
    assert (
        len(
            re.findall(
                r"<li>\w{5}-\w{5}</li>", person.post("/staff/account/second-step", code=app.at(clock.at)).text
            )
        )
        == 10
    )
    other = browser()
    assert "Your code" in other.sign_in("editor@testham.gov.uk").text
    assert "Sign in" in other.get("/staff/account").text
    other.get("/staff/second-step")
    assert "The code is wrong" in other.post("/staff/second-step", code=app.at(clock.at)).text
    clock.move(seconds=30)
    assert "Sign out" in other.post("/staff/second-step", code=app.at(clock.at)).text
    clock.move(seconds=30)
    other.get("/staff/account/second-step/remove")
    assert "password alone" in other.post("/staff/account/second-step/remove", code=app.at(clock.at)).text


def test_the_second_step_waits_for_five_minutes(
    signed_in: Callable[..., Browser], browser: Callable[[], Browser], shop: Staff, clock: Clock
) -> None:
    """A password that was right long ago is asked for again."""
    signed_in("editor")
    secret = pyotp.random_base32()
    shop.signing_in.add_totp(1, secret, pyotp.TOTP(secret).at(clock.at))
    person = browser()
    person.sign_in("editor@testham.gov.uk")
    clock.move(minutes=6)
    answer = person.post("/staff/second-step", code=pyotp.TOTP(secret).at(clock.at))
    assert answer.request.path == "/staff/sign-in"


def test_a_password_is_changed_by_who_knows_it(signed_in: Callable[..., Browser], shop: Staff) -> None:
    """Every other session ends, and this browser goes on with a new one."""
    person = signed_in("editor")
    person.get("/staff/account/password")
    wrong = person.post("/staff/account/password", old_password=OTHER, password=OTHER)
    assert "is another one" in wrong.text
    assert "is changed" in person.post("/staff/account/password", old_password=PASSWORD, password=OTHER).text
    assert "My account" in person.get("/staff/account").text
    assert len(shop.sessions.of(1)) == 1


def test_a_name_is_changed_by_its_owner(signed_in: Callable[..., Browser], shop: Staff) -> None:
    """And an empty one is refused beside its field."""
    person = signed_in("viewer")
    person.get("/staff/account")
    assert "Write your name." in person.post("/staff/account", name="").text
    person.post("/staff/account", name=" Ben Ali ")
    assert shop.accounts.get(1).name == "Ben Ali"
