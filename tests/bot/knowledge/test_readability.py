"""Texts that are hard to read are named, with what is long in them; short ones are let be."""

import datetime as dt
import socket
from collections.abc import Callable

import nltk
import pytest
import textstat

from bot.knowledge.checks import check_files
from bot.knowledge.readability import reading_age, words_per_sentence

TODAY = dt.date(2026, 11, 22)
Faults = Callable[..., list[str]]

TOPIC = "topics/noise.yaml"
DIARY = "Write down when it happens."
PLAIN = "Call the noise team when it is loud. They can come and look. You do not need to give your name. "
HARD = (
    "Environmental protection professionals investigate complaints about unreasonable disturbances affecting "
    "neighbouring residential accommodation. Investigations continue throughout the neighbourhood, whenever "
    "additional representations are submitted. Representations remain confidential until administrative "
    "proceedings. Complainants receive acknowledgement immediately."
)
LONG = (
    "If you can hear it in your room and it goes on for a long time at night or by day and you do not like "
    "it then you can call us and we can see if we can get it to end."
)


def test_a_text_of_long_words_is_warned_of_with_the_longest_of_them(faults_after: Faults) -> None:
    [fault] = faults_after(TOPIC, DIARY, HARD)
    assert fault.startswith(f"{TOPIC}:8: (warning) steps 2: reads as for age ")
    assert "(at most 11); long words: Representations, acknowledgement, Investigations, " in fault


def test_long_sentences_are_warned_of_with_the_longest_of_them(faults_after: Faults) -> None:
    [fault, *_] = faults_after(TOPIC, DIARY, f"{LONG} Call.")
    assert fault.startswith(f"{TOPIC}:8: (warning) steps 2: 22.0 words a sentence on average (at most 15)")
    assert 'the longest has 43: "If you can hear it in your room' in fault


def test_plain_texts_of_any_length_are_no_fault(faults_after: Faults) -> None:
    assert faults_after(TOPIC, DIARY, PLAIN * 5) == []


@pytest.mark.parametrize("text", ["Environmental protection administration.", "Unreasonable disturbances"])
def test_a_short_text_by_itself_is_not_measured(faults_after: Faults, text: str) -> None:
    assert faults_after(TOPIC, DIARY, text) == []


def test_short_texts_that_are_hard_together_are_warned_of_once(faults_after: Faults) -> None:
    steps = "\n- ".join(sentence.strip(".") + "." for sentence in HARD.split(". "))
    [fault] = faults_after(TOPIC, DIARY, f"{steps}\n- {steps}")
    assert ": (warning) all texts together, hardest steps " in fault


def test_a_text_without_a_full_stop_is_a_label_and_not_measured(faults_after: Faults) -> None:
    assert faults_after(TOPIC, "title: Noise", f"title: {HARD.replace('.', ',').strip(',')}") == []


def test_each_record_of_a_file_is_measured_apart(tiny: dict[str, bytes]) -> None:
    text = tiny["smalltalk.yaml"].decode()
    hard = " ".join(HARD.split()[:29]) + "."
    for old in (
        "Hello. What do you need help with?",
        "You are welcome.",
        "A person at the council can help you.",
    ):
        assert old in text
        text = text.replace(old, hard)
    _, faults = check_files({**tiny, "smalltalk.yaml": text.encode()}, TODAY)
    assert faults == []


@pytest.mark.parametrize(
    ("text", "age"),
    [
        # 8 words of 43 characters in one sentence: 4.71 * 43/8 + 0.5 * 8 - 21.43 = 7.9, the eighth year.
        ("Somebody nearby plays awfully loud music at night.", 13),
        ("We go to it.", 5),
        (HARD, 18),
    ],
)
def test_the_reading_age_is_that_of_the_index(text: str, age: int) -> None:
    assert reading_age(text) == age


def test_sentences_are_counted_by_their_ends() -> None:
    assert words_per_sentence("Is it loud? Call us! We can help you.") == pytest.approx(3.0)


def test_measuring_asks_nothing_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **_named: object) -> None:
        raise OSError(f"the network was asked: {arguments}")

    def missing(name: str) -> None:
        raise LookupError(name)

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(nltk, "download", refused)
    monkeypatch.setattr(nltk.data, "find", missing)
    assert reading_age("The dictionary of syllables is nowhere to be found here.") >= 5
    with pytest.raises(OSError, match="the network was asked"):  # what the other measures would do
        textstat.flesch_kincaid_grade("The dictionary of syllables is nowhere to be found here.")
