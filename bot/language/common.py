"""The common words of a language, so that none of them is taken for a slip in a word of ours.

"rare" is no misspelt "rape", and "spoke" no "spike". From wordfreq's lists (Wikipedia, subtitles, news, web;
Robyn Speer, version 3.1); Somali has none.
"""

from __future__ import annotations

from itertools import chain

import wordfreq

from bot.language.names import Names
from bot.language.text import words

#: How many of the most frequent words of a language count as common. English "neighbour" is the 11 429th,
#: "cramped" the 20 075th; from the 27 000th on slips themselves come in ("teh"). Looked up 2026-11-22.
_COMMON = 25_000


#: How many are everyday words, which are surely the language's own: "sale" is the 1 302nd of Italian, "chat"
#: the 1 432nd of French, looked up 2026-11-22. Further down the lists have loan words.
_EVERYDAY = 5_000


def common_words(language: str) -> tuple[Names, Names]:
    """The keys of the language's common words, and of its everyday ones; empty where no list is known."""
    if language not in wordfreq.available_languages("small"):
        return Names.of(()), Names.of(())
    keys = [words(word) for word in wordfreq.top_n_list(language, _COMMON)]
    return Names.of(chain.from_iterable(keys)), Names.of(chain.from_iterable(keys[:_EVERYDAY]))
