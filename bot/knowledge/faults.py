"""What is wrong with the content, said so that a member of staff can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

#: How the fault of an empty value begins; what else is said of its line only follows from it.
NOTHING = "nothing stands after"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what, and what to do about it.

    `file` is relative to the content's folder, with slashes. `line` counts from 1; 0 is the file as a
    whole. `what` and `remedy` are sentences without their full stop. An error keeps the content from
    going live; a warning does not.
    """

    file: str
    line: int
    what: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        kind = "" if self.severity == "error" else "(warning) "
        return f"{place}: {kind}{self.what}. Do: {self.remedy}."


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Those of `faults` that keep the content from going live."""
    return [fault for fault in faults if fault.severity == "error"]


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """`faults` without repetitions, by file and line; at one place in the order in which they were found."""
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line))


def without_echoes(faults: Iterable[Fault]) -> list[Fault]:
    """`faults` in order, without those that only follow from an empty value in the same line."""
    found = in_order(faults)
    empty = {(fault.file, fault.line) for fault in found if fault.what.startswith(NOTHING)}
    return [
        fault for fault in found if (fault.file, fault.line) not in empty or fault.what.startswith(NOTHING)
    ]
