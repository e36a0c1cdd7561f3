"""Unseen: what the held-out tests of a suite say of a round's merge.

They veto it where it breaks one of them. Where it makes every visible test pass and mends none of
those that fail among them, either it passes only what it saw, or what fails there has another
cause. Which of the two is told by where they fail and by what they run through.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stages.run import Run
from stages.suites import ONLY_SEEN, solved
from stages.traced import traced_tests
from tasks.errors import PredictError
from tasks.patch import Touched, touched
from tasks.records.evidence import FlowTrace
from tasks.records.score import Evaluation, ItemScore
from tasks.test import place_of
from tasks.test.sandbox import discard

BREAKS_UNSEEN = "breaks tests that it did not see"
UNCONFIRMED = "no held-out test confirms it"


@dataclass(frozen=True)
class Heard:
    """What they say, in words: `against` withdraws the merge, `note` goes with one that stands.

    `waits` says that none of those that failed is mended, though every visible test passes now.
    """

    against: str = ""
    note: str = ""
    waits: bool = False


def hear(
    run: Run, champion: str, merged: str, seen: Evaluation, new: Evaluation, old: Evaluation
) -> Heard:
    """The held-out tests on a merge and on the champion (`new`, `old`); nothing but for suites.

    `seen` are the visible tests on the merge.
    """
    if run.suite is None:
        return Heard()
    after = new.by_item
    if any(item.score and not after[item.item] for item in old.items):
        return Heard(against=BREAKS_UNSEEN)
    failing = [item for item in old.items if not item.score]
    mended = sum(bool(after[item.item]) for item in failing)
    if mended:
        return Heard(note=f"it mends {mended} of {len(failing)} held-out tests that failed")
    if not failing:
        return Heard(note=f"{UNCONFIRMED}: none of them failed before")
    if not solved(seen):
        return Heard(note=f"{UNCONFIRMED} so far: those that fail there still do")
    if _contradicting(run, champion, merged, failing):
        return Heard(against=ONLY_SEEN)
    return Heard(
        note=f"{UNCONFIRMED}: the {len(failing)} that fail there do not run through it, or fail "
        "at another place",
        waits=True,
    )


def _contradicting(run: Run, champion: str, merged: str, failing: Sequence[ItemScore]) -> set[str]:
    """The held-out tests that the merge should have mended, if it were right.

    They run through the edited statements, and they fail on the champion as what it mended failed:
    in the test itself, at a place where a mended visible test failed, or in an edited function.
    """
    edited = _edited(run, champion, merged)
    seen = run.evaluator.evaluate(champion, purpose="merge", seed=run.seed)
    places = {place_of(item.prediction) for item in seen.items if not item.score}
    alike = [
        item.item
        for item in failing
        if (place := place_of(item.prediction)) in {"", *places} or _within(edited, place)
    ]
    if not alike:
        return set()
    trace = _trace(run, merged, alike)
    if trace is None:
        return set(alike)
    return {item for path, edit in edited.items() for item in _through(path, edit, trace, alike)}


def _edited(run: Run, champion: str, merged: str) -> dict[str, Touched | None]:
    """What was changed in each file; None where that cannot be told by statements."""
    trees = run.workspace.checkout(champion), run.workspace.checkout(merged)
    edited: dict[str, Touched | None] = {}
    for path in run.workspace.changed_files(champion, merged):
        old, new = (_text(tree / path) for tree in trees)
        try:
            edited[path] = touched(old, new) if path.endswith(".py") and new else None
        except (SyntaxError, ValueError):
            edited[path] = None
    return edited


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _within(edited: dict[str, Touched | None], place: str) -> bool:
    path, _, line = place.rpartition(":")
    edit = edited.get(path)
    return edit is not None and any(int(line) in function for function in edit.functions)


def _through(
    path: str, edit: Touched | None, trace: FlowTrace, tests: Iterable[str]
) -> Iterable[str]:
    """The tests that ran through an edit; of code outside of functions, through its module."""
    if edit is None:
        return tests
    places = {f"{path}:{line}" for line in edit.statements}
    if edit.outside:
        places |= {place for place in trace.statements if place.rpartition(":")[0] == path}
    ran = [trace.named(trace.statements[place]) for place in places & trace.statements.keys()]
    return frozenset().union(*ran)


def _trace(run: Run, commit: str, tests: Sequence[str]) -> FlowTrace | None:
    """A traced run of held-out tests on a tree that they were run on already."""
    permit = run.seal.open(run.workspace.tree_of(commit), "what failing tests run through")
    scratch = Path(tempfile.mkdtemp(prefix="trace-", dir=run.folder))
    scratch.chmod(0o755)  # the sandbox's user has to pass through it
    try:
        return traced_tests(run, commit, tests, scratch, permit)
    except PredictError as error:
        run.degrade(
            f"the held-out tests cannot be traced: {error.cause}",
            "those that fail in themselves count as running through the change",
        )
        return None
    finally:
        discard(scratch)
