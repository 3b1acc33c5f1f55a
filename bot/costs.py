"""What a reply costs the resident who gets it: the weights by which thresholds are chosen and runs compared.

Only what the resident gets counts, not how near the assistant was to something better. Why these figures:
docs/decisions/0007-how-answers-are-weighed.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

#: What a reply is to the one who gets it. For a message of ours (a topic or small talk is right):
#: `right`, the right answer at once; `choice`, the right topic among those offered; `lost`, told that nothing
#: fits; `astray`, topics offered and the right one not among them; `wrong`, another answer.
#: For a message that is not ours: `right`, told so; `needless`, topics offered; `wrong`, an answer.
Kind = Literal["right", "choice", "needless", "lost", "astray", "wrong"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: In units of "had to choose first"; decided 2026-11-22.
COSTS: Mapping[Kind, float] = {
    "right": 0.0,
    "choice": 1.0,
    "needless": 2.0,
    "lost": 2.0,
    "astray": 3.0,
    "wrong": 3.5,
}


def kind_of_answer(right: bool) -> Kind:
    """What an answer is, be the message ours or not."""
    return "right" if right else "wrong"


def kind_of_choice(ours: bool, right_one_offered: bool) -> Kind:
    """What a choice between topics is."""
    if right_one_offered:
        return "choice"
    return "astray" if ours else "needless"


def kind_of_fallback(ours: bool) -> Kind:
    """What being told that nothing fits is."""
    return "lost" if ours else "right"
