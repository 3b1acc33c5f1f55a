"""What is wrong with the translations: entries that would mislead, catalogues that are behind, and a tally.

What misleads (another number, a lost placeholder) is an error. Being behind the English is a warning:
staff edit the English in the browser, and a text whose translation is missing is shown in English.
"""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel.messages.catalog import Message

from bot.knowledge.faults import Fault, in_order
from bot.knowledge.mentions import mentions
from bot.knowledge.reading import read
from bot.language.entries import CatalogueError, Entries, read_entries
from store.catalogues import DOMAINS, Template, catalogue_name, offered, templates
from store.content import Files, part_of

_PLACE = re.compile(r"\{([a-z_]+)\}")
#: Digits with the marks that separate thousands, decimals, hours; a plain space ends a number.
_NUMBER = re.compile(r"\d+(?:[.,:'’٫٬\u00a0\u202f]\d+)*")
#: Marks that turn the direction of a line around, so that a number reads as another one; and characters
#: that cannot be seen at all. Joiners, and the two plain direction marks, belong to some scripts.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_PLURALS = re.compile(r"nplurals *= *(\d+) *; *plural *= *([^;]+);?")
_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Tally:
    """How many texts of a domain are confirmed by a person, drafts, or missing in one language."""

    confirmed: int
    draft: int
    missing: int


def tally(content: bytes | None, template: Template) -> Tally:
    """How far a catalogue is, counted over the texts in use. Raises CatalogueError where it is none."""
    entries = read_entries("the catalogue", content) if content is not None else Entries()
    said = [entry for entry in entries if entry.id in template and entry.string]
    draft = sum(entry.fuzzy for entry in said)
    return Tally(len(said) - draft, draft, len(template) - len(said))


def translation_faults(files: Files) -> list[Fault]:
    """What is wrong with the translations in `files`, the whole content, by file and line."""
    catalogues = part_of(files, "translations")
    if not catalogues:
        return []
    reading = read(part_of(files, "knowledge"))
    if reading.found is None:  # which languages are offered, and what they need, cannot be told
        return [fault for name in catalogues for fault in _read(f"translations/{name}", catalogues[name])[1]]
    return catalogue_faults(catalogues, templates(reading), offered(reading))


def catalogue_faults(
    catalogues: Files, templates: Mapping[str, Template], languages: Iterable[str]
) -> list[Fault]:
    """What is wrong with `catalogues`, keyed "<language>/LC_MESSAGES/<domain>.po", by file and line.

    `languages` are the tags that the knowledge base offers besides English.
    """
    offered = list(languages)
    pairs = [(language, domain) for language in offered for domain in DOMAINS]
    places = {catalogue_name(language, domain): (language, domain) for language, domain in pairs}
    faults: list[Fault] = []
    for name, content in catalogues.items():
        file = f"translations/{name}"
        entries, broken = _read(file, content)
        faults += broken
        if file not in places:
            faults.append(_stray(file, name, offered))
        elif entries is not None:
            language, domain = places[file]
            faults += _in_catalogue(file, language, entries, templates[domain])
    absent = [file for file in places if file.removeprefix("translations/") not in catalogues]
    faults += [_behind(file, 0, "there is no such catalogue", places[file][0]) for file in absent]
    return in_order(faults)


def entry_faults(english: str, translation: str) -> Iterator[tuple[str, str]]:
    """What in `translation` would mislead a reader, or whoever fills it in; each with what to do."""
    if _ends(english) != _ends(translation) or "\n" in translation:
        yield "white space begins or ends the translation, or breaks its line", "take the white space out"
    wanted, found = set(_PLACE.findall(english)), set(_PLACE.findall(translation))
    if wanted != found or "{" in _PLACE.sub("", translation) or "}" in _PLACE.sub("", translation):
        names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "nothing"
        yield "the names in braces are not those of the English", f"write {names} in braces, letter by letter"
    if _facts(english) != _facts(translation):
        lost, new = _facts(english) - _facts(translation), _facts(translation) - _facts(english)
        yield (
            f"a number, link or address is not that of the English ({_told(lost, new)})",
            "write the same ones, in any digits, as often as the English; words for numbers stay words",
        )
    if _UNSEEN.search(translation):
        yield "there is an invisible character in the translation", "type the line anew"


def _read(file: str, content: bytes) -> tuple[Entries | None, list[Fault]]:
    """The entries of a file, or None and why it is no catalogue."""
    try:
        return read_entries(file, content), []
    except CatalogueError as error:
        line, _, what = str(error).removeprefix(f"{file}:").partition(": ")
        remedy = "mend the line in a text editor, or take the last good state of the file"
        return None, [Fault(file, int(line), what, remedy)]


def _in_catalogue(file: str, language: str, entries: Entries, template: Template) -> Iterator[Fault]:
    yield from _in_header(file, language, entries)
    for repeated in entries.repeated:
        what = f"{_short(repeated)} stands here a second time"
        yield Fault(file, repeated.lineno or 0, what, "keep one of the two entries")
    for entry in entries:
        if isinstance(entry.id, str) and entry.id in template and entry.string:
            yield from _in_entry(file, entry)
    yield from _out_of_date(file, language, entries, template)


def _in_entry(file: str, entry: Message) -> Iterator[Fault]:
    for what, remedy in entry_faults(str(entry.id), str(entry.string)):
        yield Fault(file, entry.lineno or 0, f"{what}, in {_short(entry)}", remedy)


def _in_header(file: str, language: str, entries: Entries) -> Iterator[Fault]:
    charset = entries.header.get("Content-Type", "").lower().replace("utf8", "utf-8")
    if "charset=utf-8" not in charset:
        yield Fault(file, 1, "the header does not say charset=UTF-8", "save the catalogue in UTF-8")
    said = entries.header.get("Language", "").replace("_", "-")
    if said != language:
        what = f"the header says the language is {said!r}, and the folder {language!r}"
        yield Fault(file, 1, what, f"write Language: {language.replace('-', '_')}")
    forms = _PLURALS.search(entries.header.get("Plural-Forms", ""))
    try:
        gettext.c2py(forms[2] if forms else "")
    except ValueError:
        remedy = "copy the line Plural-Forms from another catalogue of the language"
        yield Fault(file, 1, "the header does not tell the plural forms", remedy)


def _out_of_date(file: str, language: str, entries: Entries, template: Template) -> Iterator[Fault]:
    """Warnings: the English that a catalogue lacks, and the English it has that is no longer in use."""
    there = {entry.id for entry in entries if entry.id and not entry.context}
    new = [english for english in template if english not in there]
    if new:
        yield _behind(file, 0, f"{_texts(len(new))} not in it yet, as {_shortened(new[0])}", language)
    old = [entry for entry in entries if entry.id and (entry.id not in template or entry.context)]
    if old:
        what = f"{_texts(len(old))} no longer in use, as {_short(old[0])}"
        yield _behind(file, old[0].lineno or 0, what, language)


def _behind(file: str, line: int, what: str, language: str) -> Fault:
    return Fault(file, line, what, f"run: signpost translations update {language}", "warning")


def _stray(file: str, name: str, offered: Iterable[str]) -> Fault:
    """The fault of a file that is no catalogue of ours: never shown, or shown unchecked."""
    language = name.partition("/")[0]
    if language not in offered:
        what = f"{language!r} is none of the languages offered"
        return Fault(file, 0, what, "add it to knowledge/languages.yaml, or delete the file", "warning")
    domains = " and ".join(f"{domain}.po" for domain in DOMAINS)
    return Fault(file, 0, f"a language has the catalogues {domains} alone", "move its entries there")


@lru_cache(maxsize=8192)  # an English text is compared with its translation into each language
def _facts(text: str) -> Counter[str]:
    """The numbers, links and e-mail addresses of a text, in Latin digits, and how often each stands there."""
    text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    facts = Counter(mention.key for mention in mentions(text) if mention.kind in ("link", "email"))
    facts.update(re.sub(r"\D", "", number) for number in _NUMBER.findall(text))
    return facts


def _told(lost: Counter[str], new: Counter[str]) -> str:
    told = (("missing", lost), ("added", new))
    return "; ".join(f"{word}: {', '.join(sorted(facts))}" for word, facts in told if facts)


def _ends(text: str) -> tuple[str, str]:
    """The white space around a text."""
    stripped = text.strip()
    before, _, after = text.partition(stripped) if stripped else (text, "", "")
    return before, after


def _texts(number: int) -> str:
    return f"{number} English text{' is' if number == 1 else 's are'}"


def _short(entry: Message) -> str:
    return _shortened(entry.id if isinstance(entry.id, str) else entry.id[0])


def _shortened(english: str) -> str:
    cut = english if len(english) <= _SHOWN_CHARACTERS else english[:_SHOWN_CHARACTERS].rstrip() + " …"
    return f'"{cut}"'
