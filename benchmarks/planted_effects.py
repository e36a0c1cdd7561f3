"""What each planted defect costs: every fix alone, all but one, and all together.

    python -m benchmarks.planted_effects [--data FILE | --generated SEED] [--json FILE]

Predictions are made by the target in a subprocess on a copy of its tree, two at a time, and scored
here with LoCoMo's official scoring. A single fix's gain is against the defective tree; a fix's
leave-one-out loss is what the fully mended tree loses without it. Scores are means over questions,
0 to 1. The intervals are percentiles of a paired bootstrap over conversations (95 %); LoCoMo has
ten of them, so read an interval as a hint of spread.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.planted_defects import Defect, copy_tree, load_defects
from memory_systems import lifelog, locomo
from memory_systems.benchmark import Benchmark


@dataclass(frozen=True)
class Effect:
    """Overall score of one tree, and its paired difference to the tree it is compared with."""

    tree: str
    score: float
    difference: float
    interval: tuple[float, float]


def write_input(benchmark: Benchmark, folder: Path) -> Path:
    """The input folder of the predict command: questions and contexts, no gold."""
    (folder / "contexts").mkdir(parents=True)
    for group, context in benchmark.contexts.items():
        (folder / "contexts" / f"{group}.json").write_text(json.dumps(context), encoding="utf-8")
    rows = ({"id": i.id, "group": i.group, "question": dict(i.question)} for i in benchmark.items)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    if benchmark.assets is not None:
        shutil.copytree(benchmark.assets, folder / "assets")
    return folder


def predict(tree: Path, source: Path, output: Path, cache: Path) -> dict[str, str]:
    """Runs the target; predictions by item id. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-B", "-m", "memory.predict"]
    subprocess.run(
        [*command, "--input", str(source), "--output", str(output)],
        cwd=tree,
        env={**os.environ, "WHETSTONE_CACHE": str(cache), "PYTHONHASHSEED": "0"},
        check=True,
    )
    rows = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["prediction"] for row in rows}


def score_items(benchmark: Benchmark, predictions: dict[str, str]) -> np.ndarray:
    """One score an item, in the benchmark's order; an item without a prediction scores 0."""
    return np.array(
        [locomo.score(predictions.get(item.id, ""), item.gold) for item in benchmark.items]
    )


def paired_interval(
    difference: np.ndarray, groups: Sequence[str], draws: int = 2_000
) -> tuple[float, float]:
    """The 95 % percentile interval of a mean difference, conversations drawn with replacement."""
    names = sorted(set(groups))
    member = np.array([names.index(group) for group in groups])
    sums = np.bincount(member, difference, len(names))
    sizes = np.bincount(member, minlength=len(names))
    drawn = np.random.default_rng(0).integers(len(names), size=(draws, len(names)))
    low, high = np.percentile(sums[drawn].sum(1) / sizes[drawn].sum(1), [2.5, 97.5])
    return float(low), float(high)


def measure(benchmark: Benchmark, defects: Sequence[Defect], work: Path) -> list[Effect]:
    """Effects of no fix, all fixes, each alone and all but each, in that order."""
    source = write_input(benchmark, work / "input")
    trees: dict[str, Collection[Defect]] = {"defective": (), "mended": defects}
    trees |= {f"+{defect.id}": (defect,) for defect in defects}
    trees |= {f"-{d.id}": [other for other in defects if other != d] for d in defects}

    def run(name: str) -> dict[str, str]:
        tree = copy_tree(work / "trees" / name, trees[name])
        return predict(tree, source, work / f"{name}.jsonl", work / "cache")

    predictions = {"mended": run("mended")}  # fills the cache of vectors before two share it
    with ThreadPoolExecutor(2) as pool:
        others = [name for name in trees if name not in predictions]
        predictions |= zip(others, pool.map(run, others), strict=True)
    scores = {name: score_items(benchmark, predictions[name]) for name in trees}
    groups = [item.group for item in benchmark.items]

    def effect(name: str) -> Effect:
        against = scores["mended" if name.startswith("-") else "defective"]
        difference = scores[name] - against
        interval = paired_interval(difference, groups)
        return Effect(name, float(scores[name].mean()), float(difference.mean()), interval)

    _report_trees(benchmark, {name: scores[name] for name in ("defective", "mended")})
    return [effect(name) for name in trees]


def _report_trees(benchmark: Benchmark, scores: dict[str, np.ndarray]) -> None:
    for name, values in scores.items():
        pairs = zip((int(i.gold["category"]) for i in benchmark.items), values, strict=True)
        summary = locomo.summarise(pairs)
        figures = "  ".join(f"{key} {value:.3f}" for key, value in summary.items())
        print(f"{name:10s} n={len(values)}  {figures}")


def table(defects: Sequence[Defect], effects: Sequence[Effect]) -> str:
    by_tree = {effect.tree: effect for effect in effects}
    lines = [f"{'defect':22s} {'type':17s} {'fixed alone':28s} left out of all fixes"]
    for defect in defects:
        cells = []
        for sign in "+-":
            effect = by_tree[sign + defect.id]
            low, high = effect.interval
            cells.append(f"{effect.difference:+.4f} [{low:+.4f}, {high:+.4f}]")
        lines.append(f"{defect.id:22s} {defect.fine_type:17s} {cells[0]:28s} {cells[1]}")
    return "\n".join(lines)


def _benchmark(arguments: argparse.Namespace, work: Path) -> Benchmark:
    if arguments.generated is None:
        return locomo.load(arguments.data)
    return lifelog.generate(seed=arguments.generated, assets=work / "assets")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="LoCoMo's file; else $WHETSTONE_LOCOMO")
    parser.add_argument("--generated", type=int, metavar="SEED", help="generated benchmark instead")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args(argv)
    defects, started = load_defects(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        work = Path(folder)
        effects = measure(_benchmark(arguments, work), defects, work)
    print(table(defects, effects))
    print(f"{len(effects)} trees in {time.monotonic() - started:.0f} s")
    if arguments.json:
        figures: dict[str, Any] = {"effects": [asdict(effect) for effect in effects]}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
