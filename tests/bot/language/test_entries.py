"""A .po file is read as it was meant, or refused with the line that is wrong."""

import pytest

from bot.language.entries import CatalogueError, read_entries

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: bn\\n"\n\n'


def said(text):
    """English -> (translation, draft) of what stands in `text`."""
    return {
        entry.id: (entry.string, entry.fuzzy) for entry in read_entries("x.po", text.encode()) if entry.id
    }


def test_entries_are_read_with_their_flags_and_lines():
    """A draft is told from a confirmed translation, and each knows the line of its English."""
    text = HEADER + 'msgid "Noise"\nmsgstr "শব্দ"\n\n#, fuzzy\nmsgid "Dogs"\nmsgstr "কুকুর"\n'
    assert said(text) == {"Noise": ("শব্দ", False), "Dogs": ("কুকুর", True)}
    assert [entry.lineno for entry in read_entries("x.po", text.encode()) if entry.id] == [6, 10]


def test_a_text_goes_on_over_several_lines():
    """The pieces are joined, and escaped quotation marks are marks again."""
    assert said('msgid ""\n"Say "\n"\\"no\\"."\nmsgstr "না"\n') == {'Say "no".': ("না", False)}


def test_the_fields_of_the_header_are_kept():
    """They are needed for the checks."""
    assert read_entries("x.po", HEADER.encode()).header["Language"] == "bn"


def test_obsolete_entries_stand_apart_with_their_flag():
    """So that a draft that comes back is still a draft."""
    entries = read_entries("x.po", '#, fuzzy\n#~ msgid "Old"\n#~ msgstr "পুরনো"\n'.encode())
    assert [entry.id for entry in entries if entry.id] == []
    assert [(entry.id, entry.fuzzy) for entry in entries.obsolete.values()] == [("Old", True)]


def test_a_repeated_entry_is_remembered():
    """Merging two branches makes such entries."""
    entries = read_entries("x.po", b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n')
    assert [(entry.id, entry.lineno) for entry in entries.repeated] == [("a", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + 'msgid "a"\nmsgstr "b"\n',
        'msgid "a"\r\nmsgstr "b"\r\n',
        '#| msgid "before"\nmsgid "a"\nmsgstr "b"\n\n#~| msgid "x"\n#~ msgid "y"\n#~ msgstr "z"\n',
    ],
    ids=["byte order mark", "Windows line ends", "earlier English"],
)
def test_what_other_tools_write_is_read(text):
    """A byte order mark, Windows line ends and notes of earlier English change nothing."""
    assert said(text) == {"a": ("b", False)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"services: [reset]\n", 1),
        (b'msgid "a\nmsgstr "b"\n', 1),
        (b'msgid "a"\nmsgstr "b"c"\n', 2),
        (b'msgid "a"\nmsgstr "\\q"\n', 2),
        (b'msgid "a"\nmsgstr[x] "b"\n', 2),
        (b'msgid "a"\nmsgstr[0] "b"\n', 2),
        (b'msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3),
        (b'\nmsgstr "b"\n', 2),
        (b'"b"\n', 1),
        (b'msgid "a"\n', 1),
        (b'msgid "a"\nmsgid "b"\nmsgstr "c"\n', 1),
        (b'msgid "a"\nmsgstr "\xff"\n', 2),
        (b'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=x\\n"\n', 1),
    ],
)
def test_what_is_no_catalogue_is_refused_at_its_line(text, line):
    """Nothing is taken for empty because a quotation mark is missing."""
    with pytest.raises(CatalogueError, match=rf"^x\.po:{line}: not a gettext catalogue"):
        read_entries("x.po", text)
