"""A case made from a classic program: what is in its repository, and that it can be measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from git import Repo

from benchmarks.classic import Program, programs
from benchmarks.classic.contract import write_case
from tasks.patch import Workspace
from tasks.target import Budget, Splits, load_target
from tasks.test import PytestSuite, collect
from tasks.test.sandbox import choose

BUDGET = Budget(experiments=7, minutes=2, sealed_openings=3, repeats=2)


@pytest.fixture(scope="module")
def search() -> Program:
    return next(program for program in programs() if program.name == "binary_search")


def defective(program: Program) -> str:
    text = program.module.read_text(encoding="utf-8")
    assert "values[middle] <= target" in text
    return text.replace("values[middle] <= target", "values[middle] < target")


def test_the_contract_says_what_was_asked_for(search: Program, tmp_path: Path):
    splits = Splits(sealed_share=0.3, seed=5)
    contract = write_case(search, tmp_path, BUDGET, name="case-1", splits=splits)
    target = load_target(str(contract))
    assert target.name == "case-1"
    assert target.description == "Binary search in sorted sequences."
    assert (target.budget, target.splits) == (BUDGET, splits)
    assert target.metric.kind == "pytest"
    assert target.guarded
    assert target.may_edit("binary_search.py")
    for path in ("tests/test_binary_search.py", "pytest.ini", "tests/new.py", "conftest.py"):
        assert not target.may_edit(path)


def test_the_repository_holds_one_commit_without_unseen_tests(search: Program, tmp_path: Path):
    text = defective(search)
    write_case(search, tmp_path, BUDGET, source=text)
    with Repo(tmp_path / "repository") as repo:
        assert len(list(repo.iter_commits("--all"))) == 1
        assert not repo.is_dirty(untracked_files=True)
        files = repo.git.ls_tree("-r", "--name-only", "HEAD").splitlines()
        assert files == ["binary_search.py", "pytest.ini", "tests/test_binary_search.py"]
    assert (tmp_path / "repository" / "binary_search.py").read_text() == text
    tests = tmp_path / "repository" / "tests" / "test_binary_search.py"
    assert tests.read_bytes() == search.tests.read_bytes()


def test_the_same_case_has_the_same_commit(search: Program, tmp_path: Path):
    commits = set()
    for name, source in (("a", None), ("b", None), ("c", defective(search))):
        write_case(search, tmp_path / name, BUDGET, source=source)
        with Repo(tmp_path / name / "repository") as repo:
            commits.add(repo.head.commit.hexsha)
    assert len(commits) == 2


def test_a_case_is_not_written_over(search: Program, tmp_path: Path):
    write_case(search, tmp_path, BUDGET)
    with pytest.raises(FileExistsError):
        write_case(search, tmp_path, BUDGET)


@pytest.mark.parametrize("mended", [True, False])
def test_visible_tests_are_items_in_the_sandbox(search: Program, tmp_path: Path, mended: bool):
    source = None if mended else defective(search)
    target = load_target(str(write_case(search, tmp_path / "case", BUDGET, source=source)))
    workspace = Workspace.create(target, tmp_path / "work")
    for name in ("cache", "scratch"):
        (tmp_path / name).mkdir()
    tree = workspace.checkout(workspace.base)
    collected = collect(target, choose(), tree, tmp_path / "collect")
    suite, items = PytestSuite(target, choose(), collected.habits), collected.items
    assert len({item.group for item in items}) >= 6
    assert not any("unseen" in item.id for item in items)
    measured = suite.run(tree, items, 0, tmp_path / "cache", tmp_path / "scratch")
    failed = [score.item for score in measured.scores if score.score == 0]
    assert bool(failed) is not mended
    assert len(failed) < len(items)
