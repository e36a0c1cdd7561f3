"""Builds cases: injects random defects into working packages and keeps those that tests notice.

    python -m benchmarks.injection.build --seed 0 --cases 200 --out FOLDER
    python -m benchmarks.injection.build --substrate classic --faults 2 --out FOLDER

The same seed gives the same cases. `attempts.jsonl` in the folder says what became of every
defect that was tried; a build that was stopped goes on from it when it is started again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.injection.attempts import Attempts
from benchmarks.injection.baseline import Baseline, measure
from benchmarks.injection.builder import Builder
from benchmarks.injection.classic import classic_programs
from benchmarks.injection.substrates import Substrate, catalogue, default_cache
from benchmarks.injection.suite import Suite
from benchmarks.injection.tables import attempts_table
from tasks.errors import DataError, WhetstoneError
from tasks.test.sandbox import choose

CLASSIC = "classic"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    options = _options(arguments)
    try:
        built = _build(options)
    except WhetstoneError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0 if built else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.injection.build")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cases", type=int, default=200, help="how many to keep in all")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the cases")
    parser.add_argument("--substrate", action="append", help="only this one; may be repeated")
    parser.add_argument("--faults", type=int, default=1, choices=(1, 2), help="defects a case")
    parser.add_argument("--most", type=int, help="cases a substrate (25; 1 a classic program)")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="of fetched sources")
    parser.add_argument("--seconds", type=float, default=10.0, help="of the processor, for one run")
    parser.add_argument("--jobs", type=int, default=2, help="suites that run at once")
    return parser.parse_args(arguments)


def _build(options: argparse.Namespace) -> int:
    options.out.mkdir(parents=True, exist_ok=True)
    suite = Suite(choose(), options.seconds)
    chosen = _chosen(options.substrate)
    with ThreadPoolExecutor(options.jobs) as pool:
        measured = pool.map(lambda substrate: _measured(substrate, options, suite), chosen)
        baselines = [baseline for baseline in measured if baseline is not None]
    if not baselines:
        raise DataError("no substrate can be used", "see the messages above")
    most = options.most or (1 if options.substrate == [CLASSIC] else 25)
    attempts = Attempts.open(options.out / "attempts.jsonl")
    builder = Builder(tuple(baselines), attempts, suite, options.out, most, options.faults)
    kept = builder.build(options.cases, options.seed, options.jobs)
    print(attempts_table(attempts.used))
    print(f"{kept} of {options.cases} cases are under {options.out}")
    return kept


def _measured(substrate: Substrate, options: argparse.Namespace, suite: Suite) -> Baseline | None:
    try:
        baseline = measure(substrate, options.cache, options.out, suite)
    except DataError as error:
        print(f"{substrate.name} is left out: {error}", file=sys.stderr)
        return None
    counts = f"{len(baseline.counted)} tests, {len(baseline.reached)} modules"
    print(f"{substrate.name}: {counts}, {baseline.seconds:.1f} s", flush=True)
    return baseline


def _chosen(names: Sequence[str] | None) -> list[Substrate]:
    known = catalogue()
    chosen: list[Substrate] = []
    for name in names or sorted(known):
        if name == CLASSIC:
            chosen += classic_programs()
        elif name in known:
            chosen.append(known[name])
        else:
            raise DataError(
                f"there is no substrate {name}", f"name one of {', '.join([*known, CLASSIC])}"
            )
    return chosen


if __name__ == "__main__":
    sys.exit(main())
