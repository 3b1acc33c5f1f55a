"""The audit log: it is added to, read, and never changed."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from store.staff.audit import Audit
from tests.store.conftest import Clock


def test_entries_are_read_newest_first_by_account_and_action(audit: Audit, clock: Clock) -> None:
    """A page at a time."""
    for number in range(3):
        audit.write("amina", "edit", f"service {number}", "Phone becomes 2.")
        clock.move(minutes=1)
    audit.write("ben", "publish", "revision 2")
    assert [entry.subject for entry in audit.entries(2)] == ["revision 2", "service 2"]
    newest = audit.entries(1, account="amina")[0]
    assert (newest.account, newest.action, newest.detail) == ("amina", "edit", "Phone becomes 2.")
    assert (clock.at - newest.at).total_seconds() == 60
    assert [entry.subject for entry in audit.entries(9, before=newest.id)] == ["service 1", "service 0"]
    assert [entry.account for entry in audit.entries(9, action="publish")] == ["ben"]
    assert audit.actions() == ["edit", "publish"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET detail = 'nothing'", "DELETE FROM audit"],
)
def test_the_database_itself_refuses_to_change_the_log(audit: Audit, engine: Engine, statement: str) -> None:
    """Not by a mistake in code, and not by hand without first taking the guard away."""
    audit.write("amina", "publish", "revision 2")
    with pytest.raises(DatabaseError, match="only ever added to"), engine.begin() as connection:
        connection.execute(text(statement))
    assert [entry.subject for entry in audit.entries(9)] == ["revision 2"]
