"""What is wrong with the content that is looked at, beside the fields that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.faults import Fault, errors
from web.staff.aside import Making
from web.staff.forms.faults import faults_beside
from web.staff.forms.shape import Wrong
from web.staff.records import Place
from web.staff.services import staff
from web.staff.workshop import Work, workshop

#: How long a page waits for the check of a draft that was saved just now: what is large takes some eight
#: seconds (measured 2026-11-22), and nobody should wait for those.
_WAIT_SECONDS = 1.0


def check(found: Work) -> Making[tuple[Fault, ...]]:
    """Every fault of what is looked at; where there is much to look at it is not ready yet."""
    publishing, draft = staff().publishing, found.draft
    today = publishing.now().date()
    key = (draft.id, draft.version, draft.base, today) if draft else (found.revision, today)
    checks, files = workshop().checks, found.content.files
    return checks.get(key, lambda: publishing.checked(files).faults).within(_WAIT_SECONDS)


def faults_here(found: Work, place: Place) -> Sequence[Wrong]:
    """The errors of what a form shows of a draft, beside its fields; none while they are looked for."""
    if found.draft is None:
        return ()
    wrong = [fault for fault in errors(check(found).made or ()) if fault.file == place.file]
    inside = list(faults_beside(wrong, place.file, found.content.tree(place.file), place.path))
    if not place.listed:
        return inside
    return [Wrong(place.fields[0].key, each.words) for each in inside]
