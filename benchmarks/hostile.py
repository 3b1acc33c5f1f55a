"""Messages of 1 000 characters, the most that is taken, that were written to be slow: a match, and a turn.

Each kind aims at one part: the splitting into words, the spelling, the stems, the longest expressions, the
rules, the marks that other scripts put on letters. The shorter of three tries counts.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import chain, cycle

from benchmarks.base import match, messages, respond, shipped
from benchmarks.phrases import SEED, with_slips
from benchmarks.table import Table, at_most
from benchmarks.timing import timed

_CHARACTERS = 1000
#: Milliseconds, for a turn with any of them.
_LONGEST = 10


def run() -> Table:
    """The table of all kinds, the slowest turn first."""
    kinds = hostile()
    matched = {name: timed(match, [text], least_of=3).longest for name, text in kinds.items()}
    turned = {name: timed(respond, [text], least_of=3).longest for name, text in kinds.items()}
    slowest = max(matched, key=lambda name: matched[name])
    return Table(
        "Hostile messages",
        f"{_CHARACTERS} characters of each kind.",
        (
            at_most(f"slowest match: {slowest}", matched[slowest], "ms", _LONGEST),
            *(
                at_most(f"turn: {name}", turned[name], "ms", _LONGEST)
                for name in sorted(turned, key=lambda name: -turned[name])
            ),
        ),
    )


def hostile() -> dict[str, str]:
    """Kind -> a message of exactly 1 000 characters; the same ones every time."""
    dice = random.Random(SEED)
    letters = "abcdefghijklmnopqrstuvwxyz"
    said = list(chain(*messages().values()))
    dice.shuffle(said)
    expressions = _expressions()
    dice.shuffle(expressions)
    long_words = sorted({word for text in said for word in text.split() if len(word) > 7 and word.isascii()})
    kinds: dict[str, Iterable[str]] = {
        "one letter": cycle("a"),
        "one letter a word": cycle("a "),
        "different letters, one a word": (f"{dice.choice(letters)} " for _ in cycle("a")),
        "unknown words of 4 letters": ("".join(dice.choices(letters, k=4)) + " " for _ in cycle("a")),
        "unknown words of 12 letters": ("".join(dice.choices(letters, k=12)) + " " for _ in cycle("a")),
        "one unknown word": (dice.choice(letters) for _ in cycle("a")),
        "long words with two slips": (
            with_slips(with_slips(dice.choice(long_words), dice), dice) + " " for _ in cycle("a")
        ),
        "expressions of concepts": (f"{text} " for text in cycle(expressions)),
        "expressions with slips": (f"{with_slips(text, dice)} " for text in cycle(expressions)),
        "real messages": (f"{text} " for text in cycle(said)),
        "a word of every rule, repeated": cycle("knife now "),
        "denials": cycle("not no never "),
        "digits": cycle("0123456789"),
        "telephone numbers": (
            f"020 7{dice.randrange(10**3):03} {dice.randrange(10**4):04} " for _ in cycle("a")
        ),
        "punctuation": cycle("!?.,;:-_/()[]{}<>\"'`~@#$%^&*+=|\\"),
        "apostrophes": cycle("a'b’c "),
        "emoji": cycle("👨\u200d👩\u200d👧\u200d👦🏽 "),
        "combining marks on one letter": chain("a", cycle("\u0301\u0327")),
        "zero-width joiners": cycle("a\u200d\u200c\u200b"),
        "directions turned over": cycle("\u202eab\u202c\u2066c\u2069 "),
        "ligature that grows when normalised": cycle("\ufdfa"),
        "Bengali": cycle("আমার প্রতিবেশী খুব জোরে আওয়াজ করে "),
        "Bengali marks alone": cycle("\u09be\u09bf\u09cd"),
        "Arabic with every mark": cycle("مُحَمَّدٌ "),
        "Chinese without spaces": cycle("邻居每天晚上都很吵我睡不着"),
        "Thai without spaces": cycle("เพื่อนบ้านเสียงดังทุกคืน"),
        "any character at all": (
            chr(dice.choice((dice.randrange(32, 0xD800), dice.randrange(0xE000, 0x110000))))
            for _ in cycle("a")
        ),
        "control characters": cycle("\x00\x07\x1b[31m\r\n\t"),
        "markup": cycle("<script>alert(1)</script>"),
        "templates": cycle("{{7*7}} {0.__class__} %s %(x)s ${x} "),
    }
    return {name: filled(parts) for name, parts in kinds.items()}


def _expressions() -> list[str]:
    """Every expression of every concept, in all languages offered."""
    languages = shipped().knowledge.words.values()
    return [text for concepts in languages for texts in concepts.values() for text in texts]


def filled(parts: Iterable[str]) -> str:
    """`parts` one after the other, cut at 1 000 characters."""
    found = ""
    for part in parts:
        found += part
        if len(found) >= _CHARACTERS:
            break
    return found[:_CHARACTERS]
