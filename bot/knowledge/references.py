"""Checks of what refers to what: every id that is named must be there, and be of use."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from bot.knowledge.base import Knowledge, Phrases
from bot.knowledge.faults import Fault
from bot.knowledge.reading import Lines
from bot.knowledge.records import ASPECT_IDS, SMALLTALK_IDS, Rule, Topic
from bot.knowledge.validating import meant
from bot.language.catalogue import SOURCE_LANGUAGE

_URGENT = ("danger", "medical", "suicide", "abuse", "child")
_PLAIN_FILES = ("urgent", "aspects", "smalltalk", "audiences")


def check_references(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    """Ids that are named and not there; lists that name one twice."""
    for topic in knowledge.topics.values():
        yield from _topic(topic, lines)
    for kind in _PLAIN_FILES:
        records: Mapping[str, object] = getattr(knowledge, kind)
        for name, record in records.items():
            yield from _rules(f"{kind}.yaml", (name,), getattr(record, "rules", ()), lines)
    yield from _concepts(knowledge, lines)
    yield from _urgent_contacts(knowledge, lines)
    yield from _settings_and_sites(knowledge, lines)
    yield from _fixed_ids(knowledge, lines)
    yield from _words_and_examples(knowledge, lines)


def check_use(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    """Records that nothing can reach: topics without rules or examples, concepts without words. Warnings."""
    examples: set[str] = set()
    for of_language in knowledge.examples.values():
        examples.update(of_language.topics)
    for name, topic in knowledge.topics.items():
        file = f"topics/{name}.yaml"
        if not topic.rules:
            yield _warning(file, 0, "the topic has no rules", "write rules over concepts")
        if name not in examples:
            remedy = f"write examples/{SOURCE_LANGUAGE}/topics/{name}.yaml"
            yield _warning(file, 0, "the topic has no examples in any language", remedy)
    words = knowledge.words.get(SOURCE_LANGUAGE, {})
    for name in knowledge.concepts:
        if name not in words:
            line = lines.at("concepts/concepts.yaml", name)
            what = f"the concept {name!r} has no words in {SOURCE_LANGUAGE}"
            yield _warning("concepts/concepts.yaml", line, what, "write some, or delete the concept")
    used = {topic.group for topic in knowledge.topics.values()}
    for name in knowledge.groups:
        if name not in used:
            what, remedy = f"no topic is in the group {name!r}", "delete it, or give it a topic"
            yield _warning("groups.yaml", lines.at("groups.yaml", name), what, remedy)


def _warning(file: str, line: int, what: str, remedy: str) -> Fault:
    return Fault(file, line, what, remedy, "warning")


def _ids(lines: Lines, kind: str) -> Collection[str]:
    return lines.ids.get(kind, ())


def _named(file: str, line: int, kind: str, names: Collection[str], name: str) -> Iterator[Fault]:
    if name not in names:
        remedy = meant(name, names, "add it, or take this out")
        yield Fault(file, line, f"there is no {kind} {name!r}", remedy)


def _topic(topic: Topic, lines: Lines) -> Iterator[Fault]:
    file = f"topics/{topic.id}.yaml"
    yield from _named(file, lines.at(file, "group"), "group", _ids(lines, "groups"), topic.group)
    for key, kind, names in (("leads", "service", topic.leads), ("neighbours", "topic", topic.neighbours)):
        known = _ids(lines, f"{kind}s")
        for position, name in enumerate(names):
            line = lines.at(file, key, position)
            yield from _named(file, line, kind, known, name)
            if name in names[:position]:
                yield Fault(file, line, f"{name!r} is listed twice", "delete one of the two")
            if key == "neighbours" and name == topic.id:
                yield Fault(file, line, "the topic is its own neighbour", "delete it")
    for aspect in topic.aspects:
        yield from _named(file, lines.at(file, "aspects", aspect), "aspect", ASPECT_IDS, aspect)
    yield from _audiences(topic, file, lines)
    yield from _rules(file, (), topic.rules, lines)


def _audiences(topic: Topic, file: str, lines: Lines) -> Iterator[Fault]:
    """What a topic says of audiences: who they are, what leads for them, what is asked."""
    audiences = _ids(lines, "audiences")
    for number, special in enumerate(topic.for_):
        for position, name in enumerate(special.who):
            yield from _named(
                file, lines.at(file, "for", number, "who", position), "audience", audiences, name
            )
        for position, name in enumerate(special.leads):
            line = lines.at(file, "for", number, "leads", position)
            yield from _named(file, line, "service", _ids(lines, "services"), name)
        if special.topic is not None:
            line = lines.at(file, "for", number, "topic")
            yield from _named(file, line, "topic", _ids(lines, "topics"), special.topic)
        if not (special.leads or special.answer or special.topic):
            what = "nothing is different for this audience"
            yield Fault(
                file, lines.at(file, "for", number), what, "write leads, answer or topic, or delete it"
            )
    for position, name in enumerate(topic.asks.choices if topic.asks else ()):
        line = lines.at(file, "asks", "choices", position)
        yield from _named(file, line, "audience", audiences, name)


def _rules(file: str, path: tuple[str, ...], rules: tuple[Rule, ...], lines: Lines) -> Iterator[Fault]:
    concepts = _ids(lines, "concepts")
    for number, rule in enumerate(rules):
        here: tuple[str | int, ...] = (*path, "rules", number)
        for position, choice in enumerate(rule.all):
            for place, concept in enumerate(choice):
                line = lines.at(file, *here, "all", position, place)
                yield from _named(file, line, "concept", concepts, concept)
            if set(choice) <= set(rule.not_):
                line = lines.at(file, *here, "not")
                yield Fault(file, line, "the rule excludes what it asks for", "correct `all` or `not`")
        for position, concept in enumerate(rule.not_):
            yield from _named(file, lines.at(file, *here, "not", position), "concept", concepts, concept)
        if rule in rules[:number]:
            yield _warning(file, lines.at(file, *here, "all"), "this rule stands here twice", "delete one")


def _concepts(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    file = "concepts/concepts.yaml"
    for name, concept in knowledge.concepts.items():
        for position, implied in enumerate(concept.implies):
            line = lines.at(file, name, "implies", position)
            yield from _named(file, line, "concept", _ids(lines, "concepts"), implied)
        if name in _implied_by(knowledge, name):
            what = f"the concept {name!r} implies itself, directly or through others"
            yield Fault(file, lines.at(file, name, "implies"), what, "let only the narrower imply the wider")


def _implied_by(knowledge: Knowledge, name: str) -> set[str]:
    """Every concept that follows from `name`, step by step."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        concept = knowledge.concepts.get(ahead.pop())
        new = set(concept.implies) - found if concept else set()
        found |= new
        ahead += new
    return found


def _urgent_contacts(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    file = "urgent.yaml"
    for name, notice in knowledge.urgent.items():
        if not notice.contacts:
            what = f"the notice {name!r} names no contact"
            yield Fault(file, lines.at(file, name), what, "add `contacts`, first the fastest")
        for position, reference in enumerate(notice.contacts):
            line = lines.at(file, name, "contacts", position)
            service_id, _, contact_id = reference.partition("/")
            yield from _named(file, line, "service", _ids(lines, "services"), service_id)
            if service := knowledge.services.get(service_id):
                contacts = [contact.id for contact in service.contacts]
                yield from _named(file, line, f"contact of {service_id}", contacts, contact_id)
    if knowledge.urgent:
        for name in _URGENT:
            if name not in _ids(lines, "urgent"):
                yield _warning(file, 0, f"there is no notice {name!r}", "write it")


def _settings_and_sites(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    services = _ids(lines, "services")
    for key in ("contact_centre", "emergency"):
        line = lines.at("settings.yaml", key)
        yield from _named("settings.yaml", line, "service", services, getattr(knowledge.settings, key))
    for name, site in knowledge.sites.items():
        if site.language is not None:
            line = lines.at("sites.yaml", name, "language")
            yield from _named("sites.yaml", line, "language", _ids(lines, "languages"), site.language)
    if SOURCE_LANGUAGE not in _ids(lines, "languages"):
        what = f"{SOURCE_LANGUAGE!r} is missing, in which every answer is written"
        yield Fault("languages.yaml", 0, what, "add it")


def _fixed_ids(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    for kind, known in (("aspects", ASPECT_IDS), ("smalltalk", SMALLTALK_IDS)):
        file = f"{kind}.yaml"
        for name in sorted(_ids(lines, kind)):
            noun = "aspect" if kind == "aspects" else "kind of small talk"
            yield from _named(file, lines.at(file, name), noun, known, name)


def _words_and_examples(knowledge: Knowledge, lines: Lines) -> Iterator[Fault]:
    concepts = _ids(lines, "concepts")
    for (_, concept), file in lines.words.items():
        if concept not in concepts:  # the line is looked for only then: that parses the file once more
            yield from _named(file, lines.at(file, concept), "concept", concepts, concept)
        record = knowledge.concepts.get(concept)
        if record and not file.endswith(f"/{record.kind}.yaml"):
            what = f"the concept {concept!r} is of the kind {record.kind!r}"
            remedy = f"move it to {record.kind}.yaml, or change its kind"
            yield _warning(file, lines.at(file, concept), what, remedy)
    for language, examples in knowledge.examples.items():
        folder = f"examples/{language}"
        for topic in examples.topics:
            yield from _named(f"{folder}/topics/{topic}.yaml", 0, "topic", _ids(lines, "topics"), topic)
        for kind in examples.urgent:
            yield from _named(f"{folder}/urgent/{kind}.yaml", 0, "notice", (*_URGENT, "none"), kind)
        yield from _keys(f"{folder}/aspects.yaml", "aspect", examples.aspects, ASPECT_IDS, lines)
        yield from _keys(f"{folder}/smalltalk.yaml", "small talk", examples.smalltalk, SMALLTALK_IDS, lines)


def _keys(file: str, kind: str, lists: Phrases, known: Collection[str], lines: Lines) -> Iterator[Fault]:
    for name in lists:
        if name not in known:
            yield from _named(file, lines.at(file, name), kind, known, name)
