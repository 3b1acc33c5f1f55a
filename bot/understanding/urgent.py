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
from bot.understanding.lexicon import Utterance
from bot.understanding.rules import Rules, scores

#: The key under which the harmless examples stand.
HARMLESS = "none"
#: How much more likely a kind must be than "harmless" (log odds, rules added) for its notice to show. Missing
#: a danger is far worse than a notice too many; found on the conversations, 2026-11-22.
_LEAD = 0.0


@dataclass(frozen=True, slots=True)
class UrgentFinder:
    """Finds the kinds of notice, most urgent first."""

    #: in order of urgency
    kinds: tuple[str, ...]
    rules: Rules
    examples: ExampleModel

    @classmethod
    def of(cls, kinds: Mapping[str, UrgentKind], examples: Mapping[str, Sequence[Utterance]]) -> UrgentFinder:
        """From the kinds in order of urgency, and kind (and "none") -> utterances."""
        rules = Rules.of({kind: record.rules for kind, record in kinds.items()})
        return cls(tuple(kinds), rules, ExampleModel.fit({HARMLESS: (), **examples}))

    def leads(self, utterance: Utterance) -> dict[str, float]:
        """Each kind's lead over "harmless": log odds from the examples, plus the rules."""
        by_examples = dict(zip(self.examples.intents, self.examples.scores(utterance).tolist(), strict=True))
        by_rules = scores(self.rules.fulfilled(utterance))
        harmless = by_examples[HARMLESS]
        return {
            kind: by_examples.get(kind, harmless) - harmless + by_rules.get(kind, 0.0) for kind in self.kinds
        }

    def find(self, utterance: Utterance) -> tuple[str, ...]:
        """The kinds whose notice must be shown, most urgent first."""
        if not utterance.tokens:
            return ()
        return tuple(kind for kind, lead in self.leads(utterance).items() if lead > _LEAD)
