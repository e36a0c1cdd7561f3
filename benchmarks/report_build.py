"""Times the report of a run with many candidates, and weighs the page.

    python -m benchmarks.report_build [--candidates 500] [--repeats 5] [--json FILE]

The document is the tests' sample with as many rejected candidates, each with a diff, a rationale
and evidence of usual length. `first` holds the import of matplotlib too, `seconds` is the median of
the repeats after it. Aims for 500 candidates: under 5 s and under 3 MB.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import tempfile
import time
from pathlib import Path

from tasks.records.document import RunDocument
from tasks.report import write_report

_SAMPLE = Path(__file__).parents[1] / "tests" / "tasks" / "report" / "sample_document.py"


def main() -> None:
    """Prints one line, or writes it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--candidates", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    result = measure(arguments.candidates, arguments.repeats)
    print(
        f"{result['candidates']:.0f} candidates: first {result['first']:.2f} s, "
        f"then {result['seconds']:.2f} s; page {result['megabytes']:.2f} MB"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def measure(candidates: int, repeats: int) -> dict[str, float]:
    """Seconds of the first build and of later ones, size of the page in MB (10^6 bytes)."""
    document = _document(candidates)
    with tempfile.TemporaryDirectory() as folder:
        times = [_timed(document, Path(folder)) for _ in range(repeats + 1)]
        size = (Path(folder) / "report.html").stat().st_size
    return {
        "candidates": candidates,
        "first": times[0],
        "seconds": statistics.median(times[1:]),
        "megabytes": size / 1e6,
    }


def _timed(document: RunDocument, folder: Path) -> float:
    start = time.perf_counter()
    write_report(document, folder)
    return time.perf_counter() - start


def _document(candidates: int) -> RunDocument:
    spec = importlib.util.spec_from_file_location("sample_document", _SAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: RunDocument = module.sample_document(rejected=candidates - 8)
    return made


if __name__ == "__main__":
    main()
