"""What a plain page is made from: the assistant, the reader's language, and the words of the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import abort

from bot.assistant import Assistant
from bot.dialogue.leaflet import Leaflets
from bot.dialogue.wording import Wording
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Language
from bot.language.catalogue import SOURCE_LANGUAGE, Catalogue, Status, Text
from web.interface import Interface, interface
from web.page_words import PLAIN_STRINGS
from web.problems import log_fault
from web.rendering import bdi, mark, part, say, shown
from web.service import service

#: Where the exit leads: a page that anyone might have open. Source: GOV.UK Design System, exit this page.
EXIT = "https://www.bbc.co.uk/weather"
_WORSE: dict[str, int] = {"full": 0, "draft": 1, "partial": 2}


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself, to programs as well."""

    title: Text
    canonical: str
    #: (hreflang, whole address)
    alternates: tuple[tuple[str, str], ...]
    #: As in a reply: full, draft, partial.
    translated: str
    #: (language, path of this page in it)
    here: tuple[tuple[Language, str], ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """One reader's page: what is known, and in which language it is said."""

    assistant: Assistant
    words: Interface
    #: The language that the address names; None: the browser's is taken.
    chosen: str | None

    @property
    def knowledge(self) -> Knowledge:
        """What the assistant knows."""
        return self.assistant.knowledge

    @property
    def language(self) -> str:
        """The BCP 47 tag of the page."""
        return self.words.language.tag

    @property
    def catalogue(self) -> Catalogue:
        """The translations into the language of the page."""
        return self.assistant.catalogues.get(self.language) or Catalogue(self.language, {})

    def wording(self) -> Wording:
        """Says things in the language of the page."""
        return Wording(self.words.language, self.catalogue)

    def leaflets(self) -> Leaflets:
        """Composes the pages of topics and services, as of now."""
        return Leaflets(self.knowledge, self.wording(), service().now())

    def link(self, endpoint: str, **values: Any) -> str:
        """The path of a page in the language that the reader's address names, if it names one."""
        return url_for(endpoint, language=self.chosen, **values)

    def translated(self, texts: Iterable[Text], *found: str) -> str:
        """How well a page is translated that says `texts` besides parts whose states are `found`."""
        states: dict[Status, str] = {"full": "full", "draft": "draft", "missing": "partial"}
        own = (states[text.status] for text in texts)
        return max((*own, *found), key=lambda state: _WORSE[state], default="full")


def open_desk(language: str | None, default: str | None = None) -> Desk:
    """The desk of whoever asks now; an address with a language that is not offered leads to one without.

    `default` is the language where the address names none; None: what the browser asks for.
    """
    assistant = service().assistants.current()
    if language is not None and language not in assistant.knowledge.languages:
        values = {**(request.view_args or {}), "language": None}
        abort(redirect(url_for(request.endpoint or "page.start", **values)))
    tag = language or (default if default in assistant.knowledge.languages else None) or _preferred(assistant)
    return Desk(assistant, plain_words(tag, assistant), language)


def open_anywhere() -> Desk | None:
    """The desk of whoever met an error, at any address; None where there is nothing to say it with."""
    first = request.path.split("/")[1]
    try:
        assistant = service().assistants.current()
        chosen = first if first in assistant.knowledge.languages else None
        tag = chosen or _preferred(assistant)
        return Desk(assistant, plain_words(tag, assistant), chosen)
    except Exception as error:  # whoever is lost is still told of 999
        log_fault(error)
        return None


def _preferred(assistant: Assistant) -> str:
    """The language on offer that the browser asks for, or the first one."""
    offered = list(assistant.knowledge.languages)
    return request.accept_languages.best_match(offered) or offered[0]


def plain_words(tag: str, assistant: Assistant) -> Interface:
    """The words of the interface and of the plain pages in the language `tag`, which is offered."""
    words = interface(tag, assistant.knowledge, assistant.catalogues)
    catalogue = assistant.catalogues.get(tag) or Catalogue(tag, {})
    own = {name: catalogue.translate(english) for name, english in PLAIN_STRINGS.items()}
    return replace(words, strings={**words.strings, **own})


def absolute(path: str) -> str:
    """The whole address of `path` on this service."""
    return (service().settings.public_url or request.url_root).rstrip("/") + path


def show(desk: Desk, template: str, head: Head, status: int = 200, **content: Any) -> Response:
    """The page: the template with `content`, and what every page has."""
    html = render_template(template, **{**frame(desk), "head": head, **content})
    response = make_response(html, status)
    response.headers["Cache-Control"] = "public, no-cache"  # an edit is live within two seconds
    response.headers["Content-Language"] = desk.language
    if desk.chosen is None:
        response.vary.add("Accept-Language")
    if status == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def head(desk: Desk, title: Text, texts: Iterable[Text], *states: str, of: str | None = None) -> Head:
    """The head of the page asked for, which says `texts` besides parts whose state of translation is given.

    `of` is the endpoint whose page says the same and more; None: this page stands for itself.
    """
    endpoint, values = of or request.endpoint or "page.start", dict(request.view_args or {})
    tags = [*((tag, tag) for tag in desk.knowledge.languages), ("x-default", None)]
    return Head(
        title=title,
        canonical=absolute(_address(endpoint, values, desk.chosen)),
        alternates=tuple((name, absolute(_address(endpoint, values, tag))) for name, tag in tags),
        translated=desk.translated((title, *texts), *states),
        here=tuple(
            (each, _address(request.endpoint or endpoint, values, each.tag)) for each in desk.words.languages
        ),
    )


def _address(endpoint: str, values: dict[str, Any], tag: str | None) -> str:
    known = {name for rule in current_app.url_map.iter_rules(endpoint) for name in rule.arguments}
    given = {name: value for name, value in values.items() if name in known}
    return url_for(endpoint, **{**given, "language": tag})


def frame(desk: Desk) -> dict[str, Any]:
    """What the templates of all pages need."""
    return {
        "words": desk.words,
        "chosen": desk.chosen,
        "source_language": SOURCE_LANGUAGE,
        "exit": EXIT,
        "say": say,
        "mark": mark,
        "part": part,
        "shown": shown,
        "bdi": bdi,
    }
