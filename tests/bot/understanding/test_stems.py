"""Words of one family are found by their stem, language by language."""

from bot.understanding.stems import kin_of, stem, stemmed, stems_of

WORDS = {"en": ["shout", "shouting", "shouted", "noise"], "bn": ["শব্দ", "শব্দের"]}


def test_only_languages_with_a_stemmer_are_stemmed():
    """Bengali lists its forms."""
    assert stemmed(WORDS) == ("en",)


def test_a_family_shares_a_stem():
    """Each word knows the others of its family, in order; a word without any is not listed."""
    kin = kin_of(stems_of(WORDS, ("en",)))
    assert kin["shout"] == ("shouted", "shouting")
    assert set(kin) == {"shout", "shouted", "shouting"}
    assert stem("en", "shouting") == "shout"
