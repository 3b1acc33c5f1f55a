"""What the widget is made of, without a browser: its bytes, its words, who may have them."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

import web
from bot.language.catalogue import Catalogue
from tests.web.conftest import Echo
from web import bundles
from web.bundles import whole_script
from web.releases import freeze, newest
from web.trees import tree
from web.views import SAID

STATIC = Path(web.__file__).parent / "static"
SCRIPTS = [bundles.launcher_script, bundles.chat_script, bundles.whole_script]
FILES = [
    "/w/1/signpost.js",
    "/w/1/signpost.css",
    "/w/1/launcher.css",
    "/w/1/chat/en.js",
    "/w/1/start/en.json",
]
PARTNER = "https://partner.example.org"


@dataclass
class Translated(Echo):
    """An assistant with a catalogue of one draft."""

    catalogues: dict[str, Catalogue] = field(
        default_factory=lambda: {"zh-Hans": Catalogue("zh-Hans", {"Send": ("发送", True)})}
    )


@pytest.fixture
def echo() -> Echo:
    return Translated()


def text_of(node: Any) -> str:
    """All that a tree says."""
    return node if isinstance(node, str) else " ".join(text_of(child) for child in node[2:])


def test_a_tree_has_tags_with_classes_attributes_and_children() -> None:
    html = '<p class="small open" lang="bn">a &amp; <b>b</b> <bdi>c</bdi>\n<br>\n</p>'
    assert tree(html) == [
        "p.small open", {"lang": "bn"}, "a & ", ["b", 0, "b"], " ", ["bdi", 0, "c"], ["br", 0],
    ]  # fmt: skip


@pytest.mark.parametrize("html", ["", "text", "<p></p><p></p>", "<p><b></p>", "<p>"])
def test_what_is_not_one_whole_element_is_no_tree(html: str) -> None:
    with pytest.raises(ValueError, match="not one element"):
        tree(html)


def test_a_conversation_begins_with_its_panel_its_languages_and_whom_to_call(client: FlaskClient) -> None:
    words = client.get("/w/1/start/en.json").get_json()
    assert set(SAID) < set(words["strings"])
    assert words["help"] == [["tel:+442079460000", "020 7946 0000"]]
    assert words["strings"]["help.0"] == "Noise line"
    assert [choose for choose, _, _ in words["menu"]] == [{"menu": "asb"}]
    assert words["strings"]["group.asb"] == "Nuisance"
    assert ["zh-Hans", "简体中文", "ltr"] in words["languages"]


def test_going_on_in_another_language_brings_no_languages_and_no_pictures(client: FlaskClient) -> None:
    assert set(client.get("/w/1/strings/zh-Hans.json").get_json()) == {"language", "direction", "strings"}


def test_there_are_no_strings_for_a_language_that_is_not_offered(client: FlaskClient) -> None:
    assert client.get("/w/1/strings/tlh.json").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "given"), [("zh-Hans-CN", "zh-Hans"), ("tlh", "en"), ("..%3Cscript", "en")]
)
def test_a_conversation_begins_in_the_nearest_language_or_the_first(
    client: FlaskClient, wanted: str, given: str
) -> None:
    assert client.get(f"/w/1/start/{wanted}.json").get_json()["language"] == given


def test_what_is_not_translated_is_marked_as_english(client: FlaskClient) -> None:
    strings = client.get("/w/1/strings/zh-Hans.json").get_json()["strings"]
    assert strings["subjects"] == ["Choose a subject"]
    assert strings["send"] == "发送"


@pytest.mark.parametrize(("site", "known"), [("partner", "partner"), ("nobody", None), ("", None)])
def test_the_widget_learns_whether_its_site_is_known(
    client: FlaskClient, site: str, known: str | None
) -> None:
    assert client.get(f"/w/1/start/en.json?site={site}").get_json()["site"] == known


@pytest.mark.parametrize("path", FILES)
def test_files_are_asked_for_again_by_tag(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", FILES)
def test_files_travel_compressed_and_say_so(client: FlaskClient, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    small = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    zipped = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "br"
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < len(zipped.data) < len(plain.data)
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("path", ["/w/1/chat/en.js", "/w/1/start/en.json", "/w/1/strings/en.json"])
def test_words_are_for_listed_sites_and_asked_for_each_time(client: FlaskClient, path: str) -> None:
    listed = client.get(path, headers={"Origin": PARTNER})
    other = client.get(path, headers={"Origin": "https://evil.example.org"})
    assert listed.headers["Access-Control-Allow-Origin"] == PARTNER
    assert "Access-Control-Allow-Origin" not in other.headers
    assert listed.headers["Cache-Control"] == "public, no-cache"


def test_a_reply_has_a_view_only_where_it_is_asked_for(client: FlaskClient) -> None:
    plain = client.post("/api/v1/chat", data={"message": "noise"}).get_json()
    shown = client.post("/api/v1/chat", data={"message": "noise", "view": "1"}).get_json()
    assert "view" not in plain
    assert shown["view"]["gist"].startswith("Call now. Call 999. You said 'noise'")
    assert shown["view"]["item"][0] == "li.reply"
    assert shown["view"]["item"][2][0] == "section.notice danger"


def test_markup_in_a_reply_is_text(client: FlaskClient) -> None:
    reply = client.post("/api/v1/chat", data={"message": "<img src=x>", "view": "1"}).get_json()
    assert "<img src=x>" in text_of(reply["view"]["item"])
    assert '["img"' not in str(reply["view"]["item"])


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_script_touches_no_storage_and_no_address_and_writes_no_markup(script: Any) -> None:
    forbidden = (
        r"\blocalStorage\b|\bsessionStorage\b|\bindexedDB\b|\bcookie\b|pushState|replaceState|postMessage|"
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|onmessage"
    )
    assert re.findall(forbidden, script()) == []


def test_the_same_sources_give_the_same_bytes() -> None:
    first = [script() for script in SCRIPTS]
    for script in SCRIPTS:
        script.cache_clear()
    assert [script() for script in SCRIPTS] == first


def test_every_picture_stays_within_ten_kilobytes_in_all() -> None:
    assert (STATIC / "icons.json").stat().st_size <= 10_000


def test_pages_travel_compressed(
    client: FlaskClient,
) -> None:
    page = client.get("/", headers={"Accept-Encoding": "br"})
    plain = client.get("/")
    assert page.headers["Content-Encoding"] == "br"
    assert brotli.decompress(page.data) == plain.data
    assert "Content-Encoding" not in plain.headers


def test_a_static_file_travels_compressed_too(client: FlaskClient) -> None:
    with client.get("/static/page.css", headers={"Accept-Encoding": "br"}) as small:
        assert brotli.decompress(small.data) == (STATIC / "page.css").read_bytes()


def test_the_newest_release_is_what_the_sources_give_byte_for_byte() -> None:
    assert newest().script == whole_script(), "the widget has changed: make widget-release VERSION=…"


def test_a_release_can_be_pinned_and_never_changes(client: FlaskClient) -> None:
    release = newest()
    response = client.get(
        f"/w/{release.version}/signpost.js", headers={"Origin": "https://anyone.example.org"}
    )
    assert response.data.decode() == release.script
    digest = base64.b64encode(hashlib.sha384(response.data).digest()).decode()
    assert release.integrity == f"sha384-{digest}"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_there_is_no_release_of_another_number(client: FlaskClient) -> None:
    assert client.get("/w/0.0.1/signpost.js").status_code == 404


@pytest.mark.parametrize("version", ["1.0", "one", ""])
def test_a_release_has_a_whole_number(version: str) -> None:
    with pytest.raises(ValueError, match=version or "invalid"):
        freeze(version)


def test_a_release_is_never_written_again() -> None:
    with pytest.raises(ValueError, match="released already"):
        freeze(newest().version)


def test_a_tag_on_a_page_that_is_not_listed_gets_a_reason(client: FlaskClient) -> None:
    for origin, refused in [
        (PARTNER, False),
        ("http://localhost", False),
        ("https://evil.example.org", True),
    ]:
        text = client.get("/w/1/signpost.js", headers={"Origin": origin}).get_data(as_text=True)
        assert ("is not a listed site" in text) is refused
