"""Made phrases: halves of real ones joined, and slips of the finger; the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Sequence

#: Of every random choice.
SEED = 13
#: Words of so many letters get a slip.
_LONG = 5
#: A keyboard's neighbours, row by row.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def joined(phrases: Sequence[str], intents: int, number: int, seed: int = SEED) -> dict[str, list[str]]:
    """`number` different phrases in all, spread evenly over `intents` made intents.

    Each intent owns a part of `phrases`; its own begin as one of them and end as another. Raises ValueError
    where `phrases` are too few for so many.
    """
    dice = random.Random(seed)
    pool = sorted(set(phrases))
    dice.shuffle(pool)
    made: dict[str, list[str]] = {}
    for place in range(intents):
        own = [phrase.split() for phrase in pool[place::intents]]
        wanted = number // intents + (place < number % intents)
        made[f"intent-{place:03}"] = _joined(own, wanted, dice)
    return made


def _joined(own: Sequence[Sequence[str]], wanted: int, dice: random.Random) -> list[str]:
    if len(own) < 2:
        raise ValueError("there are too few phrases to join")
    found: dict[str, None] = {}
    for _ in range(40 * wanted):
        if len(found) == wanted:
            break
        first, last = dice.choice(own), dice.choice(own)
        words = [*first[: (len(first) + 1) // 2], *last[len(last) // 2 :]]
        found[" ".join(words)] = None
    if len(found) < wanted:
        raise ValueError(f"from {len(own)} phrases only {len(found)} of {wanted} could be made")
    return list(found)


def with_slips(text: str, dice: random.Random) -> str:
    """`text` with one slip in every word of five letters or more: dropped, doubled, swapped, a key beside."""
    return " ".join(_slipped(word, dice) if len(word) >= _LONG else word for word in text.split())


def _slipped(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word) - 1)
    letter = word[place]
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + word[place + 1] + letter + word[place + 2 :],
        word[:place] + _beside(letter, dice) + word[place + 1 :],
    ]
    return dice.choice(slips)


def _beside(letter: str, dice: random.Random) -> str:
    row = next((row for row in _ROWS if letter in row), None)
    if row is None:
        return letter
    place = row.index(letter)
    return dice.choice([row[near] for near in (place - 1, place + 1) if 0 <= near < len(row)])
