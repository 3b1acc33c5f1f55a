"""The widget's script and style sheets as they are sent: the parts put together, and made small.

What is made depends on the files of this package alone: a release gives the same bytes everywhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files

import minify

#: The parts of the conversation, in the order in which they build on each other.
_PARTS = ("make.js", "aloud.js", "turn.js", "exit.js", "panel.js")

#: A number, text or list with a name in capitals, written for whoever reads.
_LITERALS = re.compile(r'(?m)^const ([A-Z_]+) = (\d+|".*"|\[.*\]);.*$')


@cache
def launcher_script() -> str:
    """The launcher, which fetches the conversation when it is opened."""
    return _script(_alone(_launcher_style(), _part("load-chat.js"), _part("launcher.js")))


@cache
def refusal_script() -> str:
    """What a page gets instead that is of no listed site."""
    return _script(_alone(_part("refused.js")))


@cache
def chat_script() -> str:
    """The conversation as a module, which lacks only the `export const words` before it."""
    return _script(_begin() + "export { begin };") + ";"


@cache
def whole_script() -> str:
    """The launcher and the conversation in one script, which can be pinned by its hash."""
    return _script(_alone(_launcher_style(), _begin(), _part("load-words.js"), _part("launcher.js")))


@cache
def style(name: str) -> str:
    """The style sheet `name` (signpost, launcher), made small."""
    path = "signpost.css" if name == "signpost" else f"widget/{name}.css"
    return str(minify.string("text/css", _text(path)))


def integrity(script: str) -> str:
    """The value of a script tag's `integrity`. Source: W3C Subresource Integrity."""
    digest = hashlib.sha384(script.encode("utf-8")).digest()
    return "sha384-" + base64.b64encode(digest).decode("ascii")


def _begin() -> str:
    """The function that begins a conversation: its parts are its body."""
    body = "\n".join(_part(part) for part in _PARTS)
    constant = _constant("STYLE", style("signpost"))
    return f"{constant}const begin = (host, root, words, page) => {{\n{body}\n}};\n"


def _launcher_style() -> str:
    return _constant("LAUNCHER_STYLE", style("launcher"))


def _alone(*parts: str) -> str:
    """The parts within a function, so that no name is left behind in the host page."""
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();"


def _script(source: str) -> str:
    """`source`, made small. Numbers, and what is used once, go where they are used before."""
    for found in list(_LITERALS.finditer(source)):
        name, value = found.groups()
        rest = source.replace(found.group(), "")
        used = rf"\b{name}\b(?=[^:])"
        if value.isdigit() or len(re.findall(used, rest)) == 1:
            source = re.sub(used, value.replace("\\", r"\\"), rest)
    return str(minify.string("application/javascript", source))


def _constant(name: str, value: str) -> str:
    return f"const {name} = {json.dumps(value, ensure_ascii=False)};\n"


def _part(name: str) -> str:
    return _text(f"widget/{name}")


def _text(path: str) -> str:
    return files("web").joinpath("static", path).read_text(encoding="utf-8")
