"""Sites that embed the assistant: what they may do, what nobody else may, and how one is taken out."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from bot.knowledge.records import Group
from bot.knowledge.sites import Site
from bot.language.catalogue import Catalogue
from tests.web.conftest import CONTACT, NOW, Echo, Only
from web.app import create_app
from web.interface import interface
from web.releases import newest
from web.settings import Settings
from web.sites import for_site, theme

PARTNER = "https://partner.example.org"
#: What a careless comparison would take for the partner, and what browsers send for no site at all.
NOT_THE_PARTNER = [
    "https://evil-partner.example.org",
    "https://partner.example.org.evil.example",
    "https://partner.example.orgevil.example",
    "https://evil.example/partner.example.org",
    "https://partner.example.org:8443",
    "https://partner.example.org/",
    "http://partner.example.org",
    "https://PARTNER.example.org",
    "https://sub.partner.example.org",
    "https://partner.example.org@evil.example",
    "https://partner.example.org https://evil.example",
    "https://partner%2Eexample.org",
    "null",
    "",
    "*",
]
#: What is for listed sites alone.
FOR_SITES = ["/w/1/chat/en.js", "/w/1/start/en.json", "/w/1/strings/en.json"]


@pytest.fixture
def echo() -> Echo:
    """A partner that leads with noise, in colours of its own, with an own exit and contact."""
    found = Echo()
    own = {
        "id": "partner",
        "name": "Partner",
        "origins": [PARTNER, "https://www.partner.example.org"],
        "language": "zh-Hans",
        "topics": ["noise"],
        "groups": ["asb"],
        "colours": {"accent": "#7A1F5C"},
        "contacts": [{**CONTACT, "id": "own", "value": "020 7946 0001"}],
        "exit": "https://weather.example.org/",
    }
    other = {"id": "other", "name": "Other", "origins": ["https://other.example.org"]}
    sites = {name["id"]: Site.model_validate(name) for name in (own, other)}
    found.knowledge = replace(found.knowledge, sites=sites)
    return found


def without(echo: Echo, name: str) -> None:
    """Takes a site out, as an edit does: a new snapshot."""
    kept = {key: site for key, site in echo.knowledge.sites.items() if key != name}
    echo.knowledge = replace(echo.knowledge, sites=kept)


@pytest.mark.parametrize("path", FOR_SITES)
def test_a_listed_site_may_read_what_the_widget_needs(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Origin": PARTNER})
    assert response.headers["Access-Control-Allow-Origin"] == PARTNER
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Origin" in response.headers["Vary"]


@pytest.mark.parametrize("path", FOR_SITES)
@pytest.mark.parametrize("origin", NOT_THE_PARTNER)
def test_nobody_else_may(client: FlaskClient, path: str, origin: str) -> None:
    response = client.get(path, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "Origin" in response.headers["Vary"]


@pytest.mark.parametrize("origin", NOT_THE_PARTNER)
def test_nobody_else_may_read_a_reply_or_ask_whether_it_might(client: FlaskClient, origin: str) -> None:
    reply = client.post("/api/v1/chat", json={"message": "noise"}, headers={"Origin": origin})
    asked = client.options("/api/v1/chat", headers={"Origin": origin})
    for response in (reply, asked):
        assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("path", [*FOR_SITES, "/embed/partner"])
def test_a_permission_is_asked_for_each_time(client: FlaskClient, path: str) -> None:
    """So that a site which is taken out is out at once."""
    cached = client.get(path, headers={"Origin": PARTNER}).headers["Cache-Control"]
    assert "no-cache" in cached or "no-store" in cached


def test_a_preflight_is_soon_forgotten(client: FlaskClient) -> None:
    response = client.options("/api/v1/chat", headers={"Origin": PARTNER})
    assert int(response.headers["Access-Control-Max-Age"]) <= 60


def test_a_site_that_is_taken_out_is_out_at_once(client: FlaskClient, echo: Echo) -> None:
    """Also for who has what it was sent before, and asks whether it still holds."""
    before = client.get(FOR_SITES[1], headers={"Origin": PARTNER})
    assert before.headers["Access-Control-Allow-Origin"] == PARTNER
    assert client.get("/embed/partner").status_code == 200
    without(echo, "partner")
    known = {"Origin": PARTNER, "If-None-Match": before.headers.get("ETag", "")}
    after = client.get(FOR_SITES[1], headers=known)
    assert "Access-Control-Allow-Origin" not in after.headers
    # A browser would take a 304 for leave to use what it has, with the permission that came with it.
    assert after.status_code == 200
    assert client.get("/embed/partner").status_code == 404
    assert client.post("/embed/partner", data={"message": "noise"}).status_code == 404
    assert client.get("/api/v1/sites/partner").status_code == 404
    turn = client.post("/api/v1/chat", json={"message": "a", "site": "partner"}, headers={"Origin": PARTNER})
    assert turn.status_code == 422


def policy_of(client: FlaskClient, path: str, **options: object) -> dict[str, str]:
    """The directives of the page's Content-Security-Policy."""
    response = client.open(path, **options)  # type: ignore[arg-type]
    assert "X-Frame-Options" not in response.headers
    parts = response.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


def test_a_frame_stands_only_on_the_pages_of_its_site(client: FlaskClient) -> None:
    ours = f"{PARTNER} https://www.partner.example.org"
    assert policy_of(client, "/embed/partner")["frame-ancestors"] == ours
    assert policy_of(client, "/embed/partner/en")["frame-ancestors"] == ours
    turn = policy_of(client, "/embed/partner", method="POST", data={"message": "noise"})
    assert turn["frame-ancestors"] == ours
    assert policy_of(client, "/embed/other")["frame-ancestors"] == "https://other.example.org"


@pytest.mark.parametrize(
    "path", ["/", "/topics/noise", "/privacy", "/embed", "/embed/nobody", "/api/v1/topics"]
)
def test_nothing_else_is_framed_by_anybody(client: FlaskClient, path: str) -> None:
    assert policy_of(client, path)["frame-ancestors"] == "'none'"


def test_the_conversation_in_a_frame_works_without_script(client: FlaskClient, echo: Echo) -> None:
    first = client.get("/embed/partner/en").text
    assert "<script" not in first
    assert '<form class="ask" id="ask" method="post" action="/embed/partner" target="_self">' in first
    page = client.post("/embed/partner", data={"message": "noise", "seen": "en", "language": "en"}).text
    assert "You said" in page
    assert echo.turns[-1].site == "partner"
    found = re.search(r'name="choose" value="([^"]*)">Phone\?', page)
    assert found
    client.post("/embed/partner", data={"choose": html.unescape(found[1])})
    assert echo.turns[-1].choose is not None
    assert echo.turns[-1].site == "partner"


def test_turns_in_a_frame_are_counted_like_all_others(settings: Settings, echo: Echo) -> None:
    """A frame is no way around the limit, and who meets it is told whom to call."""
    client = create_app(replace(settings, turn_limit="2 per minute"), Only(echo), lambda: NOW).test_client()
    outside = {"REMOTE_ADDR": "203.0.113.7"}
    sent = [client.post("/embed/partner", data={"message": "a"}, environ_base=outside) for _ in range(3)]
    assert [response.status_code for response in sent] == [200, 200, 429]
    assert "020 7946 0000" in sent[-1].text


def test_the_exit_of_a_frame_leaves_the_whole_page_for_where_the_site_says(client: FlaskClient) -> None:
    wanted = '<a class="exit" href="https://weather.example.org/" rel="nofollow noreferrer" target="_top">'
    assert wanted in client.get("/embed/partner").text
    assert 'href="https://www.bbc.co.uk/weather" rel="nofollow noreferrer" target="_top">' in (
        client.get("/embed/other").text
    )


def test_a_frame_begins_in_the_language_of_its_site(client: FlaskClient) -> None:
    english = {"Accept-Language": "en"}
    assert '<html lang="zh-Hans"' in client.get("/embed/partner", headers=english).text
    assert '<html lang="en"' in client.get("/embed/partner/en").text
    assert '<html lang="en"' in client.get("/embed/other", headers=english).text


def test_a_frame_has_the_colours_of_its_site_by_a_style_sheet(client: FlaskClient) -> None:
    """A strict policy takes no styles within the page; on dark screens ours stay."""
    assert '<link rel="stylesheet" href="/embed/partner/colours.css">' in client.get("/embed/partner").text
    sheet = client.get("/embed/partner/colours.css")
    assert sheet.mimetype == "text/css"
    assert "--accent:#7a1f5c" in sheet.text
    assert sheet.text.startswith("@media not all and (prefers-color-scheme:dark)")
    assert client.get("/embed/other/colours.css").text == ""


@pytest.mark.parametrize("path", ["/embed/partner/colours.css", "/static/page.css", "/w/1/signpost.css"])
def test_a_sandboxed_frame_may_load_its_style_sheets(client: FlaskClient, path: str) -> None:
    """It counts as another site."""
    with client.get(path) as response:
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_menu_of_a_site_begins_with_what_it_leads_with(client: FlaskClient) -> None:
    page = client.get("/embed/partner/en").text
    found = re.findall(r'name="choose" value="([^"]*)"', page)
    assert [html.unescape(value) for value in found] == ['{"topic": "noise"}', '{"menu": "asb"}']
    assert "&#34;topic&#34;" not in client.get("/en/").text


def test_a_site_puts_its_groups_first_and_takes_none_away(echo: Echo) -> None:
    groups = {"first": Group(id="first", title="First"), **echo.knowledge.groups}
    knowledge = replace(echo.knowledge, groups=groups)
    words = interface("en", knowledge, {})
    own = for_site(words, knowledge.sites["partner"], knowledge, Catalogue("en", {}))
    assert [name for name, _ in words.groups] == ["first", "asb"]
    assert [name for name, _ in own.groups] == ["asb", "first"]
    assert for_site(words, None, knowledge, Catalogue("en", {})) == words


def test_the_site_can_be_read_by_programs(client: FlaskClient) -> None:
    body = client.get("/api/v1/sites/partner").json
    assert body["id"] == "partner"
    assert body["origins"] == [PARTNER, "https://www.partner.example.org"]
    assert (body["topics"], body["groups"]) == (["noise"], ["asb"])
    assert body["colours"] == {"accent": "#7a1f5c", "on_accent": "#ffffff"}
    assert body["exit"] == "https://weather.example.org/"
    assert body["contacts"][0]["href"] == "tel:+442079460001"
    assert body["contacts"][0]["source"] == "https://noise.example.org/"
    assert body["contacts"][0]["checked"] == "2026-11"


def test_staff_and_partners_see_the_exact_tag_of_each_site(client: FlaskClient) -> None:
    page = html.unescape(client.get("/embed").text)
    start = '<script defer src="http://localhost/w/1/signpost.js" crossorigin="anonymous"'
    assert f'{start} data-site="partner"></script>' in page
    assert '<signpost-chat data-site="partner"><a href="http://localhost/">' in page
    assert '<iframe src="http://localhost/embed/partner"' in page
    pinned = f'/w/{newest().version}/signpost.js" crossorigin="anonymous" data-site="partner"'
    assert re.search(rf'{re.escape(pinned)}\s+integrity="{re.escape(newest().integrity)}"></script>', page)
    assert client.get(f"/w/{newest().version}/signpost.js").text == newest().script
    assert "script-src http://localhost" in page
    for kind in ("plain", "hostile", "rtl"):
        assert f'src="/embed-preview/{kind}"' in page
        assert client.get(f"/embed-preview/{kind}").status_code == 200
    assert client.get("/embed-preview/other").status_code == 404


def test_previews_stand_in_our_own_frames_alone(client: FlaskClient) -> None:
    assert policy_of(client, "/embed-preview/plain")["frame-ancestors"] == "'self'"
    assert policy_of(client, "/embed")["frame-src"] == "'self'"


def test_a_site_without_colours_has_no_sheet(echo: Echo) -> None:
    assert theme(echo.knowledge.sites["other"]) == ""
