"""sitemap.xml and robots.txt: every plain page in every language, with the day its facts were checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template, request, url_for

from bot.knowledge.base import Knowledge
from bot.knowledge.values import PartialDate
from web.desk import absolute
from web.service import service

blueprint = Blueprint("sitemap", __name__)


class Listed(NamedTuple):
    """A page: its address in each language, and without one, as (hreflang, address); when it last changed."""

    addresses: tuple[tuple[str, str], ...]
    #: As exact as it is known: "2021", "2021-04" or "2021-04-30"; None: not known.
    changed: str | None


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page, as sitemaps.org has it, with its translations as Google asks."""
    pages = list(_pages(service().assistants.current().knowledge))
    response = Response(render_template("sitemap.xml", pages=pages), mimetype="application/xml")
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read but the API, whose answers are for programs."""
    lines = [
        "User-agent: *",
        "Disallow: /api/",
        "Disallow: /embed/",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")


def _pages(knowledge: Knowledge) -> Iterator[Listed]:
    checked = {name: record.checked for name, record in knowledge.services.items()}
    newest = _newest(list(checked.values()))
    yield _listed(knowledge, "page.start", None)
    yield _listed(knowledge, "pages.topics", newest)
    yield _listed(knowledge, "pages.services", newest)
    yield _listed(knowledge, "pages.about", newest)
    for endpoint in ("pages.privacy", "pages.accessibility"):
        yield _listed(knowledge, endpoint, None)
    for topic in knowledge.topics.values():
        dates = [checked[name] for name in topic.leads]
        yield _listed(knowledge, "pages.topic", _newest(dates), topic_id=topic.id)
    for name, date in checked.items():
        yield _listed(knowledge, "pages.service_page", _newest([date]), service_id=name)


def _listed(knowledge: Knowledge, endpoint: str, changed: str | None, **values: Any) -> Listed:
    tags = [*((tag, tag) for tag in knowledge.languages), ("x-default", None)]
    return Listed(
        tuple((name, absolute(url_for(endpoint, language=tag, **values))) for name, tag in tags),
        changed,
    )


def _newest(dates: list[PartialDate]) -> str | None:
    newest = max(dates, key=lambda date: date.first_day, default=None)
    return newest.iso if newest else None
