"""Where an editor works: on the draft in hand, or looking at what is live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, session
from werkzeug.exceptions import NotFound, abort

from bot.assistant import Assistant
from bot.knowledge.faults import Fault
from store.content import Files
from store.editing.draft import LIVING, Draft, NotYours, UnknownDraft
from store.editing.drafts import Drafts
from store.editing.proof import Proof
from web.service import service
from web.staff.aside import Aside, Making, Run, made
from web.staff.content import Content, Kept
from web.staff.guard import me
from web.staff.services import staff

_EXTENSION = "signpost-workshop"
_IN_HAND = "draft"
#: States of the content that are kept read: what is live, and a few drafts. Each takes some 35 MB (measured
#: 2026-11-22).
_CONTENTS = 4
#: Files of old revisions that are kept for the history of a record.
_OLD_FILES = 500
#: Assistants of drafts that are kept; each takes some tens of megabytes.
_ASSISTANTS = 2
_PROOFS = 4
#: How long a page waits for a proof: one that another process has made is there by then.
_PROOF_SECONDS = 1.0


class Workshop:
    """What one process has read and built of drafts, to be looked at again."""

    def __init__(self, run: Run | None = None) -> None:
        self.contents: Kept[Content] = Kept(_CONTENTS)
        self.old_files: Kept[bytes | None] = Kept(_OLD_FILES)
        self.checks: Aside[tuple[Fault, ...]] = Aside(_CONTENTS, run)
        self.assistants: Aside[Assistant] = Aside(_ASSISTANTS, run)
        self.proofs: Aside[Proof] = Aside(_PROOFS, run)


@dataclass(frozen=True, slots=True)
class Work:
    """What is looked at: the content of `draft`, or what is live (None)."""

    draft: Draft | None
    revision: int
    content: Content


def prepare(app: Flask, run: Run | None = None) -> None:
    """Let the editor work in `app`; `run` does what takes long (None: a thread does)."""
    app.extensions[_EXTENSION] = Workshop(run)


def workshop() -> Workshop:
    """The workshop of the application that handles this request."""
    return cast(Workshop, current_app.extensions[_EXTENSION])


def drafts() -> Drafts:
    """The drafts of everybody."""
    return staff().drafts


def work() -> Work:
    """The draft in hand, or what is live. Raises NotFound while nothing has been published."""
    draft = in_hand()
    return work_on(draft) if draft else live()


def live() -> Work:
    """What is live. Raises NotFound while nothing has been published."""
    store = staff().store
    number = store.current()
    if number is None:
        raise NotFound("Nothing has been published yet.")
    content = workshop().contents.get(number, lambda: Content(store.files(number)))
    return Work(None, number, content)


def work_on(draft: Draft) -> Work:
    """The content as `draft` would make it."""
    found = workshop().contents.get(
        ("draft", draft.id, draft.version, draft.base), lambda: Content(drafts().files(draft.id))
    )
    return Work(draft, draft.base, found)


def in_hand() -> Draft | None:
    """The draft that whoever is signed in works on, if it can still be edited by them."""
    number = session.get(_IN_HAND)
    if not isinstance(number, int):
        return None
    try:
        draft = drafts().get(number)
    except UnknownDraft:
        return None
    return draft if may_edit(draft) else None


def take_in_hand(draft: Draft | None) -> None:
    """Work on `draft` from now on; None: on none."""
    session[_IN_HAND] = draft.id if draft else None


def draft_or_404(number: int) -> Draft:
    """The draft of that number. Raises NotFound."""
    try:
        return drafts().get(number)
    except UnknownDraft:
        abort(404)


def may_edit(draft: Draft) -> bool:
    """Whether whoever is signed in may save to `draft`, and it is not closed."""
    account = me()
    theirs = account.email.lower() in (draft.owner, *draft.shared) or account.may("publisher")
    return theirs and account.may("editor") and draft.state in LIVING


def is_publisher() -> bool:
    """Whether whoever is signed in may change and publish the drafts of others."""
    return me().may("publisher")


def my_drafts() -> list[Draft]:
    """Those that whoever is signed in may save to: the one in hand, and their own, the last changed first."""
    held = in_hand()
    others = [draft for draft in drafts().of(me().email) if may_edit(draft)]
    return [*([held] if held else []), *(draft for draft in others if held is None or draft.id != held.id)]


def chosen_draft(said: str, title: str) -> Draft:
    """The draft that a form names, or a new one called `title`. Raises NotFound, NotYours."""
    if said.isascii() and said.isdigit():
        draft = draft_or_404(int(said))
        if not may_edit(draft):
            raise NotYours(f"The draft {draft.title!r} cannot be changed by you now. Choose another one.")
        return draft
    return drafts().create(me().email, title)


def save(draft: Draft, files: Mapping[str, bytes | None]) -> Draft:
    """Save whole files to `draft`, and note it in the audit log. Raises as `Drafts.save`."""
    saved = drafts().save(draft.id, me().email, files, draft.version, is_publisher())
    staff().audit.write(me().email, "edit", f"draft {draft.id}", ", ".join(sorted(files)))
    return saved


def proof_of(found: Work, base: Files, begin: bool) -> Making[Proof] | None:
    """What checks and conversations say of a draft, which changes `base`.

    None: nobody has asked for it as it is now, and `begin` is False.
    """
    draft = found.draft
    if draft is None:
        return None
    key, publishing = (draft.id, draft.version, draft.base), staff().publishing
    proofs, files = workshop().proofs, found.content.files
    known = proofs.known(key)
    if known is not None or not (begin or publishing.is_proven(files, base)):
        return known
    return proofs.get(key, lambda: publishing.proof_of(files, base)).within(_PROOF_SECONDS)


def assistant_of(found: Work) -> Making[Assistant]:
    """The assistant that answers from what is looked at; one of a draft may still be in the making."""
    if found.draft is None:
        return made(service().assistants.current())
    build, files = staff().publishing.build, found.content.files
    key = (found.draft.id, found.draft.version, found.draft.base)
    return workshop().assistants.get(key, lambda: build(files))
