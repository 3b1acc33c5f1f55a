"""The glossary is read strictly, and what does not agree in it is found at its line."""

from collections.abc import Callable

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.passages import passages

FILE = "glossary.yaml"
Faults = Callable[..., list[str]]


def test_terms_are_read_with_all_their_names(knowledge: Knowledge) -> None:
    term = knowledge.glossary["noise-panel"]
    assert term.names == ("Noise Panel", "NPX", "Noise Panels", "নয়েজ প্যানেল")
    assert (term.contactable, term.exists, term.today) == (False, "unknown", None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("topic: noise", "topic: noize", "5: there is no topic 'noize'. Do: write 'noise'"),
        ("[noise-team,", "[noise-taem,", "8: there is no service 'noise-taem'. Do: write 'noise-team'"),
        ("Lending Shed,", "npx,", "12: 'npx' is a name of 'noise-panel' too"),
        ("Lending Shed,", "'!?',", "12: '!?' has no word that can be recognised"),
        ("  today: It is now called the Library of Things.\n", "", "16: `exists` is renamed"),
        ("checked: 2026-11", "checked: 2027", "21: the date lies in the future"),
        ("Noise Panel is a", "Noise Panel on 020 7946 0999 is a", "4: 020 7946 0999 stands in the text"),
        ("exists: unknown", "exists: perhaps", "6: 'perhaps' is not known for 'exists'"),
        ("  kind: body\n", "", "1: 'kind' is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_term_is_found(faults_after: Faults, old: str, new: str, expected: str) -> None:
    """One fault, in its line, with what to do."""
    (fault,) = faults_after(FILE, old, new)
    assert fault.startswith(f"{FILE}:{expected}")


def test_what_a_term_says_is_translated_and_its_names_are_not(knowledge: Knowledge) -> None:
    found = {passage.path: passage.text for passage in passages(knowledge) if passage.file == FILE}
    assert set(found) == {
        ("noise-panel", "explains"),
        ("lending-shed", "explains"),
        ("lending-shed", "today"),
        ("noise-desk", "explains"),
    }
