"""Catalogues follow the English exactly: nothing is guessed, and no translator's work is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from bot.knowledge.reading import Reading, read, read_folder
from bot.language.catalogue import Text, read_catalogue
from bot.language.entries import CatalogueError
from store.catalogues import (
    Template,
    interface_template,
    knowledge_template,
    offered,
    template_file,
    updated,
)

CODE = """\
from bot.dialogue.phrases import N_

HELLO = N_("Hello.")
# Translators: {count} is a number
LEFT = N_(
    "{count} characters "
    "left"
)
AGAIN = N_("Hello.")
OTHER = "Not marked."
"""


@pytest.fixture
def reading() -> Reading:
    """The tiny knowledge base, with its lines."""
    return read(read_folder(Path(__file__).parent.parent / "knowledge"))


def of(*texts: str) -> Template:
    """A template with these English texts."""
    return {text: Message(text) for text in texts}


def update(template: Template, before: str | bytes | None = None) -> str:
    """The Bengali catalogue after an update."""
    content = before.encode() if isinstance(before, str) else before
    return updated("bn.po", "bn", template, content).decode()


def shown(catalogue: str, english: str) -> Text:
    """What a resident sees of `english`."""
    return read_catalogue("bn", [("bn.po", catalogue.encode())]).translate(english)


def translated(english: str, translation: str, flag: str = "", comment: str = "") -> str:
    """A Bengali catalogue with one translation in it."""
    entry = f'{comment}{flag}msgid "{english}"\nmsgstr "{translation}"\n'
    return update({}) + "\n" + entry


def test_the_interface_is_what_the_code_marks(tmp_path: Path) -> None:
    """Once each, with its lines and the note above it; what is not marked is left out."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "phrases.py").write_text(CODE, encoding="utf-8")
    found = interface_template(tmp_path)
    assert list(found) == ["Hello.", "{count} characters left"]
    assert found["Hello."].locations == [("bot/phrases.py", 3), ("bot/phrases.py", 9)]
    assert found["{count} characters left"].auto_comments == ["{count} is a number"]


def test_the_knowledge_is_what_the_records_say(reading: Reading) -> None:
    """With the file and the line on which it stands, and whose text it is."""
    found = knowledge_template(reading)
    entry = found["Write down when it happens."]
    [(file, line)] = entry.locations
    text = (Path(__file__).parent.parent / file).read_text(encoding="utf-8")
    assert "Write down when it happens." in text.splitlines()[line - 1]
    assert entry.auto_comments[0].startswith("topic noise, steps 2")


def test_a_text_of_many_records_is_one_entry_with_few_notes(reading: Reading) -> None:
    """Else the notes would hide the text."""
    assert reading.found is not None
    many = {f"noise-{number}": reading.found.services["noise-team"] for number in range(9)}
    found = knowledge_template(replace(reading, found=replace(reading.found, services=many)))
    entry = found["Noise team"]
    assert len(entry.locations) == 9
    assert len(entry.auto_comments) == 3


def test_english_is_not_translated_into_itself(reading: Reading) -> None:
    """It is what the texts are written in."""
    assert offered(reading) == ["bn"]


def test_a_template_is_the_same_each_time(reading: Reading) -> None:
    """No date or tool changes it, so that it changes only with the texts."""
    assert template_file("knowledge", knowledge_template(reading)) == template_file(
        "knowledge", knowledge_template(reading)
    )
    assert b"Date" not in template_file("knowledge", knowledge_template(reading))


def test_a_new_catalogue_has_every_text_and_no_translation(reading: Reading) -> None:
    """Ready for a translator."""
    made = updated("bn.po", "bn", knowledge_template(reading), None)
    assert made.count(b'\nmsgid "') == len(knowledge_template(reading))
    assert read_catalogue("bn", [("bn.po", made)]).entries == {}


def test_an_update_of_what_is_up_to_date_changes_nothing(reading: Reading) -> None:
    """Byte for byte."""
    made = updated("bn.po", "bn", knowledge_template(reading), None)
    assert updated("bn.po", "bn", knowledge_template(reading), made) == made


@pytest.mark.parametrize(("flag", "status"), [("", "full"), ("#, fuzzy\n", "draft")])
def test_a_translation_is_kept_while_its_english_stands(flag: str, status: str) -> None:
    """With its state: a draft does not become confirmed, nor the other way round."""
    after = update(of("New", "Noise"), translated("Noise", "শব্দ", flag))
    assert shown(after, "Noise") == Text("শব্দ", "bn", status)
    assert shown(after, "New").status == "missing"


def test_a_translators_comment_is_kept() -> None:
    """It says why a word was chosen."""
    after = update(of("Noise"), translated("Noise", "শব্দ", comment="# as the council says it\n"))
    assert '# as the council says it\nmsgid "Noise"' in after


def test_a_changed_english_text_begins_without_a_translation() -> None:
    """However alike the two are: a guess must never look like a translation."""
    after = update(of("Call 999 now."), translated("Call 101 now.", "এখনই ১০১ নম্বরে ফোন করুন।"))
    assert shown(after, "Call 999 now.") == Text("Call 999 now.", "en", "missing")
    assert "fuzzy" not in after


@pytest.mark.parametrize(("flag", "status"), [("", "full"), ("#, fuzzy\n", "draft")])
def test_a_translation_comes_back_with_its_english(flag: str, status: str) -> None:
    """It waits as an obsolete entry, through any number of updates, and a draft is still a draft."""
    gone = update(of("Other"), update(of("Other"), translated("Noise", "শব্দ", flag)))
    assert '#~ msgid "Noise"' in gone
    assert shown(gone, "Noise").status == "missing"
    assert shown(update(of("Noise"), gone), "Noise") == Text("শব্দ", "bn", status)


def test_an_entry_that_was_never_translated_leaves_nothing_behind() -> None:
    """Only work is kept."""
    assert "#~" not in update(of("Other"), update(of("Noise")))


def test_the_header_of_translators_tools_is_kept() -> None:
    """Poedit and Weblate write who translated, and when."""
    header = update({}).replace('"MIME', '"Last-Translator: Ayesha\\n"\n"X-Generator: Poedit\\n"\n"MIME')
    assert update(of("Noise"), header + "\n").startswith(header)


def test_what_a_header_does_not_say_is_left_out() -> None:
    """Babel writes lines that nobody filled in, and the time, which would change each time."""
    header = update({}).rstrip("\n")
    more = '"POT-Creation-Date: 2026-11-22 02:52+0000\\n"\n"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"\n'
    assert update({}, header.replace('"MIME', more + '"MIME') + "\n") == update({})


def test_a_catalogue_without_a_header_gets_one() -> None:
    """With the language and its plural forms."""
    after = update(of("Noise"), 'msgid "Noise"\nmsgstr "শব্দ"\n')
    assert '"Language: bn\\n"' in after
    assert "nplurals=2" in after
    assert shown(after, "Noise").text == "শব্দ"


def test_a_percent_sign_is_no_placeholder() -> None:
    """gettext would take "50% of" for a format of C, and refuse the translation."""
    template = of("50% of people, {name}")
    after = update(template)
    assert "python-brace-format" in after
    assert "python-format" not in after


def test_a_broken_catalogue_is_not_written_over() -> None:
    """The translations in it can still be saved by hand."""
    with pytest.raises(CatalogueError, match=r"^bn\.po:1: "):
        update(of("Noise"), 'msgid "Noise\nmsgstr "শব্দ"\n')
