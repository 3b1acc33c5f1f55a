"""Markup as nested lists, the form in which the widget gets it.

The widget makes the elements itself, since a host page's strictest policy (Trusted Types) takes no markup
from a script; the same templates write the page that works without script, so that both show the same.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any, TypeAlias

#: [tag with its classes ("p.small open"), attributes (0: none), *children]; children are texts and trees.
Tree: TypeAlias = "list[str | int | dict[str, str] | Tree]"

_VOID = frozenset({"br", "hr", "input"})
#: The parser gives attributes in lower case, as HTML has them; SVG tells them apart.
_IN_SVG = {"viewbox": "viewBox"}


def tree(html: str) -> Tree:
    """The one element that `html` is. Raises ValueError if it is not exactly one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    elements = [child for child in reader.top[2:] if isinstance(child, list)]
    if len(elements) != 1 or len(reader.open) != 1:
        raise ValueError(f"not one element: {html[:80]!r}")
    return elements[0]


def says(node: Any) -> str:
    """All that a tree says, but what is hidden."""
    if isinstance(node, str):
        return node
    if node[1] and "hidden" in node[1]:
        return ""
    return " ".join(filter(None, (says(child).strip() for child in node[2:])))


class _Reader(HTMLParser):
    """Builds the tree from what our own templates write: every element closed, every value in quotes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: Tree = ["", 0]
        self.open: list[Tree] = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {_IN_SVG.get(name, name): value or "" for name, value in attrs}
        look = given.pop("class", "")
        given.pop("form", None)  # that of the page without script; the widget takes what is tapped
        node: Tree = [f"{tag}.{look}" if look else tag, given or 0]
        self.open[-1].append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        # A line end between elements is the template's, and no part of what is said.
        if data.strip() or "\n" not in data:
            self.open[-1].append(data)
