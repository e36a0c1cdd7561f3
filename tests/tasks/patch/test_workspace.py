"""The workspace: the user's repository is only read; edits stay inside; merges may conflict."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tasks.errors import ContractError
from tasks.patch import Conflict, EditError, Workspace, apply_proposal, check_scope, uncommitted
from tasks.patch.workspace import IDENTITY
from tasks.records import Candidate, FileEdit, Proposal, SmokeResult
from tasks.target import Target, parse_target

ENVIRONMENT = {
    **os.environ,
    "GIT_AUTHOR_NAME": "u", "GIT_AUTHOR_EMAIL": "u@x", "GIT_COMMITTER_NAME": "u",
    "GIT_COMMITTER_EMAIL": "u@x",
}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def user(tmp_path: Path) -> Path:
    folder = tmp_path / "user"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "a.py").write_text("one = 1\ntwo = 2\nthree = 3\n")
    (folder / "src" / "b.py").write_text("b = 1\n")
    (folder / "tests.py").write_text("assert True\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "start")
    return folder


def target_for(user: Path, extra: str = "") -> Target:
    text = f"""
name: demo
repository: {{path: {user.name}{extra}}}
editable: [src/**/*.py]
protected: [tests.py]
metric: {{kind: command, command: [run]}}
"""
    return parse_target(text, user.parent / "demo.yaml")


def proposal(base: str, *edits: tuple[str, str | None], name: str = "p1") -> Proposal:
    return Proposal(
        id=name, title=f"Change {name}", rationale="because", change_type="bug_fix", base=base,
        edits=tuple(FileEdit(path=p, content=c) for p, c in edits), source="operator:x",
        researcher="test",
    )  # fmt: skip


def test_the_users_repository_is_never_written(user: Path, tmp_path: Path):
    before = {p: p.read_bytes() for p in user.rglob("*") if p.is_file()}
    target = target_for(user)
    workspace = Workspace.create(target, tmp_path / "work")
    applied = apply_proposal(
        proposal(workspace.base, ("src/a.py", "one = 9\n"), ("src/b.py", None)),
        target, workspace, "run",
    )  # fmt: skip
    assert isinstance(applied, Candidate)
    workspace.branch("whetstone/run", applied.commit)
    uncommitted(user)
    assert {p: p.read_bytes() for p in user.rglob("*") if p.is_file()} == before


def test_candidate_is_one_commit_with_trailers(user: Path, tmp_path: Path):
    target = target_for(user)
    workspace = Workspace.create(target, tmp_path / "work")
    applied = apply_proposal(
        proposal(workspace.base, ("src/a.py", "one = 9\n"), ("src/new.py", "x = 1\n")),
        target, workspace, "run-7", "data_repair",
    )  # fmt: skip
    assert isinstance(applied, Candidate)
    assert applied.files == ("src/a.py", "src/new.py")
    commit = workspace.repo.commit(applied.commit)
    assert commit.parents[0].hexsha == workspace.base
    assert commit.author.name == IDENTITY[0]
    assert "Whetstone-Run: run-7" in commit.message
    assert "Whetstone-Type: data_repair" in commit.message
    assert "Whetstone-Declared-Type: bug_fix" in commit.message
    assert (workspace.checkout(applied.commit) / "src/new.py").read_text() == "x = 1\n"


@pytest.mark.parametrize("path", ["tests.py", "../outside.py", "/etc/x.py", "setup.py"])
def test_edits_outside_the_scope_are_refused(user: Path, tmp_path: Path, path: str):
    target = target_for(user)
    workspace = Workspace.create(target, tmp_path / "work")
    change = proposal(workspace.base, (path, "x = 1\n"))
    with pytest.raises(EditError):
        check_scope(change, target)
    refused = apply_proposal(change, target, workspace, "run")
    assert isinstance(refused, SmokeResult)
    assert refused.step == "apply"


def test_a_link_in_the_target_cannot_lead_an_edit_outside(user: Path, tmp_path: Path):
    secret = tmp_path / "secret.py"
    secret.write_text("keep\n")
    (user / "src" / "link.py").symlink_to(secret)
    git(user, "add", "-A")
    git(user, "commit", "-q", "-m", "link")
    target = target_for(user)
    workspace = Workspace.create(target, tmp_path / "work")
    refused = apply_proposal(
        proposal(workspace.base, ("src/link.py", "gone\n")), target, workspace, "run"
    )
    assert isinstance(refused, SmokeResult)
    assert secret.read_text() == "keep\n"


def test_edit_without_effect_is_refused(user: Path, tmp_path: Path):
    target = target_for(user)
    workspace = Workspace.create(target, tmp_path / "work")
    same = (user / "src" / "b.py").read_text()
    refused = apply_proposal(proposal(workspace.base, ("src/b.py", same)), target, workspace, "run")
    assert isinstance(refused, SmokeResult)
    assert "change nothing" in refused.output


def test_hooks_of_the_target_do_not_run(user: Path, tmp_path: Path):
    marker = tmp_path / "hook-ran"
    target = target_for(user)
    workspace = Workspace.create(target, tmp_path / "work")
    hook = workspace.folder / "repository" / ".git" / "hooks" / "post-commit"
    hook.write_text(f"#!/bin/sh\ntouch {marker}\n")
    hook.chmod(0o755)
    apply_proposal(proposal(workspace.base, ("src/b.py", "b = 2\n")), target, workspace, "run")
    assert not marker.exists()


def test_merge_and_conflict(user: Path, tmp_path: Path):
    target = target_for(user)
    workspace = Workspace.create(target, tmp_path / "work")

    def change(name: str, path: str, content: str) -> str:
        applied = apply_proposal(
            proposal(workspace.base, (path, content), name=name), target, workspace, "run"
        )
        assert isinstance(applied, Candidate)
        return applied.commit

    first = change("p1", "src/a.py", "one = 5\ntwo = 2\nthree = 3\n")
    other = change("p2", "src/b.py", "b = 5\n")
    clash = change("p3", "src/a.py", "one = 6\ntwo = 2\nthree = 3\n")
    merged = workspace.merge(first, [other], "m")
    assert isinstance(merged, str)
    assert workspace.changed_files(workspace.base, merged) == ("src/a.py", "src/b.py")
    assert isinstance(workspace.merge(first, [clash], "m"), Conflict)


def test_digests_are_those_of_the_commit_not_of_the_disk(user: Path, tmp_path: Path):
    workspace = Workspace.create(target_for(user), tmp_path / "work")
    before = workspace.digests(workspace.base, ("tests.py",))
    (workspace.checkout(workspace.base) / "tests.py").write_text("tampered")
    assert workspace.digests(workspace.base, ("tests.py",)) == before


def test_snapshot_of_a_folder_that_is_no_repository(user: Path, tmp_path: Path):
    plain = tmp_path / "plain"
    (plain / "src").mkdir(parents=True)
    (plain / "src" / "a.py").write_text("a = 1\n")
    with pytest.raises(ContractError, match="snapshot"):
        Workspace.create(target_for(plain), tmp_path / "w1")
    workspace = Workspace.create(target_for(plain, ", snapshot: true"), tmp_path / "w2")
    assert workspace.files(workspace.base) == ("src/a.py",)
    assert not (plain / ".git").exists()


def test_unknown_revision_names_the_keys(user: Path, tmp_path: Path):
    with pytest.raises(ContractError, match="cannot clone"):
        Workspace.create(target_for(user, ", revision: nowhere"), tmp_path / "work")


def test_dirty_repository_is_counted_not_touched(user: Path):
    (user / "src" / "a.py").write_text("changed\n")
    (user / "new.txt").write_text("new\n")
    assert uncommitted(user) == 2
