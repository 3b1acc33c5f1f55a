"""Releases of the widget: whole scripts whose bytes never change, so that a page can pin one by its hash.

A release is kept for two years at least. `make widget-release VERSION=1.0.1` writes one from the sources; an
address that has been given to partners is never written again.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from web.bundles import integrity, whole_script

FOLDER = Path(__file__).parent / "static" / "widget" / "released"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its version ("1.0.0"), its script, and what a tag's `integrity` says of it."""

    version: str
    script: str
    integrity: str


@cache
def releases() -> dict[str, Release]:
    """Every release by its version, the oldest first."""
    paths = sorted(FOLDER.glob("*.js"), key=lambda path: _number(path.stem))
    return {path.stem: _release(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def newest() -> Release:
    """The release that partners are given."""
    return list(releases().values())[-1]


def freeze(version: str) -> Release:
    """Write the release `version` from the sources. Raises ValueError if it is none, or there already."""
    path = FOLDER / f"{version}.js"
    if len(_number(version)) != 3 or path.exists():
        raise ValueError(f"{version}: not a version such as 1.0.1, or released already")
    FOLDER.mkdir(exist_ok=True)
    path.write_text(whole_script(), encoding="utf-8")
    return _release(version, whole_script())


def _release(version: str, script: str) -> Release:
    return Release(version, script, integrity(script))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


if __name__ == "__main__":
    made = freeze(sys.argv[1])
    print(made.version, made.integrity)
