"""The words of the plain pages, besides those of the conversation in `interface`.

Every text is a whole sentence or label in English, translated through the catalogues; placeholders are
plain names. What is said here of privacy and access must be what the software does: change both together.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.phrases import N_

PAGE_STRINGS: Mapping[str, str] = {
    # Translators: the link to the first page
    "home": N_("Ask a question"),
    "topics": N_("All subjects"),
    "all_services": N_("All services"),
    "about": N_("About this service"),
    "privacy_title": N_("Your privacy"),
    "access": N_("Accessibility"),
    # Translators: names the list of links at the foot of a page
    "pages": N_("Pages"),
    # Translators: names the list of languages
    "languages": N_("Languages"),
    # Translators: below a draft translation; the link to the English page
    "see_english": N_("Read this page in English"),
    "page_history": N_("The address of this page stays in the history of this device."),
    # Translators: heading above groups of people, each a link
    "who": N_("More help for you"),
    "also": N_("These can help as well"),
    "near": N_("Is it something else?"),
    "helps_with": N_("Can help with"),
    "organisation": N_("Run by {body}"),
    "after": N_("What happens next"),
    "confidential": N_("Who gets to know"),
    "interpreting": N_("Languages and interpreters"),
    # Translators: {topic} is a subject; {who} is a group of people
    "topic_for": N_("{topic}: {who}"),
    # Translators: the title of a page that does not exist
    "lost": N_("There is no such page"),
    "lost_why": N_("The address may be mistyped, or the page may have moved."),
    "lost_help": N_("Write what you need, or choose a subject."),
}

ABOUT_STRINGS: Mapping[str, str] = {
    "about_what": N_("This service helps people in {borough} find out what to do and whom to contact."),
    "about_how": N_("You write what is happening, and it shows what to do first, and who can help."),
    "about_covers": N_("What it covers"),
    "about_not": N_("What it does not do"),
    "about_not_report": N_("It does not report anything for you. Nobody reads what you write here."),
    "about_not_advice": N_("It does not give legal or medical advice."),
    "about_not_all": N_("It does not know everything. If nothing fits, it says whom you can speak to."),
    "about_automatic": N_("No person answers here. The words were written by people beforehand."),
    "about_facts": N_("Where the facts come from"),
    "about_source": N_("Each number, address and opening hour has its source and the day it was checked."),
    "about_plan": N_("Some come from the borough's plan of 2021 and were not confirmed since. They say so."),
    "about_count": N_("There are {services} services and {contacts} ways to contact them."),
    "about_newest": N_("The newest check was on {date}."),
    "about_who": N_("Who keeps it"),
    "about_staff": N_("Staff in {borough} keep the answers and the facts."),
    "about_wrong": N_("If something here is wrong, please tell:"),
}

PRIVACY_STRINGS: Mapping[str, str] = {
    "privacy_kept": N_("What is kept"),
    "privacy_not_kept": N_("What you write is answered and then forgotten. It is not stored or passed on."),
    "privacy_opinion": N_("If you say whether an answer helped, only the number of such answers is kept."),
    # Translators: {time} is a number of days
    "privacy_question": N_(
        "A question goes to the council only if you choose to send it. You see first what will be sent. "
        "Kept for: {time}."
    ),
    "privacy_cookies": N_(
        "There are no cookies. Nothing is stored on your phone or computer by these pages."
    ),
    "privacy_token": N_("To remember what you are talking about, your page holds a short note."),
    "privacy_token_what": N_(
        "The note has the subject, the language and the warnings shown, not your words."
    ),
    "privacy_token_goes": N_("It goes when you close the page, and is not accepted after a day."),
    "privacy_visits": N_("This service keeps no list of visits."),
    "privacy_limit": N_(
        "To stop misuse it counts messages for a minute. It counts under a code made from your internet "
        "address, which is another code each day."
    ),
    "privacy_errors": N_("When something breaks, it notes where in the program, never what was written."),
    "privacy_others": N_("What others can see"),
    "privacy_device": N_("This phone or computer keeps its own history of pages."),
    "privacy_network": N_("Your phone company, work, school or library may see that you visited."),
    "privacy_partner": N_("If you use it on the page of another organisation, that page has its own rules."),
    "privacy_third": N_("These pages load nothing from other companies."),
    "privacy_danger": N_("If someone watches you"),
    "privacy_exit": N_("The exit button opens another site. It cannot clear the history of this device."),
    "privacy_safer": N_("A phone or computer that they cannot reach is safer."),
}

ACCESS_STRINGS: Mapping[str, str] = {
    "access_aim": N_("We want everybody to be able to use this service."),
    "access_can": N_("You can"),
    "access_keyboard": N_("use everything with a keyboard"),
    "access_reader": N_("use it with a screen reader"),
    "access_zoom": N_("enlarge the text to four times its size without scrolling sideways"),
    "access_script": N_("use it without scripts, on an old phone, or print it"),
    "access_colours": N_("choose dark or high-contrast colours in your browser"),
    "access_time": N_("take as long as you like"),
    "access_tested": N_("How it is tested"),
    "access_automatic": N_(
        "Each version is checked by programs against the Web Content Accessibility Guidelines 2.2, level AA."
    ),
    "access_people": N_("Programs do not find everything. People with disabilities have not yet tested it."),
    "access_limits": N_("What we know is not right yet"),
    "access_drafts": N_("Many translations were not yet checked by a translator. Each page says so."),
    "access_links": N_("Pages of other organisations that we link to may be harder to use."),
    "access_other": N_("If this service does not work for you, call or write to:"),
}

#: Everything that the plain pages say, by name.
PLAIN_STRINGS: Mapping[str, str] = {**PAGE_STRINGS, **ABOUT_STRINGS, **PRIVACY_STRINGS, **ACCESS_STRINGS}
