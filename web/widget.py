"""What a page loads for the widget: its script, and the conversation with its words in one language.

The addresses carry the version of the widget's contract with its host pages (`/w/1/`), or the release whose
bytes never change (`/w/1.0.0/`). Code is for everyone; the words are for the sites that may embed the widget.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, abort, request

from bot.assistant import Assistant
from bot.knowledge.sites import Site
from bot.language.catalogue import Catalogue
from web import bundles
from web.compression import smallest
from web.headers import is_listed, share_with_all, share_with_sites
from web.icons import icon
from web.interface import Interface, interface
from web.problems import Problem
from web.releases import releases
from web.service import service
from web.sites import exit_of, for_site, theme
from web.turns import offered_language
from web.views import menu, spoken

blueprint = Blueprint("widget", __name__, url_prefix="/w")
blueprint.add_app_template_global(icon)

#: Seconds that a browser may keep the code before it asks again; this address is never pinned.
_CODE_KEPT = "public, max-age=3600"
_RELEASE_KEPT = "public, max-age=31536000, immutable"
#: The words hold telephone numbers, and the permission to embed: an edit changes both at once.
_WORDS_KEPT = "public, no-cache"


@blueprint.get("/1/signpost.js")
def script() -> Response:
    """The launcher. A tag with `crossorigin` says where it stands: others get a reason and a link."""
    origin = request.headers.get("Origin")
    refused = origin is not None and origin != request.host_url.rstrip("/") and not is_listed(origin)
    code = bundles.refusal_script() if refused else bundles.launcher_script()
    response = share_with_all(smallest(code, "text/javascript"))
    response.vary.add("Origin")
    return _kept(response, _WORDS_KEPT if refused else _CODE_KEPT)


@blueprint.get("/<version>/signpost.js")
def release(version: str) -> Response:
    """A release of the widget: a whole script that never changes, and can be pinned by its hash."""
    found = releases().get(version)
    if found is None:
        abort(404)
    return _kept(share_with_all(smallest(found.script, "text/javascript")), _RELEASE_KEPT)


@blueprint.get("/1/signpost.css", defaults={"name": "signpost"})
@blueprint.get("/1/launcher.css", defaults={"name": "launcher"})
def style(name: str) -> Response:
    """A style sheet by itself: for the plain page, and for browsers that take no constructed sheets."""
    return _kept(share_with_all(smallest(bundles.style(name), "text/css")), _CODE_KEPT)


@blueprint.get("/1/chat/<path:language>.js")
def chat(language: str) -> Response:
    """The conversation with all that it needs to begin, as a module."""
    # U+2028 ends a line in older scripts, and < would end the element of whoever puts this into a page.
    words = json.dumps(_beginning(language), ensure_ascii=False, separators=(",", ":"))
    module = "export const words=" + words.replace("\u2028", "\\u2028") + ";" + bundles.chat_script()
    response = share_with_sites(smallest(module, "text/javascript"))
    response.vary.add("Accept-Language")
    return _kept(response, _WORDS_KEPT)


@blueprint.get("/1/start/<path:language>.json")
def start(language: str) -> Response:
    """All that a conversation needs to begin; in the first language on offer where there is not that one."""
    return _words(_beginning(language))


@blueprint.get("/1/strings/<language>.json")
def strings(language: str) -> Response:
    """What a conversation needs to go on in another language."""
    assistant = service().assistants.current()
    if language not in assistant.knowledge.languages:
        abort(404)
    return _words(spoken(_interface(assistant, language, _site(assistant))))


def _beginning(wanted: str) -> dict[str, Any]:
    """All that the widget needs to begin: in the language nearest to `wanted`, or the one that suits best."""
    assistant = service().assistants.current()
    site = _site(assistant)
    words = _interface(assistant, _language(wanted, site, assistant), site)
    return {
        **spoken(words),
        "exit": exit_of(site),
        "site": site and site.id,
        "theme": theme(site) if site else "",
        "help": [[line.href, line.value] for line in words.help],
        "menu": menu(words),
        "languages": [[each.tag, each.name, each.direction] for each in words.languages],
    }


def _site(assistant: Assistant) -> Site | None:
    return assistant.knowledge.sites.get(request.args.get("site", ""))


def _interface(assistant: Assistant, language: str, site: Site | None) -> Interface:
    knowledge, catalogues = assistant.knowledge, assistant.catalogues
    catalogue = catalogues.get(language) or Catalogue(language, {})
    return for_site(interface(language, knowledge, catalogues), site, knowledge, catalogue)


def _language(wanted: str, site: Site | None, assistant: Assistant) -> str:
    """The language nearest to the BCP 47 tag `wanted`; "auto": the site's, the browser's, or the first."""
    offered = list(assistant.knowledge.languages)
    if wanted != "auto":
        with suppress(Problem):
            return offered_language(wanted, assistant.knowledge)
    own = site.language if site and site.language in offered else None
    return own or request.accept_languages.best_match(offered) or offered[0]


def _words(body: dict[str, Any]) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    response = share_with_sites(smallest(text, "application/json"))
    response.vary.add("Accept-Language")
    return _kept(response, _WORDS_KEPT)


def _kept(response: Response, how_long: str) -> Response:
    response.headers["Cache-Control"] = how_long
    response.add_etag()
    response.make_conditional(request)
    return response
