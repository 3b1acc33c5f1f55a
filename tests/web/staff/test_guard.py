"""Who may see which page: found from the address map, so that a new page is covered without a change."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import Rule

from store.staff.accounts import ROLES, Account, Role
from tests.store.conftest import Clock
from tests.web.staff.conftest import Browser
from web.staff.guard import allowed, check_declared, role_of
from web.staff.services import Staff


def pages(site: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, method, path) of every staff page; what varies in a path is filled with something."""
    rules = [rule for rule in site.url_map.iter_rules() if rule.rule.startswith("/staff")]
    return [
        (rule.endpoint, method, filled(rule))
        for rule in rules
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def filled(rule: Rule) -> str:
    """An address that fits `rule`."""

    def something(part: re.Match[str]) -> str:
        kind, options = part[1], part[2]
        if kind == "any":
            return options.split(",")[0].strip(" \"'")
        return {"int": "1", "path": "a/b"}.get(kind or "", "x")

    return re.sub(r"<(?:(\w+)(?:\(([^)]*)\))?:)?\w+>", something, rule.rule)


def test_the_addresses_walked_below_lead_to_their_pages(site: Flask) -> None:
    """Or the walk would meet pages that are not there, and find nothing wrong with them."""
    addresses = site.url_map.bind("localhost")
    for endpoint, method, path in pages(site):
        assert addresses.match(path, method)[0] == endpoint


def test_every_page_declares_who_may_see_it(site: Flask) -> None:
    """And what it declares is a role."""
    declared = {role_of(site, endpoint) for endpoint, _, _ in pages(site)}
    assert declared <= {*ROLES, "anyone"}
    assert len(pages(site)) > 15


def test_a_page_that_declares_nothing_stops_the_start() -> None:
    """Nobody finds out in production."""
    app = Flask(__name__)
    blueprint = Blueprint("more", __name__, url_prefix="/staff")
    blueprint.add_url_rule("/open", view_func=lambda: "secret", endpoint="open")
    blueprint.add_url_rule("/closed", view_func=allowed("viewer")(lambda: "secret"), endpoint="closed")
    app.register_blueprint(blueprint)
    with pytest.raises(RuntimeError, match=r"more\.open$"):
        check_declared(app)


def test_few_pages_are_open_to_anyone(site: Flask) -> None:
    """Those that lead in, and no other."""
    open_ones = {endpoint for endpoint, _, _ in pages(site) if role_of(site, endpoint) == "anyone"}
    assert open_ones <= {
        "staff.sign_in", "staff.second_step", "staff.link", "staff.forgotten", "staff.provider",
        "staff.callback",
    }  # fmt: skip


def test_whoever_is_not_signed_in_is_led_to_the_page_for_it(
    site: Flask, browser: Callable[[], Browser]
) -> None:
    """From every page that is not open, by every method; and nothing of the page is told."""
    stranger = browser()
    stranger.get("/staff/sign-in")
    for endpoint, method, path in pages(site):
        if role_of(site, endpoint) != "anyone":
            send = {"csrf_token": stranger.token}
            answer = stranger.client.open(path, method=method, data=send if method == "POST" else None)
            assert (answer.status_code, answer.location[:14]) == (303, "/staff/sign-in"), path


@pytest.mark.parametrize("role", get_args(Role))
def test_every_role_at_every_page(site: Flask, signed_in: Callable[..., Browser], role: Role) -> None:
    """403 exactly where the page is for a later role; any other answer is the page's own."""
    person = signed_in(role)
    person.get("/staff/account")
    wrong = []
    for endpoint, method, path in sorted(pages(site), key=lambda page: page[0] == "staff.sign_out"):
        needed = role_of(site, endpoint)
        refused = needed in ROLES and ROLES.index(needed) > ROLES.index(role)
        send = {"csrf_token": person.token} if method == "POST" else None
        answer = person.client.open(path, method=method, data=send)
        if (answer.status_code == 403) != refused or answer.status_code == 500:
            wrong.append((endpoint, method, path, answer.status_code))
    assert wrong == []


def test_a_role_is_read_anew_at_every_request(
    signed_in: Callable[..., Browser], shop: Staff, member: Callable[..., Account]
) -> None:
    """Somebody who is no longer administrator is not one from that moment."""
    member("administrator", "root")
    person = signed_in("administrator")
    assert person.get("/staff/accounts").status_code == 200
    shop.accounts.change(shop.accounts.by_email("administrator@testham.gov.uk").id, by="x", role="viewer")
    assert "Sign in" in person.get("/staff/accounts").text


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_form_without_our_token_from_elsewhere_is_refused_and_not_kept(
    signed_in: Callable[..., Browser], shop: Staff, headers: dict[str, str]
) -> None:
    """Another site cannot act for whoever is signed in, nor put a form in front of them."""
    person = signed_in("administrator")
    answer = person.client.post("/staff/accounts/new", data={"email": "a@b.uk"}, headers=headers)
    assert answer.status_code == 403
    assert shop.kept.of("administrator@testham.gov.uk", "") == []
    assert len(shop.accounts.all()) == 1


def test_staff_pages_are_kept_and_framed_by_nobody(signed_in: Callable[..., Browser]) -> None:
    """No copy in the browser, no frame, no inline script, no word of the address to others."""
    headers = signed_in("viewer").get("/staff/account").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("scheme", "name", "path"),
    [("http", "signpost-staff", "Path=/staff"), ("https", "__Host-signpost-staff", "Path=/;")],
)
def test_the_cookie_is_for_us_alone(site: Flask, scheme: str, name: str, path: str) -> None:
    """Not for scripts, not sent by other sites' forms; over https for this very host."""
    answer = site.test_client().get("/staff/sign-in", base_url=f"{scheme}://localhost")
    cookie = answer.headers["Set-Cookie"] + ";"
    assert cookie.startswith(f"{name}=")
    assert path in cookie
    assert "HttpOnly;" in cookie
    assert "SameSite=Lax;" in cookie
    assert ("Secure;" in cookie) == (scheme == "https")
    assert "Domain" not in cookie


def test_a_page_with_a_token_is_not_compressed(site: Flask) -> None:
    """Its size would give the token away; a page of the public has none, and is."""
    client = site.test_client()
    encodings = [
        client.get(path, headers={"Accept-Encoding": "br"}).headers.get("Content-Encoding")
        for path in ("/staff/sign-in", "/static/staff.css")
    ]
    assert encodings == [None, "br"]


def test_the_public_pages_set_no_cookie(site: Flask) -> None:
    """Residents are not followed."""
    with site.test_client() as client:
        for path in ("/healthz", "/static/staff.css", "/staffing"):
            assert "Set-Cookie" not in client.get(path).headers


def test_the_public_chat_needs_no_token(site: Flask) -> None:
    """Programs of partners speak to it."""
    answer = site.test_client().post("/api/v1/chat", json={"message": "noise", "language": "en"})
    assert answer.status_code == 200


def test_an_address_that_is_none_is_told_on_a_staff_page(signed_in: Callable[..., Browser]) -> None:
    """With the way back to the lists, and not on the page for residents."""
    answer = signed_in("viewer").get("/staff/no/such/page")
    assert answer.status_code == 404
    assert "/staff/sign-out" in answer.text


def test_a_fault_is_told_plainly_and_logged_without_its_words(
    site: Flask, signed_in: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says what to do."""
    person = signed_in("administrator")

    def fail() -> str:
        raise KeyError("a secret")

    monkeypatch.setitem(site.view_functions, "staff.accounts", allowed("administrator")(fail))
    answer = person.get("/staff/accounts")
    assert answer.status_code == 500
    assert "Nothing was changed" in answer.text
    assert "secret" not in answer.text


def test_a_session_that_is_left_alone_ends(signed_in: Callable[..., Browser], clock: Clock) -> None:
    """The page says so, and leads back to where its owner was."""
    person = signed_in("viewer")
    clock.move(minutes=31)
    answer = person.get("/staff/account?a=1")
    assert "Your session has ended" in answer.text
    assert "next=/staff/account?a%3D1" in answer.request.url.replace("%2F", "/").replace("%3F", "?")
    assert (
        "My account"
        in person.sign_in("viewer@testham.gov.uk", path=answer.request.path + "?next=/staff/account").text
    )
