"""Safety notices: which kinds of danger a message tells of.

Found before and apart from everything else, on what is said and not on the topic. A message may raise
several kinds. Rules (urgent.yaml) and examples (messages that must raise a kind, and harmless ones that
sound like it) are added, as for topics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.records import UrgentKind
from bot.understanding.examples import ExampleModel
from bot.understanding.features import Features, Reading
from bot.understanding.rules import WEIGHTS, Rules, scores
from bot.understanding.utterance import MIXED_IN

#: The key under which the harmless examples stand.
HARMLESS = "none"
#: The log odds from which a kind's notice shows: below even, since missing a danger is far worse than a
#: notice too many. In English, with ten times the examples, alarming words come out lower. Of 212 alarming
#: English messages that shaped nothing and 1 569 harmless ones, most of which sound alarming, 194 and 39
#: raise a notice from -0.75 on, 197 and 43 from -1 on, 201 and 70 from -2 on; of 357 and 787 in fifteen
#: other languages 343 and 17 from 0 on, 344 and 18 from -0.25 on, 345 and 25 from -1.25 on; measured
#: 2026-11-23.
_FROM = -0.25
_FROM_IN = {MIXED_IN: -1.0}
#: The same where a strong rule names the danger: little in the examples may outweigh that.
_NAMED_FROM = -1.5
_STRONG = WEIGHTS["strong"]
#: The same for a few words that no rule knows: "curtains" stands in somebody's cry for help, and is none. Of
#: 326 alarming messages of at most eight words kept with the knowledge base 318 raise their notice from -0.75
#: on and 315 from 1 on, of 2 292 harmless ones 73 and 49; measured 2026-11-22.
_SHORT = 8
_SHORT_FROM = 1.0
#: The same for one sentence of several, which may be a quotation, or past, by what stands before it.
_SENTENCE_FROM = 4.0
#: The same where the topic that the notice leads to is surely meant (a confidence of so much): who speaks of
#: suicide without a word that alarms may still be in danger. Of 840 alarming messages in sixteen languages
#: that shaped nothing 86 are missed from 0.9 on (for kinds with a topic of their own), 70 from 0.7 on (for
#: all); 78 and 83 of 2 326 harmless ones raise a notice; measured 2026-11-22.
_MEANT_FROM = -3.0
_SURELY = 0.7
#: How much more a kind needs that more is told of than of others, children in danger among it: of 2 356
#: harmless messages that shaped nothing 77 raise a notice without and 63 with it, of 569 alarming ones 28 and
#: 29 lack one; measured 2026-11-22.
_FROM_KIND = {"danger": 1.0}
#: An ordinary message (an example of a topic, a follow-up) below these log odds counts as harmless too;
#: the topics' examples are not marked, and some of them do tell of danger.
_ORDINARY = 2.0


@dataclass(frozen=True, slots=True)
class UrgentFinder:
    """Finds the kinds of notice, most urgent first."""

    #: in order of urgency
    kinds: tuple[str, ...]
    rules: Rules
    examples: ExampleModel
    #: topic -> the kinds whose notices lead to it
    leading_to: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(
        cls,
        kinds: Mapping[str, UrgentKind],
        features: Features,
        examples: Mapping[str, Sequence[Reading]],
        ordinary: Sequence[Reading],
    ) -> UrgentFinder:
        """From the kinds in order of urgency, kind (and "none") -> readings, and what else is often said.

        Of the `ordinary` messages those that no rule and no first model finds alarming are harmless too.
        """
        alarming = {kind: examples.get(kind, ()) for kind in kinds}
        harmless = examples.get(HARMLESS, ())
        rules = Rules.of({kind: record.rules for kind, record in kinds.items()})

        def told(reading: Reading) -> dict[str, float]:
            return scores(rules.fulfilled(reading.utterance))

        leading_to: dict[str, tuple[str, ...]] = {}
        for kind, record in kinds.items():
            if record.topic:
                leading_to[record.topic] = (*leading_to.get(record.topic, ()), kind)
        by_alarming = ExampleModel.independent(features, alarming, harmless, told)
        first = cls(tuple(kinds), rules, by_alarming, leading_to)
        calm = [
            reading
            for reading in ordinary
            if not rules.fulfilled(reading.utterance)
            and max(first.leads(reading).values(), default=0.0) < _ORDINARY
        ]
        by_all = ExampleModel.independent(features, alarming, [*harmless, *calm], told, layered=True)
        return cls(tuple(kinds), rules, by_all, leading_to)

    def leads(self, reading: Reading) -> dict[str, float]:
        """The log odds of each kind: those of the examples, plus the rules."""
        by_examples = dict(zip(self.examples.intents, self.examples.scores(reading).tolist(), strict=True))
        by_rules = scores(self.rules.fulfilled(reading.utterance))
        return {kind: by_examples[kind] + by_rules.get(kind, 0.0) for kind in self.kinds}

    def find(self, reading: Reading, sentences: Sequence[Reading] = ()) -> tuple[str, ...]:
        """The kinds whose notice must be shown, most urgent first.

        `sentences` are those that the message is made of: what one of them says plainly is not lost among
        the others.
        """
        if not reading.utterance.tokens:
            return ()
        leads = self.leads(reading)
        by_themselves = [self.leads(sentence) for sentence in sentences]
        heaviest: dict[str, float] = {}
        for rule in self.rules.fulfilled(reading.utterance):
            heaviest[rule.intent] = max(rule.weight, heaviest.get(rule.intent, 0.0))
        short = len(reading.utterance.tokens) <= _SHORT
        return tuple(
            kind
            for kind in self.kinds
            if leads[kind] > _needed(kind, heaviest.get(kind, 0.0), short, reading.utterance.language)
            or any(each[kind] > _SENTENCE_FROM for each in by_themselves)
        )

    def meant(self, reading: Reading, topic: str, confidence: float) -> tuple[str, ...]:
        """The kinds whose notices lead to `topic`, matched with `confidence`, and that are near."""
        if topic not in self.leading_to or confidence < _SURELY:
            return ()
        leads = self.leads(reading)
        return tuple(kind for kind in self.leading_to[topic] if leads[kind] >= _MEANT_FROM)


def _needed(kind: str, rule: float, short: bool, language: str) -> float:
    """The log odds that a notice needs where a rule of weight `rule` names its danger (0: none does)."""
    more = _FROM_KIND.get(kind, 0.0)
    if rule >= _STRONG:
        return _NAMED_FROM + more
    return more + (_SHORT_FROM if short and not rule else _FROM_IN.get(language, _FROM))
