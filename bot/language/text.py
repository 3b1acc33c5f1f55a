"""Text as people type it, in every script: words with their places, and the keys they are compared by.

A word's key is what two spellings of the same word share: case, width, marks that are commonly left
out, joiners, apostrophes and drawn-out letters make no difference. Vowel signs of Bengali and Hindi
are letters here and stay (`\\w` and most tokenizers drop them).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

#: The longest message that is read; what comes after is ignored. The chat API refuses longer ones.
MAX_CHARACTERS = 1000
#: The most words that are looked at in one message, and the most characters of a word: they bound the time
#: for a hostile one. The longest word in the examples of any language has 31.
MAX_WORDS = 200
MAX_LETTERS = 64
#: About the words of a knowledge base: reading one takes each word's key many times.
_KEYS_REMEMBERED = 131_072

_APOSTROPHES = "'’‘ʼ＇`´"
_JOINERS = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"
#: Letters that Unicode does not decompose into a plain letter and a mark.
_LATIN = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
#: One code point for the letters that Arabic and Urdu keyboards, and hurried writers, exchange.
_ARABIC = str.maketrans("ٱىیئكةۀہھۃؤ", "اييیکهههههو".replace("ی", "ي"))
#: Hindi writes a nasal vowel with either sign.
_HINDI = str.maketrans("\u0901", "\u0902")
#: What English draws onto the word before it: without it "he'll" is no hell, "we'd" no wedding.
_CONTRACTED = re.compile(rf"(?<=[A-Za-z])[{_APOSTROPHES}](?:ll|d|re)$", re.IGNORECASE)
#: What French and Italian run onto the word after it: "l'ambulanza" is an ambulanza, "qu'elle" an elle. Short
#: words stay as they are typed without the apostrophe as well: "j'ai" is "jai", "c'è" is "ce".
_ELIDED = re.compile(
    rf"(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quelqu|un|all|dall|dell|nell|sull|quell|quest|bell|sant|anch|dov|com)"
    rf"[{_APOSTROPHES}](?=\w{{4}})",
    re.IGNORECASE,
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(
    rf"[^\W_](?:[\w{_JOINERS}{_APOSTROPHES}\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3\u09fe"
    r"\u0a01-\u0a75\u0a81-\u0acd\u0b82-\u0bd7\u20d0-\u20f0\ufe00-\ufe0f])*|[£$€৳]"
)
#: Scripts written without spaces between words: every character is a word, and expressions are runs of them.
_UNSPACED = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
)
#: What a word must have in it to be cut, or to lose its end.
_TO_BE_CUT = re.compile(rf"[{_APOSTROPHES}]|{_UNSPACED.pattern}")

_SCRIPTS = (
    ("Beng", 0x0980, 0x09FF),
    ("Deva", 0x0900, 0x097F),
    ("Arab", 0x0600, 0x06FF),
    ("Arab", 0x0750, 0x077F),
    ("Arab", 0xFB50, 0xFDFF),
    ("Arab", 0xFE70, 0xFEFF),
    ("Hani", 0x3400, 0x4DBF),
    ("Hani", 0x4E00, 0x9FFF),
    ("Cyrl", 0x0400, 0x052F),
    ("Guru", 0x0A00, 0x0A7F),
    ("Gujr", 0x0A80, 0x0AFF),
    ("Taml", 0x0B80, 0x0BFF),
    ("Grek", 0x0370, 0x03FF),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its key, and its half-open place in characters of the original text."""

    key: str
    start: int
    end: int


def clean(text: str) -> str:
    """The text to show or store nowhere but to read: no control, format or unassigned characters.

    Line ends and tabs become spaces; lone surrogates go. Joiners stay, since words need them.
    """
    return "".join(
        " " if character in "\t\n\r\u2028\u2029" else character
        for character in text
        if character in "\t\n\r\u2028\u2029" + _JOINERS
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of `text`, in order, at most MAX_WORDS of its first MAX_CHARACTERS characters.

    Spans are in characters of `text` itself. Punctuation and emoji are no words; currency signs are.
    """
    return tuple(Token(*found) for found in islice(_words(text), MAX_WORDS))


def words(text: str) -> tuple[str, ...]:
    """The keys of the words of `text`, in order."""
    if _TO_BE_CUT.search(text):
        return tuple(found[0] for found in islice(_words(text), MAX_WORDS))
    return tuple(filter(None, map(key, _WORD.findall(text[:MAX_CHARACTERS]))))[:MAX_WORDS]


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """The fields of each word's token."""
    for found in _WORD.finditer(text[:MAX_CHARACTERS]):
        word, start = found.group(), found.start()
        if not _TO_BE_CUT.search(word):
            if whole := key(word):
                yield whole, start, found.end()
            continue
        for piece in _pieces(word):
            piece_key = key(_CONTRACTED.sub("", piece))
            if piece_key:
                yield piece_key, start, start + len(piece)
            start += len(piece)


@lru_cache(maxsize=_KEYS_REMEMBERED)
def key(word: str) -> str:
    """What all spellings of `word` share, at most MAX_LETTERS; "" where nothing of it is a letter or digit.

    `key(key(word)) == key(word)`. Decimal digits of every script become 0 to 9.
    """
    if word.isascii() and word.isalnum():
        return _DRAWN_OUT.sub(r"\1", word[:MAX_LETTERS].lower())
    text = unicodedata.normalize("NFKC", word[:MAX_LETTERS]).lower()
    text = unicodedata.normalize("NFKC", text)
    out = []
    for character in unicodedata.normalize("NFD", text):
        category = unicodedata.category(character)
        if character in _APOSTROPHES or character in _JOINERS or category in ("Cc", "Cf", "Cs", "Cn", "Co"):
            continue
        if category == "Mn" and _left_out(character):
            continue
        if category == "Nd":
            character = str(unicodedata.decimal(character))
        out.append(character)
    folded = "".join(out).translate(_LATIN).translate(_ARABIC).translate(_HINDI)
    folded = _DRAWN_OUT.sub(r"\1", unicodedata.normalize("NFKC", folded))
    return "".join(folded.split())[:MAX_LETTERS]


def script(text: str) -> str | None:
    """The ISO 15924 code of the script that most letters of `text` are in; None without letters."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else None
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            name = _script_of(ord(character))
            counts[name] = counts.get(name, 0) + 1
    return max(sorted(counts), key=lambda name: counts[name]) if counts else None


def _pieces(word: str) -> list[str]:
    """`word`, cut after what is elided, and into single characters where its script puts no spaces."""
    elided = _ELIDED.match(word)
    if elided:
        return [elided.group(), word[elided.end() :]]
    if not _UNSPACED.search(word):
        return [word]
    pieces: list[str] = []
    for character in word:
        if _UNSPACED.match(character) or not pieces or _UNSPACED.match(pieces[-1]):
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _left_out(mark: str) -> bool:
    """Whether writers commonly leave it out: Latin and Greek accents, Arabic vowel points, Hindi's nukta.

    The one of Bengali makes other letters, and stays.
    """
    point = ord(mark)
    return (
        0x0300 <= point <= 0x036F
        or 0x0610 <= point <= 0x061A
        or 0x064B <= point <= 0x065F
        or point == 0x0670
        or point == 0x093C
        or 0x06D6 <= point <= 0x06ED
        or 0xFE00 <= point <= 0xFE0F
        or 0x20D0 <= point <= 0x20F0
    )


def _script_of(point: int) -> str:
    for name, first, last in _SCRIPTS:
        if first <= point <= last:
            return name
    return "Latn"
