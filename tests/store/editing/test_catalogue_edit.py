"""A translation is written into a catalogue, and every other entry stays byte for byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.language.entries import read_entries
from store.catalogues import updated
from store.editing.catalogue_edit import Change, earlier, empty_catalogue, noted, with_translations

TRANSLATIONS = Path(__file__).parents[3] / "translations"
DAY = date(2026, 11, 23)
CATALOGUE = """\
msgid ""
msgstr ""
"Language: bn\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. topic noise, title
#: knowledge/topics/noise.yaml:2
#, fuzzy
msgid "Noise"
msgstr "শব্দ"

# A remark of the translator.
# Checked by Rahima, 2026-01-02.
#. topic noise, answer
#: knowledge/topics/noise.yaml:5
msgid "Call \\"us\\"."
msgstr ""
"আমাদের "
"ডাকুন।"

#~ msgid "Old"
#~ msgstr "পুরানো"
""".encode()


def entry(
    english: str, about: str = "topic noise, title", place: str = "knowledge/topics/noise.yaml"
) -> Message:
    """An entry of the template."""
    return Message(english, locations=[(place, 2)], auto_comments=[about])


def test_what_translators_noted_is_read() -> None:
    """Who checked a text stands in a remark; a draft was checked by nobody."""
    found = noted(CATALOGUE)
    assert (found["Noise"].text, found["Noise"].draft, found["Noise"].by) == ("শব্দ", True, "")
    call = found['Call "us".']
    assert (call.text, call.draft, call.by, call.on) == ("আমাদের ডাকুন।", False, "Rahima", "2026-01-02")
    assert set(found) == {"Noise", 'Call "us".'}


def test_a_checked_text_is_no_draft_and_says_who_checked_it() -> None:
    """The flag goes, the name comes; nothing else changes."""
    after = with_translations(CATALOGUE, [Change(entry("Noise"), "শব্দ", ("Rahima  Begum", DAY))])
    assert after == CATALOGUE.replace(
        b"#. topic noise, title", b"# Checked by Rahima Begum, 2026-11-23.\n#. topic noise, title"
    ).replace(b"#, fuzzy\n", b"")


def test_a_changed_draft_loses_the_name_and_keeps_other_remarks() -> None:
    changed = Change(entry('Call "us".', "topic noise, answer"), "ফোন করুন।", None)
    after = noted(with_translations(CATALOGUE, [changed]))['Call "us".']
    assert (after.text, after.draft, after.by) == ("ফোন করুন।", True, "")
    assert after.remarks == ("A remark of the translator.",)


def test_a_new_entry_stands_before_those_no_longer_in_use() -> None:
    """Where a reader of the catalogue looks for it."""
    after = with_translations(CATALOGUE, [Change(entry("Bikes"), "সাইকেল", None)]).decode()
    assert after.index('msgid "Bikes"') < after.index('#~ msgid "Old"')
    assert noted(after.encode())["Bikes"].about == "topic noise, title"


def test_the_english_that_was_translated_is_found_by_its_place() -> None:
    """Another text in the same place of the same record is what it has become."""
    template = {"Noise nuisance": entry("Noise nuisance"), "Other": entry("Other", "topic other, title")}
    assert earlier(CATALOGUE, template) == {"Noise nuisance": ("Noise", "শব্দ")}
    assert earlier(CATALOGUE, {**template, "Noise": entry("Noise")}) == {}


def test_it_is_found_as_well_after_the_catalogue_was_brought_up_to_date() -> None:
    """The entry that is commented out has kept its place; once more, and it still has it."""
    template = {"Noise nuisance": entry("Noise nuisance")}
    once = updated("", "bn", template, CATALOGUE)
    assert b'#~ msgid "Noise"' in once
    assert earlier(once, template) == {"Noise nuisance": ("Noise", "শব্দ")}
    assert updated("", "bn", template, once) == once


@pytest.mark.parametrize(
    "path", sorted(TRANSLATIONS.rglob("*.po")), ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_our_catalogues_come_back_byte_for_byte(path: Path) -> None:
    """Without a change, and with one that is taken back."""
    content = path.read_bytes()
    assert with_translations(content, []) == content
    english, old = next((each, one) for each, one in noted(content).items())
    message = next(each for each in read_entries("", content) if each.id == english)
    there = with_translations(content, [Change(message, "x", None)])
    assert noted(there)[english].text == "x"
    checked = (old.by, date.fromisoformat(old.on)) if old.by else None
    if old.draft or checked:
        assert with_translations(there, [Change(message, old.text, checked)]) == content


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1), st.booleans())
def test_any_text_is_read_back_as_it_was_written(text: str, checked: bool) -> None:
    """Also by the strict reader; quotation marks, backslashes and every script."""
    content = empty_catalogue("translations/bn/LC_MESSAGES/knowledge.po", "bn")
    after = with_translations(content, [Change(entry("Noise"), text, ("R", DAY) if checked else None)])
    assert (noted(after)["Noise"].text, noted(after)["Noise"].draft) == (text, not checked)
    [_, found] = read_entries("", after)
    assert (found.string, found.fuzzy) == (text, not checked)
