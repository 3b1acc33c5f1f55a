"""Words of one family are found by their stem, language by language."""

from bot.understanding.stems import families, stem, stemmed


def test_only_some_languages_have_a_stemmer():
    """Bengali lists its forms."""
    assert stemmed("en")
    assert stemmed("pl")
    assert not stemmed("bn")


def test_a_family_shares_a_stem():
    """Words stand under their stem, in order."""
    found = families("en", ["shouting", "shout", "noise", "shouted"])
    assert found[stem("en", "shouting")] == ("shout", "shouted", "shouting")
    assert sorted(map(len, found.values())) == [1, 3]
