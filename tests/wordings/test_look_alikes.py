"""Words that look like an alarming one, or have a second meaning, raise no alarm and win no topic."""

import pytest


@pytest.mark.parametrize(
    ("message", "concept"),
    [
        ("my parents are visiting, where can they park", "rent"),
        ("i am currently looking for a different form", "rent"),
        ("grape juice stain on the drapes", "rape"),
        ("i scraped my knee on the pavement", "rape"),
        ("therapist appointment", "rape"),
        ("the works have begun", "gun"),
        ("i shall attend the assembly", "assault"),
        ("my assessment for a class at the college", "assault"),
        ("the council confirmed my contract and my conference", "fraud"),
        ("my campaign for the election", "scam"),
        ("weekend market opening", "dealer"),
        ("my skills and painting certificates", "kill"),
        ("hitchhiking in scotland", "hit"),
        ("a diet for diabetes", "suicidal"),
        ("audience tickets for the studio", "suicidal"),
        ("fireplace tiles", "fire-now"),
        ("bombay mix shop opening times", "bomb-now"),
        ("the stable on mudchute farm", "stab"),
        ("skyscraper windows", "rape"),
    ],
)
def test_a_word_inside_a_word_is_not_said(hear, message, concept):
    """There is no rent in parents, no gun in begun and no rape in grapes."""
    heard = hear(message)
    assert concept not in heard.concepts
    assert not heard.notices


@pytest.mark.parametrize(
    "message",
    [
        "die Nachbarn sind zu laut",
        "die Batterie ist leer",
        "die musik ist zu laut",
        "wo ist die Polizei",
        "wann öffnet die Bibliothek",
        "was kostet die Karte",
        "i bought die cast cars",
        "roll the die",
    ],
)
def test_a_german_article_is_no_death(hear, message):
    """ "Die" is a word of German and of dice: no notice, and no answer about suicide."""
    heard = hear(message)
    assert not heard.notices
    assert heard.answered != "suicide-crisis"


@pytest.mark.parametrize(
    ("message", "never"),
    [
        ("food bank opening hours", "fraud"),
        ("river bank footpath", "fraud"),
        ("park opening times", "vehicles"),
        ("how much do you charge for a bulky waste collection", "report-crime"),
        ("a shot of vodka recipe", "knife-crime"),
        ("covid shot appointment", "knife-crime"),
        ("a photo shoot in the park", "knife-crime"),
        ("can i fire my cleaner", "emergency"),
        ("he was fired from his job", "emergency"),
        ("my car battery is flat", "fire-safety"),
        ("tennis racket for sale", "noise"),
        ("plant pot stolen from my doorstep", "drug-dealing"),
        ("a pot of tea", "drug-dealing"),
        ("the grass needs cutting on our estate", "drug-dealing"),
        ("spice mix for biryani", "drug-dealing"),
        ("broadband speed is slow", "vehicles"),
        ("ice on the pavement", "drug-dealing"),
        ("a can of coke spilled in the lift", "drug-dealing"),
        ("diet coke price", "drug-dealing"),
        ("weeds growing through the pavement", "drug-dealing"),
        ("the pavement is cracked", "drug-dealing"),
        ("heroine of the novel", "drug-dealing"),
        ("joint tenancy form", "drug-dealing"),
        ("a needle and thread workshop", "drug-dealing"),
        ("marriage certificate copy", "honour-abuse"),
        ("great deal on sofas", "drug-dealing"),
        ("car dealer sold me a broken car", "drug-dealing"),
        ("grooming salon for my poodle", "child-exploitation"),
        ("gas bill too high", "nitrous-oxide"),
        ("running club for beginners", "missing-person"),
        ("glue gun for crafts", "knife-crime"),
        ("knife sharpening service", "emergency"),
        ("amazon fire stick", "fire-safety"),
        ("the missing bin lid", "missing-person"),
        ("hot dog stand licence", "dangerous-dogs"),
        ("assault course at the leisure centre", "report-crime"),
    ],
)
def test_the_second_meaning_of_a_word_is_not_taken_for_the_first(hear, message, never):
    """A food bank holds no account, and a can of coke is a drink."""
    heard = hear(message)
    assert heard.answered != never
    assert not heard.notices


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("what a racket they are making upstairs", "noise"),
        ("ice cream van chimes all evening", "noise"),
        ("they smoke grass in the stairwell", "drug-dealing"),
        ("they sell coke in the alley", "drug-dealing"),
        ("selling crack by the lifts", "drug-dealing"),
        ("my weed dealer neighbour", "drug-dealing"),
        ("cars speed down our road", "vehicles"),
        ("bottle bank is full", "street-environment"),
        ("assault and battery charge", "report-crime"),
    ],
)
def test_the_meaning_that_is_ours_is_still_found(hear, message, topic):
    """The same words in their other sense reach their topic."""
    assert topic in hear(message).likely


@pytest.mark.parametrize(
    "message",
    [
        "grace lost her library card",
        "will is my caretaker, what is his number",
        "mrs killick from the tenants association",
        "joy and faith run the lunch club",
        "mr gunn is my councillor",
        "where is bow library",
        "mile end road roadworks",
        "when does poplar baths open",
        "victoria park festival tickets",
        "cannon street road market times",
        "cable street mural",
        "i live on gun street",
        "the gun pub in docklands quiz night",
        "isle of dogs ferry",
        "bins not collected on brick lane",
        "murder mile podcast",
        "the blind beggar pub opening times",
    ],
)
def test_a_name_that_is_a_word_raises_nothing(hear, message):
    """People, streets and public houses are called Will, Gun Street and the Blind Beggar."""
    heard = hear(message)
    assert not heard.notices
    assert heard.answered not in ("emergency", "knife-crime", "dangerous-dogs", "suicide-crisis")


@pytest.mark.parametrize(
    "message",
    ["999 red balloons", "my bill is 999 pounds", "i live at 101 burdett road", "bus 115 timetable",
     "101 dalmatians film", "room 101"],
)  # fmt: skip
def test_a_number_that_is_no_call_is_no_emergency(hear, message):
    """999 can be a price, and 101 a house."""
    heard = hear(message)
    assert not heard.notices
    assert heard.answered != "emergency"
