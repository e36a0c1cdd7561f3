"""Replays: commits applied one after another on a base, without a worktree."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from git import GitCommandError

from tasks.patch.workspace import Conflict, Workspace

_DATE = "2000-01-01T00:00:00+00:00"
"""Of every replay, so that the same changes on the same base are the same commit."""


@dataclass
class Replay:
    """Owns a memo of what was replayed: sets of commits share their beginnings.

    What a cherry-pick gives, from git's merge of trees: milliseconds, and safe across threads.
    """

    workspace: Workspace
    base: str
    _trees: dict[tuple[str, ...], str | Conflict] = field(default_factory=dict, repr=False)
    _commits: dict[str, str] = field(default_factory=dict, repr=False)
    _parents: dict[str, str] = field(default_factory=dict, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def of(self, commits: Sequence[str]) -> str | Conflict:
        """A commit with the tree of the base and these; else which one did not apply, and why."""
        if not commits:
            return self.base
        tree = self.tree(commits)
        if isinstance(tree, Conflict):
            return tree
        with self._lock:
            if tree not in self._commits:
                self._commits[tree] = self._commit(tree, self.base)
            return self._commits[tree]

    def tree(self, commits: Sequence[str]) -> str | Conflict:
        """The tree that such a commit has."""
        wanted = tuple(commits)
        if not wanted:
            return self.workspace.tree_of(self.base)
        with self._lock:
            if wanted not in self._trees:
                onto = self.tree(wanted[:-1])
                self._trees[wanted] = (
                    onto if isinstance(onto, Conflict) else self._apply(onto, wanted[-1])
                )
            return self._trees[wanted]

    def _apply(self, onto: str, commit: str) -> str | Conflict:
        git = self.workspace.repo.git
        if commit not in self._parents:
            self._parents[commit] = str(git.rev_parse(f"{commit}^"))
        # Git merges from the nearest common ancestor: as a child of the commit's own parent, the
        # tree to build on meets it there, so that just what the commit changed is applied.
        beside = self._commit(onto, self._parents[commit])
        try:
            return str(git.merge_tree("--write-tree", "--messages", beside, commit)).split("\n")[0]
        except GitCommandError as error:
            if error.status != 1:
                raise
            return Conflict(commit, _told(str(error.stdout)))

    def _commit(self, tree: str, parent: str) -> str:
        dates = {"GIT_AUTHOR_DATE": _DATE, "GIT_COMMITTER_DATE": _DATE}
        with self.workspace.repo.git.custom_environment(**dates):
            return str(self.workspace.repo.git.commit_tree(tree, "-p", parent, "-m", "Replay"))


def _told(output: str) -> str:
    """Git's own lines about the conflict."""
    found = [line for line in output.splitlines() if line.startswith("CONFLICT")]
    return "; ".join(line.strip("' ") for line in found) or output.strip("' \n")
