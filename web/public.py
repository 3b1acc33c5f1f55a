"""The public, cacheable descriptions under /api/v1: topics, services, languages, sites, the API itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.knowledge.base import Knowledge
from bot.knowledge.records import Topic
from bot.knowledge.services import ContactPoint
from bot.knowledge.services import Service as ServiceRecord
from bot.knowledge.sites import Site
from web.headers import share_with_all
from web.openapi import document
from web.problems import Problem
from web.service import service

blueprint = Blueprint("public", __name__, url_prefix="/api/v1")
blueprint.after_request(share_with_all)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of the API."""
    return _cacheable(document())


@blueprint.get("/topics")
def topics() -> Response:
    """Every topic, by group, in menu order."""
    knowledge = _knowledge()
    groups = [{"id": group.id, "title": group.title} for group in knowledge.groups.values()]
    return _cacheable({"groups": groups, "topics": [_topic(topic) for topic in knowledge.topics.values()]})


@blueprint.get("/services")
def services() -> Response:
    """Every service, in short."""
    return _cacheable({"services": [_summary(record) for record in _knowledge().services.values()]})


@blueprint.get("/services/<service_id>")
def one_service(service_id: str) -> Response:
    """One service with its contact points and their sources."""
    record = _knowledge().services.get(service_id)
    if record is None:
        raise Problem(404, "unknown-service", "There is no such service.")
    return _cacheable(_whole(record))


@blueprint.get("/languages")
def languages() -> Response:
    """The languages on offer."""
    offered = [language.model_dump(mode="json") for language in _knowledge().languages.values()]
    return _cacheable({"languages": offered})


@blueprint.get("/sites/<site_id>")
def one_site(site_id: str) -> Response:
    """What the widget needs to know of the site that embeds it."""
    site = _knowledge().sites.get(site_id)
    if site is None:
        raise Problem(404, "unknown-site", "There is no such site.")
    return _cacheable(_site(site))


def _knowledge() -> Knowledge:
    return service().assistants.current().knowledge


def _cacheable(body: dict[str, Any]) -> Response:
    """`body` with an ETag, or 304. A cache asks each time, since an edit is live within two seconds."""
    response = jsonify(body)
    response.add_etag()
    response.headers["Cache-Control"] = "public, no-cache"
    response.make_conditional(request)
    return response


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "id": topic.id,
        "title": topic.title,
        "need": topic.need,
        "group": topic.group,
        "services": topic.leads,
        "neighbours": topic.neighbours,
    }


def _summary(record: ServiceRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "organisation": record.organisation,
        "summary": record.summary,
        "area": record.area,
        "checked": record.checked.iso,
    }


def _whole(record: ServiceRecord) -> dict[str, Any]:
    """All of `record` but its retired values, which nobody should call."""
    whole = record.model_dump(mode="json", exclude={"retired", "contacts", "checked", "team"})
    return {
        **whole,
        "checked": record.checked.iso,
        "contacts": [_contact(point) for point in record.contacts],
    }


def _contact(point: ContactPoint) -> dict[str, Any]:
    return {
        **point.model_dump(mode="json", exclude={"checked"}),
        "href": point.href,
        "checked": point.checked.iso,
    }


def _site(site: Site) -> dict[str, Any]:
    """All of `site`; its contacts as those of a service."""
    whole = site.model_dump(mode="json", exclude={"contacts", "team", "review_by"})
    return {**whole, "contacts": [_contact(point) for point in site.contacts]}
