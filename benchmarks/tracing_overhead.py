"""Measures what tracing costs a target, and how fast the code map reads one.

    python benchmarks/tracing_overhead.py [--repeats 5] [--map FOLDER]

Each program runs in fresh processes, plain and traced in turn; the figure is the ratio of the
medians of wall-clock, start-up included, with the range of the ratios over repeats. `search` and
`clean` are ordinary programs; `tiny` does nothing but call a function that does nothing, and bounds
the cost from above.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tasks.diagnose import map_code, tracer_environment
from tasks.diagnose.sources import list_files, read_text

PROGRAMS = {
    "search": """
import math, re
from collections import Counter

def tokens(text):
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if len(word) > 2]

class Index:
    def __init__(self, pages):
        self.counts = [Counter(tokens(page)) for page in pages]
        self.spread = Counter(word for counts in self.counts for word in counts)

    def weight(self, word):
        return math.log(1 + len(self.counts) / (1 + self.spread[word]))

    def score(self, counts, words):
        total = 0.0
        for word in words:
            if word not in counts:
                continue
            total += self.weight(word) * counts[word] / (counts[word] + 1.2)
        return total

    def search(self, query, limit):
        words = tokens(query)
        scored = [(self.score(counts, words), n) for n, counts in enumerate(self.counts)]
        return sorted(scored, reverse=True)[:limit]

pages = [" ".join(f"word{(n * k) % 997}" for k in range(60)) for n in range(2000)]
index = Index(pages)
for n in range(60):
    index.search(f"word{n} word{n * 7 % 997} word{n * 11 % 997} and some other words", 10)
""",
    "clean": """
import csv, io

def number(text):
    try:
        return float(text)
    except ValueError:
        return None

def clean(row):
    row = {key: value.strip() for key, value in row.items() if value}
    row["price"] = number(row.get("price", ""))
    return row

def kept(rows):
    for row in rows:
        row = clean(row)
        if row["price"] is None:
            continue
        yield row

lines = "\\n".join(f"item {n},{n if n % 5 else 'none'},  note {n} " for n in range(200_000))
print(sum(row["price"] for row in kept(csv.DictReader(io.StringIO("name,price,note\\n" + lines)))))
""",
    "tiny": """
def nothing(x):
    return x

for n in range(5_000_000):
    nothing(n)
""",
}


def measure(program: str, repeats: int) -> tuple[float, list[float]]:
    """Median plain seconds, and the ratio traced to plain of every repeat."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        root.mkdir()
        (root / "main.py").write_text(program)
        plain, ratios = [], []
        for repeat in range(repeats):
            output = Path(folder) / f"trace-{repeat}.json"
            plain.append(_seconds(root, {}))
            ratios.append(_seconds(root, tracer_environment(output, {}, root)) / plain[-1])
    return median(plain), ratios


def _seconds(root: Path, extra: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "main"],
        cwd=root,
        env={"PATH": os.environ["PATH"], **extra},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - began


def main() -> None:
    """Prints one line a program, and one for the code map."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--map", type=Path, help="also time the code map of this folder")
    given = parser.parse_args()
    for name, program in PROGRAMS.items():
        seconds, ratios = measure(program, given.repeats)
        low, high = min(ratios), max(ratios)
        print(
            f"{name:8} plain {seconds:.2f} s, traced {median(ratios):.2f} times that "
            f"({low:.2f} to {high:.2f}, n = {len(ratios)})"
        )
    if given.map is not None:
        _time_map(given.map)


def _time_map(root: Path) -> None:
    began = time.perf_counter()
    code_map = map_code(root, ("**",), ())
    seconds = time.perf_counter() - began
    texts = (read_text(root, path) for path in list_files(root) if path.endswith(".py"))
    lines = sum(text.count("\n") for text in texts if text is not None)
    print(
        f"code map {lines} lines, {len(code_map.functions)} functions in {seconds:.2f} s: "
        f"{lines / seconds:.0f} lines/s (one run)"
    )


if __name__ == "__main__":
    main()
