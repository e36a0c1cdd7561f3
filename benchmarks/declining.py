"""Healthy packages: does a run end without a claim where there is nothing to gain?

    python -m benchmarks.declining [--packages N] [--experiments 12] [--homes FOLDER]

Real packages (benchmarks/injection/substrates.yaml) as they were released, each under two metrics.
`tests`: its own suite, which passes. `luck`: a figure that no edit can raise. A protected script
works the package by running its tests, and then prints a number drawn anew from the system's
entropy at each call, so that some candidate always looks better than the base. Accepted changes are
false claims; there should be none.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks.injection.repository import commit_tree, editable
from benchmarks.injection.substrates import Substrate, catalogue, default_cache, lay_out
from benchmarks.repair import run_case

PACKAGES = ("cachetools", "humanize", "inflection", "isodate", "schema", "semver", "xmltodict")
METRICS = ("tests", "luck")
SCRIPT = '''"""Works the package, then prints a figure that has nothing to do with it."""

import contextlib
import io
import random

import pytest

with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    pytest.main(["-q", "-x", "-p", "no:cacheprovider", *{files!r}])
print(0.5 + random.SystemRandom().gauss(0, 0.05))
'''
SECONDS = 120


def write_target(substrate: Substrate, metric: str, folder: Path) -> Path:
    """A repository with the released package and its contract beside it. Raises DataError."""
    tree = folder / "repository"
    tree.mkdir(parents=True)
    lay_out(substrate, default_cache(), tree)
    files = sorted(str(p.relative_to(tree)) for glob in substrate.tests for p in tree.glob(glob))
    (tree / "luck.py").write_text(SCRIPT.format(files=files), encoding="utf-8")
    commit_tree(tree)
    contract = folder / "target.yaml"
    document = _contract(substrate, metric, files, tree)
    contract.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return contract


def _contract(
    substrate: Substrate, metric: str, files: list[str], tree: Path
) -> Mapping[str, object]:
    modules = sorted(
        str(p.relative_to(tree)) for glob in substrate.modules for p in tree.glob(glob)
    )
    suite = ["{python}", "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
    kinds: dict[str, Mapping[str, object]] = {
        "tests": {"metric": {"kind": "pytest", "command": suite}},
        "luck": {
            "metric": {"kind": "command", "command": ["{python}", "luck.py"], "name": "luck"},
            "tests": {"command": suite},
        },
    }
    return {
        "name": f"{substrate.name}-{metric}",
        "repository": {"path": "repository"},
        "editable": sorted({editable(module) for module in modules}),
        "protected": ["pytest.ini", "luck.py", *files],
        "limits": {"seconds": SECONDS},
        "budget": {"experiments": 300, "minutes": 30, "sealed_openings": 8, "repeats": 6},
        **kinds[metric],
    }


def _line(name: str, metric: str, row: Mapping[str, Any]) -> str:
    figures = f"{row.get('candidates', '-'):>5} {row['accepted']:>8} {row['seconds']:>6.1f}"
    return f"{name:14} {metric:6} {figures}  {row['error'] or row['ending']}"


def main() -> None:
    """Prints one line a run, and the count of false claims. Exits with 1 where there was one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=int, default=len(PACKAGES))
    parser.add_argument("--experiments", type=int, default=12)
    parser.add_argument("--homes", type=Path, help="where runs are kept [a temporary folder]")
    options = parser.parse_args()
    homes = options.homes or Path(tempfile.mkdtemp(prefix="whetstone-declining-"))
    homes.mkdir(parents=True, exist_ok=True)
    homes.chmod(0o755)
    known, claims, failed = catalogue(), 0, 0
    print(f"{'package':14} {'metric':6} {'tried':>5} {'accepted':>8} {'s':>6}  ending")
    for name in PACKAGES[: options.packages]:
        for metric in METRICS:
            folder = homes / f"{name}-{metric}"
            contract = write_target(known[name], metric, folder)
            row = run_case(contract, folder / "home", ["--experiments", str(options.experiments)])
            claims += row["accepted"]
            failed += bool(row["error"])
            print(_line(name, metric, row), flush=True)
    print(f"false claims: {claims}; runs that failed: {failed}")
    raise SystemExit(1 if claims or failed else 0)


if __name__ == "__main__":
    main()
