"""The forms of the records: what each asks for, in the words of those who fill it in."""

from __future__ import annotations

from bot.knowledge.records import ASPECT_IDS
from web.staff.forms.shape import Field

_RULES = Field(
    "rules", "Rules", "rules",
    "One a line, in concepts: noise + neighbour / night; not party; within 8; strong. A plus joins what must "
    "all be said, a stroke what may stand for another.",
)  # fmt: skip
_OWNED = (
    Field("team", "Owner team", hint="Who keeps this record right."),
    Field("review_by", "Review by", hint="A day, such as 2027-05-21; empty for no reminder."),
)
_SOURCE_HINT = "The address of the page that says so; plan for the 2021 plan, prevent for the Prevent plan."
_CHECKED_HINT = "As exact as it is known: 2026, 2026-11 or 2026-11-21."

CONTACT = (
    Field("id", "Short name", hint="Lower case with hyphens, such as phone. It never changes.", needed=True),
    Field("kind", "Kind", "choice", options="contact-kinds", needed=True),
    Field("label", "What this contact is", hint="Residents read it in their language.", needed=True),
    Field("value", "Number, address or link", hint="As it is printed.", needed=True),
    Field("hours", "Opening hours", "week"),
    Field("out_of_hours", "For when the other contacts are closed", "tick"),
    Field("cost", "Cost", hint="Only where it differs from the service's."),
    Field("languages", "Languages spoken", "choices", "Only where they differ.", "languages"),
    Field("note", "Note for residents", "text"),
    Field("source", "Source", hint=_SOURCE_HINT, needed=True),
    Field("checked", "Last confirmed", hint=_CHECKED_HINT, needed=True),
    Field("evidence", "What stands behind it", "choice", options="evidence", needed=True),
)

RETIRED = (
    Field("value", "Number, address or link", needed=True),
    Field("why", "Why it is no longer given", needed=True),
    Field("source", "Source", hint=_SOURCE_HINT, needed=True),
)

SERVICE = (
    Field("name", "Name", hint="A proper name is not translated.", needed=True),
    Field("former_names", "Former names", "lines", "One a line. They are recognised and never shown."),
    Field("organisation", "Organisation"),
    Field("summary", "What it does", "text", "One sentence.", aged=True, needed=True),
    Field("for_whom", "For whom", "text", "Leave it empty if it is not known.", aged=True),
    Field("minimum_age", "Youngest age", hint="In years."),
    Field("maximum_age", "Oldest age", hint="In years."),
    Field("area", "Area", "choice", options="areas"),
    Field("cost", "Cost", hint="Leave it empty if it is not known."),
    Field("languages", "Languages spoken", "choices", options="languages"),
    Field("interpreting", "Interpreting", "text", aged=True),
    Field("confidential", "Confidentiality", "text", aged=True),
    Field("what_happens_next", "What happens next", "text", "And how long it takes.", aged=True),
    Field("contacts", "Contact points", "blocks", "In the order in which residents see them.",
          needed=True, fields=CONTACT, one="contact"),
    Field("source", "Best source", hint=_SOURCE_HINT, needed=True),
    Field("checked", "Whole record last read against its sources", hint=_CHECKED_HINT, needed=True),
    Field("review_by", "Review by", hint="A day, such as 2027-05-21.", needed=True),
    Field("team", "Owner team", hint="Who keeps this record right."),
    Field("retired", "Values no longer given", "blocks", "Recognised when a resident names them.",
          fields=RETIRED, one="former value"),
)  # fmt: skip

_FOR = (
    Field("who", "For whom", "choices", options="audiences", needed=True),
    Field("leads", "Who leads for them", "choices", options="services"),
    Field("answer", "Said before the answer", "text", aged=True),
    Field("topic", "Another topic that is theirs", "choice", options="topics"),
)
_ASKS = (
    Field("question", "Question"),
    Field("choices", "Answers to choose from", "choices", "Two to four.", "audiences"),
)


def _aspect(name: str) -> Field:
    label = name.replace("_", " ").capitalize()
    return Field(name, label, "text", aged=True)


TOPIC = (
    Field("title", "Title", hint="A noun, as on a menu.", needed=True),
    Field("need", "The same as a need", hint="For a choice between topics.", needed=True),
    Field("group", "Group on the menu", "choice", options="groups", needed=True),
    Field("covers", "What belongs here", "text", "For staff; residents do not see it.", needed=True),
    Field("answer", "Answer", "text", "Two to four short sentences.", aged=True, needed=True),
    Field("steps", "Steps", "lines", "One a line, in order.", aged=True),
    Field("danger", "When to call 999 instead", "text", "Leave it empty if never.", aged=True),
    Field("leads", "Who leads", "choices", "Services, in order of use.", "services", needed=True),
    Field("neighbours", "Neighbours", "choices", "Topics that it is easily confused with.", "topics"),
    Field("aspects", "Own words for follow-up questions", "block",
          "Only where the services' records do not say it.", fields=tuple(map(_aspect, ASPECT_IDS))),
    Field("for", "What is different for whom", "blocks", fields=_FOR, one="difference"),
    Field("asks", "Short question below the first answer", "block", "Leave it empty for none.", fields=_ASKS),
    _RULES,
    *_OWNED,
)  # fmt: skip

TERM = (
    Field("names", "Names", "lines", "All that it is called, one a line, in any language.", needed=True),
    Field("kind", "Kind", "choice", options="term-kinds", needed=True),
    Field("explains", "What it is", "text", aged=True, needed=True),
    Field("topic", "The need behind it", "choice", options="topics", needed=True),
    Field("exists", "Does it still exist under this name?", "choice", options="exists", needed=True),
    Field("today", "What it is called now", "text", "Whole sentences; empty if nothing changed.", aged=True),
    Field("contactable", "Can a resident turn to it?", "choice", options="yes-no", needed=True),
    Field("instead", "Services to turn to", "choices", "In order of use.", "services", needed=True),
    Field("source", "Source", hint=_SOURCE_HINT, needed=True),
    Field("checked", "Last confirmed", hint=_CHECKED_HINT, needed=True),
    *_OWNED,
)

_COLOURS = (
    Field("accent", "Accent", "colour", "Links and buttons, such as #00566b."),
    Field("on_accent", "Words on the accent", "colour", "Left empty it is white."),
)
SITE = (
    Field("name", "Name", needed=True),
    Field("origins", "Addresses of the site", "lines", "One a line: https:// and the host, without a path."),
    Field("language", "Language at the start", "choice", "Left empty it is the browser's.", "offered"),
    Field("topics", "Topics first on its menu", "choices", options="topics"),
    Field("groups", "Groups first on its menu", "choices", options="groups"),
    Field("colours", "Colours", "block", "Never of safety notices or the exit.", fields=_COLOURS),
    Field("contacts", "Its own contacts", "blocks", fields=CONTACT, one="contact"),
    Field("exit", "Where its exit leads", hint="Left empty, as everywhere."),
    *_OWNED,
)

URGENT = (
    Field("title", "Title", hint="The one thing to do.", needed=True),
    Field("text", "Text", "text", aged=True, needed=True),
    Field("contacts", "Contacts", "choices", "In order of use.", "contacts", needed=True),
    Field("topic", "Topic answered below it where nothing else fits", "choice", options="topics"),
    _RULES,
    *_OWNED,
)

SMALLTALK = (
    Field("text", "What is said", "text", aged=True, needed=True),
    Field("suggest", "Offered with it", "choices", options="suggest"),
    _RULES,
    *_OWNED,
)

#: The words of a concept, and what residents say: one a line.
WORDS = (
    Field("words", "Words and expressions", "lines",
          "One a line, in lower case, as residents type them. Slang and usual slips too."),
)  # fmt: skip
EXAMPLES = (
    Field("lines", "What residents say", "lines",
          "One message a line, as typed in this language: short, long, misspelt. Never translated."),
)  # fmt: skip
