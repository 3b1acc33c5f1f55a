"""What may be chosen in a form: of the knowledge base as the draft has it, or fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from babel import Locale

from bot.knowledge.base import Knowledge

#: (value, what it is called)
Options = tuple[tuple[str, str], ...]

_FIXED: Mapping[str, Options] = {
    "contact-kinds": (
        ("phone", "Telephone"), ("text", "Text message"), ("textphone", "Textphone"), ("relay", "Relay UK"),
        ("bsl", "Sign language (BSL)"), ("webchat", "Web chat"), ("email", "E-mail"), ("form", "Online form"),
        ("web", "Web page"), ("address", "Address"), ("app", "App"),
    ),
    "evidence": (
        ("current", "A source that is current"), ("dated", "An older source, which may be overtaken"),
        ("plan", "Only the 2021 plan"),
    ),
    "areas": (("borough", "Tower Hamlets"), ("london", "London"), ("national", "The whole country")),
    "term-kinds": (
        ("body", "A team, panel or scheme"), ("power", "An order or a notice"), ("word", "A plain word"),
    ),
    "exists": (
        ("yes", "Yes"), ("renamed", "It has another name now"), ("ended", "It has ended"),
        ("unknown", "Nobody has confirmed it"),
    ),
    "yes-no": (("true", "Yes"), ("false", "No")),
    "suggest": (("menu", "The menu"), ("contact-centre", "The contact centre")),
}  # fmt: skip

#: Languages in which services often give help besides those that the assistant speaks.
_SPOKEN = ("en", "bn", "syl", "so", "ar", "ur", "hi", "gu", "pa", "ta", "zh", "vi", "pl", "ro", "lt", "tr",
           "es", "pt", "fr", "it", "fa", "ps", "ku", "ru", "uk", "sq", "am", "ti", "bfi")  # fmt: skip
_BY_HAND = {"syl": "Sylheti", "bfi": "British Sign Language"}


def options_from(knowledge: Knowledge) -> Callable[[str, tuple[str, ...]], Options]:
    """Gives the choices of a name; values that a record has and that are no choice are added as they are."""
    lists = {**_FIXED, **_listed(knowledge)}

    def options(name: str, had: tuple[str, ...]) -> Options:
        known = lists[name]
        values = {value for value, _ in known}
        return (*known, *((value, value) for value in had if value and value not in values))

    return options


def _listed(knowledge: Knowledge) -> dict[str, Options]:
    contacts = (
        (f"{service.id}/{contact.id}", f"{service.name}: {contact.label} ({contact.value})")
        for service in knowledge.services.values()
        for contact in service.contacts
    )
    spoken = dict.fromkeys([*knowledge.languages, *_SPOKEN])
    return {
        "services": _by_name((each.id, each.name) for each in knowledge.services.values()),
        "topics": _by_name((each.id, each.title) for each in knowledge.topics.values()),
        "groups": tuple((each.id, each.title) for each in knowledge.groups.values()),
        "audiences": tuple((each.id, each.label) for each in knowledge.audiences.values()),
        "offered": tuple((each.tag, each.english) for each in knowledge.languages.values()),
        "languages": _by_name((tag, _language(tag)) for tag in spoken),
        "contacts": _by_name(contacts),
    }


def _by_name(pairs: Iterable[tuple[str, str]]) -> Options:
    return tuple(sorted(pairs, key=lambda pair: (pair[1].lower(), pair[0])))


def _language(tag: str) -> str:
    """The English name of a language; the tag where there is none."""
    if tag in _BY_HAND:
        return _BY_HAND[tag]
    return Locale.parse(tag, sep="-").get_display_name("en") or tag
