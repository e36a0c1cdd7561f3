"""Writing edits into a tree, and refusing those that would leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def write_edits(tree: Path, edits: Sequence[FileEdit]) -> None:
    """Writes whole files below `tree`. Raises EditError on escapes and on edits without effect."""
    changes = [_plan(tree, edit) for edit in edits]
    if not any(change is not None for change in changes):
        raise EditError("the edits change nothing")
    for change in changes:
        if change is not None:
            change()


def _plan(tree: Path, edit: FileEdit) -> Callable[[], object] | None:
    path = tree / edit.path
    root = tree.resolve()
    if not path.resolve().is_relative_to(root) or ".git" in Path(edit.path).parts:
        raise EditError(f"{edit.path} leads outside the target")
    if path.is_symlink():
        raise EditError(f"{edit.path} is a symbolic link")
    if edit.content is None:
        return path.unlink if path.is_file() else None
    content = edit.content
    if path.is_file() and path.read_text(encoding="utf-8", errors="replace") == content:
        return None

    def write() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    return write
