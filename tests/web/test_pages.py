"""The plain pages: complete, in every language, honest to search engines, and kind to whoever is lost."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

import web
from bot.knowledge.services import Service
from bot.language.catalogue import Catalogue
from store.snapshots import Health
from tests.web.conftest import CONTACT, NOW, Echo, Only
from web.app import create_app
from web.page_words import PLAIN_STRINGS
from web.settings import Settings
from web.structured import is_public, opening_hours

PAGES = [
    "/topics",
    "/topics/noise",
    "/services",
    "/services/noise-line",
    "/about",
    "/privacy",
    "/accessibility",
]


@pytest.fixture
def echo() -> Echo:
    drafts = {"Noise": ("噪音", True), "All subjects": ("所有主题", True)}
    return Echo(catalogues={"zh-Hans": Catalogue("zh-Hans", drafts)})


def get(client: FlaskClient, path: str, **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


def data(page: str) -> dict[str, Any]:
    """What the page says to search engines."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    body: dict[str, Any] = json.loads(found[1])
    return body


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/en", "/zh-Hans"])
def test_every_page_has_the_emergency_line_the_exit_and_a_way_on(
    client: FlaskClient, language: str, path: str
) -> None:
    page = get(client, language + path)
    assert 'href="tel:+442079460000"' in page
    assert '<a class="exit" href="https://www.bbc.co.uk/weather" rel="nofollow noreferrer">' in page
    assert f'href="{language}/topics"' in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_complete_without_script_and_needs_no_loosened_policy(
    client: FlaskClient, path: str
) -> None:
    page = get(client, path)
    assert set(re.findall(r"<script[^>]*>", page)) <= {'<script type="application/ld+json">'}
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_its_address_in_every_language(client: FlaskClient, path: str) -> None:
    for prefix in ("", "/en", "/zh-Hans"):
        page = get(client, prefix + path)
        assert f'<link rel="canonical" href="http://localhost{prefix}{path}">' in page
        assert re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page) == [
            ("en", f"http://localhost/en{path}"),
            ("zh-Hans", f"http://localhost/zh-Hans{path}"),
            ("x-default", f"http://localhost{path}"),
        ]


def test_addresses_are_those_that_the_public_knows(settings: Settings, echo: Echo) -> None:
    """Whatever host a request claims to be for."""
    known = replace(settings, public_url="https://signpost.example")
    page = (
        create_app(known, Only(echo), lambda: NOW)
        .test_client()
        .get("/topics", headers={"Host": "evil.example"})
    )
    assert "https://signpost.example/en/topics" in page.text
    assert "evil.example" not in page.text


def test_the_address_decides_the_language_or_else_the_browser(client: FlaskClient) -> None:
    assert '<html lang="zh-Hans"' in get(client, "/zh-Hans/topics/noise")
    assert '<html lang="en"' in get(client, "/en/topics/noise", **{"Accept-Language": "zh-Hans"})
    response = client.get("/topics/noise", headers={"Accept-Language": "zh-Hans"})
    assert response.headers["Content-Language"] == "zh-Hans"
    assert "Accept-Language" in response.headers["Vary"]


def test_a_language_that_is_not_offered_leads_to_the_page_without_one(client: FlaskClient) -> None:
    response = client.get("/xx/topics/noise")
    assert (response.status_code, response.location) == (302, "/topics/noise")


def test_a_page_is_sent_once(client: FlaskClient) -> None:
    response = client.get("/topics/noise")
    assert response.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/topics/noise", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_draft_says_so_with_the_english_one_tap_away(client: FlaskClient) -> None:
    page = get(client, "/zh-Hans/topics/noise")
    draft = re.search(r'<p class="draft">.*?</p>', page, re.S)
    assert draft
    assert 'href="/en/topics/noise"' in draft[0]
    assert '<p class="draft">' not in get(client, "/en/topics/noise")


def test_what_stands_in_english_says_so(client: FlaskClient) -> None:
    page = get(client, "/zh-Hans/topics/noise")
    assert "<h1>噪音</h1>" in page
    assert '<span lang="en" dir="ltr">Call.</span>' in page


def test_topics_stand_under_their_groups(client: FlaskClient) -> None:
    page = get(client, "/topics")
    assert page.index("<h2>Nuisance</h2>") < page.index('<a href="/topics/noise">Noise</a>')


def test_every_contact_says_when_it_was_checked_and_where_it_comes_from(client: FlaskClient) -> None:
    for path in ("/topics/noise", "/services/noise-line"):
        contacts = re.findall(r'<li class="contact">.*?</li>', get(client, path), re.S)
        assert len(contacts) == 1
        assert "Checked: <bdi>November 2026</bdi>" in contacts[0]
        assert 'href="https://noise.example.org/"' in contacts[0]
        assert '<a class="way phone" href="tel:+442079460000"' in contacts[0]


def test_retired_numbers_stand_on_no_page(client: FlaskClient) -> None:
    for path in PAGES:
        assert "0999" not in get(client, path)


@pytest.mark.parametrize(
    "path", ["/topics/nowhere", "/zh-Hans/topics/nowhere", "/services/x", "/no/thing", "/topics/noise/nobody"]
)
def test_whoever_is_lost_gets_a_form_the_subjects_and_whom_to_call(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    page = response.get_data(as_text=True)
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert '<form class="ask" method="post" action="/">' in page
    assert "020 7946 0000" in page
    assert 'rel="canonical"' not in page
    assert f'href="{"/zh-Hans" if "zh-Hans" in path else ""}/topics"' in page


def test_whoever_is_lost_is_told_of_999_even_where_there_is_nothing_to_serve(settings: Settings) -> None:
    class Nothing:
        def current(self) -> Any:
            raise RuntimeError("nothing to serve")

        def health(self) -> Health:
            return Health(None, None, "nothing")

    client = create_app(settings, Nothing(), lambda: NOW).test_client()
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "999" in response.text


def test_a_page_that_breaks_says_whom_to_call(client: FlaskClient, echo: Echo) -> None:
    """In place of what could not be said."""
    record = echo.knowledge.topics["noise"]
    echo.knowledge.topics["noise"] = record.model_copy(update={"leads": ("gone",)})  # type: ignore[index]
    response = client.get("/topics/noise")
    assert response.status_code == 500
    assert response.headers["Cache-Control"] == "no-store"
    assert "If you cannot wait, call:" in response.text
    assert "020 7946 0000" in response.text


def test_a_service_is_described_to_search_engines_as_on_the_page(client: FlaskClient) -> None:
    said = data(get(client, "/en/services/noise-line"))
    assert (said["@context"], said["@type"], said["inLanguage"]) == ("https://schema.org", "WebPage", "en")
    assert said["lastReviewed"] == "2026-11-01"
    entity = said["mainEntity"]
    assert (entity["@type"], entity["name"]) == ("Service", "Noise Line")
    assert entity["description"] == "Help with noise."
    assert entity["provider"]["contactPoint"] == [
        {"@type": "ContactPoint", "contactType": "Noise line", "telephone": "020 7946 0000"}
    ]


def test_a_topic_mentions_the_services_that_lead(client: FlaskClient) -> None:
    said = data(get(client, "/topics/noise"))
    assert [each["name"] for each in said["mentions"]] == ["Noise Line"]
    assert said["mentions"][0]["@id"] == "http://localhost/services/noise-line#service"


def test_no_text_can_end_the_data_and_begin_markup(client: FlaskClient, echo: Echo) -> None:
    record = echo.knowledge.services["noise-line"]
    spoilt = record.model_copy(update={"summary": "</script><script>alert(1)</script>&<!--"})
    echo.knowledge.services["noise-line"] = spoilt  # type: ignore[index]
    page = get(client, "/services/noise-line")
    assert data(page)["mainEntity"]["description"] == spoilt.summary
    assert "<script>" not in page
    assert "<!--" not in page


def service_at(kind: str, value: str) -> Service:
    return Service.model_validate(
        {
            "id": "s",
            "name": "S",
            "summary": "S.",
            "contacts": [{**CONTACT, "kind": kind, "value": value}],
            "source": "https://www.example.gov.uk/",
            "checked": "2026",
            "review_by": "2027-01-01",
        }
    )


@pytest.mark.parametrize(
    ("kind", "value", "public"),
    [
        ("web", "https://www.towerhamlets.gov.uk/asb", True),
        ("email", "desk@met.police.uk", True),
        ("web", "https://gov.uk/help", True),
        ("web", "https://samaritans.org", False),
        ("web", "https://evil-gov.uk/", False),
        ("phone", "020 7946 0000", False),
    ],
)
def test_only_a_public_bodys_service_is_called_a_government_service(
    kind: str, value: str, public: bool
) -> None:
    """By its own addresses, not by who wrote about it."""
    assert is_public(service_at(kind, value)) == public


def test_opening_hours_are_told_as_schema_org_has_them() -> None:
    week = opening_hours("Mo-Fr 09:00-17:00; Sa 22:00-02:00; PH off")
    monday, saturday, holidays = week
    assert [day.rpartition("/")[2] for day in monday["dayOfWeek"]] == [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
    ]
    assert (monday["opens"], monday["closes"]) == ("09:00", "17:00")
    assert (saturday["opens"], saturday["closes"]) == ("22:00", "02:00")
    assert holidays["dayOfWeek"] == ["https://schema.org/PublicHolidays"]
    assert (holidays["opens"], holidays["closes"]) == ("00:00", "00:00")


def test_a_whole_day_ends_a_minute_before_midnight() -> None:
    (always,) = opening_hours("24/7")
    assert (always["opens"], always["closes"], len(always["dayOfWeek"])) == ("00:00", "23:59", 7)


def test_hours_that_are_no_plain_week_are_not_guessed() -> None:
    assert opening_hours('Mo-Fr 09:00-17:00 "by appointment"') == []


def test_the_sitemap_lists_every_page_in_every_language(client: FlaskClient) -> None:
    response = client.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ElementTree.fromstring(response.get_data()).findall("s:url", space)
    found = {url.findtext("s:loc", namespaces=space): url for url in urls}
    wanted = [("", "/"), ("/en", "/"), ("/zh-Hans", "/")]
    wanted += [(prefix, path) for path in PAGES for prefix in ("", "/en", "/zh-Hans")]
    assert set(found) == {f"http://localhost{prefix}{path}" for prefix, path in wanted}
    service = found["http://localhost/services/noise-line"]
    assert service.findtext("s:lastmod", namespaces=space) == "2026-11-01"
    assert {link.get("hreflang") for link in service.findall("x:link", space)} == {
        "en",
        "zh-Hans",
        "x-default",
    }


def test_every_address_of_the_sitemap_is_there(client: FlaskClient) -> None:
    for address in re.findall("<loc>http://localhost(.*?)</loc>", client.get("/sitemap.xml").text):
        assert client.get(address).status_code == 200, address


def test_robots_are_told_of_the_sitemap(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    assert "Sitemap: http://localhost/sitemap.xml" in response.text
    assert "Disallow: /api/" in response.text


def test_the_page_about_the_service_counts_what_there_is(client: FlaskClient) -> None:
    page = get(client, "/about")
    assert "There are 1 services and 1 ways to contact them." in page
    assert "1 November 2026" in page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_sets_a_cookie(client: FlaskClient, path: str) -> None:
    """As the page on privacy says."""
    assert "Set-Cookie" not in client.get(path).headers


def test_every_string_of_the_pages_is_used() -> None:
    templates = (Path(web.__file__).parent / "templates").glob("*.html")
    sources = "".join(path.read_text("utf-8") for path in templates)
    sources += (Path(web.__file__).parent / "pages.py").read_text("utf-8")
    assert [name for name in PLAIN_STRINGS if not re.search(rf"[\"'.]{name}\b", sources)] == []
