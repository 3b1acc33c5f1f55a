"""Takes out of a message what may tell who wrote it, before it is sent to people.

Careful rather than clever: numbers, addresses, links and names go, and so does every word that we do not
know, since a name is mostly one. What is left is shown to its writer before it is sent. Reasons and limits:
docs/decisions/0014-questions-to-the-council.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from bot.understanding.utterance import Utterance

_Span = tuple[int, int, str]

_NAME, _NUMBER, _ADDRESS, _CONTACT = "[name]", "[number]", "[address]", "[contact]"
#: What stands for something taken out, so that redacting twice changes nothing.
_PLACEHOLDER = re.compile(r"\[(?:name|number|address|contact)\]")
_STREETS = (
    "street|st|road|rd|lane|ln|avenue|ave|court|close|way|place|square|gardens|drive|terrace|mews|row|walk|"
    "house|tower|point|estate|buildings|wharf|quay|grove|crescent|hill|yard|passage|heights|lodge|mansions"
)
#: A whole postcode, and the first half of one in London: "E1 6AN", "e16an", "E14".
_POSTCODE = r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b|\b(?:e|ec|wc|se|sw|nw|n|w)\d{1,2}[a-z]?\b"
_HOME = r"\b(?:flat|apartment|apt|block|floor|no|number|room|unit|door)\.?\s*\d+\w?\b"
_CALLED = r"(?<=\bname is )\w[\w'’\-]*|(?<=\bname's )\w[\w'’\-]*|(?<=\bcalled )\w[\w'’\-]*"
_TITLED = r"\b(?:mr|mrs|ms|miss|dr|pc|sgt|sir|imam)\.?\s+\w[\w'’\-]*"
_PATTERNS = (
    (re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|(?<!\w)@\w+"), _CONTACT),
    (re.compile(_POSTCODE, re.I), _ADDRESS),
    (re.compile(_HOME, re.I), _ADDRESS),
    (re.compile(rf"\b\d+\w?[\s,]+(?:[\w'’]+\s+){{1,3}}?(?:{_STREETS})\b", re.I), _ADDRESS),
    # Without a number only where it is written as a name: "Roman Road", but not "in the street".
    (re.compile(rf"\b(?:[A-Z][\w'’]+\s+){{1,3}}(?i:{_STREETS})\b"), _ADDRESS),
    # Any long number in any script's digits: phone, account, crime reference, date of birth.
    (re.compile(r"\d(?:[\s().\-/]*\d){3,}"), _NUMBER),
    (re.compile(_TITLED, re.I), _NAME),
    (re.compile(_CALLED, re.I), _NAME),
)
_CAPITAL = re.compile(r"[A-Z][a-z'’\-]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?\n]\s*)$")


def redacted(text: str, read: Callable[[str], Utterance]) -> str:
    """`text` with a mark for each thing taken out. `read` finds the words that we know."""
    kept = [(found.start(), found.end(), found[0]) for found in _PLACEHOLDER.finditer(text)]
    for start, end, mark in reversed(_merged([*kept, *_patterns(text), *_unknown(text, read(text))])):
        text = text[:start] + mark + text[end:]
    return text


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    """In order, those that overlap joined, under the mark of the longest."""
    merged: list[_Span] = []
    for start, end, mark in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            first, last, longest = merged[-1]
            mark = mark if end - start > last - first else longest
            merged[-1] = (first, max(last, end), mark)
        else:
            merged.append((start, end, mark))
    return merged


def _patterns(text: str) -> Iterator[_Span]:
    for number in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE):
        yield number.start, number.end, _NUMBER
    for pattern, mark in _PATTERNS:
        for found in pattern.finditer(text):
            yield found.start(), found.end(), mark


def _unknown(text: str, utterance: Utterance) -> Iterator[_Span]:
    """Words that we do not know as written, and those with a capital inside a sentence."""
    for token, known, corrected in zip(utterance.tokens, utterance.known, utterance.corrected, strict=True):
        written = text[token.start : token.end]
        capital = _CAPITAL.fullmatch(written) and not _SENTENCE_START.search(text[: token.start])
        if not known or corrected != token.key or capital:
            yield token.start, token.end, _NAME
