"""Files that spare a start its work: written whole, the oldest removed, and no error if that fails."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

_log = logging.getLogger(__name__)


def keep(path: Path, content: bytes, most: int) -> None:
    """Write `content` to the file `path`; of those in its folder with its ending the `most` newest stay."""
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
        alike = sorted(folder.glob(f"*{path.suffix}"), key=lambda old: old.stat().st_mtime)
        for old in alike[:-most]:
            old.unlink(missing_ok=True)
    except OSError as problem:
        _log.warning("%s cannot be kept: %s", path, problem)
