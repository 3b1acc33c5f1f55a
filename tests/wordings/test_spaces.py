"""Voice-to-text and small keyboards leave spaces out and put them in; the need is found all the same."""

import pytest


@pytest.mark.parametrize(
    ("message", "concept"),
    [
        ("domesticabuse", "domestic"),
        ("icantbreathe", "collapsed-now"),
        ("the people upstairs play loudmusic", "noise"),
        ("they are sellingdrugs by the lifts", "sell-drugs"),
        ("my neigh bour is noisy", "neighbour"),
    ],
)
def test_the_words_are_heard(hear, message, concept):
    """Run together or torn apart, they say what they say."""
    assert concept in hear(message).concepts


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("nextdoor are having alot of partys", "noise"),
        ("noone listens ive complained somany times and nothing isdone", "community-trigger"),
        ("somebody stole mybike fromthe hallway", "burglary-theft"),
        ("theres a man sleeping infront of the shop", "rough-sleeping"),
        ("iam worried about mysons drinking", "drug-alcohol-family"),
        ("people are selling drugsin the stair well", "drug-dealing"),
        ("myhusband hitsme", "domestic-abuse"),
    ],
)
def test_the_topic_is_likely(hear, message, topic):
    """A missing space here and there does not change what is needed."""
    assert topic in hear(message).likely


def test_danger_without_spaces_is_danger(hear):
    """Somebody who cannot breathe does not look for the space bar."""
    assert "medical" in hear("helpme icantbreathe").notices
