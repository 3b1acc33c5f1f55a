"""The plain pages: subjects, services, and what this service is; complete without script, to print and share.

Each stands at an address of its own in every language (`/bn/topics/noise`), and without a language in the
address (`/topics/noise`) in the one that the browser asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from bot.knowledge.records import Audience, Topic
from bot.language.catalogue import Text
from web.below import in_words
from web.desk import Desk, Head, head, open_anywhere, open_desk, show
from web.page import failed
from web.page_words import ABOUT_STRINGS, ACCESS_STRINGS, PAGE_STRINGS, PRIVACY_STRINGS
from web.problems import http_error
from web.service import service
from web.statements import about_values, centre
from web.structured import service_data, topic_data

blueprint = Blueprint("pages", __name__)
blueprint.register_error_handler(Exception, failed)

R = TypeVar("R")
View = Callable[..., Response]
#: Where an unknown address is a program's mistake, and a page would not be read.
_FOR_PROGRAMS = ("/api/", "/w/", "/static/", "/healthz")


class LanguageTag(BaseConverter):
    """The part of an address that may name a language: en, zh-Hans."""

    regex = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"


def in_every_language(rule: str) -> Callable[[View], View]:
    """Registers a view at `rule` and at `/<language>` before it; the view takes the language, or None."""

    def register(view: View) -> View:
        blueprint.add_url_rule(rule, view.__name__, view, defaults={"language": None})
        blueprint.add_url_rule(f"/<tag:language>{rule}", view.__name__, view)
        return view

    return register


@in_every_language("/topics")
def topics(language: str | None) -> Response:
    """Every topic, by group."""
    desk = open_desk(language)
    say = desk.catalogue.translate
    groups = [
        (
            group,
            [(topic.id, say(topic.need)) for topic in desk.knowledge.topics.values() if topic.group == id_],
        )
        for (id_, group) in desk.words.groups
    ]
    texts = (text for title, needs in groups for text in (title, *(need for _, need in needs)))
    return _plain(desk, "topics.html", "topics", texts, groups=groups)


@in_every_language("/topics/<topic_id>")
def topic(language: str | None, topic_id: str) -> Response:
    """What to do and who can help with one topic."""
    desk = open_desk(language)
    return _topic_page(desk, _known(desk.knowledge.topics, topic_id))


@in_every_language("/topics/<topic_id>/<who>")
def topic_for(language: str | None, topic_id: str, who: str) -> Response:
    """What of a topic is for one audience."""
    desk = open_desk(language)
    record = _known(desk.knowledge.topics, topic_id)
    asked = record.asks.choices if record.asks else ()
    if who not in {*asked, *(name for special in record.for_ for name in special.who)}:
        raise NotFound
    return _topic_page(desk, record, desk.knowledge.audiences[who])


@in_every_language("/services")
def services(language: str | None) -> Response:
    """Every service, by its name."""
    desk = open_desk(language)
    found = sorted(desk.knowledge.services.values(), key=lambda record: record.name.casefold())
    listed = [(record.id, record.name, desk.catalogue.translate(record.summary)) for record in found]
    return _plain(desk, "services.html", "all_services", (text for *_, text in listed), listed=listed)


@in_every_language("/services/<service_id>")
def service_page(language: str | None, service_id: str) -> Response:
    """All that is known of one service."""
    desk = open_desk(language)
    record = _known(desk.knowledge.services, service_id)
    leaflet = asdict(desk.leaflets().service(record))
    title = Text(record.name, desk.language, "full")
    described = head(desk, title, _frame_texts(desk), leaflet["translated"])
    data = service_data(record, leaflet, described)
    return show(desk, "service.html", described, leaflet=leaflet, data=data)


@in_every_language("/about")
def about(language: str | None) -> Response:
    """What the service covers and does not, who keeps it, where its facts come from."""
    desk = open_desk(language)
    return _plain(desk, "about.html", "about", _texts(desk, ABOUT_STRINGS), **about_values(desk))


@in_every_language("/privacy")
def privacy(language: str | None) -> Response:
    """What is kept of a visit, and what others can see."""
    desk = open_desk(language)
    days = service().settings.question_days
    kept_for = in_words(days, desk.language) if days else None
    return _plain(desk, "privacy.html", "privacy_title", _texts(desk, PRIVACY_STRINGS), kept_for=kept_for)


@in_every_language("/accessibility")
def accessibility(language: str | None) -> Response:
    """Who can use the service, how that was tested, and what is known to be wrong."""
    desk = open_desk(language)
    return _plain(desk, "accessibility.html", "access", _texts(desk, ACCESS_STRINGS), centre=centre(desk))


@blueprint.app_errorhandler(NotFound)
def lost(error: NotFound) -> Response:
    """A page with a way on, for whoever followed an old or mistyped address."""
    desk = None if request.path.startswith(_FOR_PROGRAMS) else open_anywhere()
    if desk is None:
        return http_error(error)
    title = desk.words.strings["lost"]
    return show(desk, "lost.html", Head(title, "", (), desk.translated(_frame_texts(desk)), ()), 404)


def _topic_page(desk: Desk, record: Topic, who: Audience | None = None) -> Response:
    leaflet = asdict(desk.leaflets().topic(record, who.id if who else None))
    title = desk.catalogue.translate(record.title)
    if who:
        title = _filled(desk.words.strings["topic_for"], topic=title, who=desk.catalogue.translate(who.label))
    states = (leaflet["translated"], leaflet["answer"]["translated"])
    described = head(desk, title, _frame_texts(desk), *states, of="pages.topic" if who else None)
    data = topic_data(leaflet, described, desk.knowledge)
    names = [(service, desk.knowledge.services[service].name) for service in leaflet["more"]]
    return show(desk, "topic.html", described, leaflet=leaflet, data=data, more=names, who=who)


def _plain(desk: Desk, template: str, title: str, texts: Iterable[Text], **content: Any) -> Response:
    """A page that says `texts`; `title` is the name of a string."""
    described = head(desk, desk.words.strings[title], (*_frame_texts(desk), *texts))
    return show(desk, template, described, **content)


def _texts(desk: Desk, strings: Iterable[str]) -> list[Text]:
    return [desk.words.strings[name] for name in strings]


def _frame_texts(desk: Desk) -> list[Text]:
    """The words around the content of every page."""
    return _texts(desk, PAGE_STRINGS)


def _filled(text: Text, **parts: Text) -> Text:
    """`text` with its places filled; in English where a part of it is missing."""
    filled = text.text
    for name, inner in parts.items():
        filled = filled.replace(f"{{{name}}}", inner.text)
    worst = max((text, *parts.values()), key=lambda each: ("full", "draft", "missing").index(each.status))
    return Text(filled, worst.language, worst.status)


def _known(records: Mapping[str, R], name: str) -> R:
    """The record of that id. Raises NotFound."""
    if name not in records:
        raise NotFound
    return records[name]
