"""Patch: the pinned clone, worktrees, commits with trailers, merges."""

from tasks.patch.candidates import apply_proposal, describe, merge_all
from tasks.patch.edits import EditError, check_scope, stands_already
from tasks.patch.replay import Replay
from tasks.patch.size import tokens_changed
from tasks.patch.touched import Touched, touched
from tasks.patch.workspace import Conflict, Workspace, uncommitted

__all__ = [
    "Conflict",
    "EditError",
    "Replay",
    "Touched",
    "Workspace",
    "apply_proposal",
    "check_scope",
    "describe",
    "merge_all",
    "stands_already",
    "tokens_changed",
    "touched",
    "uncommitted",
]
