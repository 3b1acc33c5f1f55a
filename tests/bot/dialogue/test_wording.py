"""Hours, dates and sentences are said in the resident's language, and how well is remembered."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.wording import Wording
from bot.knowledge.records import Language
from bot.knowledge.values import PartialDate
from bot.language.catalogue import Catalogue

LONDON = ZoneInfo("Europe/London")
ENGLISH = Wording(Language(tag="en", name="English", english="English"), Catalogue("en", {}))
BENGALI = Wording(
    Language(tag="bn", name="বাংলা", english="Bengali"),
    Catalogue(
        "bn",
        {
            "{first} to {last}": ("{first} থেকে {last}", False),
            "{days}, {times}": ("{days}, {times}", False),
            "{service}: {answer}": ("{service}: {answer} {service.__class__} {unknown}", True),
        },
    ),
)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("24/7", "24 hours a day, every day"),
        ("Mo-Fr 09:00-17:00; PH off", "Monday to Friday, 09:00 to 17:00; closed on bank holidays"),
        ("Mo-Su 08:00-20:00", "Every day, 08:00 to 20:00"),
        ("Mo,We 09:00-12:00,13:00-17:00", "Monday, Wednesday, 09:00 to 12:00, 13:00 to 17:00"),
        ("Th-Su 20:00-03:30", "Thursday to Sunday, 20:00 to 03:30"),
        (
            "Mo-Fr 10:00-22:00; Sa-Su 09:00-19:00",
            "Monday to Friday, 10:00 to 22:00; Saturday, Sunday, 09:00 to 19:00",
        ),
    ],
)
def test_hours_are_said_in_words(hours, said):
    """The notation becomes days and times on the 24-hour clock."""
    assert ENGLISH.hours(hours) == said


@pytest.mark.parametrize("tag", ["ar", "bn", "en", "es", "hi", "lt", "ro", "so", "ur", "zh-Hans"])
def test_three_things_can_be_listed_in_every_language(tag):
    """Babel lacks some patterns of CLDR's plain list for most of them."""
    wording = Wording(Language(tag=tag, name="x", english="x"), Catalogue(tag, {}))
    assert len(wording.language_names(["en", "fr", "de"])) > len(wording.language_names(["en", "fr"]))
    assert wording.hours("Mo,We,Fr 09:00-10:00,11:00-12:00,13:00-14:00")


@pytest.mark.parametrize(("tag", "said"), [("bn", "Bangla"), ("rom", "Romany"), ("syl", "syl")])
def test_every_language_spoken_has_a_name(tag, said):
    """Babel has no locale for some, and no name for others; neither stops a reply."""
    assert ENGLISH.language_names([tag]) == said


def test_hours_use_the_names_of_days_of_the_language():
    """Days come from CLDR, numbers stay in Latin digits."""
    assert BENGALI.hours("Mo-Fr 09:00-17:00") == "সোমবার থেকে শুক্রবার, 09:00 থেকে 17:00"


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ((2026, 11, 22, 22, 0), "Opens today at 22:00."),
        ((2026, 11, 23, 9, 0), "Opens tomorrow at 09:00."),
        ((2026, 11, 25, 9, 5), "Opens on Wednesday at 09:05."),
        ((2026, 12, 1, 9, 0), "Opens on 1 December at 09:00."),
    ],
)
def test_the_next_opening_is_said_as_near_as_it_is(opening, said):
    """Today, tomorrow, a day of the week, or a date."""
    now = datetime(2026, 11, 22, 21, 30, tzinfo=LONDON)
    assert ENGLISH.opens(datetime(*opening, tzinfo=LONDON), now) == said


@pytest.mark.parametrize(
    ("date", "said"), [("2021", "2021"), ("2026-11", "November 2026"), ("2026-11-21", "21 November 2026")]
)
def test_a_date_is_said_as_exactly_as_it_is_known(date, said):
    """A year stays a year."""
    assert ENGLISH.date(PartialDate.model_validate(date)) == said


def test_a_translation_reaches_nothing_but_the_parts_it_is_given():
    """Places are plain names: attributes and unknown names stay as they are written."""
    said = BENGALI.say("{service}: {answer}", service="RESET", answer="হ্যাঁ")
    assert said == "RESET: হ্যাঁ {service.__class__} {unknown}"


def test_the_worst_part_decides_how_well_a_sentence_is_translated():
    """A confirmed sentence with an English part is not translated in full."""
    missing = BENGALI.say("Never translated.")
    assert missing.status == "missing"
    assert BENGALI.say("{first} to {last}", first="1", last="2").status == "full"
    assert BENGALI.say("{first} to {last}", first=missing, last="2").status == "missing"
    assert (
        BENGALI.paragraphs([BENGALI.say("{first} to {last}", first="1", last="2"), missing]).status
        == "missing"
    )
