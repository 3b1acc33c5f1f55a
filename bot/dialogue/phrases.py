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
MENU = N_("What is it about?")
MENU_GROUP = N_("Choose what is closest to what you need.")
SOMETHING_ELSE = N_("Something else")
NUMBER_RETIRED = N_("The number or address you have is no longer used. Please use the contacts below.")
FROM_PLAN = N_("This contact is from the council's 2021 plan. It has not been confirmed since then.")
SERVICE_SAYS = N_("{service}: {answer}")
OPEN_NOW = N_("{service} is open now.")
CLOSED_NOW = N_("{service} is closed now. {opens}")
HOURS_OF = N_("{service}: {hours}")
LANGUAGES_OF = N_("{service}: {languages}")

ALWAYS_OPEN = N_("24 hours a day, every day")
DAYS_AND_TIMES = N_("{days}, {times}")
FROM_TO = N_("{first} to {last}")
EVERY_DAY = N_("Every day")
CLOSED_ON_HOLIDAYS = N_("closed on bank holidays")
OPENS_TODAY = N_("Opens today at {time}.")
OPENS_TOMORROW = N_("Opens tomorrow at {time}.")
OPENS_ON = N_("Opens on {day} at {time}.")
