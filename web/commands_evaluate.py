"""`signpost evaluate` and `signpost calibrate`: how well it is understood, and how sure a match is."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from bot.assistant import Assistant
from bot.calibration import as_yaml as confidence_as_yaml
from bot.calibration import calibrate as find_confidence
from bot.cases import CALIBRATION, HELD_BACK, Case, read_apart, read_cases
from bot.evaluation.measures import evaluate as play_all
from bot.evaluation.report import report, stray_report, theft_report, unused_report
from bot.evaluation.runs import Run, as_json, comparison, read_run, run_of
from bot.evaluation.strays import strays
from bot.evaluation.thefts import matched_unseen, matched_whole, thefts
from bot.evaluation.unused import unused
from bot.knowledge.base import Knowledge
from store.building import build_assistant
from store.content import Files, part_of, read_content, sound
from web.commands_content import content_at
from web.service import utc_now
from web.settings import learned_folder, project_folder

#: How many sentences are printed under each confusion, and lines of each list of what is not used.
_SENTENCES, _LINES = 3, 10
#: As many as there are, with `--all`.
_ALL = 1_000_000


def evaluate(arguments: argparse.Namespace) -> int:
    """Play the conversations and print how they went; compare with a run that was saved, and save this one.

    Raises ContentError for content that cannot be read, UnreadableRun for a file that is no saved run.
    """
    before = _saved(arguments.against) if arguments.against else None
    home = project_folder(os.environ)
    files = content_at(arguments.path or home)
    assistant = build_assistant(files, learned_folder(home))
    cases = (
        _kept(files, assistant.knowledge, HELD_BACK)
        if arguments.held_back
        else _cases(files, assistant.knowledge)
    )
    evaluation = play_all(assistant, cases, arguments.now or utc_now())
    blind = arguments.held_back and not arguments.sentences
    print(report(evaluation, 0 if blind else _ALL if arguments.all else _SENTENCES))
    run = run_of(evaluation, blind)
    if before is not None:
        print("", f"Against {arguments.against}:", comparison(before, run, not blind), sep="\n")
    if arguments.save:
        arguments.save.write_text(as_json(run), encoding="utf-8")
    if not arguments.held_back:
        for part in _tuning(assistant, sound(files)[1], cases, arguments):
            print("", part, sep="\n")
    return 0


def calibrate(arguments: argparse.Namespace) -> int:
    """Find how confidence is computed and write it into the knowledge base. Raises as `evaluate` does."""
    home = project_folder(os.environ)
    files = read_content(home)
    assistant = build_assistant(files, learned_folder(home))
    kept, questions = _kept(files, assistant.knowledge, CALIBRATION), _cases(files, assistant.knowledge)
    try:
        found = find_confidence(assistant, kept, questions, utc_now().date())
    except ValueError as error:
        raise FileNotFoundError(
            f"{error}: write more in knowledge/conversations/<lang>/{CALIBRATION}/."
        ) from None
    (home / "knowledge" / "confidence.yaml").write_text(confidence_as_yaml(found), encoding="utf-8")
    print(f"{found.method}\nA topic is answered from {found.answer} on, and offered from {found.offer} on.")
    return 0


def _cases(files: Files, knowledge: Knowledge) -> list[Case]:
    """The conversations that are no secret."""
    return read_cases(part_of(files, "knowledge"), knowledge)[0]


def _kept(files: Files, knowledge: Knowledge, folder: str) -> list[Case]:
    """Those in the folders `folder`, which stand apart. Raises FileNotFoundError where there is none."""
    cases = read_apart(part_of(files, "knowledge"), knowledge, folder)
    if not cases:
        raise FileNotFoundError(
            f"There are no messages for it: write some in knowledge/conversations/<lang>/{folder}/."
        )
    return cases


def _saved(path: Path) -> Run:
    """The run in the file `path`. Raises FileNotFoundError or UnreadableRun."""
    if not path.is_file():
        raise FileNotFoundError(
            f"There is no saved run {path}: `signpost evaluate --save {path}` writes one."
        )
    return read_run(path.read_bytes().decode("utf-8", errors="replace"))


def _tuning(
    assistant: Assistant, knowledge: Knowledge, cases: Sequence[Case], arguments: argparse.Namespace
) -> Iterator[str]:
    """What there is to put right in the base itself, a report each; `knowledge` has words and examples."""
    understanding = assistant.understanding
    sentences, lines = (_ALL, _ALL) if arguments.all else (_SENTENCES, _LINES)
    read = cache(understanding.read)
    whole = list(matched_whole(knowledge, understanding, read))
    yield theft_report(thefts(whole), len(whole), sentences)
    if arguments.folds:
        unseen = list(matched_unseen(knowledge, understanding, read, arguments.folds))
        stolen = theft_report(thefts(unseen), len(unseen), sentences)
        yield f"Each example matched by what the other parts of {arguments.folds} teach:\n{stolen}"
    yield stray_report(strays(knowledge, understanding.lexicon), lines)
    yield unused_report(unused(knowledge, cases, read), lines)
