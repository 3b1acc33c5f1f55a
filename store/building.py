"""From the files of a revision to the assistant that answers from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.assistant import Assistant
from bot.cases import check_content
from bot.knowledge.faults import errors
from bot.knowledge.reading import read_files
from bot.understanding.learning import served
from bot.understanding.uncollected import uncollected
from store.catalogue_checks import translation_faults
from store.content import ContentError, Files, part_of
from store.kept_catalogues import catalogues_from
from store.learned import learned_from
from store.shelf import Shelf


@uncollected
def build_assistant(files: Files, learned: Path | None = None, shelf: Shelf | None = None) -> Assistant:
    """The assistant for one state of the content. Raises ContentError or CatalogueError.

    `learned` is the folder that keeps what is learned and read from the content (None: nothing is kept);
    `shelf` may have what is not there. The assistant's knowledge has no words and examples: they are in what
    was learned.
    """
    knowledge, faults = read_files(served(part_of(files, "knowledge")))
    if knowledge is None:
        raise ContentError(errors(faults))
    catalogues = catalogues_from(knowledge.languages, part_of(files, "translations"), learned)
    taught = learned_from(knowledge, files, learned, shelf)
    return Assistant(knowledge, catalogues, taught)


def prove(files: Files, today: date, learned: Path | None = None) -> None:
    """Raise ContentError or CatalogueError unless `files` may go live: no fault, and they can be built.

    `learned` as for `build_assistant`.
    """
    _, _, faults = check_content(part_of(files, "knowledge"), today)
    wrong = errors([*faults, *translation_faults(files)])
    if wrong:
        raise ContentError(wrong)
    build_assistant(files, learned)
