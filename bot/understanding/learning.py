"""What there is to learn from a knowledge base: words, phrases and rules, gathered from its records."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping

from bot.knowledge.base import Knowledge
from bot.knowledge.records import Rule
from bot.language.catalogue import SOURCE_LANGUAGE
from bot.language.common import common_words
from bot.language.text import words
from bot.understanding.lexicon import Common, Lexicon

#: Intents of small talk stand beside the topics in one ranking, under this prefix.
SMALLTALK = "smalltalk:"
#: The intent of messages that are not ours.
NOTHING = "none"
#: The concept that stands for the names of a service is its id under this prefix.
SERVICE = "service-"
#: The concept that asks what something is or means. Only the glossary looks for its words; no rule does.
ASKS_MEANING = "ask-meaning"
#: The concept of what joins one need to another ("and", "also"). Only the cutting into parts looks for its
#: words: nearly every message has them, so they tell nothing of what is needed.
JOINS = "joins-needs"
#: How many phrases of each topic teach the follow-up questions what a new subject is like.
_NEW_SUBJECTS = 12


#: The files that hold lists of words and examples.
_LISTS = re.compile(r"examples/|concepts/[^/]+/")

#: What cuts a phrase into its words.
Split = Callable[[str], tuple[str, ...]]


def common_of(knowledge: Knowledge) -> dict[str, Common]:
    """The common words of each language on offer."""
    return {tag: common_words(tag) for tag in knowledge.languages}


def lexicon_of(knowledge: Knowledge, common: Mapping[str, Common], split: Split = words) -> Lexicon:
    """All languages' expressions and words, the names of services among them."""
    expressions = {
        language: {name: said for name, said in concepts.items() if name not in (ASKS_MEANING, JOINS)}
        for language, concepts in knowledge.words.items()
    }
    named = expressions.setdefault("en", {})
    for service in knowledge.services.values():
        named[SERVICE + service.id] = (service.name, *service.former_names)
    implies = {concept.id: concept.implies for concept in knowledge.concepts.values() if concept.implies}
    phrases = {
        language: [split(text) for text in texts]
        for language, texts in _examples_by_language(knowledge).items()
    }
    return Lexicon.of(expressions, implies, phrases, common, split)


def lists(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of the files of a knowledge base that are lists of words and examples, only learned from."""
    return {name: content for name, content in files.items() if _LISTS.match(name)}


def served(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All others: those that are needed beside what was learned."""
    return {name: content for name, content in files.items() if not _LISTS.match(name)}


def of_records(knowledge: Knowledge) -> str:
    """All that is learned from the records themselves, in a form that only a change of it changes.

    An edit of anything else, an answer or a telephone number, asks for no learning.
    """
    return repr(
        (
            [(one.tag, one.name, one.english, one.also) for one in knowledge.languages.values()],
            [(one.id, one.name, one.former_names) for one in knowledge.services.values()],
            [
                (one.id, one.title, one.need, one.covers, one.leads, one.rules)
                for one in knowledge.topics.values()
            ],
            [(one.id, one.implies) for one in knowledge.concepts.values()],
            [(kind, one.topic, one.rules) for kind, one in knowledge.urgent.items()],
            [(name, one.rules) for name, one in knowledge.aspects.items()],
            [(kind, one.rules) for kind, one in knowledge.smalltalk.items()],
            [(one.id, one.names, one.kind) for one in knowledge.glossary.values()],
        )
    )


def topic_rules(knowledge: Knowledge) -> dict[str, tuple[Rule, ...]]:
    """The rules of topics and small talk, and one for each service's name in the topics it leads most."""
    named = _names_in_topics(knowledge)
    rules = {topic: (*record.rules, *named.get(topic, ())) for topic, record in knowledge.topics.items()}
    rules.update({SMALLTALK + kind: record.rules for kind, record in knowledge.smalltalk.items()})
    return rules


def topic_phrases(knowledge: Knowledge) -> dict[str, list[str]]:
    """Topic, small talk or `NOTHING` -> phrases of all languages, the topics' own plain words among them."""
    phrases: dict[str, list[str]] = {topic: _plain_words(knowledge, topic) for topic in knowledge.topics}
    for examples in knowledge.examples.values():
        for topic, said in examples.topics.items():
            phrases.setdefault(topic, []).extend(said)
        for kind, said in examples.smalltalk.items():
            phrases.setdefault(SMALLTALK + kind, []).extend(said)
        phrases.setdefault(NOTHING, []).extend(examples.none)
    return phrases


def aspect_phrases(knowledge: Knowledge) -> dict[str, list[str]]:
    """Aspect -> follow-up questions of all languages, and under `NOTHING` what opens a new subject."""
    topics = topic_phrases(knowledge)
    new = [
        text
        for topic, said in sorted(topics.items())
        if not topic.startswith(SMALLTALK)
        for text in (said if topic == NOTHING else _spread(said, _NEW_SUBJECTS))
    ]
    return {**_joined(examples.aspects for examples in knowledge.examples.values()), NOTHING: new}


def urgent_phrases(knowledge: Knowledge) -> dict[str, list[str]]:
    """Kind of notice, and "none" for the harmless ones, -> messages of all languages."""
    return _joined(examples.urgent for examples in knowledge.examples.values())


def ordinary_phrases(knowledge: Knowledge) -> list[str]:
    """What is mostly said without danger: all but the examples of the topics that notices lead to."""
    alarming = {record.topic for record in knowledge.urgent.values()}
    topics = topic_phrases(knowledge)
    calm = [text for topic in sorted(topics) if topic not in alarming for text in topics[topic]]
    aspects = _joined(examples.aspects for examples in knowledge.examples.values())
    return [*calm, *(text for said in aspects.values() for text in said)]


def language_of_phrases(knowledge: Knowledge) -> dict[str, str]:
    """Each phrase that teaches something -> its language; the first, where several say it."""
    said: dict[str, str] = {}
    for language, texts in _examples_by_language(knowledge).items():
        for text in texts:
            said.setdefault(text, language)
    return said


def phrases_by_language(knowledge: Knowledge, split: Split = words) -> dict[str, list[tuple[str, ...]]]:
    """The words of all that is written as said in each language: examples, expressions, names of terms."""
    phrases = {
        language: [split(text) for text in texts]
        for language, texts in _examples_by_language(knowledge).items()
    }
    for language, concepts in knowledge.words.items():
        said = (text for expressions in concepts.values() for text in expressions)
        phrases.setdefault(language, []).extend(split(text) for text in said)
    names = (name for term in knowledge.glossary.values() for name in term.names)
    phrases.setdefault(SOURCE_LANGUAGE, []).extend(split(name) for name in names)
    return phrases


def _names_in_topics(knowledge: Knowledge) -> dict[str, list[Rule]]:
    """Topic -> rules for the names of the services that stand nowhere earlier among a topic's `leads`."""
    places: dict[str, list[tuple[int, str]]] = {}
    for topic in knowledge.topics.values():
        for place, service in enumerate(topic.leads):
            places.setdefault(service, []).append((place, topic.id))
    rules: dict[str, list[Rule]] = {}
    for service, found in places.items():
        for place, topic_id in found:
            if place == min(found)[0]:
                rules.setdefault(topic_id, []).append(Rule.model_validate({"all": [SERVICE + service]}))
    return rules


def _spread(texts: Iterable[str], most: int) -> list[str]:
    """At most `most` of `texts`, the same in whatever order they stand.

    By their digests, so that they come from all over: the first in the alphabet all begin with "a".
    """
    return sorted(set(texts), key=lambda text: hashlib.sha256(text.encode()).digest())[:most]


def _plain_words(knowledge: Knowledge, topic: str) -> list[str]:
    """The topic's title and need, and what it covers, phrase by phrase."""
    record = knowledge.topics[topic]
    covered = (part.strip() for part in re.split(r"[,;:.()]", record.covers))
    return list(dict.fromkeys([record.title, record.need, *filter(None, covered)]))


def _examples_by_language(knowledge: Knowledge) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for language, examples in knowledge.examples.items():
        groups = (examples.topics, examples.urgent, examples.aspects, examples.smalltalk)
        texts[language] = [text for group in groups for said in group.values() for text in said]
        texts[language].extend(examples.none)
    texts.setdefault("en", []).extend(
        text for topic in knowledge.topics for text in _plain_words(knowledge, topic)
    )
    return texts


def _joined(parts: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    joined: dict[str, list[str]] = {}
    for part in parts:
        for name, said in part.items():
            joined.setdefault(name, []).extend(said)
    return joined
