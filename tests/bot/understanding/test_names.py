"""Names of the glossary are found apart from what the rules see."""

from bot.understanding.lexicon import Lexicon


def test_names_are_found_and_hide_nothing():
    """The longer name "noise panel" leaves the noise in it to the rules."""
    lexicon = Lexicon.of({"en": {"noise": ["noise"]}}, phrases={"en": [("noise", "panel")]})
    names = lexicon.of_names({"the-panel": ["Noise Panel"]})
    text = "ask the noise pannel"
    assert lexicon.read(text).concepts == {"noise"}
    assert names.read(text).concepts == {"the-panel"}
