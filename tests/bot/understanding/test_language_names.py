"""Who asks for a language by its name is understood, in any of the languages on offer."""

import pytest

from bot.knowledge.records import Language
from bot.language.text import tokenize
from bot.understanding.language_names import LanguageNames

NAMES = LanguageNames.of(
    [
        Language(tag="en", name="English", english="English"),
        Language(tag="bn", name="বাংলা", english="Bengali", also=("Sylheti",)),
        Language(tag="it", name="Italiano", english="Italian"),
        Language(tag="zh-Hans", name="简体中文", english="Chinese"),
    ]
)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("in bengali please", "bn"),
        ("can you do SYLHETI", "bn"),
        ("parla bengalese?", "bn"),
        ("ইতালিয় ভাষায়", "it"),
        ("可以用简体中文吗", "zh-Hans"),
        ("english or bengali", None),
        ("in klingon please", None),
        ("my neighbour upstairs shouts at all of us in bengali", None),
        ("", None),
    ],
)
def test_one_language_is_named(text, tag):
    """By its own name, the English one, or what another calls it; a story that names one asks for none."""
    assert NAMES.named(tokenize(text)) == tag
