"""The names of the languages on offer, in all of them: who asks "in somali please" is answered in Somali."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel import Locale

from bot.knowledge.records import Language
from bot.language.text import Token, words

#: The most words of a message that asks for a language and for nothing else. Longer ones tell of something:
#: "my neighbour shouts at us in bengali".
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class LanguageNames:
    """Finds the one language that a message names."""

    #: the words of a name -> the tag of its language
    tags: Mapping[tuple[str, ...], str]

    @classmethod
    def of(cls, languages: Iterable[Language]) -> LanguageNames:
        """From the languages on offer. A name that two of them share is none."""
        offered = tuple(languages)
        found: dict[tuple[str, ...], set[str]] = {}
        for language in offered:
            for name in _names(language, offered):
                found.setdefault(words(name), set()).add(language.tag)
        return cls({name: tags.pop() for name, tags in found.items() if name and len(tags) == 1})

    def named(self, tokens: tuple[Token, ...]) -> str | None:
        """The tag of the only language that a short message names; None for none, or several."""
        if len(tokens) > _MOST_WORDS:
            return None
        keys = tuple(token.key for token in tokens)
        widths = range(1, max(map(len, self.tags), default=0) + 1)
        parts = (keys[start : start + width] for start in range(len(keys)) for width in widths)
        found = {self.tags[part] for part in parts if part in self.tags}
        return found.pop() if len(found) == 1 else None


def _names(language: Language, offered: Iterable[Language]) -> Iterator[str]:
    """Its own name, the English one, others that staff know, and what each language on offer calls it."""
    yield from (language.name, language.english, *language.also)
    code = language.tag.partition("-")[0]
    for other in offered:
        name = Locale.parse(other.tag, sep="-").languages.get(code)
        if name:
            yield str(name)
