"""The words of the interface: the one place where the widget, the pages and translators find them.

Every text is a whole sentence or label in English, translated through the catalogues; placeholders are
plain names. Facts (numbers, dates, hours) come from the knowledge base and are put into the placeholders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from bot.dialogue.phrases import N_
from bot.knowledge.base import Knowledge
from bot.knowledge.records import Language
from bot.knowledge.services import ContactKind, ContactPoint
from bot.language.catalogue import SOURCE_LANGUAGE, Catalogue, Text

#: The service for crimes that are over, shown with the emergency line wherever the assistant fails.
NON_EMERGENCY = "police-101"


STRINGS: Mapping[str, str] = {
    # Translators: the heading of the page; {borough} is a name
    "title": N_("{borough}: information and contacts"),
    "intro": N_("Find out what to do and whom to contact."),
    # Translators: the button that opens the assistant on a page of another site
    "launch": N_("Information and contacts"),
    # Translators: the button that closes the assistant
    "close": N_("Close"),
    # Translators: {number} is 999; shown all the time
    "emergency": N_("In danger? Call {number}"),
    # Translators: the button that leaves this site at once, for somebody who is being watched
    "exit": N_("Exit this page"),
    # Translators: shown for a moment while another site opens; it must not give anything away
    "exiting": N_("Loading"),
    "exit_shift": N_("You can also press the Shift key 3 times to exit."),
    "exit_history": N_("Exit hides this conversation. It does not clear the history of this device."),
    "exit_plain": N_("After you exit, the Back button can still show this page."),
    "call_log": N_("Calls and texts stay in the records of this phone."),
    # Translators: below the field for typing
    "privacy": N_("This is an automatic service. What you write is not kept. Please leave out names."),
    "language": N_("Language"),
    "change": N_("Change"),
    "greeting": N_("Hello. Write what is happening in your own words, or choose a subject."),
    "subjects": N_("Choose a subject"),
    "conversation": N_("Conversation"),
    # Translators: stands before what the resident wrote
    "you": N_("You:"),
    "question": N_("What do you need help with?"),
    "send": N_("Send"),
    # Translators: below the field for typing; {count} is a number
    "left": N_("{count} characters left"),
    "empty": N_("Please write something, or choose a subject."),
    "too_long": N_("This is too long. Please write at most {count} characters."),
    "waiting": N_("Looking for an answer"),
    "failed": N_("Sorry, the answer did not arrive. What you wrote is still here."),
    "failed_plain": N_("Sorry, this did not work. Please try again."),
    # Translators: the button that sends the same words once more
    "again": N_("Try again"),
    "call_instead": N_("If you cannot wait, call:"),
    # Translators: begins a new conversation
    "restart": N_("Start again"),
    # Translators: heading above a numbered list
    "steps": N_("What to do"),
    # Translators: heading above the services
    "services": N_("Who can help"),
    "more": N_("More ways to contact"),
    # Translators: can be opened, on the card of a service
    "happens": N_("What happens next"),
    # Translators: a button that has the answer spoken by the device
    "listen": N_("Read aloud"),
    "stop": N_("Stop reading"),
    # Translators: heading above questions that can be tapped
    "next": N_("You can also ask"),
    # Translators: heading above subjects that can be tapped
    "choices": N_("Choose one"),
    # Translators: below an answer, with the buttons Yes and No
    "helpful": N_("Was this helpful?"),
    "yes": N_("Yes"),
    "no": N_("No"),
    "thanks": N_("Thank you for telling us."),
    # Translators: a button; it first shows what would be sent
    "offer": N_("Send my question to the council"),
    "preview": N_("Only this will be sent. Names, numbers and addresses have been taken out."),
    # Translators: of a question that is sent to the council; {time} is a number of days
    "how_long": N_("Kept for: {time}. Then it is deleted. You will not get a reply."),
    # Translators: a button beside Send
    "keep": N_("Do not send"),
    "sent": N_("Thank you. Your question has been sent to the council."),
    "draft": N_("No translator has checked this translation yet."),
    "partial": N_("Some of this is in English because it is not translated yet."),
    # Translators: of a telephone line or an office
    "open": N_("Open now"),
    # Translators: of a telephone line or an office
    "closed": N_("Closed now"),
    "hours": N_("Hours: {hours}"),
    "cost": N_("Cost: {cost}"),
    # Translators: of a service; {languages} is a list of names
    "spoken": N_("Languages: {languages}"),
    # Translators: when somebody last confirmed the facts; {date} is a date
    "checked": N_("Checked: {date}"),
    # Translators: a link to the page that a fact was taken from
    "source": N_("Source"),
    "source_plan": N_("From the Community Safety Partnership Plan 2021 to 2024"),
    "source_prevent": N_("From the Prevent action plan"),
}


class Line(NamedTuple):
    """A telephone line that is shown whatever else happens: `value` as printed, `href` to dial it."""

    label: Text
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class Interface:
    """Everything that the interface says in one language; texts that lack a translation are in English."""

    language: Language
    strings: Mapping[str, Text]
    #: The languages on offer, in the order of the chooser.
    languages: tuple[Language, ...]
    #: BCP 47 tag of every language that a service speaks -> its name in this language.
    names: Mapping[str, str]
    #: The emergency line first, then where else to turn; at least one.
    help: tuple[Line, ...]
    #: (group id, title), in menu order.
    groups: tuple[tuple[str, Text], ...]
    #: (topic id, its group's id, need) of what a site's menu begins with.
    leads: tuple[tuple[str, str, Text], ...] = ()


def interface(tag: str, knowledge: Knowledge, catalogues: Mapping[str, Catalogue]) -> Interface:
    """The interface in the language `tag`. Raises KeyError where that language is not offered."""
    language = knowledge.languages[tag]
    catalogue = catalogues.get(tag) or Catalogue(tag, {})
    borough = knowledge.settings.borough
    strings = {name: catalogue.translate(english) for name, english in STRINGS.items()}
    title = strings["title"]
    strings["title"] = Text(title.text.replace("{borough}", borough), title.language, title.status)
    return Interface(
        language=language,
        strings=strings,
        languages=tuple(knowledge.languages.values()),
        names=_language_names(tag, knowledge),
        help=_help(knowledge, catalogue),
        groups=tuple((group.id, catalogue.translate(group.title)) for group in knowledge.groups.values()),
    )


def _help(knowledge: Knowledge, catalogue: Catalogue) -> tuple[Line, ...]:
    settings = knowledge.settings
    lines = []
    for service_id in dict.fromkeys((settings.emergency, NON_EMERGENCY, settings.contact_centre)):
        service = knowledge.services.get(service_id)
        contact = next((each for each in service.contacts if _is_call(each)), None) if service else None
        if contact and contact.href:
            lines.append(Line(catalogue.translate(contact.label), contact.value, contact.href))
    return tuple(lines)


def _is_call(contact: ContactPoint) -> bool:
    return contact.kind is ContactKind.PHONE


def _language_names(tag: str, knowledge: Knowledge) -> dict[str, str]:
    spoken = {SOURCE_LANGUAGE}
    for service in knowledge.services.values():
        spoken.update(service.languages)
        for contact in service.contacts:
            spoken.update(contact.languages)
    return {each: language_name(each, tag) for each in sorted(spoken)}


def language_name(tag: str, language: str) -> str:
    """The name of the language `tag`, said in `language`; the tag itself where Babel has no name for it."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag
