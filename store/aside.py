"""Learning in a process of its own: the one that answers residents neither waits for it nor grows by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.understanding.learning import lists
from store.content import Files, pack, part_of

#: Bytes that are learned from, from which on a process of its own (half a second to start) is worth it.
LARGE = 1_000_000


def is_large(files: Files) -> bool:
    """Whether learning from `files` takes longer than starting a process for it."""
    return sum(map(len, lists(part_of(files, "knowledge")).values())) >= LARGE


def learn_aside(files: Files, folder: Path) -> None:
    """See to it that what there is to learn from `files` is kept in `folder`.

    Raises OSError or subprocess.CalledProcessError where the other process cannot be started, or fails.
    """
    needed = {name: content for name, content in files.items() if name.startswith("knowledge/")}
    subprocess.run([sys.executable, "-m", "store.learned", str(folder)], input=pack(needed), check=True)
