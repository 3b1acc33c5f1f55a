"""The assistant's own sentences, in English: whole sentences with plain names for what goes in.

Each is the key of its translation (domain `interface`); `N_` marks them for extraction.
"""

from __future__ import annotations


def N_(message: str) -> str:
    """`message` itself; marks it for the translators."""
    return message


CLARIFY = N_("Which of these is closest to what you need?")
FALLBACK = N_("I am not sure what you need. You can choose a subject below, or say it in other words.")
FALLBACK_AGAIN = N_(
    "I still do not have the right answer. You can speak to a person at the council, or choose a subject."
)
SAME_AGAIN = N_(
    "It sounds like the same need, so I would say the same again. If that did not help, speak to a person."
)
MENU = N_("What is it about?")
MENU_GROUP = N_("Choose what is closest to what you need.")
# Translators: a choice below the topics offered
SOMETHING_ELSE = N_("Something else")
NUMBER_RETIRED = N_("The number or address you have is no longer used. Please use the contacts below.")
FROM_PLAN = N_("This contact is from the council's 2021 plan. It has not been confirmed since then.")
# Translators: on the card of the organisation on whose page the assistant stands, such as a landlord
OWN_CONTACTS = N_("Contacts of the organisation whose page this is on.")
# Translators: a service's name, and what it says on the question (a whole sentence)
SERVICE_SAYS = N_("{service}: {answer}")
OPEN_NOW = N_("{service} is open now.")
# Translators: {opens} is a whole sentence such as "Opens tomorrow at 09:00."
CLOSED_NOW = N_("{service} is closed now. {opens}")
# Translators: of a body, team or scheme that was just explained
NOT_FOR_RESIDENTS = N_("You cannot contact it yourself. The services below can help.")
# Translators: of a legal power or order that was just explained
NOT_YOURS_TO_USE = N_("Only the police, the council or a court can use it. The services below can help.")
# Translators: of something that was just explained
NOT_CONFIRMED = N_("We have not confirmed that it still exists under this name.")

# Translators: opening hours
ALWAYS_OPEN = N_("24 hours a day, every day")
# Translators: one line of opening hours: "Monday to Friday, 09:00 to 17:00"
DAYS_AND_TIMES = N_("{days}, {times}")
# Translators: from a day to a day, or from a time to a time
FROM_TO = N_("{first} to {last}")
# Translators: in opening hours, before the times
EVERY_DAY = N_("Every day")
# Translators: in opening hours, after the days and times
CLOSED_ON_HOLIDAYS = N_("closed on bank holidays")
OPENS_TODAY = N_("Opens today at {time}.")
OPENS_TOMORROW = N_("Opens tomorrow at {time}.")
# Translators: {day} is a day of the week, or a date such as "24 December"
OPENS_ON = N_("Opens on {day} at {time}.")
