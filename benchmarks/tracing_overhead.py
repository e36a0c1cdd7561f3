"""Measures what tracing costs a target, and how fast the code map reads one.

    python benchmarks/tracing_overhead.py [--repeats 5] [--python PYTHON] [--map FOLDER]

Each program runs in fresh processes, once to warm caches, then plain and traced in turn; the figure
is the median ratio of the processes' CPU seconds (user and system, start-up included), with the
range over repeats: CPU time rather than wall-clock, so that other work on the machine does not
count. `naive` is the shipped memory system on generated data, with Whetstone's own interpreter
only; `suite` a CPU-heavy pytest suite of forty tests, traced test by test; `states` the same with
ten of them told to fail, so that variables are kept; `search` and `clean` are ordinary programs;
`tiny` does nothing but call a function that does nothing, and bounds the cost from above.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from memory_systems import lifelog
from tasks.diagnose import map_code, read_trace, tracer_environment
from tasks.diagnose.sources import list_files, read_text
from tasks.diagnose.tracing import FAILS, Mode
from tasks.test.predictions import write_input

NAIVE = Path(__file__).resolve().parents[1] / "memory_systems" / "naive"
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
SUITE = """
def sieve(limit):
    marks = [True] * limit
    primes = []
    for n in range(2, limit):
        if not marks[n]:
            continue
        primes.append(n)
        for k in range(n * n, limit, n):
            marks[k] = False
    return primes

def distance(one, other):
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            cost = diagonal + (a != b)
            diagonal = row[j]
            row[j] = min(cost, row[j] + 1, row[j - 1] + 1)
    return row[-1]

def parts(total, most):
    if total == 0:
        return 1
    if total < 0 or most == 0:
        return 0
    return parts(total - most, most) + parts(total, most - 1)

def group(words):
    groups = {}
    for word in words:
        key = "".join(sorted(word))
        groups.setdefault(key, []).append(word)
    return {key: sorted(found) for key, found in groups.items() if len(found) > 1}
"""
SUITE_TESTS = """
import pytest
from work import distance, group, parts, sieve

@pytest.mark.parametrize("n", range(10))
def test_sieve(n):
    assert len(sieve(200_000 + n)) > 17_000

@pytest.mark.parametrize("n", range(10))
def test_distance(n):
    assert distance("kitten" * (40 + n), "sitting" * 40) > 0

@pytest.mark.parametrize("n", range(10))
def test_parts(n):
    assert parts(38 + n % 3, 30) > 0

@pytest.mark.parametrize("n", range(10))
def test_group(n):
    words = [f"{(k * 7919 + n) % 9973:04d}" for k in range(40_000)]
    assert group(words)
"""


@dataclass(frozen=True)
class Subject:
    """A command in a folder, and the items that it works on."""

    root: Path
    arguments: tuple[str, ...]
    items: Mapping[str, str] = field(default_factory=dict)
    by: Mode = "values"


def program(folder: Path, name: str) -> Subject:
    """One of PROGRAMS."""
    (folder / "main.py").write_text(PROGRAMS[name])
    return Subject(folder, ("-m", "main"))


def suite(folder: Path) -> Subject:
    """The test suite."""
    (folder / "work.py").write_text(SUITE)
    (folder / "test_work.py").write_text(SUITE_TESTS)
    names = ("sieve", "distance", "parts", "group")
    items = {f"test_work::test_{name}[{n}]": "" for name in names for n in range(10)}
    return Subject(folder, ("-m", "pytest", "-q", "-p", "no:cacheprovider"), items, "tests")


def states(folder: Path) -> Subject:
    """The test suite, as if the first of its functions failed: states of variables are kept."""
    subject = suite(folder)
    told = {item: FAILS if "sieve" in item else "" for item in subject.items}
    return dataclasses.replace(subject, items=told)


def naive(folder: Path) -> Subject:
    """The memory system on two generated conversations, its caches empty."""
    shutil.copytree(NAIVE, folder, dirs_exist_ok=True)
    data = lifelog.generate(conversations=2, sessions=6, turns_per_session=12, questions=30)
    write_input(folder / "questions", data.items, data)
    output = str(folder / "predictions.jsonl")
    arguments = ("-m", "memory.predict", "--input", str(folder / "questions"), "--output", output)
    return Subject(folder, arguments, {i.id: str(i.question["question"]) for i in data.items})


def measure(subject: Subject, python: str, repeats: int) -> tuple[float, list[float], int]:
    """Median plain seconds, the ratio traced to plain of every repeat, and statements covered."""
    plain, ratios, covered = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        given = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        _seconds(subject, python, given)
        for repeat in range(repeats):
            output = Path(folder) / f"trace-{repeat}.json"
            plain.append(_seconds(subject, python, given))
            extra = tracer_environment(output, subject.items, subject.root, by=subject.by)
            ratios.append(_seconds(subject, python, {**given, **extra}) / plain[-1])
            covered = len(read_trace(output).statements)
    return median(plain), ratios, covered


def _seconds(subject: Subject, python: str, extra: Mapping[str, str]) -> float:
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [python, *subject.arguments],
        cwd=subject.root,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", ""), **extra},
        check=True,
        capture_output=True,
    )
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime - began.ru_utime + ended.ru_stime - began.ru_stime


def main() -> None:
    """Prints one line a program, and one for the code map."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="the interpreter to measure")
    parser.add_argument("--only", nargs="*", default=["naive", "suite", "states", *PROGRAMS])
    parser.add_argument("--map", type=Path, help="also time the code map of this folder")
    given = parser.parse_args()
    version = subprocess.run([given.python, "-V"], capture_output=True, text=True, check=True)
    heading = f"plain, s | traced | range, n = {given.repeats} | statements"
    print(f"| {version.stdout.strip()} | {heading} |")
    print("|---|---|---|---|---|")
    for name in given.only:
        with tempfile.TemporaryDirectory() as folder:
            made = {"naive": naive, "suite": suite, "states": states}.get(name)
            root = Path(folder)
            subject = made(root) if made is not None else program(root, name)
            seconds, ratios, covered = measure(subject, given.python, given.repeats)
        told = f"{median(ratios):.2f}x | {min(ratios):.2f} to {max(ratios):.2f}"
        print(f"| {name} | {seconds:.2f} | {told} | {covered} |", flush=True)
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
