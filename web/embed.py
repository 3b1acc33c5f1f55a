"""For partners: the assistant in a frame, and the page that shows how to put it on a site."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.exceptions import NotFound

from bot.knowledge.sites import Site
from web.desk import absolute, open_desk
from web.form import Shown, conversation, take_turn
from web.headers import policy
from web.page import failed
from web.releases import newest
from web.service import service
from web.sites import theme
from web.snippets import element, frame_tag, pinned_tag, policy_lines, script_tag

blueprint = Blueprint("embed", __name__)
blueprint.register_error_handler(Exception, failed)

#: Host pages to look at the widget on.
PREVIEWS = (
    ("plain", "On an ordinary page"),
    ("hostile", "On a page whose styles reach for everything"),
    ("rtl", "On a page that reads from right to left"),
)


class Embedding(NamedTuple):
    """What one site copies into its pages."""

    id: str
    name: str
    origins: tuple[str, ...]
    tag: str
    element: str
    pinned: str
    frame: str


@blueprint.get("/embed")
def howto() -> Response:
    """The exact tags for every site that is listed, what a policy needs, and how it looks."""
    root = absolute("")
    sites = [
        Embedding(
            site.id,
            site.name,
            site.origins,
            script_tag(root, site),
            element(root, site),
            pinned_tag(root, site, newest()),
            frame_tag(root, site),
        )
        for site in service().assistants.current().knowledge.sites.values()
    ]
    html = render_template("embed.html", sites=sites, policy=policy_lines(root), previews=PREVIEWS)
    return _with_policy(make_response(html), policy("'none'", "frame-src 'self'"))


@blueprint.get("/embed-preview/<kind>")
def preview(kind: str) -> Response:
    """A host page with the widget on it, for the page above alone."""
    if kind not in dict(PREVIEWS):
        raise NotFound
    return _with_policy(make_response(render_template("preview.html", kind=kind)), policy("'self'"))


@blueprint.get("/embed/<site_id>", defaults={"language": None})
@blueprint.get("/embed/<site_id>/<tag:language>")
def framed(site_id: str, language: str | None) -> Response:
    """The beginning of a conversation in the frame of a site."""
    site = _site(site_id)
    return _for_frames(conversation(open_desk(language, site.language), Shown(), site), site)


@blueprint.post("/embed/<site_id>")
def framed_turn(site_id: str) -> Response:
    """One turn in the frame of a site."""
    site = _site(site_id)
    return _for_frames(take_turn(site), site)


@blueprint.get("/embed/<site_id>/colours.css")
def colours(site_id: str) -> Response:
    """The colours of a site, for its frame; nothing where it has none of its own."""
    response = Response(theme(_site(site_id)), mimetype="text/css")
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _site(name: str) -> Site:
    """The site of that id. Raises NotFound, so that nothing is framed by a site that is not listed."""
    site = service().assistants.current().knowledge.sites.get(name)
    if site is None:
        raise NotFound
    return site


def _for_frames(response: Response, site: Site) -> Response:
    """`response`, which only the pages of `site` may frame; no script runs in it."""
    return _with_policy(response, policy(" ".join(site.origins) or "'none'"))


def _with_policy(response: Response, text: str) -> Response:
    response.headers["Content-Security-Policy"] = text
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
