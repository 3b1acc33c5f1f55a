"""The proof of an edit: no fault in it, it can be built, and every conversation goes as it should."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.faults import Fault, errors
from bot.language.catalogue import CatalogueError
from store.content import ContentError, Files
from store.editing.checking import Checked
from store.editing.results import CaseResult, Play


@dataclass(frozen=True, slots=True)
class Failure:
    """A conversation that does not go as it must, and what is wrong, a sentence each.

    `line` counts from 1; 0 for a language's share of measured sentences.
    """

    file: str
    line: int
    conversation: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedResult:
    """One message of a conversation that is answered differently. `turn` counts from 1."""

    file: str
    conversation: str
    turn: int
    message: str
    before: str
    after: str
    #: Whether the whole conversation goes as it should, before and after.
    right_before: bool
    right_after: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a language's measured sentences are right, from 0 to 1; `before` None: it had none."""

    language: str
    before: float | None
    after: float
    wanted: float


@dataclass(frozen=True, slots=True)
class Proof:
    """What the checks and the conversations say of an edit. `passed`: it may be published."""

    #: Everything that is wrong with the content; those that are errors stand in the way.
    faults: tuple[Fault, ...] = ()
    #: What fails since the edit.
    failures: tuple[Failure, ...] = ()
    #: What failed before the edit as well; it does not stand in the way of mending something else.
    standing: tuple[Failure, ...] = ()
    #: Known failures that go right now: their entry can be taken out.
    mended: tuple[str, ...] = ()
    changed: tuple[ChangedResult, ...] = ()
    shares: tuple[Share, ...] = ()
    #: How many conversations and sentences were played.
    played: int = 0

    @property
    def passed(self) -> bool:
        """Whether nothing stands in the way of publication."""
        return not errors(self.faults) and not self.failures


class ProofFailed(ContentError):
    """The content may not go live; `proof` says why, and `faults` are its errors and what fails."""

    def __init__(self, proof: Proof) -> None:
        failing = [
            Fault(each.file, each.line, f"{each.conversation}: {'; '.join(each.wrong)}", _PUT_RIGHT)
            for each in proof.failures
        ]
        super().__init__([*errors(proof.faults), *failing])
        self.proof = proof


_PUT_RIGHT = "change the edit until the conversation goes as it did, or the conversation if it is right so"


def prove(files: Files, base: Files | None, check: Callable[[Files], Checked], play: Play) -> Proof:
    """The proof of `files`, which come in place of `base` (None: of nothing).

    `check` looks for their faults, and `play` plays the conversations, of either.
    """
    checked = check(files)
    faults = checked.faults
    if errors(faults):
        return Proof(faults)
    try:
        after = play(files)
    except ContentError as error:
        return Proof((*faults, *error.faults))
    except CatalogueError as error:
        return Proof((*faults, Fault("translations", 0, str(error), "take the last good state of the file")))
    return _judged(checked, _before(base, play), after)


def _before(base: Files | None, play: Play) -> tuple[CaseResult, ...]:
    """The results of the state before; () where there is none that can be built."""
    try:
        return () if base is None else play(base)
    except (ContentError, CatalogueError):
        return ()


def _judged(checked: Checked, before: Sequence[CaseResult], after: Sequence[CaseResult]) -> Proof:
    old = {(each.file, each.name): each for each in before}
    must = [each for each in after if not each.measured and not each.known and not each.right]
    standing = [each for each in must if _failed(old, each)]
    shares = tuple(_shares(before, after, checked.questions_right))
    return Proof(
        checked.faults,
        (*(_failure(each) for each in must if each not in standing), *_low(shares)),
        tuple(_failure(each) for each in standing),
        tuple(f"{each.file}: {each.name}" for each in after if each.known and each.right),
        tuple(change for each in after for change in _changes(old, each)),
        shares,
        len(after),
    )


def _failed(old: Mapping[tuple[str, str], CaseResult], case: CaseResult) -> bool:
    before = old.get((case.file, case.name))
    return before is not None and not before.right and before.wrong == case.wrong


def _failure(case: CaseResult) -> Failure:
    return Failure(case.file, case.line, case.name, case.wrong)


def _changes(old: Mapping[tuple[str, str], CaseResult], case: CaseResult) -> Iterator[ChangedResult]:
    before = old.get((case.file, case.name))
    if before is None:
        return
    for number, (then, now) in enumerate(zip(before.turns, case.turns, strict=False), start=1):
        if then.message == now.message and then.told != now.told:
            yield ChangedResult(
                case.file, case.name, number, now.message, then.told, now.told, before.right, case.right
            )


def _shares(
    before: Sequence[CaseResult], after: Sequence[CaseResult], wanted: Mapping[str, float]
) -> Iterator[Share]:
    for language in sorted({each.spoken for each in after if each.measured}):
        share = _share(after, language)
        if share is not None:
            yield Share(language, _share(before, language), share, wanted[language])


def _share(found: Sequence[CaseResult], language: str) -> float | None:
    right = [each.right for each in found if each.measured and each.spoken == language]
    return sum(right) / len(right) if right else None


def _low(shares: Sequence[Share]) -> Iterator[Failure]:
    """The languages of which fewer sentences are right than must be, and fewer than before."""
    for share in shares:
        if share.after < share.wanted and (share.before is None or share.after < share.before):
            told = f"{share.after:.1%} of them are right, and {share.wanted:.0%} must be"
            file = f"conversations/{share.language}/questions"
            yield Failure(file, 0, f"the measured sentences ({share.language})", (told,))
