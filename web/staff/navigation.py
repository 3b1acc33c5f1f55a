"""The main menu of the staff side, by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from web.staff.guard import role_of, signed_in

#: (endpoint, parts of its address, what the menu calls it), in the order of the menu.
_MENU: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("staff.start", {}, "Start"),
    ("staff.all_drafts", {}, "Drafts"),
    ("staff.records", {"kind": "services"}, "Services"),
    ("staff.records", {"kind": "topics"}, "Topics"),
    ("staff.all_words", {}, "Words"),
    ("staff.all_examples", {}, "Examples"),
    ("staff.records", {"kind": "glossary"}, "Glossary"),
    ("staff.records", {"kind": "urgent"}, "Safety notices"),
    ("staff.records", {"kind": "smalltalk"}, "Small talk"),
    ("staff.records", {"kind": "sites"}, "Sites"),
    ("staff.everywhere", {}, "Change everywhere"),
    ("staff.preview", {}, "Try it out"),
    ("staff.translations", {}, "Translations"),
    ("staff.insights", {}, "What residents ask"),
    ("staff.questions", {}, "Questions sent"),
    ("staff.reminders", {}, "Reminders"),
    ("staff.history", {}, "History"),
    ("staff.accounts", {}, "Accounts"),
    ("staff.audit_log", {}, "Audit log"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu."""

    address: str
    label: str
    is_here: bool


def menu() -> list[Item]:
    """What the menu offers to whoever is signed in; empty before that."""
    account = signed_in()
    if account is None:
        return []
    here = (request.endpoint, request.view_args or {})
    return [
        Item(url_for(endpoint, **values), label, here == (endpoint, values))
        for endpoint, values, label in _MENU
        for role in [role_of(current_app, endpoint)]
        if role is not None and role != "anyone" and account.may(role)
    ]
