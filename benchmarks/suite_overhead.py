"""What a run on a test suite costs beside the suite: fixed, and for every candidate, by step.

    python -m benchmarks.suite_overhead [--prefect]

Runs two of the toys, which are one program with and without a fault: the healthy one has no
candidates, the other takes a few, and what they differ in is the cost of these. Processor seconds
are those of the run's process and of all that it started; on a busy machine they mean more than the
seconds that passed. `--prefect` adds a whole `whetstone improve`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks.repair import CONTRACT, TOYS

STEPS = ("apply_patch", "smoke_test", "run_trials", "audit_trials", "decide")


def measured(toy: str, *options: str) -> dict[str, Any]:
    """One run by benchmarks/repair_case.py in a fresh home."""
    with tempfile.TemporaryDirectory(prefix="whetstone-overhead-") as home:
        os.chmod(home, 0o755)
        contract = str(TOYS / toy / CONTRACT)
        command = [sys.executable, "-m", "benchmarks.repair_case", contract, *options]
        done = subprocess.run(
            command, env={**os.environ, "WHETSTONE_HOME": home}, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return result


def bare_suite(toy: str) -> float:
    """Processor seconds of the suite alone, without plugins that happen to be installed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=TOYS / toy / "repository", capture_output=True, check=False,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def through_prefect(toy: str) -> float:
    """Seconds that passed for `whetstone improve` on a toy, in a fresh home."""
    with tempfile.TemporaryDirectory(prefix="whetstone-overhead-") as home:
        os.chmod(home, 0o755)
        start = time.monotonic()
        subprocess.run(
            [
                sys.executable, "-c", "from flows.cli import main; main()", "improve",
                str(TOYS / toy / CONTRACT), "--quiet",
            ],
            env={**os.environ, "WHETSTONE_HOME": home}, check=True, capture_output=True,
        )  # fmt: skip
        return time.monotonic() - start


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prefect", action="store_true")
    options = parser.parse_args()
    fixed, tried = measured("healthy"), measured("stack")
    kept = measured("healthy", "--keep")
    print(f"{'whole run, no candidates':44} {'processor s':>11} {'s':>7}")
    for name, row in (("without MLflow and memories", fixed), ("with them", kept)):
        print(f"  {name:42} {row['processor_seconds']:>11.2f} {row['seconds']:>7.2f}")
    if options.prefect:
        print(f"  {'with Prefect as well':42} {'':>11} {through_prefect('healthy'):>7.2f}")
    count = max(tried["candidates"], 1)
    each = (tried["processor_seconds"] - fixed["processor_seconds"]) / count
    print(f"{count} candidates, each {each:>38.2f}")
    print(f"  {'of it the suite alone':42} {bare_suite('stack'):>11.2f}")
    for step in STEPS:
        print(f"  {step:42} {'':>11} {tried['stages'][step] / count:>7.2f}")


if __name__ == "__main__":
    main()
