"""Writing edits into a tree, and refusing those that would leave it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tasks.records.change import FileEdit, Proposal
from tasks.target import Target


class EditError(Exception):
    """An edit that cannot be applied; the message is meant for the researcher that wrote it."""


def check_scope(proposal: Proposal, target: Target) -> None:
    """Raises EditError unless every edit lies in the editable, unprotected part of the target."""
    if not proposal.edits:
        raise EditError("the proposal has no edits")
    paths = [edit.path for edit in proposal.edits]
    if len(set(paths)) != len(paths):
        raise EditError("a path is edited twice in one proposal")
    for path in paths:
        if not target.may_edit(path):
            raise EditError(
                f"{path} may not be edited: editable are {', '.join(target.editable)}, "
                f"protected are {', '.join(target.protected) or 'no further paths'}"
            )


def effective(tree: Path, edits: Sequence[FileEdit]) -> tuple[FileEdit, ...]:
    """The edits that change a file below `tree`. Raises EditError on escapes, or when none does."""
    changes = tuple(edit for edit in edits if _changes(tree, edit))
    if not changes:
        raise EditError("the edits change nothing")
    return changes


def stands_already(tree: Path, edits: Sequence[FileEdit]) -> bool:
    """Whether the tree is already as the edits would have it; not where one may not be made."""
    try:
        return not any(_changes(tree, edit) for edit in edits)
    except EditError:
        return False


def _changes(tree: Path, edit: FileEdit) -> bool:
    path = tree / edit.path
    root = tree.resolve()
    if not path.resolve().is_relative_to(root) or ".git" in Path(edit.path).parts:
        raise EditError(f"{edit.path} leads outside the target")
    if path.is_symlink():
        raise EditError(f"{edit.path} is a symbolic link")
    if edit.content is None or not path.is_file():
        return edit.content is not None or path.is_file()
    return path.read_text(encoding="utf-8", errors="replace") != edit.content
