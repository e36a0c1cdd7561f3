"""Times the report of a run with many candidates: building it, its size, and opening it.

    python -m benchmarks.report_build [--candidates 500] [--repeats 5] [--json FILE]

The document is the tests' full sample with as many rejected candidates, each with a diff, a
rationale and evidence of usual length. `first` holds the import of matplotlib too, `seconds` is the
median of the repeats after it, and `cpu_seconds` that of their processor time, which is what they
would take on an idle machine. `opened` is the median, over as many openings by headless Chromium,
of the time from the beginning of navigation until the page is loaded and laid out; None where there
is no Chromium on PATH. Aims for 500 candidates: under 5 s, under 3 MB, opened in under 1 s.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from tasks.records.document import RunDocument
from tasks.report import write_report
from tests.tasks.report.full_document import full_document

ACCEPTED = 8
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
TIMER = """<script>addEventListener("load", () => {
  const height = document.documentElement.getBoundingClientRect().height;
  document.title = `OPENED ${performance.now()} ${height}`;
});</script>"""
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update",
         "--window-size=1280,900")  # fmt: skip


def main() -> None:
    """Prints one line, or writes it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--candidates", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    result = measure(arguments.candidates, arguments.repeats)
    opened = result["opened"]
    print(
        f"{result['candidates']:.0f} candidates: first {result['first']:.2f} s, "
        f"then {result['seconds']:.2f} s ({result['cpu_seconds']:.2f} s of processor); "
        f"page {result['megabytes']:.2f} MB; "
        + ("no Chromium to open it with" if opened is None else f"opened in {opened:.2f} s")
    )
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def measure(candidates: int, repeats: int) -> dict[str, float | None]:
    """Seconds of the first build, of later ones and of opening; size in MB (10^6 bytes)."""
    document = full_document(rejected=candidates - ACCEPTED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times, cpu = zip(*(_timed(document, folder) for _ in range(repeats + 1)), strict=True)
        size = (folder / "report.html").stat().st_size
        opened = _opened(folder, repeats)
    return {
        "candidates": candidates,
        "first": times[0],
        "seconds": statistics.median(times[1:]),
        "cpu_seconds": statistics.median(cpu[1:]),
        "megabytes": size / 1e6,
        "opened": opened,
    }


def _timed(document: RunDocument, folder: Path) -> tuple[float, float]:
    start, cpu = time.perf_counter(), time.process_time()
    write_report(document, folder)
    return time.perf_counter() - start, time.process_time() - cpu


def _opened(folder: Path, repeats: int) -> float | None:
    """A copy without the policy that forbids scripts tells when it is loaded and laid out."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return None
    text = POLICY.sub("", (folder / "report.html").read_text(encoding="utf-8"))
    page = folder / "timed.html"
    page.write_text(text.replace("<head>", f"<head>{TIMER}", 1), encoding="utf-8")
    times = []
    for number in range(repeats):
        done = subprocess.run(
            [chromium, *FLAGS, f"--user-data-dir={folder / f'profile-{number}'}", "--dump-dom",
             page.as_uri()],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
        found = re.search(r"<title>OPENED ([\d.]+) ([\d.]+)</title>", done.stdout)
        assert found is not None, "the page did not say when it was loaded"
        assert float(found[2]) > 0
        times.append(float(found[1]) / 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
