"""How the editor's pages say things: moments, states, reading ages, contrasts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.knowledge.hours import LONDON
from bot.knowledge.readability import MOST_READING_AGE, reading_age
from bot.knowledge.site_checks import ENOUGH, GROUNDS, contrast
from store.editing.draft import TOLD
from web.staff.forms.rules import line_of
from web.staff.forms.values import Data, Value
from web.staff.guard import blueprint

#: Words from which a text is measured by itself, as in `bot.knowledge.readability`: in fewer one decides.
_ALONE = 30


@dataclass(frozen=True, slots=True)
class Age:
    """The age at which a text is read with ease, and whether that is too high for a text of its length."""

    age: int
    words: int
    most: int = MOST_READING_AGE

    @property
    def high(self) -> bool:
        """Whether shorter words and sentences are called for."""
        return self.age > self.most and self.words >= _ALONE


def age_of(value: Value) -> Age | None:
    """The reading age of a text or of several together; None for what has no sentence in it."""
    text = " ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return Age(reading_age(text), len(text.split())) if re.search(r"\w.*[.!?](\s|$)", text) else None


def contrasts(colour: str) -> list[str]:
    """How a colour stands out from what it may stand on; nothing for what is no colour."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return []
    grounds = {**GROUNDS, "white words on it": "#ffffff"}
    return [
        f"Contrast with {where}: {contrast(colour, ground):.1f}"
        + ("" if contrast(colour, ground) >= ENOUGH else f", and {ENOUGH} is needed")
        for where, ground in grounds.items()
    ]


def moment(at: datetime) -> str:
    """A moment by London's clocks: "22 Nov 2026, 09:05"."""
    here = at.astimezone(LONDON)
    return f"{here.day} {here:%b %Y, %H:%M}"


def box_time(at: datetime) -> str:
    """A moment as a browser's date field takes it, by London's clocks."""
    return f"{at.astimezone(LONDON):%Y-%m-%dT%H:%M}"


@blueprint.app_template_filter("moment")
def _moment(at: datetime) -> str:
    return moment(at)


@blueprint.app_template_filter("rule_line")
def _rule_line(rule: Data) -> str:
    return line_of(rule)


@blueprint.app_template_filter("box_time")
def _box_time(at: datetime) -> str:
    return box_time(at)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"told": TOLD, "reading_age": age_of, "contrasts": contrasts}
