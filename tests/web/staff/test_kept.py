"""Nothing typed is lost when a session has ended: the form is kept, and sent again by its owner."""

from __future__ import annotations

from collections.abc import Callable

from store.staff.accounts import Account
from tests.store.conftest import Clock
from tests.web.staff.conftest import Browser
from web.staff.services import Staff

EMAIL = "administrator@testham.gov.uk"
FORM = {"email": "new@testham.gov.uk", "name": "New\n& <b>", "team": "শব্দ", "role": "editor"}


def send_again(person: Browser, shop: Staff) -> str:
    """Press the button on the page that shows the kept form; what the page says then."""
    (form,) = shop.kept.of(EMAIL, "") or [None]
    fields = dict(form.fields) if form else {}
    return person.post("/staff/accounts/new", kept_form=str(form.id if form else ""), **fields).text


def test_a_form_that_comes_after_the_time_is_offered_after_signing_in(
    signed_in: Callable[..., Browser], shop: Staff, clock: Clock
) -> None:
    """It is shown as it was typed, is done when it is sent, and then no longer kept."""
    person = signed_in("administrator")
    person.get("/staff/accounts/new")
    clock.move(minutes=40)
    assert "What you typed is kept" in person.post("/staff/accounts/new", **FORM).text
    shown = person.sign_in(EMAIL).text
    assert "What you had typed" in shown
    assert "New\n&amp; &lt;b&gt;" in shown
    assert "শব্দ" in shown
    assert shop.accounts.all()[0].email == EMAIL
    assert "one-time link" in send_again(person, shop)
    assert shop.accounts.by_email("new@testham.gov.uk").name == "New\n& <b>"
    assert shop.kept.of(EMAIL, "") == []


def test_another_browser_and_another_day_do_not_matter_and_another_person_does(
    signed_in: Callable[..., Browser], browser: Callable[[], Browser], member: Callable[..., Account],
    shop: Staff, clock: Clock,
) -> None:  # fmt: skip
    """The form belongs to the account whose session it was."""
    person = signed_in("administrator")
    person.get("/staff/accounts/new")
    clock.move(minutes=40)
    person.post("/staff/accounts/new", **FORM)
    assert "What you had typed" not in browser().sign_in(member("administrator", "other").email).text
    assert "What you had typed" in browser().sign_in(EMAIL).text


def test_signing_in_again_elsewhere_does_not_lose_an_open_form(
    signed_in: Callable[..., Browser], shop: Staff
) -> None:
    """Two windows of one browser: the form of the older one has an older token."""
    person = signed_in("administrator")
    old = person.get("/staff/accounts/new") and person.token
    person.post("/staff/sign-out")
    person.sign_in(EMAIL)
    answer = person.send("/staff/accounts/new", {"csrf_token": old, **FORM})
    assert "What you had typed" in answer.text
    assert "one-time link" in send_again(person, shop)


def test_a_browser_that_lost_its_cookie_keeps_the_form(
    signed_in: Callable[..., Browser], browser: Callable[[], Browser]
) -> None:
    """Closed and opened again, with the form still in it: whoever signs in there is offered it."""
    signed_in("administrator")
    fresh = browser()
    fresh.send("/staff/accounts/new", {"csrf_token": "gone", **FORM})
    assert "What you had typed" in fresh.sign_in(EMAIL).text
    assert "What you had typed" not in browser().sign_in(EMAIL).text


def test_no_password_and_no_token_is_kept(
    signed_in: Callable[..., Browser], shop: Staff, clock: Clock
) -> None:
    """Forms of one's own account are not kept at all, and such fields of no form."""
    person = signed_in("administrator")
    clock.move(minutes=40)
    person.post("/staff/account/password", old_password="a secret", password="another secret")
    person.post("/staff/accounts/new", name="A", password="a secret", code="123456")
    (form,) = shop.kept.of(EMAIL, "")
    assert form.fields == (("name", "A"),)


def test_what_is_kept_can_be_thrown_away(
    signed_in: Callable[..., Browser], shop: Staff, clock: Clock
) -> None:
    """And is not done then."""
    person = signed_in("administrator")
    clock.move(minutes=40)
    person.post("/staff/accounts/new", **FORM)
    person.sign_in(EMAIL)
    (form,) = shop.kept.of(EMAIL, "")
    assert "thrown away" in person.post(f"/staff/kept/{form.id}/drop").text
    assert shop.kept.of(EMAIL, "") == []
    assert len(shop.accounts.all()) == 1
