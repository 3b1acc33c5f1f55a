"""Signing in by the council's identity provider, with a real one; and what of its words is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from werkzeug.test import TestResponse

from store.staff.accounts import Accounts
from tests.store.conftest import Clock
from tests.store.staff.conftest import PASSWORD
from tests.web.conftest import Echo, Only
from tests.web.staff import provider as providers
from tests.web.staff.conftest import Browser
from web.app import create_app
from web.identity import Provider, WrongProvider, provider_from
from web.settings import Settings
from web.staff.services import Staff, staff

BACK = "http://localhost/staff/provider/back"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[providers.Provider]:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider is on this machine, without https
    with providers.running(BACK) as running:
        yield running


@pytest.fixture
def site(
    settings: Settings, database_url: str, echo: Echo, clock: Clock, provider: providers.Provider
) -> Iterator[Flask]:
    """The application, to which the provider is known."""
    roles = {"signpost-editors": "editor", "signpost-admins": "administrator"}
    chosen = Provider(provider.issuer, providers.CLIENT, providers.SECRET, "Testham", roles)  # type: ignore[arg-type]
    app = create_app(replace(settings, database_url=database_url, provider=chosen), Only(echo), clock)
    with app.app_context():
        staff()
    yield app
    with app.app_context():
        staff().engine.dispose()


def leave(browser: Browser) -> str:
    """Press the button on the page for signing in: the address at the provider that it leads to."""
    assert "Sign in with Testham" in browser.get("/staff/sign-in?next=/staff/account").text
    answer = browser.client.get("/staff/provider?next=/staff/account")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def come_back(browser: Browser, address: str) -> TestResponse:
    """Sign in at the provider, and follow it back."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return browser.get(answer.headers["Location"].removeprefix("http://localhost"))


def whole(browser: Browser) -> TestResponse:
    """There and back."""
    return come_back(browser, leave(browser))


def test_who_has_a_role_comes_in_and_has_an_account_from_then_on(
    browser: Callable[[], Browser], provider: providers.Provider, shop: Staff
) -> None:
    """With the address, name and role that the provider says; the page is the one they asked for."""
    page = whole(browser())
    assert (page.request.path, "Cara Day" in page.text) == ("/staff/account", True)
    account = shop.accounts.by_email("cara@testham.gov.uk")
    assert (account.role, account.is_outside, account.has_password) == ("editor", True, False)
    assert [(entry.action, entry.detail) for entry in shop.audit.entries(2)] == [
        ("sign-in", "provider"),
        ("invite", "role editor"),
    ]
    asked = provider.asked[0]
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert {"state", "nonce", "code_challenge"} <= set(asked)


def test_the_role_is_read_anew_at_each_sign_in(
    browser: Callable[[], Browser], provider: providers.Provider, shop: Staff
) -> None:
    """The highest of somebody's groups counts."""
    whole(browser())
    provider.person.claims["groups"] = ["signpost-editors", "others", "signpost-admins"]
    whole(browser())
    assert shop.accounts.by_email("cara@testham.gov.uk").role == "administrator"
    assert len(shop.accounts.all()) == 1


@pytest.mark.parametrize("groups", [[], ["others"], "signpost-editors", None])
def test_who_has_no_role_is_told_so_and_leavers_are_out(
    browser: Callable[[], Browser], provider: providers.Provider, shop: Staff, groups: object
) -> None:
    """Politely; what they had open in another browser ends."""
    inside = browser()
    whole(inside)
    provider.person.claims["groups"] = groups
    page = whole(browser())
    assert (page.request.path, "You have no role in Signpost" in page.text) == ("/staff/sign-in", True)
    assert "Sign in" in inside.get("/staff/account").text
    assert shop.sessions.of(1) == []


def test_an_account_that_was_closed_here_stays_closed(browser: Callable[[], Browser], shop: Staff) -> None:
    """Whatever the provider says."""
    whole(browser())
    shop.accounts.change(1, by="x", active=False)
    assert "Your account in Signpost is closed" in whole(browser()).text


def test_an_invited_account_becomes_theirs_and_its_password_ends(
    browser: Callable[[], Browser], shop: Staff
) -> None:
    """So that nobody who has left the council still has a way in."""
    _, token = shop.accounts.invite("cara@testham.gov.uk", "Cara", "viewer", by="x")
    shop.signing_in.by_link(token, PASSWORD)
    whole(browser())
    account = shop.accounts.get(1)
    assert (account.role, account.has_password, len(shop.accounts.all())) == ("editor", False, 1)
    assert "wrong" in browser().sign_in("cara@testham.gov.uk").text


def test_groups_may_come_with_the_details_alone(
    browser: Callable[[], Browser], provider: providers.Provider
) -> None:
    """Some providers keep the token small."""
    provider.apart = ("groups",)
    assert "Cara Day" in whole(browser()).text


@pytest.mark.parametrize(
    "bent",
    [
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(time.time()) - 3600},
        {"aud": ["somebody-else"]},
        {"email_verified": False},
        {"email": ""},
    ],
    ids=lambda bent: "-".join(map(str, bent)),
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    browser: Callable[[], Browser], provider: providers.Provider, accounts_of: Accounts, bent: dict[str, Any]
) -> None:
    """Another issuer, nonce, time or client; or an address that the provider does not stand for."""
    provider.bent = bent
    page = whole(browser())
    assert "Signing in with Testham did not work" in page.text
    assert accounts_of.all() == []


@pytest.fixture
def accounts_of(shop: Staff) -> Accounts:
    return shop.accounts


def test_a_signature_by_another_key_is_refused(
    browser: Callable[[], Browser], provider: providers.Provider, accounts_of: Accounts
) -> None:
    """The key must be the one that the provider publishes."""
    provider.published = providers.key("one by somebody else")
    assert "did not work" in whole(browser()).text
    assert accounts_of.all() == []


def test_a_new_key_of_the_provider_is_fetched(
    browser: Callable[[], Browser], provider: providers.Provider
) -> None:
    """Providers change their keys without a word."""
    whole(browser())
    provider.key = providers.key("two")
    assert "Cara Day" in whole(browser()).text


@pytest.mark.parametrize("change", ["state=another", "state=", "code=another"])
def test_a_way_back_that_did_not_begin_here_is_refused(
    browser: Callable[[], Browser], accounts_of: Accounts, change: str
) -> None:
    """Another state or another code: nobody is signed in by a link that somebody else made."""
    person = browser()
    answer = requests.get(leave(person), allow_redirects=False, timeout=10)
    name, value = change.split("=")
    given = {**parse_qs(urlsplit(answer.headers["Location"]).query), name: [value]}
    query = "&".join(f"{key}={values[0]}" for key, values in given.items())
    assert "did not work" in person.get(f"/staff/provider/back?{query}").text
    assert accounts_of.all() == []


def test_the_way_back_of_one_browser_is_not_taken_from_another(
    browser: Callable[[], Browser], accounts_of: Accounts
) -> None:
    """The state belongs to the browser that left."""
    address = leave(browser())
    assert "did not work" in come_back(browser(), address).text
    assert accounts_of.all() == []


def test_a_refusal_of_the_provider_is_told(browser: Callable[[], Browser]) -> None:
    """As when somebody presses cancel there."""
    person = browser()
    leave(person)
    assert "did not work" in person.get("/staff/provider/back?error=access_denied").text


def test_a_provider_that_calls_itself_otherwise_is_not_used(
    browser: Callable[[], Browser], provider: providers.Provider
) -> None:
    """The issuer in the settings is the one that is trusted, letter by letter."""
    provider.called = "https://evil.example"
    assert "cannot be reached" in browser().get("/staff/provider").text


def test_a_provider_that_is_away_leaves_passwords_to_sign_in_with(
    site: Flask, browser: Callable[[], Browser], shop: Staff, provider: providers.Provider
) -> None:
    """The page says so, and is there."""
    provider_settings, client = site.extensions["signpost-provider"]
    client._server_metadata_url = "http://127.0.0.1:9/nothing"
    _, token = shop.accounts.invite("amina@testham.gov.uk", "Amina", "viewer", by="x")
    shop.signing_in.by_link(token, PASSWORD)
    assert provider_settings.name == "Testham"
    assert "cannot be reached just now" in browser().get("/staff/provider").text
    assert "Amina" in browser().sign_in("amina@testham.gov.uk").text


SET = {
    "SIGNPOST_OIDC_ISSUER": "https://login.testham.gov.uk/realm",
    "SIGNPOST_OIDC_CLIENT_ID": "signpost",
    "SIGNPOST_OIDC_CLIENT_SECRET": "a secret",
}


def test_a_provider_is_set_by_variables() -> None:
    """All of them or none; a group may have an equals sign in it."""
    assert provider_from({}) is None
    found = provider_from({**SET, "SIGNPOST_OIDC_ROLES": "editors=editor, CN=Heads=administrator"})
    assert found is not None
    assert found.roles == {"editors": "editor", "CN=Heads": "administrator"}
    assert (found.issuer, found.name) == ("https://login.testham.gov.uk/realm", "the council's account")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", "http://login.testham.gov.uk"), ("ISSUER", "login"), ("CLIENT_SECRET", ""),
        ("ROLES", "editors=king"), ("ROLES", "editors"), ("ROLES", "=editor"),
    ],
)  # fmt: skip
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    """With what to write instead."""
    with pytest.raises(WrongProvider, match=f"SIGNPOST_OIDC_{name}"):
        provider_from({**SET, "SIGNPOST_OIDC_ROLES": "editors=editor", f"SIGNPOST_OIDC_{name}": value})
