"""Gettext catalogues as files: the templates of the English texts, and each language's entries after them.

Two domains: `interface` is what the code says, marked with `N_`; `knowledge` is what the records say.
The English sentence is the key. Nothing is ever matched by likeness: a translation belongs to exactly
its English, and waits as an obsolete entry while that English is not in use.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.plurals import get_plural
from babel.messages.pofile import write_po

import bot
from bot.knowledge.passages import passages
from bot.knowledge.reading import Reading
from bot.language.catalogue import SOURCE_LANGUAGE
from bot.language.entries import Entries, read_entries

DOMAINS = ("interface", "knowledge")
#: The folder with the packages of this installation: what their code says belongs to `interface`.
CODE = Path(bot.__file__).parent.parent
#: The packages whose modules may speak to residents.
ROOMS = ("bot", "store", "web")

#: English text -> its entry, without a translation, in the order of the catalogue.
Template = Mapping[str, Message]

#: Notes on one text that occurs in many records ("Free."); more would hide the text.
_MOST_NOTES = 3
#: What a comment in the code begins with that is meant for translators.
_NOTE = "Translators:"
#: Lines of a header that say nothing, or something else each time that a tool writes the file.
_EMPTY = re.compile(
    r'"(?:POT-Creation-Date|Generated-By|[A-Za-z-]+: .*(?:EMAIL@ADDRESS|LL@li\.org|YEAR-MO-DA))'
)
_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Signpost\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def catalogue_name(language: str, domain: str) -> str:
    """Where the catalogue stands, relative to the project's folder."""
    return f"translations/{language}/LC_MESSAGES/{domain}.po"


def offered(reading: Reading) -> list[str]:
    """The tags of the languages that texts are translated into, those in preparation last."""
    if reading.found is None:
        return []
    return [tag for tag in (*reading.found.languages, *reading.found.preparing) if tag != SOURCE_LANGUAGE]


def templates(reading: Reading) -> Mapping[str, Template]:
    """The template of each domain, for this code and that knowledge base."""
    return {"interface": interface_template(CODE), "knowledge": knowledge_template(reading)}


def knowledge_template(reading: Reading) -> Template:
    """The texts of the knowledge base, with the lines they stand on; those of faulty records are left out."""
    entries: dict[str, Message] = {}
    for passage in passages(reading.found) if reading.found else ():
        place = (f"knowledge/{passage.file}", reading.lines.at(passage.file, *passage.path))
        _note(entries, passage.text, place, [passage.about])
    return entries


def interface_template(code: Path) -> Template:
    """The texts of the modules under `code`, the folder that holds the packages of the project."""
    entries: dict[str, Message] = {}
    for path in sorted(path for room in ROOMS for path in (code / room).rglob("*.py")):
        name = path.relative_to(code).as_posix()
        found = extract_from_file("python", path, {"N_": None}, (_NOTE,), strip_comment_tags=True)
        for line, english, notes, _ in found:
            _note(entries, str(english), (name, line), [" ".join(notes)] if notes else [])
    return entries


def template_file(domain: str, template: Template) -> bytes:
    """The .pot file of a domain: the same bytes for the same texts."""
    title = f"# The English texts of Signpost, domain {domain}; made by `signpost translations extract`.\n"
    return _joined(title + _HEADER.format(language=""), _written(template.values()))


def updated(name: str, language: str, template: Template, content: bytes | None) -> bytes:
    """The .po file of `language` with exactly the entries of `template`; `content` is the file as it was.

    Translations whose English stands are kept, with their flags and the translators' comments; the others
    become obsolete, and come back with their English. Raises CatalogueError as `read_entries` does.
    """
    old = read_entries(name, content) if content is not None else Entries()
    known = {**_by_english(old.obsolete.values()), **_by_english(old)}
    entries = [_translated(entry, known.get(english)) for english, entry in template.items()]
    gone = [message for english, message in known.items() if english not in template and message.string]
    header = _kept_header(content) or _new_header(language)
    return _joined(header, _written(entries), _obsolete(gone))


def _note(entries: dict[str, Message], english: str, place: tuple[str, int], notes: list[str]) -> None:
    """Adds a text, or one more place of a text that is there already."""
    entry = entries.setdefault(english, _entry(english))
    entry.locations.append(place)
    entry.auto_comments.extend(notes[: _MOST_NOTES - len(entry.auto_comments)])


def _entry(english: str) -> Message:
    entry = Message(english)
    # Babel takes "50% of" for a C format; ours are {names} alone.
    entry.flags.discard("python-format")
    return entry


def _by_english(messages: Iterable[Message]) -> dict[str, Message]:
    return {message.id: message for message in messages if isinstance(message.id, str) and message.id}


def _translated(entry: Message, old: Message | None) -> Message:
    """A new entry for the template's, with what translators said in the old one."""
    made = _entry(str(entry.id))
    made.locations, made.auto_comments = list(entry.locations), list(entry.auto_comments)
    if old is not None:
        made.string = old.string
        made.user_comments = list(old.user_comments)
        if old.fuzzy and old.string:
            made.flags.add("fuzzy")
    return made


def _as_it_stood(message: Message) -> Message:
    """An entry for the English of `message`, with its places and the notes on it."""
    entry = _entry(str(message.id))
    entry.locations, entry.auto_comments = list(message.locations), list(message.auto_comments)
    return entry


def _joined(*parts: str) -> bytes:
    """The parts of a file that are not empty, with an empty line between them."""
    return ("\n\n".join(part.strip("\n") for part in parts if part) + "\n").encode()


def _written(messages: Iterable[Message]) -> str:
    """The entries in the form of a .po file."""
    catalog = Catalog()
    for message in messages:
        catalog[message.id] = message
    file = io.BytesIO()
    write_po(file, catalog, omit_header=True, ignore_obsolete=True)
    return file.getvalue().decode()


def _obsolete(messages: Iterable[Message]) -> str:
    """The entries commented out, with the place where their English stood last.

    Babel's own writer drops their flags: a draft would come back confirmed.
    """
    kept = [_translated(_as_it_stood(message), message) for message in messages]
    lines = _written(kept).splitlines()
    return "\n".join(f"#~ {line}" if line and not line.startswith("#") else line for line in lines)


def _kept_header(content: bytes | None) -> str | None:
    """The header as translators' tools left it: all before the first empty line. None: there is none."""
    text = (content or b"").decode("utf-8-sig").replace("\r\n", "\n").lstrip("\n")
    header = "".join(f"{line}\n" for line in text.partition("\n\n")[0].split("\n") if not _EMPTY.match(line))
    return header if 'msgid ""\nmsgstr' in header and "Content-Type:" in header else None


def _new_header(language: str) -> str:
    forms = get_plural(language.replace("-", "_"))
    return _HEADER.format(language=language.replace("-", "_")) + f'"Plural-Forms: {forms.plural_forms}\\n"\n'
