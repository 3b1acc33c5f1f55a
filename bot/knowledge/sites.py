"""The sites that may embed the widget: the records of `sites.yaml`."""

from __future__ import annotations

from bot.knowledge.record import Record
from bot.knowledge.services import ContactPoint
from bot.knowledge.values import Colour, Day, Id, Link, Origin, Tag, Text


class Colours(Record):
    """The colours that a site may give to what can be tapped; never to safety notices or the exit."""

    #: Links and the edges of buttons; the ground of the strongest button.
    accent: Colour
    #: The words on that button.
    on_accent: Colour = "#ffffff"


class Site(Record):
    """A site that may embed the widget."""

    id: Id
    name: Text
    origins: tuple[Origin, ...] = ()
    #: Where a conversation begins if the page does not say; None: the browser's language.
    language: Tag | None = None
    #: Topics that its menu begins with.
    topics: tuple[Id, ...] = ()
    #: Groups of topics that come before the others on its menu.
    groups: tuple[Id, ...] = ()
    colours: Colours | None = None
    #: Its own contacts, given besides the council's and in answers on what it leads with.
    contacts: tuple[ContactPoint, ...] = ()
    #: Where its exit leads; None: as everywhere.
    exit: Link | None = None
    #: Who keeps the record right, and when it is to be read again; None: not said.
    team: Text | None = None
    review_by: Day | None = None
