"""Catalogues give what translators wrote, and say how sure it is."""

import pytest

from bot.language.catalogue import CatalogueError, Text, read_catalogue, read_catalogues

BENGALI = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Call 999."
msgstr "৯৯৯ নম্বরে ফোন করুন।"

#, fuzzy
msgid "Noise"
msgstr "শব্দ"

msgid "Empty"
msgstr ""

#~ msgid "Old"
#~ msgstr "পুরনো"
""".encode()


@pytest.fixture
def catalogue():
    return read_catalogue("bn", [("interface.po", BENGALI)])


def test_a_confirmed_translation_is_full(catalogue):
    """An entry without a flag has been confirmed."""
    assert catalogue.translate("Call 999.") == Text("৯৯৯ নম্বরে ফোন করুন।", "bn", "full")


def test_a_fuzzy_translation_is_a_draft(catalogue):
    """A draft is shown and said to be one."""
    assert catalogue.translate("Noise") == Text("শব্দ", "bn", "draft")


@pytest.mark.parametrize("english", ["Empty", "Old", "Never written"])
def test_what_has_no_translation_stands_in_english(catalogue, english):
    """An empty, obsolete or missing entry gives the English, and says that it is English."""
    assert catalogue.translate(english) == Text(english, "en", "missing")


def test_english_needs_no_catalogue():
    """English is what the texts are written in."""
    assert read_catalogue("en", []).translate("Noise") == Text("Noise", "en", "full")


def test_what_is_no_catalogue_is_refused_by_name():
    """The message names the file."""
    with pytest.raises(CatalogueError, match=r"bn/LC_MESSAGES/broken.po"):
        read_catalogues(["bn"], {"bn/LC_MESSAGES/broken.po": b"services: [reset]\n"})
