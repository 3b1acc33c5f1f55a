"""Telephone numbers that residents name: which service they belong to, and whether they are still used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge.services import ContactKind, Service
from bot.knowledge.values import dialled
from bot.language.text import MAX_CHARACTERS

_NUMBER = re.compile(r"\+?\d[\d \-()]{1,18}\d")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every number of the services: digits to dial -> (service, whether the number is retired)."""

    known: Mapping[str, tuple[str, bool]]

    @classmethod
    def of(cls, services: Iterable[Service]) -> Numbers:
        """The numbers of `services`; one that is current anywhere is not retired."""
        known: dict[str, tuple[str, bool]] = {}
        current: dict[str, tuple[str, bool]] = {}
        for service in services:
            for retired in service.retired:
                for number in _numbers_in(retired.value):
                    known.setdefault(number, (service.id, True))
            for contact in service.contacts:
                if contact.kind is ContactKind.PHONE:
                    current.setdefault(dialled(contact.value), (service.id, False))
        return cls({**known, **current})

    def named(self, message: str) -> list[tuple[str, bool]]:
        """(service, retired) for each known number in `message`, in order."""
        return [self.known[number] for number in _numbers_in(message) if number in self.known]


def _numbers_in(text: str) -> list[str]:
    """The telephone numbers in `text`, as they are dialled."""
    found = []
    for match in _NUMBER.finditer(text[:MAX_CHARACTERS]):
        try:
            found.append(dialled(match.group()))
        except ValueError:
            continue
    return found
