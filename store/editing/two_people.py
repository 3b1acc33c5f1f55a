"""Which changes two people must agree on: those that decide when a safety notice is raised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from store.content import Files
from store.editing.yaml_edit import EditError, read_plain
from store.editing.yaml_text import Plain

_URGENT = "knowledge/urgent.yaml"
_EXAMPLES = re.compile(r"knowledge/examples/([^/]+)/urgent/[^/]+\.yaml")
_CONCEPTS = re.compile(r"knowledge/concepts/[^/]+/[^/]+\.yaml|knowledge/concepts/concepts\.yaml")


def needing_two(old: Files, new: Files) -> list[str]:
    """What in the step from `old` to `new` a second person must agree to, in plain words; [] for nothing.

    That is every change of the urgent notices and their rules, of the messages that must raise one, and of
    the words of a concept that an urgent rule names.
    """
    paths = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    found = ["The safety notices and their rules are changed."] if _URGENT in paths else []
    languages = dict.fromkeys(match[1] for match in map(_EXAMPLES.fullmatch, paths) if match)
    found += [f"Messages that must raise a safety notice are changed ({tag})." for tag in languages]
    used = concepts_of_rules(old) | concepts_of_rules(new)
    changed = {name for path in paths if _CONCEPTS.fullmatch(path) for name in _changed(old, new, path)}
    found += [
        f"The words of “{name}” are changed, which a safety rule uses." for name in sorted(changed & used)
    ]
    return found


def _changed(old: Files, new: Files, path: str) -> Iterator[str]:
    """The concepts whose entry in a file differs; all of them where the file cannot be read."""
    before, after = _read(old.get(path)), _read(new.get(path))
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            yield name


def concepts_of_rules(files: Files) -> set[str]:
    """The concepts that the rules of urgent.yaml name, and those that imply one of them."""
    named = {
        name
        for kind in _read(files.get(_URGENT)).values()
        if isinstance(kind, dict)
        for rule in _items(kind.get("rules"))
        if isinstance(rule, dict)
        for key in ("all", "not")
        for name in _names(rule.get(key))
    }
    concepts = _read(files.get("knowledge/concepts/concepts.yaml"))
    while True:
        more = {
            name
            for name, record in concepts.items()
            if isinstance(record, dict) and named.intersection(_names(record.get("implies")))
        }
        if more <= named:
            return named
        named |= more


def _names(value: Plain | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in _items(value):
        yield from _names(item)


def _items(value: Plain | None) -> list[Plain]:
    return value if isinstance(value, list) else []


def _read(content: bytes | None) -> Mapping[str, Plain]:
    if content is None:
        return {}
    try:
        found = read_plain(content)
    except EditError:
        return {}
    return found if isinstance(found, dict) else {}
