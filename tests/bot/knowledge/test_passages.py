"""What translators are given: every text that residents read, and nothing else."""

import pytest

from bot.knowledge import records, services, sites
from bot.knowledge.passages import USES, is_prose, passages
from bot.knowledge.reading import read
from bot.knowledge.record import Record
from bot.knowledge.strict_yaml import descend


@pytest.fixture
def reading(tiny):
    return read(tiny)


def prose_fields():
    """Every field of every record whose texts are translated, as "Record.field"."""
    modules = (records, services, sites)
    kinds = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return {
        f"{kind.__name__}.{name}"
        for kind in kinds
        if issubclass(kind, Record)
        for name, field in kind.model_fields.items()
        if is_prose(field)
    }


def test_every_translated_field_tells_translators_where_it_is_met():
    """A field that becomes prose needs a line in USES, and one that is no longer prose loses it."""
    assert prose_fields() == set(USES)


@pytest.mark.parametrize(
    "field", ["Service.name", "Service.organisation", "Topic.covers", "Retired.why", "ContactPoint.value"]
)
def test_names_values_and_notes_for_staff_are_not_translated(field):
    """Somebody who rings has to find the name on the door."""
    assert field not in prose_fields()


def test_each_text_is_found_where_it_stands(reading):
    """File and path lead to the very text, white space folded."""
    for passage in passages(reading.found):
        node, rest = descend(reading.lines.trees[passage.file], passage.path)
        assert not rest
        assert " ".join(node.content.split()) == passage.text


def test_a_passage_says_whose_it_is(reading):
    """Translators read it above the text."""
    abouts = {passage.text: passage.about for passage in passages(reading.found)}
    assert abouts["Write down when it happens."] == (
        "topic noise, steps 2 (one thing to do, in a numbered list)"
    )
    assert abouts["Noise team"].startswith("service noise-team, contact point phone, label (")
    assert abouts["Call the council desk and say when you called before."].startswith(
        "topic noise, aspects not_working_or_no_reply ("
    )


def test_safety_notices_come_first(reading):
    """They are the ones to translate first."""
    files = [passage.file for passage in passages(reading.found)]
    assert files[0] == "urgent.yaml"
    assert "urgent.yaml" not in files[files.count("urgent.yaml") :]
