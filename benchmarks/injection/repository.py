"""Writes a case's folder: the repository with the defect, its contract, and the record."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

import yaml
from git import Repo

from benchmarks.injection.baseline import Baseline, read_text
from benchmarks.injection.case import Case
from benchmarks.injection.splitting import hidden_names, hide
from benchmarks.injection.suite import COMMAND, VARIABLES
from tasks.target import Splits, matches
from tasks.validate.splits import FEWEST, deal

_IDENTITY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (
        ("NAME", "Case"),
        ("EMAIL", "case@localhost"),
        ("DATE", "2024-01-01T00:00:00+0000"),
    )
}
SECONDS = 120
"""Limit of one run of a case's tests, far above what a healthy suite takes."""
_SEEDS = 100


def write_tree(baseline: Baseline, tree: Path, hidden: Collection[str]) -> None:
    """The healthy tree without some tests, and without those that never counted."""
    shutil.copytree(baseline.tree, tree)
    unseen = baseline.substrate.unseen
    cut = hidden_names(baseline.functions, [*hidden, *baseline.uncounted])
    for file in baseline.functions.files:
        if matches(file, unseen):
            (tree / file).unlink()
        elif file in cut:
            text = hide(read_text(tree / file), cut[file])
            (tree / file).write_bytes(text.encode("utf-8"))


def commit_tree(tree: Path) -> None:
    """Makes a tree a git repository of one commit, which is the same on every machine."""
    with Repo.init(tree, initial_branch="main") as repo:
        repo.git.add("--all", "--force")
        repo.git.commit("--quiet", "--no-gpg-sign", "-m", "Initial commit", env=_IDENTITY)


def write_case(case: Case, baseline: Baseline, tree: Path, folder: Path) -> Case:
    """Moves a finished tree into the case's folder and writes contract and record beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.move(tree, folder / "repository")
    commit_tree(folder / "repository")
    text = yaml.safe_dump(contract(case, baseline), sort_keys=False)
    (folder / "target.yaml").write_text(text, encoding="utf-8")
    (folder / "case.json").write_text(case.model_dump_json(indent=1), encoding="utf-8")
    return case.model_copy(update={"folder": folder.resolve()})


def contract(case: Case, baseline: Baseline) -> Mapping[str, object]:
    """The contract of kind `pytest`; nothing in it tells the defect."""
    files = [f for f in case.test_files if not matches(f, baseline.substrate.unseen)]
    folders = {str(PurePosixPath(file).parent) for file in baseline.functions.files}
    return {
        "name": case.id,
        "description": f"{case.substrate}: {case.substrate_kind}. Some of its tests fail.",
        "repository": {"path": "repository"},
        "editable": [editable(case.faults[0].file)],
        "protected": ["pytest.ini", *sorted(f"{folder}/**" for folder in folders)],
        "environment": {"variables": dict(VARIABLES)},
        "metric": {"kind": "pytest", "command": [*COMMAND, *files]},
        "splits": {"sealed_share": 0.3, "seed": _seed(case)},
        "limits": {"seconds": SECONDS},
        "budget": {"experiments": 300, "minutes": 30, "sealed_openings": 8, "repeats": 2},
    }


def editable(file: str) -> str:
    """The glob of what may be changed: the files of the injected module's package."""
    folder = PurePosixPath(file).parent
    return file if folder == PurePosixPath(".") else f"{folder}/*.py"


def _seed(case: Case) -> int:
    """The first seed that leaves a failing test function to the development split."""
    groups = sorted({test.partition("[")[0] for test in case.visible})
    failing = {test.partition("[")[0] for test in case.failing_visible}
    if len(groups) < 2 * FEWEST:
        return 0
    for seed in range(_SEEDS):
        dev, _ = deal(groups, Splits(sealed_share=0.3, seed=seed))
        if failing & set(dev):
            return seed
    return 0
