"""Text as it comes from a form or out of a word processor, made clean: what is kept is what can be seen."""

from __future__ import annotations

import re
import unicodedata

#: A word processor's marks and the plain ones of this house.
_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"',
        "\u2010": "-", "\u2011": "-", "\u2212": "-",
        "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\t": " ",
    }
)  # fmt: skip
#: Nothing to see: soft hyphens, zero-width spaces, byte order marks, marks that turn a line around, controls.
_UNSEEN = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\U000e0000-\U000e007f]"
)
#: Joiners and the two direction marks are letters of some scripts, and litter beside Latin ones.
_JOINERS = re.compile("[\u200c-\u200f]+")
#: What stands before the items of a list; "o" and the private signs are Word's, in its symbol fonts.
_BULLET = re.compile("[\u2022\u2023\u2043\u25aa\u25cf\u25cb\u25e6\u2219\u00b7\uf0b7\uf0a7\uf076-] +|o  +")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|\(\d{1,2}\))\s+(?=\D)")
_LATIN = re.compile(r"[A-Za-z0-9\s'\".,;:!?()-]|$")


def clean_lines(text: str) -> list[str]:
    """The lines of `text`, each clean and without the bullet or number before it; empty ones are left out."""
    lines = (_without_bullet(line) for line in _seen(text).split("\n"))
    return [line for line in lines if line]


def clean(text: str) -> str:
    """`text` as one paragraph: plain quotation marks, single spaces, no bullets, nothing that is not seen."""
    return " ".join(clean_lines(text))


def _seen(text: str) -> str:
    """`text` composed (NFC), with line feeds alone between lines and nothing that cannot be seen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("o\t", "o  ").translate(_PLAIN)
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    text = _JOINERS.sub(lambda found: _joiner(found, text), text)
    return re.sub(r"[^\S\n]", " ", text)


def _joiner(found: re.Match[str], text: str) -> str:
    """The joiners between letters that may need them; nothing beside Latin ones and at the ends."""
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    return "" if _LATIN.match(before) or _LATIN.match(after) else found[0]


def _without_bullet(line: str) -> str:
    """A line without what stands before it in a list, however often that was pasted."""
    line = line.strip()
    found = _BULLET.match(line) or _NUMBERED.match(line)
    return _without_bullet(line[found.end() :]) if found else " ".join(line.split())
