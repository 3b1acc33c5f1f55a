"""Contact details inside texts: numbers, links and addresses are seen, other figures are not."""

import pytest

from bot.knowledge.mentions import key, mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 999 or 101.", [("number", "999"), ("number", "101")]),
        ("Ring 0207 364 2965, then press 2", [("number", "0207 364 2965")]),
        ("(020) 7364-2965 or +44 20 7364 2965",
         [("number", "(020) 7364-2965"), ("number", "+44 20 7364 2965")]),
        ("Text SHOUT to 85258", [("number", "85258")]),
        ("then text 12345 today", [("number", "12345")]),
        ("18001 101", [("number", "18001 101")]),
        ("see https://www.nhs.uk/x, or met.police.uk.",
         [("link", "https://www.nhs.uk/x"), ("link", "met.police.uk")]),
        ("write to a.b@example.org.uk.", [("email", "a.b@example.org.uk")]),
        ("until 9.30pm, or 17:30", [("time", "9.30pm"), ("time", "17:30")]),
    ],
)  # fmt: skip
def test_contact_details_are_seen(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(mention.kind, mention.written) for mention in mentions(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 2021-2024 there were 3,500 cases.",
        "You have 28 days, or 105 in all cases of 1999.",
        "It costs £150 or £1,250.50.",
        "It is open 24 hours a day, 7 days a week, for 16 to 25 year olds.",
        "Section 21 of the act of 1988, page 101/2.",
        "Stop. Then go on, e.g. at home.",
        "100% of 999,000",
    ],
)
def test_other_figures_are_no_contact_details(text: str) -> None:
    found = [mention.written for mention in mentions(text)]
    assert found == (["105"] if "105" in text else [])


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("number", "020 7364 2965", "+44 (0)20 7364 2965"),
        ("link", "https://www.nhs.uk/", "NHS.uk"),
        ("email", "Help@Example.org", "help@example.org"),
    ],
)
def test_two_ways_of_printing_one_contact_compare_equal(kind: str, one: str, other: str) -> None:
    assert key(kind, one) == key(kind, other)  # type: ignore[arg-type]
