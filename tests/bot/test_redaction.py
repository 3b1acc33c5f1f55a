"""What may tell who wrote a message is taken out of it before anybody reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction import redacted
from bot.understanding.lexicon import Lexicon

#: Knows the words of the marks and no others.
READ = Lexicon.of({"en": {}}, phrases={"en": [("name", "number", "address", "contact")]}).read


@pytest.fixture(scope="module")
def clean(assistant):
    return lambda text: redacted(text, assistant.understanding.utterance)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("noise, call me on 07700 900123", "07700"),
        ("noise, call +44 20 7946 0018 now", "7946"),
        ("noise ০৭৭০০ ৯০০১২৩", "৯০০১২৩"),
        ("noise, write to fatima.b@mail.example", "fatima"),
        ("noise at www.mypage.example/fatima", "mypage"),
        ("music at E3 5LU", "5LU"),
        ("music at e35lu", "e35lu"),
        ("music in flat 12", "12"),
        ("music in flat 12, 45 Roman Road", "45"),
        ("music from 12 Cable Street", "Cable"),
        ("music on Roman Road", "Roman"),
        ("my name is noise", "noise"),
        ("music from Mr Loud next door", "Loud"),
        ("the music of Fatima is loud", "Fatima"),
        ("the music of zahirah is loud", "zahirah"),
        ("the crime number is 1234567/26", "1234567"),
    ],
)
def test_what_tells_who_wrote_is_taken_out(clean, text, told):
    """Telephone numbers, addresses, e-mail addresses, names; in any spelling that we can tell."""
    assert told not in clean(text)
    assert "[" in clean(text)


def test_the_need_stays(clean):
    """A message without anything of that kind is left as it is."""
    text = "noisy neighbour, loud music next door at night"
    assert clean(text) == text


@given(st.text(alphabet="aZ é07@.,'’[]-\n বাE1 flat", max_size=60))
def test_redacting_twice_changes_nothing(text):
    """What a resident has seen is what is sent."""
    once = redacted(text, READ)
    assert redacted(once, READ) == once
