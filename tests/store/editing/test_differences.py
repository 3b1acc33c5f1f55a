"""An edit in plain words."""

from __future__ import annotations

import pytest

from store.editing.differences import differences
from store.editing.two_people import needing_two
from store.editing.yaml_edit import Path, Value
from tests.store.editing.conftest import CONTENT, NOISE, NOISE_TEAM, URGENT, edited

EXAMPLES = "knowledge/examples/en/topics/noise.yaml"
ALARMING = "knowledge/examples/en/urgent/danger.yaml"
WORDS = "knowledge/concepts/en/words.yaml"
NEIGHBOUR = {"all": [["noise", "music"], "neighbour"], "not": ["drugs"], "within": 6}


def told(path: str, changes: dict[Path, Value] | None) -> list[str]:
    """What is said of an edit of one file; None: it is taken away."""
    new = (
        {**CONTENT, path: edited(path, changes)}
        if changes
        else {p: c for p, c in CONTENT.items() if p != path}
    )
    return [one.words for one in differences(CONTENT, new)]


@pytest.mark.parametrize(
    ("path", "changes", "words"),
    [
        (
            NOISE_TEAM,
            {("contacts", 0, "value"): "020 7946 0888"},
            "Phone of {team}: {number} becomes 020 7946 0888",
        ),
        (NOISE_TEAM, {("contacts", 0, "note"): "Ask for Ann."}, "Note (phone) added to {team}: Ask for Ann."),
        (NOISE_TEAM, {("contacts", 1): None}, "Phone taken out of {team}: {second}"),
        (NOISE_TEAM, None, "Taken away: service {team}."),
        (NOISE, {("title",): "Loud noise"}, "Title of Loud noise: {title} becomes Loud noise"),
        (NOISE, {("danger",): "Call 999."}, "When to call 999 added to {title}: Call 999."),
        (NOISE, {("steps",): ["Write down when it happens."]}, "Step taken out of {title}: {step}"),
        ("knowledge/concepts/en/things.yaml", {("bike", 3): "cycle"}, "Word added to bike (English): cycle"),
        (
            URGENT,
            {("danger", "text"): "Call 999."},
            "Text of If you are in danger, call 999: {text} becomes Call 999.",
        ),
        (NOISE, {("rules", 0): NEIGHBOUR}, "Rule of {title}: {rule} becomes {new_rule}"),
        (EXAMPLES, {(0,): "so loud"}, "Example of {title} (English): {example} becomes so loud"),
        (ALARMING, {(3,): "he has an axe"}, "Example added to danger (English): he has an axe"),
    ],
)
def test_a_change_is_told_as_people_would(path: str, changes: dict[Path, Value] | None, words: str) -> None:
    """With the record's name, not its file."""
    facts = {
        "team": "Littleborough Noise Team",
        "number": "020 7946 0018",
        "second": "020 7946 0101",
        "title": "Noise",
        "rule": "noise and neighbour; strong",
        "new_rule": "(noise or music) and neighbour; not drugs; within 6 words",
        "example": "the flat above us never stops banging",
        "step": "If it feels safe, talk to your neighbour first.",
        "text": "Call 999 now and say where you are.",
    }
    assert told(path, changes) == [words.format(**facts)]


def test_a_new_file_and_comments_alone_are_told_too() -> None:
    """Nothing changes without a word."""
    made = {**CONTENT, "knowledge/topics/new.yaml": b"title: Something new\n"}
    assert [one.words for one in differences(CONTENT, made)] == ["New topic Something new."]
    commented = {**CONTENT, NOISE: b"# A note.\n" + CONTENT[NOISE]}
    (one,) = differences(CONTENT, commented)
    assert "comments" in one.words


def test_a_translation_is_told_with_its_english() -> None:
    """And that it was checked."""
    path = "translations/bn/LC_MESSAGES/knowledge.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    draft, other = f'{head}#, fuzzy\nmsgid "Free"\nmsgstr "A"\n', f'{head}msgid "Free"\nmsgstr "B"\n'
    checked = draft.replace("#, fuzzy\n", "")

    def words(old: str, new: str) -> list[str]:
        found = differences({**CONTENT, path: old.encode()}, {**CONTENT, path: new.encode()})
        return [one.words for one in found]

    assert words(draft, other) == ["Translation of “Free” of Bengali: A becomes B"]
    assert words(draft, checked) == ["Translation of “Free” into Bengali is checked now."]
    assert words(head, draft) == ["Translation of “Free” added to Bengali: A"]


@pytest.mark.parametrize(
    ("path", "changes", "needed"),
    [
        (NOISE_TEAM, {("contacts", 0, "value"): "020 7946 0888"}, False),
        (NOISE, {("title",): "Loud"}, False),
        (URGENT, {("danger", "title"): "Call 999 now"}, True),
        (ALARMING, {(0,): "he has an axe"}, True),
        ("knowledge/examples/en/urgent/none.yaml", {(0,): "a knife and fork"}, True),
        (EXAMPLES, {(0,): "so loud"}, False),
        ("knowledge/concepts/en/things.yaml", {("bike",): ["bike"]}, False),
        ("knowledge/concepts/en/things.yaml", {("weapon",): ["knife"]}, True),
    ],
)
def test_two_people_agree_on_what_raises_a_safety_notice(
    path: str, changes: dict[Path, Value], needed: bool
) -> None:
    """And on nothing else."""
    assert bool(needing_two(CONTENT, {**CONTENT, path: edited(path, changes)})) is needed


def test_messages_of_several_notices_need_one_agreement_in_each_language() -> None:
    """A file of a kind that is added or taken away is a change too."""
    new = {path: content for path, content in CONTENT.items() if path != ALARMING}
    new |= {
        f"knowledge/examples/{language}/urgent/child.yaml": b"- he hits him\n" for language in ("bn", "en")
    }
    assert needing_two(CONTENT, new) == [
        f"Messages that must raise a safety notice are changed ({language})." for language in ("bn", "en")
    ]
