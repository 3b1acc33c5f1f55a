"""Translations in the browser: by language and record, beside the English; to agencies and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Response, flash, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from bot.knowledge.records import Language
from bot.language.catalogue import CatalogueError
from store.catalogues import DOMAINS, catalogue_name, updated
from store.editing.draft import Draft, NotYours
from web.staff.content import Content
from web.staff.guard import allowed, blueprint, me
from web.staff.importing import Import, WrongLanguage, imported
from web.staff.pages import page
from web.staff.saving import save_made
from web.staff.services import staff
from web.staff.translating import (
    STATES,
    Group,
    Shown,
    Texts,
    Typed,
    changes_of,
    clashes,
    domain_of,
    tidy,
    written,
    wrong_with,
)
from web.staff.workshop import Work, chosen_draft, my_drafts, take_in_hand, work, work_on

Answer = tuple[str, int] | AnyResponse
#: What a form is made from: the texts, the language, the record, and its texts as they are shown.
Place = tuple[Texts, Language, Group, list[Shown]]


@blueprint.get("/translations/")
@allowed("viewer")
def translations() -> tuple[str, int]:
    """How far each language is."""
    found = work()
    texts = Texts(found.content)
    rows = [(each, texts.tally(tag)) for tag, each in texts.languages().items()]
    return page("translations", found, rows=rows, states=STATES, offered=found.content.knowledge.languages)


@blueprint.get("/translations/<language>/")
@allowed("viewer")
def translation(language: str) -> tuple[str, int]:
    """The records with texts in a language, those first that need work."""
    return _language_page(language)


@blueprint.get("/translations/<language>/<kind>/<identity>")
@allowed("viewer")
def translate(language: str, kind: str, identity: str) -> tuple[str, int]:
    """One record's texts, side by side."""
    found = work()
    return _form_page(found, *_place(Texts(found.content), language, kind, identity))


@blueprint.post("/translations/<language>/<kind>/<identity>")
@allowed("editor")
def save_translation(language: str, kind: str, identity: str) -> Answer:
    """What becomes of a form: refused with reasons, or saved to a draft. Nothing typed is lost."""
    found = work()
    place = _place(Texts(found.content), language, kind, identity)
    typed, by = _typed(), tidy(request.form.get("by", ""))
    wrong = wrong_with(place[3], typed)
    said = [("by", "Write who has checked these texts.")] if _needs_name(typed) and not by else []
    if wrong or said:
        return _form_page(found, *place, typed=typed, wrong=wrong, said=said, status=422)
    try:
        draft = chosen_draft(request.form.get("draft", ""), f"Translations into {place[1].english}")
    except NotYours as error:
        return _form_page(found, *place, typed=typed, said=[("draft", str(error))], status=422)
    newest = _place(Texts(work_on(draft).content), language, kind, identity)
    clash = clashes(newest[3], typed)
    if clash:
        take_in_hand(draft)
        return _form_page(work_on(draft), *newest, typed=typed, wrong=clash, status=409)

    def made(content: Content) -> dict[str, bytes | None]:
        texts, _, group, shown = _place(Texts(content), language, kind, identity)
        domain = domain_of(group.kind)
        changes = changes_of(shown, typed, texts.templates[domain], by, staff().now().date())
        return written(texts, language, domain, changes)

    return _saved(save_made(draft, made), request.path)


@blueprint.get("/translations/<language>/<any(interface,knowledge):domain>.po")
@allowed("viewer")
def export_catalogue(language: str, domain: str) -> Response:
    """A catalogue with every text in use, for translators' tools."""
    texts = Texts(work().content)
    _spoken(texts, language)
    name = catalogue_name(language, domain)
    content = updated(name, language, texts.templates[domain], texts.catalogue(language, domain))
    response = Response(content, mimetype="text/x-gettext-translation")
    response.headers["Content-Disposition"] = f'attachment; filename="signpost-{language}-{domain}.po"'
    return response


@blueprint.post("/translations/<language>/import")
@allowed("editor", keeps=False)
def import_catalogue(language: str) -> Answer:
    """Take over a catalogue that comes back; each change is shown, and what is refused with the reason."""
    found = work()
    texts = Texts(found.content)
    _spoken(texts, language)
    file, by = request.files.get("file"), tidy(request.form.get("by", ""))
    content = file.read() if file else b""
    if not content:
        return _language_page(language, [("file", "Choose the file that came back, in PO format.")])
    today = staff().now().date()
    try:
        come = imported(content, texts, language, by, today)
        if not come.changes:
            return _import_page(found, language, come, None)
        draft = chosen_draft(request.form.get("draft", ""), f"Translations into {language}, imported")
        saved = save_made(draft, lambda now: _again(content, now, language, by).files(Texts(now), language))
    except (CatalogueError, WrongLanguage, NotYours) as error:
        return _language_page(language, [("file", str(error))])
    take_in_hand(saved)
    return _import_page(work_on(saved), language, come, saved)


def _again(content: bytes, now: Content, language: str, by: str) -> Import:
    return imported(content, Texts(now), language, by, staff().now().date())


def _import_page(found: Work, language: str, come: Import, draft: Draft | None) -> tuple[str, int]:
    spoken = Texts(found.content).languages()[language]
    return page("imported", found, spoken=spoken, come=come, draft=draft)


def _language_page(language: str, errors: Sequence[tuple[str, str]] = ()) -> tuple[str, int]:
    found = work()
    texts = Texts(found.content)
    spoken = _spoken(texts, language)
    query, wanted = request.args.get("q", "").strip(), request.args.get("show", "")
    shown = texts.shown(language, texts.groups)
    rows = []
    for group in texts.groups:
        inside = shown[group.kind, group.identity]
        counted = Counter(each.state for each in inside)
        if (not wanted or counted[wanted]) and _is_found(query.lower(), group, inside):  # type: ignore[index]
            rows.append((group, counted))
    return page(
        "translation", found, 422 if errors else 200, spoken=spoken, rows=rows, query=query, wanted=wanted,
        states=STATES, tally=texts.tally(language), domains=DOMAINS, errors=list(errors),
        drafts=my_drafts() if me().may("editor") else [], may_save=me().may("editor"), name=me().name,
    )  # fmt: skip


def _form_page(
    found: Work, texts: Texts, spoken: Language, group: Group, shown: list[Shown],
    typed: dict[str, Typed] | None = None, wrong: dict[str, list[str]] | None = None,
    said: Sequence[tuple[str, str]] = (), status: int = 200,
) -> tuple[str, int]:  # fmt: skip
    typed, wrong = typed or {}, wrong or {}
    known = {each.key for each in shown}
    errors = [*said, *((f"t-{key}", each) for key, words in wrong.items() for each in words)]
    order = [(each.kind, each.identity) for each in texts.groups]
    after = order[(order.index((group.kind, group.identity)) + 1) % len(order)]
    return page(
        "translate", found, status, spoken=spoken, group=group, texts=shown, typed=typed, wrong=wrong,
        said=dict(said), errors=errors, states=STATES, after=after,
        lost=[each.text for key, each in typed.items() if key not in known and each.touched],
        by=request.form.get("by", me().name), drafts=my_drafts() if me().may("editor") else [],
        may_save=me().may("editor"), record_kinds=("services", "topics", "glossary", "urgent", "smalltalk"),
    )  # fmt: skip


def _saved(draft: Draft, back: str) -> AnyResponse:
    take_in_hand(draft)
    flash(f"Saved to the draft “{draft.title}”. Nothing is live yet.", "good")
    return redirect(back, 303)


def _place(texts: Texts, language: str, kind: str, identity: str) -> Place:
    """What a form is made from. Raises NotFound."""
    spoken, group = _spoken(texts, language), texts.group(kind, identity)
    if group is None:
        raise NotFound
    return texts, spoken, group, texts.shown(language, [group])[kind, identity]


def _spoken(texts: Texts, language: str) -> Language:
    found = texts.languages().get(language)
    if found is None:
        raise NotFound
    return found


def _typed() -> dict[str, Typed]:
    """What the form says of each text, also of those whose English has changed meanwhile."""
    form: Any = request.form
    keys = [name.removeprefix("t-") for name in form if name.startswith("t-")]
    return {
        key: Typed(
            form.get(f"w-{key}", ""), f"wc-{key}" in form, tidy(form[f"t-{key}"]), f"c-{key}" in form
        )
        for key in keys
    }  # fmt: skip


def _needs_name(typed: dict[str, Typed]) -> bool:
    return any(each.checked and each.touched for each in typed.values())


def _is_found(query: str, group: Group, shown: Sequence[Shown]) -> bool:
    inside = f"{group.name} {group.identity} {' '.join(f'{each.english} {each.text}' for each in shown)}"
    return query in inside.lower()
