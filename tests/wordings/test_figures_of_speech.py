"""Idioms hurt nobody; what somebody else said is taken as seriously as the resident's own words."""

import pytest


@pytest.mark.parametrize(
    "message",
    [
        "this music is killing me",
        "the noise upstairs is driving me up the wall",
        "my mum will kill me if i lose my phone",
        "my back is killing me",
        "these shoes are killing me",
        "the rent is killing us",
        "i am dying for a cup of tea",
        "i could murder a curry",
        "i nearly died laughing",
        "i'm dead tired because of the drilling",
        "the party was sick, absolute fire",
        "i would kill for a decent night's sleep, they play music until four",
        "over my dead body will they build that bar",
        "you hit the nail on the head",
        "let's hit the road",
        "the new song is a hit",
        "i was bombarded with emails",
        "he stabbed me in the back at work, took the credit for my project",
        "long shot but do you have a lost property office",
        "i got a parking fine, it's daylight robbery",
        "i'm drowning in paperwork",
        "my phone died",
        "raining cats and dogs",
        "a killer deal on phones",
        "i am going to kill time at the library",
        "break a leg tonight",
        "he beat me at chess",
        "arsenal beat us again",
        "scared to death of spiders",
        "the cold is murder on my joints",
    ],
)
def test_an_idiom_raises_no_alarm(hear, message):
    """Words of harm in a figure of speech are no danger and no emergency."""
    heard = hear(message)
    assert not heard.notices
    assert heard.answered not in ("emergency", "suicide-crisis", "domestic-abuse", "dangerous-dogs")


@pytest.mark.parametrize(
    "message",
    [
        "this music is killing me",
        "the noise upstairs is driving me up the wall",
        "i'm dead tired because of the drilling",
        "they are driving me crazy with their parties",
    ],
)
def test_an_idiom_leaves_the_need_beside_it(hear, message):
    """Who cannot bear the noise any more is answered about noise."""
    assert hear(message).likely[0] == "noise"


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("he said he would kill me", {"danger", "abuse"}),
        ("my husband says he will kill me if i leave", {"abuse"}),
        ("my ex keeps texting that he will find me and kill me", {"danger", "abuse"}),
        ("she keeps saying she wants to die", {"suicide"}),
        ('my son wrote "i want to end it" in his book', {"suicide"}),
        ("my daughter says her teacher touches her", {"child"}),
        ("my friend told me that her dad beats her every night", {"child", "abuse"}),
        ('my ex left a voicemail: "you are dead, i know where you live"', {"danger", "abuse"}),
    ],
)
def test_reported_danger_is_danger(hear, message, kinds):
    """What somebody else said or wrote raises a notice as if the resident had said it."""
    assert kinds & hear(message).notices


@pytest.mark.parametrize(
    "message",
    [
        'what does "cuckooing" mean',
        "what does the word stalking mean",
        "what is the definition of domestic abuse",
        "how do you spell harassment",
        "how do you say murder in bengali",
        "is arson spelt with one s",
        "what counts as anti social behaviour",
        'the poster says "ask for angela", what is that',
        "i am writing an essay about knife crime",
        "we are reading macbeth, who kills the king",
        "in the film the man is stabbed by his wife",
        "i watched a programme about stalking last night",
        "the leaflet says call 999 if there is a fire",
        "someone told me my neighbour was burgled in 1998",
        "my teacher told us about county lines at school",
        '"help me" is a great song',
    ],
)
def test_words_that_are_only_spoken_of_raise_no_notice(hear, message):
    """Questions about a word, stories, leaflets and lessons are no danger."""
    assert not hear(message).notices


@pytest.mark.parametrize(
    "message", ['he called me a "dirty immigrant"', 'they shouted "go back to your country" at my mum']
)
def test_quoted_abuse_is_what_happened(hear, message):
    """The insult in quotation marks is the hate crime itself."""
    assert "hate-crime" in hear(message).likely
