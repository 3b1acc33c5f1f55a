"""Whether the texts that residents read are plain: reading age, and the length of sentences.

Reading age is the Automated Readability Index, computed by textstat from the lengths of words and
sentences. Its measures that count syllables are not used: for those it fetches a dictionary from the network.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.knowledge.base import Knowledge
from bot.knowledge.faults import Fault
from bot.knowledge.mentions import mentions
from bot.knowledge.passages import Passage, passages
from bot.knowledge.reading import Lines

#: Years. The whole of a topic's advice is to be read by someone of 9 to 11.
MOST_READING_AGE = 11
#: Words of a sentence, on average.
MOST_WORDS = 15
#: A text with fewer words is measured with the rest of its record alone. At 30 words one long name
#: ("safeguarding") raises the reading age by a year; below, a single name would decide. Found 2026-11-22.
_ALONE = 30
#: A record with fewer words is not measured as a whole: most services say less, and much of it is names.
_TOGETHER = 60
#: Letters from which a word is shown as a long one, and how many are shown.
_LONG_WORD = 8
_SHOWN_WORDS = 5
_SHOWN_CHARACTERS = 60
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class _Measured:
    """A text that is measured: what staff call it, and where it (or the hardest part of it) stands."""

    text: str
    called: str
    hardest: Passage


def check_readability(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    """Warnings of texts that are hard to read, each with what is long in it.

    A text of 30 words or more is measured by itself, and the sentences of a record together where they
    have 60 words and none is hard by itself. So an answer is held to the measure, and so are its steps;
    labels, titles and other texts without a full stop are read at a glance, and are left out.
    """
    sentences = (passage for passage in passages(knowledge) if passage.text.endswith((".", "!", "?")))
    for _, group in groupby(sentences, key=_record):
        record = list(group)
        alone = [_Measured(passage.text, _called(passage), passage) for passage in record]
        hard = list(_faults((text for text in alone if _words(text.text) >= _ALONE), lines))
        together = " ".join(passage.text for passage in record)
        if not hard and _words(together) >= _TOGETHER:
            hardest = max(record, key=lambda passage: _index(passage.text))
            whole = f"all texts together, hardest {_called(hardest)}"
            hard = list(_faults([_Measured(together, whole, hardest)], lines))
        yield from hard


def reading_age(text: str) -> int:
    """The age in years at which English sentences like these are read with ease: 5 to 18, a student's.

    The index rounded up is the year of school, of which the first ends at 6. Source: Senter and Smith,
    Automated Readability Index (1967), with the table of ages that is in use with it.
    """
    return min(max(5, math.ceil(_index(text)) + 5), 18)


def words_per_sentence(text: str) -> float:
    """The average number of words in the sentences of `text`, which has at least one word."""
    return _words(text) / len(_sentences(text))


def _index(text: str) -> float:
    """The Automated Readability Index; links and addresses are no words, and are left out."""
    # Imported where it is needed: a server that only answers does without it, and 15 MB with it.
    import textstat

    for mention in mentions(text):
        if mention.kind in ("link", "email"):
            text = text.replace(mention.written, "")
    return float(textstat.automated_readability_index(text))


def _faults(texts: Iterable[_Measured], lines: Lines) -> Iterator[Fault]:
    for measured in texts:
        file, line = measured.hardest.file, lines.at(measured.hardest.file, *measured.hardest.path)
        average, age = words_per_sentence(measured.text), reading_age(measured.text)
        if average > MOST_WORDS:
            longest = max(_sentences(measured.text), key=_words)
            what = (
                f"{measured.called}: {average:.1f} words a sentence on average (at most {MOST_WORDS}); "
                f"the longest has {_words(longest)}: {_shortened(longest)}"
            )
            yield Fault(file, line, what, "make two sentences of the longest", "warning")
        if age > MOST_READING_AGE:
            words = ", ".join(_long_words(measured.text)) or "none"
            what = (
                f"{measured.called}: reads as for age {age} (at most {MOST_READING_AGE}); long words: {words}"
            )
            yield Fault(file, line, what, "say it in shorter words and shorter sentences", "warning")


def _record(passage: Passage) -> tuple[str, str]:
    """The record that a text belongs to: its file, and its id where a file holds several."""
    return passage.file, "" if "/" in passage.file else str(passage.path[0])


def _called(passage: Passage) -> str:
    """The text by its keys, positions counted from 1: "steps 2"."""
    return " ".join(str(part + 1 if isinstance(part, int) else part) for part in passage.path)


def _sentences(text: str) -> list[str]:
    return _BETWEEN_SENTENCES.split(text.strip())


def _words(text: str) -> int:
    return len(text.split())


def _long_words(text: str) -> list[str]:
    """The longest words, each once, longest first and then as they come."""
    words = (word.strip(".,;:!?()'\"“”‘’") for word in text.split())
    long = {word.lower(): word for word in words if len(word) >= _LONG_WORD}
    return sorted(long.values(), key=len, reverse=True)[:_SHOWN_WORDS]


def _shortened(text: str) -> str:
    return f'"{text}"' if len(text) <= _SHOWN_CHARACTERS else f'"{text[:_SHOWN_CHARACTERS].rstrip()} …"'
