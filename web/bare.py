"""A reply without the templates: what is shown where a fault keeps them from being written.

Nothing here reads the interface's words or a template, so that no fault in those can hide a safety notice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from web.trees import Tree

_PAGE = Markup(
    '<!doctype html>\n<html lang="{}" dir="{}">\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n'
    '<main>\n<h1>{}</h1>\n<ol>{}</ol>\n<p><a href="{}">{}</a></p>\n</main>\n</html>\n'
)


def bare(reply: dict[str, Any]) -> Tree:
    """The reply (as in the chat API) as a tree: every word and every contact, notices first."""
    looks = {"lang": reply["language"], "dir": reply["direction"]}
    earlier: list[Tree] = [
        ["p.kept small", 0, f"{each['title']} ", *_ways([each["contact"]] if each["contact"] else [])]
        for each in reply["urgent_shown"]
    ]
    cards: list[Tree] = [
        ["section.card", 0, ["h3", 0, each["name"]], ["p", 0, each["summary"]], *_ways(each["contacts"])]
        for each in reply["services"]
    ]
    items: list[Tree] = [["li", 0, step] for step in reply["steps"]]
    steps: list[Tree] = [["ol.steps", 0, *items]] if items else []
    text: Tree = ["p.text", 0, reply["text"]]
    return ["li.reply", looks, *earlier, *_notices(reply), text, *steps, *cards, *_choices(reply)]


def bare_page(reply: dict[str, Any], exit_to: str) -> str:
    """A page with nothing but the reply and the way out."""
    name, away = "Signpost", "Exit"
    return str(
        _PAGE.format(reply["language"], reply["direction"], name, name, markup(bare(reply)), exit_to, away)
    )


def markup(node: Any) -> Markup:
    """A tree as HTML."""
    if isinstance(node, str):
        return escape(node)
    kind, attributes, *children = node
    tag, _, look = kind.partition(".")
    given = {**({"class": look} if look else {}), **(attributes or {})}
    written = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in given.items())
    inside = Markup("").join(markup(child) for child in children)
    return Markup("<{}{}>{}</{}>").format(tag, written, inside, tag)


def _notices(reply: dict[str, Any]) -> Iterator[Tree]:
    for each in reply["urgent"]:
        said: list[Tree] = [["h2", 0, each["title"]], ["p", 0, each["text"]], *_english(each["english"])]
        yield [f"section.notice {each['kind']}", 0, *said, *_ways(each["contacts"])]


def _english(english: dict[str, str] | None) -> list[Tree]:
    if english is None:
        return []
    looks = {"lang": "en", "dir": "ltr"}
    return [["div.english", looks, ["p", 0, english["title"]], ["p", 0, english["text"]]]]


def _ways(contacts: list[dict[str, Any]]) -> Iterator[Tree]:
    for each in contacts:
        value: Tree = ["bdi", {"dir": "ltr"}, each["value"]]
        way: Tree = ["a", {"href": each["href"], "rel": "noreferrer"}, value] if each["href"] else value
        yield ["span", 0, f"{each['label']} ", way]


def _choices(reply: dict[str, Any]) -> list[Tree]:
    buttons: list[Tree] = [
        ["li", 0, ["button", {"name": "choose", "value": json.dumps(each["choose"])}, each["label"]]]
        for each in reply["suggestions"]
    ]
    return [["ul.chips", 0, *buttons]] if buttons else []
