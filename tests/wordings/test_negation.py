"""What is denied is not what is needed, and a denial that tells of danger still does."""

import pytest


@pytest.mark.parametrize(
    ("message", "meant", "denied"),
    [
        ("its not drugs its the noise", "noise", "drug-dealing"),
        ("it isn't the noise that bothers me it's the dealing on the stairs", "drug-dealing", "noise"),
        ("the problem is not rubbish it is the loud music", "noise", "street-environment"),
        ("it is not about noise, they sell drugs from the flat", "drug-dealing", "noise"),
        ("this has nothing to do with noise, someone is stealing bikes", "burglary-theft", "noise"),
        ("forget the noise, they are dealing in the stairwell", "drug-dealing", "noise"),
        ("not a burglary, a scam", "fraud", "burglary-theft"),
        ("i wasn't robbed i was scammed", "fraud", "burglary-theft"),
        ("i don't gamble, i drink too much", "drug-alcohol-adult", "gambling-harm"),
        ("i don't drink, i can't stop gambling", "gambling-harm", "drug-alcohol-adult"),
        ("my neighbour isn't noisy, he is dumping rubbish in the hallway", "street-environment", "noise"),
        (
            "it was not stolen, it was abandoned, the car has been there for months",
            "vehicles",
            "burglary-theft",
        ),
    ],
)
def test_a_contrast_is_about_what_it_affirms(hear, message, meant, denied):
    """Of two needs in one sentence the affirmed one is likely, and the denied one is not answered."""
    heard = hear(message)
    assert meant in heard.likely
    assert heard.answered != denied


@pytest.mark.parametrize(
    ("message", "concept"),
    [
        ("not noise, it is drugs", "noise"),
        ("its not the noise", "noise"),
        ("this is not about the dog", "dog"),
        ("nothing to do with drugs", "drugs"),
        ("আওয়াজ নয়, মাদক", "noise"),
    ],
)
def test_a_denied_concept_is_not_said(hear, message, concept):
    """No rule sees what the word right before it, or in Bengali right after it, takes back."""
    assert concept not in hear(message).concepts


@pytest.mark.parametrize(
    "message",
    [
        "nobody was hurt, they only broke the window",
        "no one was hurt but they took my bag",
        "there is no fire, i want a home fire safety visit",
        "i am not being followed any more",
        "i'm no longer in danger, i want to talk to someone about it",
        "they don't beat me",
        "my husband does not hit me",
        "nobody is bleeding and nobody needs an ambulance, it was a scam call",
        "this is not an emergency, how do i report a stolen bike",
        "the man with the knife was arrested last week, we are all fine",
        "she is not missing any more, she came home last night",
        "i have not been raped, i only want a sexual health check",
        "there is no bomb, i only ask how venues get security advice",
        "my kids are safe",
        "nothing was stolen",
    ],
)
def test_a_denied_danger_raises_no_notice(hear, message):
    """Who says that nothing happened is not told to call 999."""
    assert not hear(message).notices


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("i can't breathe", {"medical"}),
        ("he is not breathing", {"medical"}),
        ("she won't wake up", {"medical"}),
        ("i don't want to live anymore", {"suicide"}),
        ("i don't want to be here any more, there is no point", {"suicide"}),
        ("i am not safe at home, my husband hits me", {"abuse"}),
        ("he won't let me leave the house", {"abuse"}),
        ("he will not stop hitting me", {"abuse"}),
        ("not only does he shout he hits me too", {"abuse"}),
        ("he does not just shout, he beats me", {"abuse"}),
        ("i'm not joking, he has a knife and he is at my door", {"danger"}),
        ("no one believes me but my dad touches me", {"child"}),
        ("my son has not come home and he is ten", {"danger"}),
        ("don't tell anyone, my uncle hits me", {"child"}),
    ],
)
def test_a_denial_hides_no_danger(hear, message, kinds):
    """Words of denial that belong to the danger itself, or stand beside it, take no notice away."""
    assert kinds <= hear(message).notices
