"""The audit log, for administrators: to read, to filter, to take away."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request

from store.staff.audit import Entry
from web.staff.csv_tables import csv_file
from web.staff.guard import allowed, blueprint
from web.staff.services import staff

_PAGE = 100
#: More than years of a council's work; a table beyond it is asked for in parts.
_MOST = 50_000


@blueprint.get("/audit")
@allowed("administrator")
def audit_log() -> str:
    """The newest entries, of one account or action, and the way to older ones."""
    entries = _entries(_PAGE, request.args.get("before", type=int))
    older = entries[-1].id if len(entries) == _PAGE else None
    return render_template("staff/audit.html", entries=entries, older=older, actions=staff().audit.actions())


@blueprint.get("/audit.csv")
@allowed("administrator")
def audit_csv() -> Response:
    """The same entries as a table."""
    head = ["id", "at", "account", "action", "subject", "detail"]
    return csv_file("audit.csv", head, _rows(_entries(_MOST, None)))


def _entries(limit: int, before: int | None) -> list[Entry]:
    wanted = request.args
    return staff().audit.entries(limit, before, wanted.get("account", "").strip(), wanted.get("action", ""))


def _rows(entries: list[Entry]) -> Iterator[list[str]]:
    for entry in entries:
        yield [
            str(entry.id), entry.at.isoformat(), entry.account, entry.action, entry.subject, entry.detail
        ]  # fmt: skip
