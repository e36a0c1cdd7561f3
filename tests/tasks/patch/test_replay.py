"""Replays give what a cherry-pick gives, without a worktree."""

from __future__ import annotations

from pathlib import Path

import pytest
from git import Repo

from tasks.patch import Conflict, Replay, Workspace
from tasks.records.change import FileEdit
from tasks.target import Target

LINES = [f"line {n}\n" for n in range(12)]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text("".join(LINES))
    target = Target.model_validate(
        {
            "name": "t", "repository": {"path": "source", "snapshot": True}, "editable": ["*"],
            "metric": {"kind": "command", "command": ["true"]}, "folder": tmp_path,
        }
    )  # fmt: skip
    return Workspace.create(target, tmp_path / "work")


def edited(workspace: Workspace, parent: str, name: str, **lines: str) -> str:
    text = Repo(workspace.folder / "repository").git.show(f"{parent}:a.txt").split("\n")
    for place, new in lines.items():
        text[int(place[1:])] = new
    edit = FileEdit(path="a.txt", content="\n".join(text) + "\n")
    return workspace.commit(parent, [edit], name, {}, name)


def test_sets_of_commits_have_the_tree_of_a_cherry_pick(workspace: Workspace):
    base = workspace.base
    first = edited(workspace, base, "one", l0="changed")
    second = edited(workspace, base, "two", l11="changed too")
    third = edited(workspace, first, "three", l6="on top")
    replay = Replay(workspace, base)
    assert replay.of([]) == base
    for commits in ([first], [first, second], [second, third], [first, second, third]):
        made, picked = replay.of(commits), workspace.merge(base, commits, "picked")
        assert isinstance(made, str)
        assert isinstance(picked, str)
        assert workspace.tree_of(made) == workspace.tree_of(picked)
    assert replay.of([first, second]) == Replay(workspace, base).of([first, second])


def test_a_conflict_names_the_commit_that_does_not_apply(workspace: Workspace):
    first = edited(workspace, workspace.base, "one", l5="a")
    second = edited(workspace, first, "two", l5="b")
    third = edited(workspace, second, "three", l0="c")
    replay = Replay(workspace, workspace.base)
    for commits in ([second], [second, third]):
        found = replay.of(commits)
        assert isinstance(found, Conflict)
        assert found.commit == second
        assert "a.txt" in found.detail
    assert isinstance(replay.of([first, second, third]), str)
