"""The frozen snapshot of everything the assistant knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.records import (
    Aspect,
    Audience,
    Concept,
    Confidence,
    Group,
    Language,
    Settings,
    SmallTalk,
    Term,
    Topic,
    UrgentKind,
)
from bot.knowledge.services import Service
from bot.knowledge.sites import Site

#: id or key -> the phrases of one language
Phrases = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Examples:
    """What residents say in one language: topic, notice (and "none"), aspect, small talk -> phrases."""

    topics: Phrases = field(default_factory=dict)
    urgent: Phrases = field(default_factory=dict)
    aspects: Phrases = field(default_factory=dict)
    smalltalk: Phrases = field(default_factory=dict)
    #: Messages that are not ours.
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All records, by id, in the order of their files; read-only."""

    settings: Settings
    #: Those that are offered; the words and examples are theirs.
    languages: Mapping[str, Language]
    groups: Mapping[str, Group]
    services: Mapping[str, Service]
    topics: Mapping[str, Topic]
    concepts: Mapping[str, Concept]
    #: language -> concept -> expressions; empty lists where only what is served was read
    words: Mapping[str, Phrases]
    #: language -> examples; the same
    examples: Mapping[str, Examples]
    urgent: Mapping[str, UrgentKind]
    aspects: Mapping[str, Aspect]
    smalltalk: Mapping[str, SmallTalk]
    sites: Mapping[str, Site]
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    #: What bodies, schemes, powers and abbreviations mean.
    glossary: Mapping[str, Term] = field(default_factory=dict)
    #: None: never calibrated; the defaults of the matcher are used.
    confidence: Confidence | None = None
    #: Languages that are being written: checked, and never shown.
    preparing: Mapping[str, Language] = field(default_factory=dict)

    def questions_right(self, language: str) -> float:
        """The share (0 to 1) of the measured questions in `language` that must go right."""
        own = self.languages[language].questions_right
        return self.settings.questions_right if own is None else own
