"""Small pictures beside words, of our own drawing: for groups of topics, and for kinds of contact."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from markupsafe import Markup

#: Drawn on a square of 24 by 24, as strokes.
_MARKUP = Markup('<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{}"></path></svg>')
#: Kinds of contact that share a picture.
_SAME = {"textphone": "text", "webchat": "text", "relay": "phone", "bsl": "exploitation"}


def icon(name: str) -> Markup:
    """The picture `name`, which says no more than the words beside it."""
    return _MARKUP.format(drawing(name))


def drawing(name: str) -> str:
    """The lines of the picture `name` as an SVG path; those of the web where there is none of that name."""
    drawings = _drawings()
    return drawings.get(_SAME.get(name, name), drawings["web"])


@cache
def _drawings() -> dict[str, str]:
    drawings: dict[str, str] = json.loads(files("web").joinpath("static", "icons.json").read_text("utf-8"))
    return drawings
