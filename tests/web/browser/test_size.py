"""What the widget weighs on the wire, with the real words: see docs/decisions/0013-a-small-widget.md."""

from __future__ import annotations

import json
import urllib.request

import brotli
import pytest

from web.releases import newest

pytestmark = pytest.mark.browser


def bytes_of(body: str) -> int:
    """Bytes on the wire."""
    return len(brotli.compress(body.encode(), mode=brotli.MODE_TEXT, quality=11))


def test_the_widget_is_small(address: str) -> None:
    def fetch(path: str) -> str:
        with urllib.request.urlopen(f"{address}/w/{path}") as response:
            return str(response.read().decode())

    launcher, chat = fetch("1/signpost.js"), fetch("1/chat/en.js")
    words = json.loads(fetch("1/start/en.json"))
    # Pictures have a limit of their own, and the names of the other languages belong to those.
    bare = {
        **words,
        "menu": [[choose, "", name] for choose, _, name in words["menu"]],
        "languages": words["languages"][:1],
    }
    short = {"ensure_ascii": False, "separators": (",", ":")}
    code, whole = chat.split("export const words=")[0], fetch(f"{newest().version}/signpost.js")
    said = json.dumps(bare, **short)
    assert bytes_of(launcher) <= 1500
    assert bytes_of(launcher) + bytes_of(f"{code}export const words={said}") <= 6000
    assert bytes_of(whole) + bytes_of(said) <= 6000
    assert bytes_of(launcher) + bytes_of(chat) <= 6500
    for tag, _, _ in words["languages"]:
        assert bytes_of(fetch(f"1/strings/{tag}.json")) <= 1200, tag
