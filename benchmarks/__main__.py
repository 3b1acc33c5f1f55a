"""Measures what is asked for, prints each table as it is done, and at the end the targets missed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import growth, hostile, intents, live, loading, misses, real_base, widget
from benchmarks.table import Table, as_data, as_text, missed

#: In the order in which they run.
BENCHMARKS: dict[str, Callable[[], Table]] = {
    "loading": loading.run,
    "live": live.run,
    "base": real_base.run,
    "misses": misses.run,
    "hostile": hostile.run,
    "growth": growth.run,
    "widget": widget.run,
}


def main() -> None:
    """Run from the command line: `python -m benchmarks --help`."""
    arguments = _parser().parse_args()
    tables: list[Table] = []
    for table in _tables(arguments.only, arguments.clinc):
        print(as_text(table), end="\n\n", flush=True)
        tables.append(table)
    short = missed(tables)
    print("Every target is met." if not short else "Missed:\n" + "\n".join(f"  {name}" for name in short))
    if arguments.json:
        arguments.json.write_text(json.dumps(as_data(tables), indent=1), encoding="utf-8")


def _tables(only: list[str] | None, clinc: Path | None) -> Iterator[Table]:
    for name, run in BENCHMARKS.items():
        if only is None or name in only:
            yield run()
    if clinc is not None:
        yield from intents.run(clinc)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Speed, memory, growth, accuracy."
    )
    parser.add_argument("--only", nargs="*", choices=BENCHMARKS, help="these alone (none: only --clinc)")
    parser.add_argument(
        "--clinc",
        type=_file,
        metavar="FILE",
        help="accuracy on a set in the form of CLINC150's data_full.json",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures as data, too")
    return parser


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return Path(text)


if __name__ == "__main__":
    main()
