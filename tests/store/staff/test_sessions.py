"""Sessions: they end by time, by signing out anywhere, and stay ended. Forms that come too late are kept."""

from __future__ import annotations

from sqlalchemy import Engine, select

from store.staff.accounts import Account
from store.staff.kept import KeptForms
from store.staff.sessions import Sessions
from store.staff.tables import sessions as table
from tests.store.conftest import Clock

FIELDS = [("name", "Noise Line"), ("contact", "1"), ("contact", "2"), ("note", "শব্দ\n2")]


def is_live(sessions: Sessions, token: str) -> bool:
    """Whether a request with `token` would be let in."""
    found = sessions.find(token)
    return found is not None and not found.ended


def test_a_session_is_found_by_its_token_alone(sessions: Sessions, amina: Account) -> None:
    """And by no other."""
    token = sessions.begin(amina.id, "Firefox")
    found = sessions.find(token)
    assert found is not None
    assert (found.account, found.device, found.ended) == (amina.id, "Firefox", False)
    assert sessions.find("another") is None


def test_a_session_ends_half_an_hour_after_it_was_last_used(
    sessions: Sessions, amina: Account, clock: Clock
) -> None:
    """Using it keeps it; leaving it alone does not."""
    token = sessions.begin(amina.id, "Firefox")
    for _ in range(3):
        clock.move(minutes=29)
        assert is_live(sessions, token)
    clock.move(minutes=30)
    assert not is_live(sessions, token)
    assert sessions.of(amina.id) == []


def test_a_session_ends_after_twelve_hours_in_any_case(
    sessions: Sessions, amina: Account, clock: Clock
) -> None:
    """However often it is used."""
    token = sessions.begin(amina.id, "Firefox")
    for _ in range(35):
        clock.move(minutes=20)
        assert is_live(sessions, token)
    clock.move(minutes=20)
    assert not is_live(sessions, token)


def test_signing_out_ends_the_sessions_of_every_browser(sessions: Sessions, amina: Account) -> None:
    """Also the one forgotten in the library."""
    tokens = [sessions.begin(amina.id, browser) for browser in ("Firefox", "Chromium")]
    assert [each.device for each in sessions.of(amina.id)] == ["Chromium", "Firefox"]
    sessions.end_all(amina.id)
    assert [is_live(sessions, token) for token in tokens] == [False, False]


def test_sessions_long_past_are_forgotten(
    sessions: Sessions, amina: Account, clock: Clock, engine: Engine
) -> None:
    """Nothing piles up."""
    sessions.begin(amina.id, "old")
    clock.move(days=2)
    sessions.begin(amina.id, "new")
    with engine.connect() as connection:
        assert list(connection.scalars(select(table.c.device))) == ["new"]


def test_a_kept_form_comes_back_whole_to_its_owner(engine: Engine, clock: Clock) -> None:
    """In any browser, with every field in its order; to nobody else."""
    kept = KeptForms(engine, clock)
    kept.keep("Amina@testham.gov.uk", "", "/staff/services/a?b=1", FIELDS)
    (form,) = kept.of("amina@testham.gov.uk", "")
    assert (form.path, list(form.fields)) == ("/staff/services/a?b=1", FIELDS)
    assert kept.of("ben@testham.gov.uk", "") == []
    kept.drop(form.id, "ben@testham.gov.uk", "")
    assert kept.get(form.id, "amina@testham.gov.uk", "") == form
    kept.drop(form.id, "amina@testham.gov.uk", "")
    assert kept.of("amina@testham.gov.uk", "") == []


def test_a_form_of_a_browser_that_lost_its_session_belongs_to_that_browser(
    engine: Engine, clock: Clock
) -> None:
    """Whoever signs in there next; nobody in another browser, nor one without any token."""
    kept = KeptForms(engine, clock)
    kept.keep("", "token", "/staff/a", FIELDS)
    assert len(kept.of("amina@testham.gov.uk", "token")) == 1
    assert kept.of("amina@testham.gov.uk", "other") == []
    assert kept.of("amina@testham.gov.uk", "") == []


def test_what_is_kept_is_gone_after_an_hour(engine: Engine, clock: Clock) -> None:
    """From the database as well, when the next one is kept."""
    kept = KeptForms(engine, clock)
    kept.keep("amina@testham.gov.uk", "", "/staff/a", FIELDS)
    clock.move(hours=1)
    assert kept.of("amina@testham.gov.uk", "") == []
    kept.keep("amina@testham.gov.uk", "", "/staff/b", FIELDS)
    clock.move(hours=-1)
    assert [form.path for form in kept.of("amina@testham.gov.uk", "")] == ["/staff/b"]
