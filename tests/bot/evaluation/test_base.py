"""What an evaluation says of the base itself: thefts, and what no conversation uses; on the tiny base."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cases import Case, Said, read_cases
from bot.evaluation.report import theft_report, unused_report
from bot.evaluation.thefts import Matched, Theft, examples, matched_unseen, matched_whole, thefts
from bot.evaluation.unused import unused
from bot.knowledge.base import Knowledge
from bot.knowledge.reading import read_folder
from bot.knowledge.records import Concept, Rule
from bot.understanding.recognition import Understanding

TINY = read_folder(Path(__file__).parents[2] / "knowledge")


@pytest.fixture(scope="module")
def understanding(knowledge: Knowledge) -> Understanding:
    return Understanding(knowledge)


def with_examples(knowledge: Knowledge, **more: tuple[str, ...]) -> Knowledge:
    """`knowledge` with further English examples of topics."""
    english = knowledge.examples["en"]
    topics = {**english.topics}
    for topic, said in more.items():
        topics[topic] = (*topics[topic], *said)
    return replace(knowledge, examples={**knowledge.examples, "en": replace(english, topics=topics)})


def test_an_example_that_says_another_topic_is_stolen(knowledge: Knowledge) -> None:
    """It stands under both, and the rules speak for the other."""
    said = "my neighbours make noise every night"
    faulty = with_examples(knowledge, **{"library-of-things": (said,), "noise": (said,)})
    understanding = Understanding(faulty)
    found = thefts(matched_whole(faulty, understanding, understanding.read))
    assert found == [Theft("library-of-things", "noise", said)]


def test_every_example_is_matched_once_by_what_the_others_teach(
    knowledge: Knowledge, understanding: Understanding
) -> None:
    unseen = list(matched_unseen(knowledge, understanding, understanding.read, folds=3))
    said = sorted((one.intent, one.text) for one in unseen)
    assert said == sorted((intent, text) for intent, texts in examples(knowledge).items() for text in texts)


def test_what_is_learned_by_heart_is_matched_better_than_what_is_not(
    knowledge: Knowledge, understanding: Understanding
) -> None:
    """An example is not among those that teach the model it is matched by."""
    whole: list[Matched] = list(matched_whole(knowledge, understanding, understanding.read))
    unseen = list(matched_unseen(knowledge, understanding, understanding.read, folds=2))
    assert len(thefts(whole)) < len(thefts(unseen))


def test_thefts_are_told_by_owner_and_winner_the_most_frequent_first() -> None:
    found = [Theft("a", "b", "1"), Theft("c", "a", "2"), Theft("c", "a", "3")]
    assert theft_report(found, 9, 1).splitlines() == [
        "Thefts: 3 of 9 examples are won by another topic (owner -> winner):",
        "  c -> a: 2",
        "      2",
        "  a -> b: 1",
        "      1",
    ]
    assert theft_report([], 9, 1) == "Thefts: none of 9 examples is won by another topic."


def test_a_concept_that_nobody_uses_is_listed(knowledge: Knowledge, understanding: Understanding) -> None:
    concepts = {
        **knowledge.concepts,
        "zebra": Concept(id="zebra", means="an animal", kind="things"),
        "din": Concept(id="din", means="loud noise", kind="things", implies=("noise",)),
    }
    found = unused(replace(knowledge, concepts=concepts), [], understanding.read)
    assert "zebra" in found.concepts
    assert "din" not in found.concepts


def test_a_rule_that_nothing_fulfils_is_listed(knowledge: Knowledge, understanding: Understanding) -> None:
    noise = knowledge.topics["noise"]
    rule = Rule.model_validate({"all": ["noise", ["bike", "drill"], "council"]})
    topics = {**knowledge.topics, "noise": noise.model_copy(update={"rules": (*noise.rules, rule)})}
    found = unused(replace(knowledge, topics=topics), [], understanding.read)
    assert f"topics/noise, rule {len(noise.rules) + 1}: noise & bike/drill & council" in found.rules
    assert not any(name.startswith("topics/noise, rule 1:") for name in found.rules)


def test_an_example_without_a_word_of_any_conversation_is_listed(
    knowledge: Knowledge, understanding: Understanding
) -> None:
    faulty = with_examples(knowledge, noise=("xylophone rehearsal", "pigeons cooing"))
    said = [Said("pigeons", {"topic": ("noise",)}), Said("xylophone", {"topic": ("bike-theft",)})]
    # Filler, since a word in more than one of fifty messages counts for nothing.
    said += [Said(f"filler{number}", {"topic": ("noise",)}) for number in range(60)]
    cases = [Case("a.yaml", line, one.text, "en", (one,)) for line, one in enumerate(said)]
    listed = unused(faulty, cases, understanding.read).examples
    assert "en noise: xylophone rehearsal" in listed
    assert "en noise: pigeons cooing" not in listed
    assert not any(line.startswith("bn") for line in listed)


def test_an_example_of_common_words_alone_is_not_listed(
    knowledge: Knowledge, understanding: Understanding
) -> None:
    """It tells of no topic, so that no conversation could resemble it."""
    faulty = with_examples(knowledge, noise=("xylophone",))
    said = Said("xylophone", {"topic": ("bike-theft",)})
    cases = [Case("a.yaml", line, str(line), "en", (said,)) for line in range(60)]
    assert "en noise: xylophone" not in unused(faulty, cases, understanding.read).examples


def test_an_example_that_says_the_same_again_is_listed(
    knowledge: Knowledge, understanding: Understanding
) -> None:
    faulty = with_examples(knowledge, noise=("Xylophone, rehearsal", "xylophone rehearsal!"))
    [echo] = unused(faulty, [], understanding.read).echoes
    assert echo == "en noise: 'xylophone rehearsal!', as 'Xylophone, rehearsal'"


def test_the_report_cuts_long_lists_and_says_so(knowledge: Knowledge, understanding: Understanding) -> None:
    cases, _ = read_cases(TINY, knowledge)
    found = replace(unused(knowledge, cases, understanding.read), concepts=("a", "b", "c"))
    assert unused_report(found, 2).startswith(
        "Concepts that no rule and no conversation uses: 3\n  a\n  b\n  ... and 1 more\nRules that"
    )
