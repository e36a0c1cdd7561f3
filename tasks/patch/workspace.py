"""The workspace of one run: a pinned clone, a git worktree and a commit for every candidate."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from git import GitCommandError, Repo

from tasks.errors import ContractError
from tasks.patch.edits import effective
from tasks.patch.importing import import_commit
from tasks.records.change import FileEdit
from tasks.target import Target, matches

IDENTITY = ("Whetstone", "whetstone@localhost")
_SNAPSHOT_LEFT_OUT = (".git", "__pycache__", ".pytest_cache", ".venv", ".whetstone")


@dataclass(frozen=True)
class Conflict:
    """Commits that do not apply together: the one that failed, and git's own words."""

    commit: str
    detail: str


@dataclass
class Workspace:
    """Owns `repository/` and `trees/` under its folder. The user's repository is only read."""

    folder: Path
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _trees: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def create(cls, target: Target, folder: Path) -> Workspace:
        """Clones the target (or copies a snapshot) unless that was done before."""
        workspace = cls(folder)
        if not (folder / "pinned").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            _obtain(target, folder / "repository")
            base = Repo(folder / "repository").head.commit.hexsha
            (folder / "pinned").write_text(base, encoding="utf-8")
        return workspace

    @cached_property
    def repo(self) -> Repo:
        """The pinned clone; hooks are off, whatever the target ships."""
        repo = Repo(self.folder / "repository")
        with repo.config_writer() as config:
            config.set_value("core", "hooksPath", "/dev/null")
            config.set_value("user", "name", IDENTITY[0])
            config.set_value("user", "email", IDENTITY[1])
            config.set_value("commit", "gpgSign", "false")
        return repo

    @cached_property
    def base(self) -> str:
        """The commit that everything is measured against."""
        return (self.folder / "pinned").read_text(encoding="utf-8").strip()

    def tree_of(self, commit: str) -> str:
        """The tree id: two commits with one tree hold the same files."""
        # Through a process of its own: GitPython's object reader is not safe across threads.
        if commit not in self._trees:
            self._trees[commit] = str(self.repo.git.rev_parse(f"{commit}^{{tree}}"))
        return self._trees[commit]

    def checkout(self, commit: str) -> Path:
        """A detached worktree at this commit, made once and shared by all who read it."""
        path = self.folder / "trees" / commit[:16]
        with self._lock:
            if not (path / ".git").exists():
                shutil.rmtree(path, ignore_errors=True)
                self.repo.git.worktree("add", "--detach", "--force", str(path), commit)
        return path

    def forget(self, commit: str) -> None:
        """Drops the worktree of a commit, which is made again when it is asked for."""
        with self._lock:
            shutil.rmtree(self.folder / "trees" / commit[:16], ignore_errors=True)

    def commit(
        self,
        parent: str,
        edits: Sequence[FileEdit],
        message: str,
        trailers: Mapping[str, str],
        name: str,
    ) -> str:
        """Commits edits on `parent`; returns the new commit.

        Raises `EditError` for an edit that leaves the tree or changes nothing.
        """
        tree = self.checkout(parent)
        lines = [f"{key}: {' '.join(value.split())}" for key, value in trailers.items()]
        told = "\n\n".join(filter(None, [message.strip(), "\n".join(lines)])) + "\n"
        return import_commit(
            self.folder / "repository", tree, parent, effective(tree, edits), told, IDENTITY, name
        )

    def merge(self, onto: str, commits: Sequence[str], name: str) -> str | Conflict:
        """Replays commits on top of another; a conflict is an answer, not an error."""
        with self._lock:
            tree = self._scratch(onto, name)
            here = Repo(tree)
            try:
                for commit in commits:
                    try:
                        here.git.cherry_pick("--allow-empty", commit)
                    except GitCommandError as error:
                        return Conflict(commit, str(error.stderr or error.stdout).strip())
                return str(here.head.commit.hexsha)
            finally:
                here.close()
                self._discard(tree)

    def diff(self, old: str, new: str) -> str:
        """A unified diff between two commits."""
        return str(self.repo.git.diff("--no-color", "--no-ext-diff", old, new))

    def changed_files(self, old: str, new: str) -> tuple[str, ...]:
        """Paths that differ between two commits."""
        names = self.repo.git.diff("--name-only", "-z", "--no-ext-diff", old, new)
        return tuple(sorted(n for n in names.split("\0") if n))

    def branch(self, name: str, commit: str) -> None:
        """Points a branch of the pinned clone at a commit."""
        with self._lock:
            self.repo.git.branch("--force", name, commit)

    def files(self, commit: str) -> tuple[str, ...]:
        """All tracked paths of a commit."""
        names = self.repo.git.ls_tree("-r", "-z", "--name-only", commit)
        return tuple(n for n in names.split("\0") if n)

    def digests(self, commit: str, globs: tuple[str, ...]) -> dict[str, str]:
        """SHA-256 of every tracked file that matches, read from git rather than from disk."""
        with self._lock:
            tree = self.repo.commit(commit).tree
            return {
                path: sha256(tree.join(path).data_stream.read()).hexdigest()
                for path in self.files(commit)
                if matches(path, globs)
            }

    def _scratch(self, commit: str, name: str) -> Path:
        tree = self.folder / "trees" / f"edit-{name}"
        self._discard(tree)
        self.repo.git.worktree("add", "--detach", "--force", str(tree), commit)
        return tree

    def _discard(self, tree: Path) -> None:
        shutil.rmtree(tree, ignore_errors=True)
        self.repo.git.worktree("prune")


def uncommitted(path: Path) -> int:
    """How many files of a user's repository differ from its last commit; reads only."""
    with Repo(path, search_parent_directories=True) as repo:
        status = repo.git.execute(
            ["git", "--no-optional-locks", "status", "--porcelain", "--untracked-files=normal"]
        )
    return len(str(status).splitlines())


def _obtain(target: Target, destination: Path) -> None:
    repository = target.repository
    if repository.snapshot:
        _snapshot(target.folder / str(repository.path), destination)
        return
    source = repository.url or str((target.folder / str(repository.path)).resolve())
    if repository.path is not None and not (Path(source) / ".git").exists():
        raise ContractError(
            f"repository.path: {source} is not the top of a git repository",
            "`git init` and commit there, or set repository.snapshot: true to work on a copy",
        )
    try:
        clone = Repo.clone_from(
            source, destination, no_hardlinks=True, multi_options=["--no-recurse-submodules"]
        )
        clone.git.checkout("--detach", repository.revision)
    except GitCommandError as error:
        raise ContractError(
            f"repository: cannot clone {source} at {repository.revision}: {error.stderr.strip()}",
            "check repository.path or .url, and repository.revision, in the contract",
        ) from error


def _snapshot(source: Path, destination: Path) -> None:
    if not source.is_dir():
        raise ContractError(
            f"repository.path: there is no folder {source}", "mend the path in the contract"
        )
    shutil.copytree(source, destination, ignore=shutil.ignore_patterns(*_SNAPSHOT_LEFT_OUT))
    repo = Repo.init(destination, initial_branch="main")
    repo.git.add("--all")
    repo.git.execute(
        [
            "git", "-c", f"user.name={IDENTITY[0]}", "-c", f"user.email={IDENTITY[1]}",
            "commit", "--quiet", "--no-verify", "-m", f"Snapshot of {source.name}",
        ]
    )  # fmt: skip
