"""What is to be confirmed next: reviews by their dates, contacts by what they rest on."""

import datetime as dt

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.checks import check_files
from bot.knowledge.freshness import facts, freshness

REVIEW = dt.date(2027, 5, 21)  # of every service of the tiny knowledge base


@pytest.fixture
def knowledge(tiny: dict[str, bytes]) -> Knowledge:
    found, faults = check_files(tiny, dt.date(2026, 11, 22))
    assert found is not None, faults
    return found


@pytest.mark.parametrize(
    ("days_before", "expected"),
    [(61, []), (60, ["due"]), (0, ["due"]), (-1, ["overdue"])],
)
def test_a_review_is_due_for_sixty_days_and_then_overdue(
    knowledge: Knowledge, days_before: int, expected: list[str]
) -> None:
    found = freshness(knowledge, REVIEW - dt.timedelta(days=days_before))
    assert [name for name in ("due", "overdue") if getattr(found, name)] == expected


def test_the_first_to_review_comes_first(tiny: dict[str, bytes]) -> None:
    desk = tiny["services/council-desk.yaml"]
    sooner = desk.replace(b"review_by: 2027-05-21", b"review_by: 2027-05-20")
    later = desk.replace(b"review_by: 2027-05-21", b"review_by: 2027-05-22")
    places = []
    for changed in (sooner, later):
        found, _ = check_files({**tiny, "services/council-desk.yaml": changed}, REVIEW)
        assert found is not None
        due = [service.id for service in freshness(found, dt.date(2027, 5, 1)).due]
        places.append(due.index("council-desk"))
    assert places == [0, len(due) - 1]


def test_what_only_the_plan_gives_is_found(knowledge: Knowledge) -> None:
    found = freshness(knowledge, REVIEW)
    assert [(fact.service.id, fact.contact.id) for fact in found.on_the_plan] == [("noise-team", "email")]
    assert [term.id for term in found.terms_on_the_plan] == ["noise-panel"]


def test_every_contact_is_a_fact_once(knowledge: Knowledge) -> None:
    found = [(fact.service.id, fact.contact.id) for fact in facts(knowledge)]
    expected = {(service.id, each.id) for service in knowledge.services.values() for each in service.contacts}
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(("year", "expected"), [(2021, ["email", "night"]), (2019, ["night", "email"])])
def test_the_oldest_facts_come_first_and_of_one_age_the_weakest(
    tiny: dict[str, bytes], year: int, expected: list[str]
) -> None:
    # The e-mail address is the plan's, of 2021; the number at night has a source, which may be overtaken.
    team = tiny["services/noise-team.yaml"].replace(b"checked: 2026-10\n", f"checked: {year}\n".encode())
    found, _ = check_files({**tiny, "services/noise-team.yaml": team}, dt.date(2026, 11, 22))
    assert found is not None
    assert [fact.contact.id for fact in facts(found)][:2] == expected
