"""A translation that would mislead is an error with its line; one that is behind is a warning."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from bot.knowledge.faults import errors
from bot.knowledge.reading import read_folder
from store.building import prove
from store.catalogue_checks import Tally, catalogue_faults, entry_faults, tally, translation_faults
from store.catalogues import updated
from store.content import ContentError

TEXTS = ("Call 999.", "Dogs", "{count} left")
TEMPLATE = {text: Message(text) for text in TEXTS}
EMPTY = updated("x", "bn", TEMPLATE, None).decode()


def faults(knowledge_po: str, **others: str) -> list[str]:
    """What is wrong with a Bengali catalogue `knowledge.po`, as printed; `others` are files by their stem."""
    files = {"knowledge": knowledge_po, "interface": updated("x", "bn", {}, None).decode(), **others}
    contents = {f"bn/LC_MESSAGES/{stem}.po": text.encode() for stem, text in files.items()}
    found = catalogue_faults(contents, {"interface": {}, "knowledge": TEMPLATE}, ["bn"])
    return [str(fault) for fault in found]


def with_translation(english: str, translation: str) -> str:
    """The empty catalogue with one translation filled in."""
    assert f'msgid "{english}"\nmsgstr ""' in EMPTY
    return EMPTY.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{translation}"')


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("Call 999.", "৯৯৯ নম্বরে ফোন করুন।"),
        ("Call 999.", "اتصل على ٩٩٩."),
        ("Call 999.", "999۔ پر کال کریں"),
        ("Call 999 or 111.", "111 oder 999 anrufen."),
        ("It costs £1,000.", "Es kostet 1.000 £."),
        ("It costs £1,000.", "Ça coûte 1\u202f000 £."),
        ("Within 24 hours", "24 ঘণ্টার মধ্যে"),
        ("At 9.30", "9:30"),
        ("See www.example.org.", "www.example.org দেখুন।"),
        ("{service}: {hours}", "{hours} ({service})"),
        ("Hello.", "Hello."),
        ("Two weeks", "دو ہفتے"),
        ("He said no", "می\u200cگوید نه"),
    ],
)
def test_a_faithful_translation_has_no_fault(english: str, translation: str) -> None:
    """In any digits, in any order, with the joiners that some scripts need."""
    assert list(entry_faults(english, translation)) == []


@pytest.mark.parametrize(
    ("english", "translation", "what"),
    [
        ("Call 999.", "৯৯ নম্বরে ফোন করুন।", "missing: 999; added: 99"),
        ("Call 999.", "ফোন করুন।", "missing: 999"),
        ("Call them.", "০২০ ৭৯৪৬ ০০১৮ নম্বরে ফোন করুন।", "added: 0018, 020, 7946"),
        ("Call 999, 999.", "999", "missing: 999"),
        ("See www.example.org.", "www.example.com দেখুন।", "missing: example.org; added: example.com"),
        ("Write to a@example.org.", "লিখুন।", "missing: a@example.org"),
        ("{service}: {hours}", "{service}: {time}", "names in braces"),
        ("{count} left", "{ count } বাকি", "names in braces"),
        ("{count} left", "{count বাকি", "names in braces"),
        ("{count} left", "{count} বাকি {", "names in braces"),
        ("{count} left", "{count} বাকি }", "names in braces"),
        ("{count} left", "｛count｝ বাকি", "names in braces"),
        ("{count} left", "বাকি", "names in braces"),
        ("Hello.", "{name}", "names in braces"),
        ("Hello.", " হ্যালো।", "white space"),
        ("Hello.", "হ্যালো।\n", "white space"),
        ("Hello.", "হ্যালো।\nআবার", "white space"),
        ("Call 999.", "\u202e999 নম্বরে ফোন করুন।", "invisible character"),
    ],
)
def test_a_misleading_translation_has_a_fault(english: str, translation: str, what: str) -> None:
    """Another number, a lost placeholder, white space, a mark that turns the line around."""
    [(found, remedy)] = entry_faults(english, translation)
    assert what in found
    assert remedy


def test_a_fault_names_file_line_text_and_remedy() -> None:
    """So that a translator finds it in any editor."""
    text = with_translation("Call 999.", "৯৯ নম্বরে ফোন করুন।")
    line = text.splitlines().index('msgid "Call 999."') + 1
    [fault] = faults(text)
    assert fault.startswith(f"translations/bn/LC_MESSAGES/knowledge.po:{line}: a number")
    assert '"Call 999."' in fault
    assert "Do: write the same" in fault


def test_a_draft_is_checked_like_a_confirmed_translation() -> None:
    """Residents see it, too."""
    text = with_translation("Call 999.", "৯৯").replace('msgid "Call 999."', '#, fuzzy\nmsgid "Call 999."')
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("charset=UTF-8", "charset=ISO-8859-1", "charset=UTF-8"),
        ("Language: bn", "Language: hi", "the language is 'hi', and the folder 'bn'"),
        ("Plural-Forms: nplurals=2; plural=(n != 1);", "X: y", "plural forms"),
        ("plural=(n != 1)", "plural=(n !=", "plural forms"),
    ],
)
def test_a_header_that_is_wrong_is_told(old: str, new: str, what: str) -> None:
    """Translators' tools go by it."""
    assert old in EMPTY
    [fault] = faults(EMPTY.replace(old, new))
    assert "knowledge.po:1: " in fault
    assert what in fault


def test_an_entry_that_is_repeated_is_told() -> None:
    """Which of the two is shown would be a matter of luck."""
    [fault] = faults(EMPTY + '\nmsgid "Dogs"\nmsgstr "কুকুর"\n')
    assert '"Dogs" stands here a second time' in fault


def test_a_broken_catalogue_is_one_fault_at_its_line() -> None:
    """Whatever else is wrong with it cannot be told."""
    [fault] = faults(EMPTY + '\nmsgid "Dogs\n')
    assert f"knowledge.po:{len(EMPTY.splitlines()) + 2}: not a gettext catalogue" in fault


def test_english_that_is_no_longer_in_use_is_a_warning_with_the_command_to_run() -> None:
    """It is never shown, so nothing else about it matters."""
    [fault] = faults(EMPTY + '\nmsgid "Call 112."\nmsgstr "ফোন করুন।"\n')
    assert '(warning) 1 English text is no longer in use, as "Call 112."' in fault
    assert "run: signpost translations update bn" in fault


def test_english_that_a_catalogue_lacks_is_a_warning_with_the_command_to_run() -> None:
    """It is shown in English meanwhile."""
    [fault] = faults(updated("x", "bn", {"Dogs": TEMPLATE["Dogs"]}, None).decode())
    assert '(warning) 2 English texts are not in it yet, as "Call 999."' in fault
    assert "run: signpost translations update bn" in fault


def test_an_entry_with_a_context_is_not_the_entry_that_is_shown() -> None:
    """The English sentence alone is the key."""
    text = EMPTY.replace('msgid "Dogs"', 'msgctxt "menu"\nmsgid "Dogs"')
    assert len(faults(text)) == 2


def test_a_catalogue_of_another_name_is_an_error() -> None:
    """It would be shown without having been checked."""
    [fault] = faults(EMPTY, answers=EMPTY)
    assert "answers.po: a language has the catalogues interface.po and knowledge.po alone" in fault


def test_a_language_that_is_not_offered_is_a_warning() -> None:
    """Nobody sees it."""
    found = catalogue_faults({"fr/LC_MESSAGES/knowledge.po": b""}, {"interface": {}, "knowledge": {}}, [])
    assert [fault.severity for fault in found] == ["warning"]


def test_a_catalogue_that_is_not_there_is_a_warning() -> None:
    """A new language has none yet."""
    found = catalogue_faults({}, {"interface": {}, "knowledge": {}}, ["bn"])
    assert [fault.what for fault in found] == ["there is no such catalogue"] * 2
    assert errors(found) == []


def test_a_project_without_translations_has_no_faults() -> None:
    """English alone is enough."""
    assert translation_faults({}) == []


def test_without_settings_a_broken_catalogue_is_still_told_and_nothing_more() -> None:
    """Which languages are offered cannot be known then, so no catalogue is called a stranger."""
    tiny = read_folder(Path(__file__).parent.parent / "knowledge")
    files = {f"knowledge/{name}": content for name, content in tiny.items() if name != "settings.yaml"}
    [fault] = translation_faults({**files, "translations/bn/LC_MESSAGES/knowledge.po": b'msgid "a\n'})
    assert fault.what.startswith("not a gettext catalogue: ")


def test_a_tally_counts_the_texts_in_use() -> None:
    """Confirmed, draft and missing make up the template; obsolete entries count for nothing."""
    text = with_translation("Dogs", "কুকুর") + '\n#, fuzzy\nmsgid "Old"\nmsgstr "পুরনো"\n'
    text = text.replace(
        'msgid "Call 999."\nmsgstr ""', '#, fuzzy\nmsgid "Call 999."\nmsgstr "৯৯৯ নম্বরে ফোন করুন।"'
    )
    assert tally(text.encode(), TEMPLATE) == Tally(confirmed=1, draft=1, missing=1)
    assert tally(None, TEMPLATE) == Tally(confirmed=0, draft=0, missing=3)


def test_a_misleading_translation_is_not_published() -> None:
    """Not even by way of the store."""
    tiny = read_folder(Path(__file__).parent.parent / "knowledge")
    catalogue = updated("x", "bn", {"Noise": Message("Noise")}, None).decode()
    catalogue = catalogue.replace('msgid "Noise"\nmsgstr ""', 'msgid "Noise"\nmsgstr "৯৯৯"')
    files = {f"knowledge/{name}": content for name, content in tiny.items()}
    with pytest.raises(ContentError, match=r"knowledge\.po:\d+: a number"):
        prove({**files, "translations/bn/LC_MESSAGES/knowledge.po": catalogue.encode()}, date(2026, 11, 22))
