"""What every response of the service has in common: headers, sharing, limits, health."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import NOW, Echo, Only
from web.app import create_app
from web.settings import Settings

PARTNER = "https://partner.example.org"
OUTSIDE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.mark.parametrize(
    "path", ["/api/v1/topics", "/healthz", "/api/v1/nothing", "/no/thing", "/static/nothing"]
)
def test_every_response_has_the_security_headers(client: FlaskClient, path: str) -> None:
    """Errors as well."""
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_only_over_https_is_the_browser_told_to_stay_there(client: FlaskClient) -> None:
    """A first run on http://127.0.0.1 must not break others on that host."""
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    assert "Strict-Transport-Security" in client.get("/healthz", base_url="https://localhost").headers


def test_a_person_who_meets_an_error_is_told_of_999(client: FlaskClient) -> None:
    """Outside the API an error is a sentence, also where a program asked."""
    response = client.get("/static/nothing")
    assert response.status_code == 404
    assert response.mimetype == "text/plain"
    assert "999" in response.text


def post(client: FlaskClient, **options: Any) -> Any:
    return client.post("/api/v1/chat", json={"message": "noise"}, **options)


def test_a_site_that_embeds_the_widget_may_read_the_reply(client: FlaskClient) -> None:
    """Its exact origin, and no cookies."""
    headers = post(client, headers={"Origin": PARTNER}).headers
    assert headers["Access-Control-Allow-Origin"] == PARTNER
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Origin" in headers["Vary"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://partner.example.org",
        PARTNER + ".evil.example",
        PARTNER + ":8443",
        "null",
    ],
)
def test_other_sites_may_not(client: FlaskClient, origin: str) -> None:
    """Nothing like the origin is good enough."""
    response = post(client, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Origin" in response.headers["Vary"]


def test_a_site_may_read_errors_too(client: FlaskClient) -> None:
    """The widget shows what to do."""
    response = client.post("/api/v1/chat", json={}, headers={"Origin": PARTNER})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (400, PARTNER)


def test_a_site_may_ask_before_it_sends_json(client: FlaskClient) -> None:
    """The preflight request of a browser."""
    headers = client.options("/api/v1/chat", headers={"Origin": PARTNER}).headers
    assert headers["Access-Control-Allow-Origin"] == PARTNER
    assert headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert "Access-Control-Allow-Origin" not in client.options("/api/v1/chat").headers


@pytest.fixture
def limited(settings: Settings, echo: Echo) -> Flask:
    """A service that takes two turns a minute."""
    return create_app(replace(settings, turn_limit="2 per minute"), Only(echo), lambda: NOW)


def test_too_many_turns_are_told_when_to_come_back_and_of_999(limited: Flask) -> None:
    """The third turn is 429, readable by the partner's page."""
    client = limited.test_client()
    statuses = [post(client, environ_base=OUTSIDE).status_code for _ in range(2)]
    response = post(client, environ_base=OUTSIDE, headers={"Origin": PARTNER})
    assert [*statuses, response.status_code] == [200, 200, 429]
    assert response.mimetype == "application/problem+json"
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert "999" in response.json["detail"]
    assert response.headers["Access-Control-Allow-Origin"] == PARTNER


def test_one_address_does_not_use_up_the_turns_of_another(limited: Flask) -> None:
    """Each is counted by itself; an IPv6 network is one."""
    client = limited.test_client()
    addresses = ["203.0.113.7", "203.0.113.8", "2001:db8::1", "2001:db8:0:1::1"]
    assert {post(client, environ_base={"REMOTE_ADDR": address}).status_code for address in addresses * 2} == {
        200
    }
    assert post(client, environ_base={"REMOTE_ADDR": "2001:db8::ffff"}).status_code == 429


def test_reading_and_this_machine_are_not_limited(limited: Flask) -> None:
    """A proxy that we were not told of brings everybody from the same address."""
    client = limited.test_client()
    assert {post(client).status_code for _ in range(9)} == {200}
    assert {client.get("/api/v1/topics", environ_base=OUTSIDE).status_code for _ in range(9)} == {200}


def test_the_address_behind_a_known_proxy_counts(settings: Settings, echo: Echo) -> None:
    """One hop is believed, and no more than one."""
    app = create_app(replace(settings, turn_limit="1 per minute", proxies=1), Only(echo), lambda: NOW)
    client = app.test_client()
    for sender, status in (("203.0.113.1", 200), ("203.0.113.2", 200), ("9.9.9.9, 203.0.113.2", 429)):
        assert post(client, headers={"X-Forwarded-For": sender}).status_code == status


def test_the_name_of_an_address_is_another_one_tomorrow(settings: Settings, echo: Echo) -> None:
    """What is counted cannot be followed from day to day, nor turned back."""
    from web.limits import sender

    names = set()
    for days in range(2):
        app = create_app(settings, Only(echo), lambda days=days: NOW + timedelta(days=days))
        with app.test_request_context(environ_base=OUTSIDE):
            names.add(sender())
    assert len(names) == 2
    assert not any("203" in name and "113" in name for name in names)


def test_health_says_what_is_served(client: FlaskClient) -> None:
    """The revision, and that all is well."""
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json == {"ok": True, "revision": 7, "wanted": 7, "problem": None}


def test_health_says_what_is_wrong_while_residents_are_answered(settings: Settings, echo: Echo) -> None:
    """A last good revision is no reason to take the machine away."""
    client = create_app(settings, Only(echo, problem="a fault"), lambda: NOW).test_client()
    response = client.get("/healthz")
    assert (response.status_code, response.json["ok"], response.json["problem"]) == (200, False, "a fault")
