"""Mends every case of a folder, each in a process of its own, and counts what came of it.

    python -m benchmarks.repair CASES --experiments 300 --half development --lines out.jsonl

A case is a folder with a contract, `target.yaml`, whose metric is a test suite. With a `case.json`
beside it (see benchmarks/injection) its `half` is respected, and the champion is judged by tests
that the search did not see. `--mutation-baseline` searches by random mutation at the same budget:
the same edits, shuffled, without diagnosis. Without arguments, the toys beside this file are run.
Every result is written as soon as it is there: the same command goes on where an earlier one was
stopped, unless the catalogue of operators has changed since. Its digest is printed. `--sample N`
takes N cases, drawn by their names, so that a larger sample holds a smaller one. `--learn` runs one
case after another in one home with its memories on: later cases have what earlier ones taught.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.injection.case import read_case
from benchmarks.injection.judge import judge
from benchmarks.injection.tables import Result, results_table
from researchers.program_analysis.catalogue import digest

TOYS = Path(__file__).resolve().parent / "toys"
CONTRACT = "target.yaml"


@dataclass(frozen=True)
class Case:
    """A repository to be mended. `half` is empty where the folder does not say."""

    folder: Path
    half: str

    @property
    def contract(self) -> Path:
        """The target contract."""
        return self.folder / CONTRACT


def cases(folder: Path, half: str = "", sample: int | None = None) -> tuple[Case, ...]:
    """The cases of a folder, of one half or of all. Exits where there are none."""
    found = [_case(path.parent) for path in sorted(folder.glob(f"*/{CONTRACT}"))]
    chosen = [case for case in found if not half or case.half in ("", half)]
    if not chosen:
        raise SystemExit(f"no case of half {half or 'any'!r} under {folder}: give another folder")
    drawn = sorted(chosen, key=lambda case: sha256(case.folder.name.encode()).digest())[:sample]
    return tuple(sorted(drawn, key=lambda case: case.folder.name))


def _case(folder: Path) -> Case:
    described = folder / "case.json"
    half = json.loads(described.read_text("utf-8"))["half"] if described.is_file() else ""
    return Case(folder, half)


def settings(options: argparse.Namespace) -> dict[str, Any]:
    """What a result depends on beside its case."""
    names = ("experiments", "seed", "seconds", "mutation_baseline", "learn")
    return {"catalogue": digest(), **{name: getattr(options, name) for name in names}}


def known(lines: Path | None, wanted: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Results of an earlier call with the same settings, by case."""
    if lines is None or not lines.exists():
        return {}
    rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    return {row["case"]: row for row in rows if row["settings"] == wanted}


def mend_and_keep(case: Case, options: argparse.Namespace) -> dict[str, Any]:
    """Runs one case, and adds its result to the file of lines."""
    row = mend(case, options) | {"settings": settings(options)}
    if options.lines:
        with options.lines.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row) + "\n")
    print(_line(row), file=sys.stderr, flush=True)
    return row


def mend(case: Case, options: argparse.Namespace) -> dict[str, Any]:
    """Runs one case until it ends or its time is over; what it left is told either way."""
    home = Path(options.homes) / ("shared" if options.learn else case.folder.name)
    flags = [
        "--experiments", str(options.experiments), "--seed", str(options.seed),
        *(["--blind"] if options.mutation_baseline else []),
        *(["--keep"] if options.learn else []),
    ]  # fmt: skip
    result = run_case(case.contract, home, flags, options.seconds)
    return {"case": case.folder.name, **result, **_judged(case, result)}


def run_case(
    contract: Path, home: Path, flags: Sequence[str], seconds: float | None = None
) -> dict[str, Any]:
    """What benchmarks/repair_case.py tells of a contract; where it failed, `error` says why."""
    command = [sys.executable, "-m", "benchmarks.repair_case", str(contract), *flags]
    start = time.monotonic()
    process = subprocess.Popen(
        command, env={**os.environ, "WHETSTONE_HOME": str(home)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        printed, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return _ended(f"stopped after {seconds:.0f} s", time.monotonic() - start)
    if process.returncode:
        return _ended(" ".join(errors.strip().splitlines()[-3:]), time.monotonic() - start)
    result: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return {"error": "", **result}


def _ended(error: str, seconds: float) -> dict[str, Any]:
    return {"error": error, "accepted": 0, "seconds": round(seconds, 2)}


def _judged(case: Case, result: Mapping[str, Any]) -> dict[str, Any]:
    """What tests that the search did not see say of the champion, where the case has them."""
    if result["error"] or not (case.folder / "case.json").is_file():
        return {}
    judgement = judge(read_case(case.folder), Path(result["tree"]))
    return {"verdict": judgement.verdict}


def tables(folder: Path, results: Sequence[Mapping[str, Any]]) -> str:
    """By half, kind and substrate, where the cases say what they are."""
    rows = []
    for row in results:
        if not (folder / row["case"] / "case.json").is_file():
            return ""
        case = read_case(folder / row["case"])
        rows.append(
            Result(
                case=case.id,
                kind=case.kind,
                substrate=case.substrate,
                half=case.half,
                verdict=row.get("verdict", "failed"),
                seconds=row["seconds"],
                evaluations=row.get("position") or row.get("candidates") or 0,
            )
        )
    return results_table(rows)


def summary(results: Sequence[Mapping[str, Any]]) -> str:
    """One line for every case, and one for all."""
    lines = [f"{'case':28} {'accepted':>8} {'tried':>6} {'found at':>8} {'s':>7}  ending"]
    lines += [_line(row) for row in results]
    mended = [row for row in results if row["accepted"]]
    places = [row["position"] for row in mended if row.get("position")]
    median = f", median {statistics.median(places):g} candidates" if places else ""
    lines.append(f"{len(mended)} of {len(results)} with an accepted change{median}")
    return "\n".join(lines)


def _line(row: Mapping[str, Any]) -> str:
    return (
        f"{row['case'][:28]:28} {row['accepted']:>8} {row.get('candidates', '-'):>6} "
        f"{row.get('position') or '-':>8} {row['seconds']:>7.1f}  "
        f"{row.get('verdict', '')} {row['error'] or row.get('ending', '')}"
    )


def main() -> None:
    """Runs the cases side by side and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="?", type=Path, default=TOYS)
    parser.add_argument("--experiments", type=int, default=300)
    parser.add_argument("--half", choices=("development", "reported"), default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1800.0, help="wall-clock limit of a case")
    parser.add_argument("--mutation-baseline", action="store_true")
    parser.add_argument("--learn", action="store_true", help="see above")
    parser.add_argument("--homes", help="where runs are kept [a temporary folder]")
    parser.add_argument("--sample", type=int, help="so many cases [all]")
    parser.add_argument("--lines", type=Path, help="keep results here, one JSON object a line")
    options = parser.parse_args()
    options.homes = options.homes or tempfile.mkdtemp(prefix="whetstone-repair-")
    done = known(options.lines, settings(options))
    chosen = cases(options.cases, options.half, options.sample)
    left = [case for case in chosen if case.folder.name not in done]
    with ThreadPoolExecutor(max_workers=1 if options.learn else options.jobs) as pool:
        fresh = {r["case"]: r for r in pool.map(lambda c: mend_and_keep(c, options), left)}
    results = [(done | fresh)[case.folder.name] for case in chosen]
    print(f"catalogue {digest()}")
    print(summary(results))
    print(tables(options.cases, results))


if __name__ == "__main__":
    main()
