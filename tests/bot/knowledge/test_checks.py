"""What must agree between records: each kind of disagreement is found, where it stands, and nothing else."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.checks import check_files, check_folder
from bot.knowledge.faults import Fault

TODAY = dt.date(2026, 11, 22)
Faults = Callable[..., list[str]]


def test_the_tiny_knowledge_base_agrees_with_itself(tiny: dict[str, bytes]) -> None:
    knowledge, faults = check_files(tiny, TODAY)
    assert knowledge is not None
    assert faults == []


def test_a_folder_is_checked_as_its_files_are() -> None:
    assert check_folder(Path(__file__).parents[2] / "knowledge", TODAY) == []


NOISE = "topics/noise.yaml"
TEAM = "services/noise-team.yaml"
CONCEPTS = "concepts/concepts.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (NOISE, "leads: [noise-team]", "leads: [noise-taem]",
         "9: there is no service 'noise-taem'. Do: write 'noise-team'"),
        (NOISE, "leads: [noise-team]", "leads: [noise-team, noise-team]", "9: 'noise-team' is listed twice"),
        (NOISE, "[council-contact]", "[council]", "10: there is no topic 'council'"),
        (NOISE, "[council-contact]", "[noise]", "10: the topic is its own neighbour"),
        (NOISE, "group: street", "group: streets", "3: there is no group 'streets'. Do: write 'street'"),
        (NOISE, "  not_working_or_no_reply:", "  not_working:", "12: there is no aspect 'not_working'"),
        (NOISE, "{all: [noise]}", "{all: [noize]}", "23: there is no concept 'noize'. Do: write 'noise'"),
        (NOISE, "[loud, night]", "[loud, nights]", "22: there is no concept 'nights'"),
        (NOISE, "not: [headphones]", "not: [earphones]", "22: there is no concept 'earphones'"),
        (NOISE, "not: [headphones]", "not: [loud, night]", "22: the rule excludes what it asks for"),
        (NOISE, "- {all: [noise]}", "- {all: [bike]}\n- {all: [bike]}",
         "24: (warning) this rule stands here twice"),
        ("urgent.yaml", "police-999/voice", "police-99/voice", "4: there is no service 'police-99'"),
        ("urgent.yaml", "police-999/voice", "police-999/vioce",
         "4: there is no contact of police-999 'vioce'"),
        ("urgent.yaml", "[police-999/voice]", "[]", "1: the notice 'danger' names no contact"),
        ("urgent.yaml", "[weapon, now]", "[wepon, now]",
         "6: there is no concept 'wepon'. Do: write 'weapon'"),
        ("urgent.yaml", "unconscious", "asleep", "12: there is no concept 'asleep'"),
        ("aspects.yaml", "cost:", "price:", "13: there is no aspect 'price'"),
        ("smalltalk.yaml", "thanks:", "thank:",
         "5: there is no kind of small talk 'thank'. Do: write 'thanks'"),
        ("settings.yaml", "council-desk", "council", "3: there is no service 'council'"),
        ("settings.yaml", "police-999", "fire", "4: there is no service 'fire'"),
        ("sites.yaml", "name: A partner", "name: A\n  language: so", "3: there is no language 'so'"),
        ("languages.yaml", "en: {", "fr: {", "'en' is missing, in which every answer is written"),
        (CONCEPTS, "implies: [noise]", "implies: [noice]", "26: there is no concept 'noice'"),
        (CONCEPTS, "sound, kind: things", "sound, kind: things, implies: [party]",
         "1: the concept 'noise' implies itself"),
        ("concepts/bn/things.yaml", "bike:", "bikes:", "3: there is no concept 'bikes'. Do: write 'bike'"),
        ("concepts/bn/things.yaml", "bike:", "end-life:",
         "3: (warning) the concept 'end-life' is of the kind 'acts'"),
        ("concepts/en/things.yaml", "headphones: ", "music-player: ",
         "(warning) the concept 'headphones' has no words in en"),
        ("examples/en/aspects.yaml", "cost:", "costs:", "3: there is no aspect 'costs'. Do: write 'cost'"),
        ("examples/en/smalltalk.yaml", "greeting:", "hi:", "1: there is no small talk 'hi'"),
        ("groups.yaml", "council: {", "parks: {title: Parks}\ncouncil: {",
         "3: (warning) no topic is in the group 'parks'"),
    ],
)  # fmt: skip
def test_what_is_named_must_be_there(
    faults_after: Faults, file: str, old: str, new: str, expected: str
) -> None:
    assert any(expected in fault for fault in faults_after(file, old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (TEAM, "020 7946 0018", "020 7946 0999", "13: 020 7946 0999 is retired (services/noise-team.yaml)"),
        ("services/council-desk.yaml", "020 7946 0000", "+44 20 7946 0999", "9: +44 20 7946 0999 is retired"),
        (TEAM, "id: night", "id: phone", "18: two contacts have the id 'phone'"),
        (TEAM, "review_by: 2027-05-21", "review_by: 2026-11-21",
         "43: (warning) the review was due by 2026-11-21"),
        (TEAM, "checked: 2026-11-21\n  ev", "checked: 2026-11-23\n  ev", "16: the date lies in the future"),
        (TEAM, "checked: 2026-11-21\nreview", "checked: 2027\nreview", "42: the date lies in the future"),
        (TEAM, "source: plan", "source: https://littleborough.example",
         "40: the evidence is `plan`, but the source is"),
        (TEAM, "evidence: plan", "evidence: current",
         "40: the evidence is `current`, but the source is a founding"),
        (TEAM, "noise@littleborough.example", "safe@littleborough.cjsm.net",
         "37: safe@littleborough.cjsm.net is a mailbox between"),
        (TEAM, "noise@littleborough.example", "noise.team@gmail.com",
         "37: noise.team@gmail.com is a private mailbox"),
        (TEAM, "noise@littleborough.example", "j.smith2@littleborough.gov.uk",
         "37: j.smith2@littleborough.gov.uk seems to be one"),
        (TEAM, "noise@littleborough.example", "jo.smith@littleborough.gov.uk",
         "37: (warning) jo.smith@littleborough.gov.uk may be"),
        (TEAM, "cost: Free", "cost: Free\nminimum_age: 18\nmaximum_age: 16",
         "8: the maximum age is below the minimum age"),
        (TEAM, "when you call", "on 020 7946 0018 or 020 7946 0555",
         "7: 020 7946 0555 stands in the text and is no contact"),
        (NOISE, "Write down when", "Text LOUD to 61016, and write when",
         "8: 61016 stands in the text and is no contact"),
        (NOISE, "when you called before", "it at noise2@littleborough.example",
         "12: noise2@littleborough.example stands"),
        (NOISE, "it happens.", "it happens, at www.noise.example.org/diary.",
         "8: www.noise.example.org/diary stands in"),
        (NOISE, "while it is loud", "before 5pm", "5: (warning) a time stands in the text (5pm)"),
        ("urgent.yaml", "Call 999 now", "Call 112 now", "3: 112 stands in the text and is no contact"),
        ("smalltalk.yaml", "You are welcome.", "Call 101.", "6: 101 stands in the text"),
    ],
)  # fmt: skip
def test_facts_that_cannot_be_right_are_found(
    faults_after: Faults, file: str, old: str, new: str, expected: str
) -> None:
    faults = faults_after(file, old, new)
    assert len(faults) == 1
    assert faults[0].startswith(f"{file}:{expected}")


def test_a_text_may_name_what_is_a_contact(faults_after: Faults) -> None:
    new = "Ring 999, +44 20 7946 0018 or NOISE@littleborough.example, www.littleborough.example/noise/report."
    assert faults_after(NOISE, "Write down when it happens.", new) == []


def test_a_mailbox_of_a_function_is_no_persons(faults_after: Faults) -> None:
    for address in ("community.safety@x.gov.uk", "littleborough.noise@x.gov.uk", "hate.crime@x.gov.uk"):
        assert faults_after(TEAM, "noise@littleborough.example", address) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("concepts/en/things.yaml", "racket, din", "racket, Noisy", "1: (warning) 'Noisy' is here twice"),
        ("examples/en/topics/noise.yaml", "- car alarm",
         "- The flat above us  never stops banging!\n- car alarm",
         "3: (warning) 'The flat above us never stops banging!' is here twice (examples/en/topics/noise"),
        ("examples/en/topics/noise.yaml", "- car alarm", "- renting tools cheap\n- car alarm",
         "3: 'renting tools cheap' is an example of 'library-of-things' too"),
        ("examples/en/none.yaml", "- who won", "- car alarm has been going off for hours\n- who won",
         "none.yaml:2: 'car alarm has been going off for hours' is an example of 'noise' too"),
        ("examples/en/aspects.yaml", "do i have to pay", "when do they close",
         "3: 'when do they close' is an example of 'hours' too"),
        ("examples/en/urgent/abuse.yaml", "- my wife", "- i lost my kitchen knife\n- my wife",
         "urgent/abuse.yaml:3: 'i lost my kitchen knife' is an example of 'none' too (examples/en/urgent"),
        ("examples/en/urgent/abuse.yaml", "- my wife", "- My husband hits me.\n- my wife",
         "urgent/abuse.yaml:3: (warning) 'My husband hits me.' is here twice (examples/en/urgent/abuse"),
    ],
)  # fmt: skip
def test_the_same_words_are_no_evidence_for_two_things(
    faults_after: Faults, file: str, old: str, new: str, expected: str
) -> None:
    assert any(expected in fault for fault in faults_after(file, old, new))


def test_one_message_may_raise_two_notices(faults_after: Faults) -> None:
    assert faults_after("examples/en/urgent/child.yaml", "- the man", "- my husband hits me\n- the man") == []


def test_examples_of_a_notice_that_is_not_known_are_refused(tiny: dict[str, bytes]) -> None:
    knowledge, faults = check_files({**tiny, "examples/en/urgent/ill.yaml": b"- i feel sick\n"}, TODAY)
    assert knowledge is None
    assert [(fault.file, fault.what) for fault in faults] == [
        ("examples/en/urgent/ill.yaml", "there is no notice 'ill'")
    ]


def test_a_topic_without_rules_or_examples_is_warned_of(tiny: dict[str, bytes]) -> None:
    tiny["topics/parks.yaml"] = tiny["topics/bike-theft.yaml"].split(b"rules:")[0]
    knowledge, faults = check_files(tiny, TODAY)
    assert knowledge is not None
    assert [(fault.what, fault.severity) for fault in faults] == [
        ("the topic has no rules", "warning"),
        ("the topic has no examples in any language", "warning"),
    ]


def test_a_reference_to_a_faulty_record_is_not_told_as_missing(faults_after: Faults) -> None:
    faults = faults_after(TEAM, "name: Littleborough Noise Team", "nam: Littleborough Noise Team")
    assert all(fault.startswith("services/noise-team.yaml:") for fault in faults)


def test_a_fault_reads_as_place_problem_and_remedy() -> None:
    fault = Fault("a.yaml", 3, "it is wrong", "put it right")
    assert str(fault) == "a.yaml:3: it is wrong. Do: put it right."
    warning = Fault("a.yaml", 0, "it is odd", "look at it", "warning")
    assert str(warning) == "a.yaml: (warning) it is odd. Do: look at it."
