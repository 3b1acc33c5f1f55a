"""The application factory."""

from __future__ import annotations

import logging
import time
from datetime import date
from functools import partial

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from bot.assistant import Assistant
from bot.language.catalogue import CatalogueError
from store.building import build_assistant, prove
from store.content import ContentError, read_content
from store.database import open_engine
from store.learned import keep_learned
from store.revisions import Store
from store.shelf import Shelf, open_shelf
from store.shipped import adopt_shipped
from store.snapshots import FolderSource, Snapshots
from web import chat, embed, feedback, health, page, pages, public, sitemap
from web.compression import compress_responses
from web.counting import Counting
from web.headers import add_headers
from web.limits import limit_turns
from web.problems import handle_problems
from web.service import Assistants, Now, Service, utc_now
from web.settings import Settings
from web.staff.setup import add_staff
from web.tokens import Tokens
from web.turns import MAXIMUM_FORM_BYTES

_log = logging.getLogger(__name__)


def create_app(settings: Settings, assistants: Assistants | None = None, now: Now = utc_now) -> Flask:
    """The web application; `assistants` (None: made from the store or the folder) answer the turns."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAXIMUM_FORM_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # only the default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["signpost"] = Service(
        settings, assistants or open_assistants(settings, now), Tokens(settings.secret_key, now), now,
        Counting(settings.database_url, now),
    )  # fmt: skip
    app.url_map.converters["tag"] = pages.LanguageTag
    for module in (chat, feedback, public, health, page, pages, embed, sitemap):
        app.register_blueprint(module.blueprint)
    add_staff(app)
    limit_turns(app, chat.blueprint, feedback.blueprint, page.blueprint, embed.blueprint)
    handle_problems(app)
    add_headers(app)
    compress_responses(app)
    _trust_proxies(app, settings.proxies)
    return app


def open_assistants(settings: Settings, now: Now = utc_now) -> Snapshots[Assistant]:
    """The assistants of a service that starts: from the folder (live), or from the store brought up to date.

    Raises ContentError, CatalogueError or NothingToServe where no content can be served.
    """
    build = partial(build_assistant, learned=settings.learned)
    if settings.live:
        return Snapshots(FolderSource(settings.home), build, time.monotonic)
    engine = open_engine(settings.database_url)
    store, shelf = Store(engine, now), open_shelf(engine, now)
    _adopt(store, shelf, settings, now().date())
    snapshots = Snapshots(store, partial(build, shelf=shelf), time.monotonic)
    store.close()  # the workers are forked from here, and a connection must not be shared between processes
    return snapshots


def _adopt(store: Store, shelf: Shelf | None, settings: Settings, today: date) -> None:
    """Take the shipped content into `store`; content with faults never replaces what is there."""
    shipped = read_content(settings.home)
    try:
        proof = partial(prove, today=today, learned=settings.learned)
        number = adopt_shipped(store, shipped, proof)
    except (ContentError, CatalogueError) as error:
        if store.current() is None:
            raise
        _log.error("The shipped content was not taken over: %s", error)
    else:
        if number is not None:
            keep_learned(shipped, settings.learned, shelf)
            _log.info("The shipped content is revision %s", number)


def _trust_proxies(app: Flask, count: int) -> None:
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
