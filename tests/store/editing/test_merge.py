"""Two edits of the same content: what is apart comes together, what conflicts is chosen, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.editing.merge import merge, resolve
from store.editing.yaml_edit import read_plain
from tests.store.editing.conftest import CONTENT, NOISE, NOISE_TEAM, edited

EXAMPLES = "knowledge/examples/en/topics/noise.yaml"
PO = "translations/bn/LC_MESSAGES/knowledge.po"
HEADER = 'msgid ""\nmsgstr ""\n"Language: bn\\n"\n\n'


def catalogue(**texts: str) -> bytes:
    """A catalogue with these translations."""
    entries = [f'#, fuzzy\nmsgid "{english}"\nmsgstr "{said}"\n' for english, said in texts.items()]
    return (HEADER + "\n".join(entries)).encode()


def test_changes_of_different_files_are_both_taken() -> None:
    """Also where one side adds a file and the other takes one away."""
    theirs = {**CONTENT, NOISE: edited(NOISE, {("title",): "Loud noise"})}
    mine = {**CONTENT, "knowledge/topics/new.yaml": b"title: New\n"}
    del mine[EXAMPLES]
    merged = merge(CONTENT, theirs, mine)
    assert merged.conflicts == ()
    assert merged.files == {
        **{path: content for path, content in theirs.items() if path != EXAMPLES},
        "knowledge/topics/new.yaml": b"title: New\n",
    }


def test_changes_of_different_fields_of_one_file_are_both_taken() -> None:
    """With their comments and their layout."""
    theirs = {**CONTENT, NOISE_TEAM: edited(NOISE_TEAM, {("contacts", 0, "value"): "020 7946 0888"})}
    theirs[NOISE_TEAM] = b"# Theirs.\n" + theirs[NOISE_TEAM]
    mine = {
        **CONTENT,
        NOISE_TEAM: edited(NOISE_TEAM, {("contacts", 1, "label"): "At night", ("cost",): "Free"}),
    }
    merged = merge(CONTENT, theirs, mine)
    assert merged.conflicts == ()
    both = {
        ("contacts", 0, "value"): "020 7946 0888",
        ("contacts", 1, "label"): "At night",
        ("cost",): "Free",
    }
    assert merged.files[NOISE_TEAM] == b"# Theirs.\n" + edited(NOISE_TEAM, both)


def test_a_field_that_both_changed_is_shown_both_ways_and_chosen() -> None:
    """Until then it is as they published it; the other fields are merged all the same."""
    theirs = {**CONTENT, NOISE: edited(NOISE, {("title",): "Theirs"})}
    mine = {**CONTENT, NOISE: edited(NOISE, {("title",): "Mine", ("danger",): "Call 999 at once."})}
    merged = merge(CONTENT, theirs, mine)
    (conflict,) = merged.conflicts
    assert (conflict.path, conflict.at, conflict.theirs, conflict.mine) == (
        NOISE,
        ("title",),
        "Theirs",
        "Mine",
    )
    assert merged.files[NOISE] == edited(NOISE, {("title",): "Theirs", ("danger",): "Call 999 at once."})
    assert resolve(merged, ["theirs"]) == merged.files
    assert resolve(merged, ["mine"])[NOISE] == mine[NOISE]
    with pytest.raises(ValueError, match="Choose"):
        resolve(merged, [])


def test_a_file_that_one_changed_and_the_other_took_away_is_chosen_whole() -> None:
    """Whichever way around."""
    changed = {**CONTENT, NOISE: edited(NOISE, {("title",): "Changed"})}
    gone = {path: content for path, content in CONTENT.items() if path != NOISE}
    merged = merge(CONTENT, changed, gone)
    assert [conflict.mine for conflict in merged.conflicts] == [None]
    assert merged.files[NOISE] == changed[NOISE]
    assert resolve(merged, ["mine"]) == gone
    merged = merge(CONTENT, gone, changed)
    assert resolve(merged, ["mine"]) == changed
    assert resolve(merged, ["theirs"]) == gone


def test_lists_grow_from_both_sides() -> None:
    """Examples that two people add stand both there, and what one took away is gone."""
    held = read_plain(CONTENT[EXAMPLES])
    assert isinstance(held, list)
    theirs = {**CONTENT, EXAMPLES: edited(EXAMPLES, {(): [*held, "their words"]})}
    mine = {**CONTENT, EXAMPLES: edited(EXAMPLES, {(): [*held[1:], "my words"]})}
    merged = merge(CONTENT, theirs, mine)
    assert merged.conflicts == ()
    found = read_plain(merged.files[EXAMPLES])
    assert isinstance(found, list)
    assert set(map(str, found)) == {*map(str, held[1:]), "their words", "my words"}


def test_an_item_that_became_two_different_ones_is_a_conflict() -> None:
    """Two ways to put the same step are not two steps."""
    steps = edited(NOISE, {("steps",): ["One.", "Two."]})
    base = {**CONTENT, NOISE: steps}
    theirs = {**base, NOISE: edited(NOISE, {("steps", 0): "Theirs."}, base)}
    mine = {**base, NOISE: edited(NOISE, {("steps", 0): "Mine."}, base)}
    merged = merge(base, theirs, mine)
    assert [conflict.at for conflict in merged.conflicts] == [("steps",)]
    assert resolve(merged, ["mine"]) == mine


def test_a_contact_that_was_taken_away_and_changed_is_a_conflict() -> None:
    """A new number for it is not lost in silence."""
    theirs = {**CONTENT, NOISE_TEAM: edited(NOISE_TEAM, {("contacts", 1): None})}
    mine = {**CONTENT, NOISE_TEAM: edited(NOISE_TEAM, {("contacts", 1, "value"): "020 7946 0888"})}
    assert [conflict.at for conflict in merge(CONTENT, theirs, mine).conflicts] == [("contacts",)]


def test_translations_are_merged_entry_by_entry() -> None:
    """And chosen entry by entry."""
    base = {PO: catalogue(One="ek", Two="dui", Three="tin")}
    theirs = {PO: catalogue(One="EK", Two="dui", Three="TIN")}
    mine = {PO: catalogue(One="ek", Two="DUI", Three="tinti", Four="char")}
    merged = merge(base, theirs, mine)
    assert [conflict.at for conflict in merged.conflicts] == [("Three",)]
    assert merged.files[PO] == catalogue(One="EK", Two="DUI", Three="TIN", Four="char")
    assert resolve(merged, ["mine"])[PO] == catalogue(One="EK", Two="DUI", Three="tinti", Four="char")


VALUES = st.sampled_from(["A", "B", None])


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.sampled_from("abc"), VALUES), st.dictionaries(st.sampled_from("abc"), VALUES))
def test_every_change_of_mine_is_in_the_result_or_in_a_conflict(
    theirs: dict[str, str | None], mine: dict[str, str | None]
) -> None:
    """And everything that they published stays, unless I choose otherwise."""
    base = {"knowledge/x.yaml": b"a: 1\nb: 2\nz: 9\n"}
    start = {"a": "1", "b": "2", "z": "9"}

    def after(changes: dict[str, str | None]) -> dict[str, str]:
        return {key: value for key, value in {**start, **changes}.items() if value is not None}

    def whole(changes: dict[str, str | None]) -> dict[str, bytes]:
        return {"knowledge/x.yaml": "".join(f"{k}: {v}\n" for k, v in after(changes).items()).encode()}

    merged = merge(base, whole(theirs), whole(mine))
    found = read_plain(resolve(merged, ["mine"] * len(merged.conflicts))["knowledge/x.yaml"])
    expected = {**start, **theirs, **{key: value for key, value in mine.items() if value != start.get(key)}}
    assert found == {key: value for key, value in expected.items() if value is not None}
    kept = read_plain(merged.files["knowledge/x.yaml"])
    told = {str(conflict.at[0]) for conflict in merged.conflicts}
    assert all(mine.get(key, start.get(key)) != after(theirs).get(key) for key in told)
    assert isinstance(kept, dict)
    assert all(kept.get(key) == after(theirs).get(key) for key in told)
