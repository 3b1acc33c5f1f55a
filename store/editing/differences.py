"""What an edit changes, in plain words: "Phone of RESET: 020 … becomes 0800 …"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.content import Files
from store.editing.catalogue_entries import entries_of
from store.editing.names import Names, Place, contact_name, field_name, place_of
from store.editing.yaml_edit import EditError, read_plain
from store.editing.yaml_text import Plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of one field. `before` or `after` is None where it was or is not there.

    `kind` is that of the record (service, topic, words, examples, translation …), `id` its id, `name` what
    people call it, `field` the field's key or "" for the record as a whole. `words` is a whole sentence.
    """

    kind: str
    id: str
    name: str
    field: str
    before: str | None
    after: str | None
    words: str


@dataclass(frozen=True, slots=True)
class _Record:
    """The record whose fields are compared."""

    kind: str
    id: str
    name: str

    def changed(self, field: str, told: str, before: str | None, after: str | None) -> Difference:
        if before is None:
            words = f"{_capital(told)} added to {self.name}: {after}"
        elif after is None:
            words = f"{_capital(told)} taken out of {self.name}: {before}"
        else:
            words = f"{_capital(told)} of {self.name}: {before} becomes {after}"
        return Difference(self.kind, self.id, self.name, field, before, after, words)


def differences(old: Files, new: Files) -> list[Difference]:
    """What differs between two states of the content, file by file."""
    names = Names(new, old)
    paths = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    return [one for path in paths for one in _in_file(path, old.get(path), new.get(path), names)]


def record_of(path: str, names: Names | None = None) -> str:
    """What the file at `path` is called: "service reset", "words (Bengali)"."""
    place = place_of(path)
    language = names.language(place.language) if names and place.language else place.language
    told = " ".join(filter(None, (place.kind, place.what, place.id)))
    return f"{told} ({language})" if language else told


def _in_file(path: str, old: bytes | None, new: bytes | None, names: Names) -> Iterator[Difference]:
    place = place_of(path)
    if place.kind == "translation":
        yield from _in_catalogue(place, old, new, names)
        return
    try:
        before = read_plain(old) if old else None
        after = read_plain(new) if new else None
    except EditError:
        before, after = _texts(old), _texts(new)
    found = list(_in_values(place, before, after, names))
    if not found:
        told = record_of(path, names)
        words = f"The layout, comments or order of {told} change, and nothing else."
        found = [Difference(place.kind, place.id, told, "", None, None, words)]
    yield from found


def _texts(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8", "replace")


def _in_values(place: Place, old: Plain | None, new: Plain | None, names: Names) -> Iterator[Difference]:
    if place.kind in ("words", "examples", "conversation"):
        yield from _in_lists(place, old, new, names)
    elif place.id:
        yield from _in_record(place.kind, place.id, names.record(place.kind, place.id), old, new)
    else:
        before, after = _entries(old), _entries(new)
        for key in dict.fromkeys([*before, *after]):
            yield from _in_record(
                place.kind, key, _called(key, before, after), before.get(key), after.get(key)
            )


def _called(key: str, *sides: Mapping[str, Plain]) -> str:
    """The name of a record that is one of many in a file."""
    for side in reversed(sides):
        record = side.get(key)
        found = record.get("title") or record.get("name") if isinstance(record, dict) else None
        if isinstance(found, str):
            return found
    return key


def _in_record(
    kind: str, identity: str, name: str, old: Plain | None, new: Plain | None
) -> Iterator[Difference]:
    record = _Record(kind, identity, name)
    if old is None or new is None:
        what = "New" if old is None else "Taken away:"
        yield Difference(kind, identity, name, "", None, None, f"{what} {kind} {name}.")
        return
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield from _in_field(record, "", old, new)
        return
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            yield from _in_field(record, key, old.get(key), new.get(key))


def _in_field(record: _Record, key: str, old: Plain | None, new: Plain | None) -> Iterator[Difference]:
    told = field_name(key) or "text"
    if key == "contacts" and record.kind in ("service", "site"):
        yield from _in_contacts(record, _items(old), _items(new))
    elif isinstance(old, list) or isinstance(new, list):
        yield from _in_items(record, key, told, _items(old), _items(new))
    elif isinstance(old, dict) or isinstance(new, dict):
        before, after = _entries(old), _entries(new)
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name):
                label = f"{told} ({field_name(name)})"
                yield record.changed(key, label, _told(before.get(name)), _told(after.get(name)))
    else:
        yield record.changed(key, told, _told(old), _told(new))


def _in_items(
    record: _Record, key: str, told: str, old: Sequence[Plain], new: Sequence[Plain]
) -> Iterator[Difference]:
    gone = [item for item in old if item not in new]
    added = [item for item in new if item not in old]
    if len(gone) == len(added) == 1:
        yield record.changed(key, told, _told(gone[0]), _told(added[0]))
        return
    yield from (record.changed(key, told, _told(item), None) for item in gone)
    yield from (record.changed(key, told, None, _told(item)) for item in added)
    if not gone and not added:
        words = f"The order of each {told} of {record.name} changes: {_told(list(new))}"
        yield Difference(record.kind, record.id, record.name, key, _told(list(old)), _told(list(new)), words)


def _in_contacts(record: _Record, old: Sequence[Plain], new: Sequence[Plain]) -> Iterator[Difference]:
    before, after = _by_id(old), _by_id(new)
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            shown = now or was or {}
            told = contact_name(_told(shown.get("kind")) or "contact")
            value = _told(shown.get("value"))
            yield record.changed(
                "contacts", told, None if was is None else value, None if now is None else value
            )
            continue
        for key in dict.fromkeys([*was, *now]):
            if was.get(key) != now.get(key):
                told = _contact_field(name, key, now)
                yield record.changed("contacts", told, _told(was.get(key)), _told(now.get(key)))
    if before.keys() == after.keys() and list(before) != list(after):
        yield from _in_items(record, "contacts", "contact", list(before), list(after))


def _contact_field(name: str, key: str, contact: Mapping[str, Plain]) -> str:
    kind = contact_name(_told(contact.get("kind")) or "contact")
    return kind if key == "value" else f"{field_name(key)} ({name})"


def _in_lists(place: Place, old: Plain | None, new: Plain | None, names: Names) -> Iterator[Difference]:
    """Words by concept, examples by what they are for, conversations: lists that grow and shrink."""
    before, after = (_as_lists(side, place.id) for side in (old, new))
    language = names.language(place.language)
    for key in dict.fromkeys([*before, *after]):
        name = names.record(place.kind, key) if place.kind == "examples" and not place.what else key
        record = _Record(place.kind, key, f"{name} ({language})")
        told = {"words": "word", "examples": "example", "conversation": "conversation"}[place.kind]
        was, now = before.get(key, []), after.get(key, [])
        if was != now:
            yield from _in_items(record, "", told, was, now)


def _as_lists(value: Plain | None, identity: str) -> dict[str, list[Plain]]:
    if isinstance(value, dict):
        return {key: _items(child) for key, child in value.items()}
    return {} if value is None else {identity: _items(value)}


def _in_catalogue(place: Place, old: bytes | None, new: bytes | None, names: Names) -> Iterator[Difference]:
    before, after = entries_of(old or b""), entries_of(new or b"")
    record = _Record("translation", place.language, names.language(place.language))
    for english in dict.fromkeys([*before, *after]):
        was, now = before.get(english), after.get(english)
        if was == now or not english or (not was and not now):
            continue
        label = f"translation of “{_short(english)}”"
        if was and now and was.text == now.text:
            words = f"{_capital(label)} into {record.name} is {'a draft' if now.draft else 'checked'} now."
            yield Difference("translation", record.id, record.name, english, was.text, now.text, words)
        else:
            yield record.changed(english, label, was.text if was else None, now.text if now else None)


def _told(value: Plain | None) -> str | None:
    """A value in words: a rule as what must be said, a list with commas."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(_told(item) or "" for item in value)
    if "all" in value:
        return _rule(value)
    if "says" in value or "conversation" in value:
        return _told(value.get("conversation")) or _told(value.get("says"))
    return "; ".join(f"{field_name(key)}: {_told(child)}" for key, child in value.items() if key != "id")


def _rule(rule: Mapping[str, Plain]) -> str:
    parts = [
        " or ".join(str(one) for one in part) if isinstance(part, list) else str(part)
        for part in _items(rule["all"])
    ]
    words = " and ".join(f"({part})" if " or " in part else part for part in parts)
    if _items(rule.get("not")):
        words += "; not " + ", ".join(str(part) for part in _items(rule["not"]))
    words += f"; within {rule['within']} words" if "within" in rule else ""
    return words + (f"; {rule['weight']}" if "weight" in rule else "")


def _items(value: Plain | None) -> list[Plain]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _entries(value: Plain | None) -> Mapping[str, Plain]:
    return value if isinstance(value, dict) else {}


def _by_id(items: Sequence[Plain]) -> dict[str, Mapping[str, Plain]]:
    return {str(item.get("id")): item for item in items if isinstance(item, dict)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rstrip() + " …"
