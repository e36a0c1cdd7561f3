"""Localisation on small programs with one known faulty line, run under the real tracer."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from researchers.program_analysis.localize import NEVER_FAILED, Suspicion
from researchers.program_analysis.program import Program
from researchers.spectrum import Spectrum
from tasks.diagnose import read_trace, tracer_environment
from tasks.records.dossier import Dossier
from tasks.records.evidence import FlowCount, FlowTrace, Location
from tests.researchers.program_analysis.conftest import dossier_of

PRICES = """\
def parse(text):
    name, _, count = text.partition(" x ")
    return name.strip(), int(count or 1)

def unit(name):
    if name.startswith("bulk"):
        return 2
    return 5

def discount(count):
    if count >= 10:
        return 0.5  # FAULT: 0.9
    if count >= 5:
        return 0.95
    return 1.0

def shipping(total):
    if total > 40:
        return 0
    return 4

def answer(question):
    name, count = parse(question)
    total = unit(name) * count * discount(count)
    return total + shipping(total)
"""
DATES = """\
MONTHS = {"jan": 1, "feb": 2, "mar": 3}

def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

def long_form(parts):
    day, month, year = parts
    return f"{year}-{MONTHS[month]:02d}-{int(day):02d}"

def short_form(text):
    month, day, year = text.split("/")
    day, month = month, day  # FAULT: must not be swapped
    return f"{year}-{int(month):02d}-{int(day):02d}"

def clean(text):
    return text.strip().lower().replace(",", "")

def answer(question):
    text = clean(question)
    parts = text.split()
    if len(parts) == 3:
        found = long_form(parts)
    elif "/" in text:
        found = short_form(text)
    else:
        found = text
    return found + (" leap" if leap(int(found[:4])) else "")
"""
WORDS = """\
def stem(word):
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s"):
        word = word[:-2]  # FAULT: [:-1]
        return word
    return word

def split(text):
    words = []
    for word in text.split():
        if word in ("the", "a"):
            continue
        words.append(word)
    return words

def join(words):
    return " ".join(words)

def answer(question):
    out = []
    for word in split(question):
        out.append(stem(word))
    return join(out)
"""
CASES = {
    "prices": (PRICES, {
        "nut x 3": 19, "bulk nut x 3": 10, "nut x 12": 54.0, "bulk nut x 20": 40.0, "cog": 9,
        "gear x 10": 45.0, "cog x 6": 32.5, "bulk cog x 2": 8, "nut x 2": 14, "bulk gear x 5": 13.5,
    }),
    "dates": (DATES, {
        "3 Jan, 2020": "2020-01-03 leap", "1 mar 1999": "1999-03-01", "2/3/2001": "2001-02-03",
        "1/9/2003": "2003-01-09", "2010-01-01": "2010-01-01", "4 feb 2001": "2001-02-04",
        "2/2/2001": "2001-02-02", "3/1/2005": "2005-03-01", "2016-05-05": "2016-05-05 leap",
    }),
    "words": (WORDS, {
        "the berries": "berry", "cats": "cat", "a dog": "dog", "the dogs run": "dog run",
        "one cat": "one cat", "two hats": "two hat", "stories": "story", "hen": "hen",
    }),
}  # fmt: skip
MAIN = """\
import json, sys
from program import answer

def ask(question):
    return answer(question)

print(json.dumps([ask(question) for question in json.loads(sys.argv[1])]))
"""


def traced(source: str, gold: dict[str, Any], root: Path) -> Dossier:
    root.mkdir()
    (root / "program.py").write_text(source)
    (root / "main.py").write_text(MAIN)
    output = root.parent / "trace.json"
    items = {f"item-{n}": question for n, question in enumerate(gold)}
    done = subprocess.run(
        [sys.executable, "main.py", json.dumps(list(gold))],
        cwd=root, env=tracer_environment(output, items, root), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    given = dict(zip(items, json.loads(done.stdout), strict=True))
    scores = {i: float(given[i] == gold[question]) for i, question in items.items()}
    assert 0 < sum(scores.values()) < len(scores)
    return dossier_of(root, trace=read_trace(output).model_copy(update={"scores": scores}))


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Dossier, int]:
    source, gold = CASES[request.param]
    fault = 1 + next(n for n, row in enumerate(source.splitlines()) if "FAULT" in row)
    return traced(source, gold, tmp_path / "root"), fault


def test_the_faulty_function_is_in_the_top_three(case: tuple[Dossier, int]) -> None:
    dossier, fault = case
    program = Program(dossier)
    suspicion = Suspicion(program)
    module = program.by_path["program.py"]
    ranked = sorted(module.functions, key=lambda f: -suspicion.of("program.py", f.name))
    (faulty,) = [f for f in module.functions if f.node.lineno < fault <= (f.node.end_lineno or 0)]
    assert faulty in ranked[:3]


@pytest.mark.parametrize("kind", ["predictions", "pytest"])
def test_the_faulty_line_is_above_the_median(case: tuple[Dossier, int], kind: str) -> None:
    dossier, fault = case
    card = dossier.metric.model_copy(update={"kind": kind})
    suspicion = Suspicion(Program(replace(dossier, metric=card)))
    lines = [int(p.rpartition(":")[2]) for p in dossier.trace.statements if "program" in p]
    executed = [suspicion.at("program.py", line) for line in lines]
    assert suspicion.at("program.py", fault) > median(executed)
    assert suspicion.at("program.py", fault) == max(executed)


def test_suites_clear_what_no_failing_test_ran(tmp_path: Path) -> None:
    source, gold = CASES["prices"]
    dossier = traced(source, gold, tmp_path / "root")
    card = dossier.metric.model_copy(update={"kind": "pytest"})
    tests, other = (Suspicion(Program(replace(dossier, metric=m))) for m in (card, dossier.metric))
    never_failing = 1 + source.splitlines().index("        return 0.95")
    assert tests.at("program.py", never_failing) == pytest.approx(NEVER_FAILED)
    assert other.at("program.py", never_failing) > 5 * NEVER_FAILED
    assert tests.floor < other.floor


def test_lines_between_statements_have_that_around_them(tmp_path: Path) -> None:
    source = (
        "def answer(q):\n    if q > 'b':\n        # why\n\n        return (\n            1\n"
        "        )\n    return 0\n"
    )
    dossier = traced(source, {"aaaa": 0, "cccc": 0, "dddd": 0, "aabb": 0}, tmp_path / "root")
    suspicion = Suspicion(Program(dossier))
    inner, outer = suspicion.at("program.py", 5), suspicion.at("program.py", 2)
    assert inner > outer
    assert suspicion.at("program.py", 6) == inner
    assert suspicion.at("program.py", 3) == outer
    assert suspicion.at("program.py", 1) == suspicion.of("program.py", "answer")


def test_ties_and_few_items_claim_little(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("".join(f"def f{n}():\n    return {n}\n" for n in range(4)))

    def spread(coverage: dict[str, tuple[str, ...]], scores: dict[str, float]) -> float:
        flows = tuple(
            FlowCount(location=Location(path="a.py", function=f"f{n}"), calls=1) for n in range(4)
        )
        trace = FlowTrace(flows=flows, coverage=coverage, scores=scores)
        suspicion = Suspicion(Program(dossier_of(tmp_path, trace=trace)))
        found = [suspicion.of("a.py", f"f{n}") for n in range(4)]
        return max(found) - min(found)

    few = {"i0": 0.0, "i1": 1.0}
    many = {f"i{n}": float(n >= 10) for n in range(20)}
    failing = tuple(f"i{n}" for n in range(10))
    assert spread({f"a.py:f{n}": tuple(many) for n in range(4)}, many) == 0.0
    alike = {f"a.py:f{n}": failing for n in range(3)} | {"a.py:f3": tuple(many)}
    alone = {"a.py:f0": failing} | {f"a.py:f{n}": tuple(many) for n in range(1, 4)}
    single = {"a.py:f0": ("i0",)} | {f"a.py:f{n}": ("i0", "i1") for n in range(1, 4)}
    assert 0.0 < spread(alike, many) < spread(alone, many)
    assert 0.0 < spread(single, few) < spread(alone, many)
    assert spread({}, {}) == pytest.approx(0.0)


def test_evidence_grows_with_the_items_that_speak_for_it() -> None:
    def failing_share(failing: int, passing: int) -> float:
        losses = {f"f{n}": 1.0 for n in range(failing)} | {f"p{n}": 0.0 for n in range(passing)}
        return Spectrum(losses).evidence([f"f{n}" for n in range(failing)])

    assert failing_share(1, 9) < failing_share(5, 45) < failing_share(20, 180) <= 1.0
    halves = Spectrum({"a": 0.5, "b": 0.5, "c": 0.0, "d": 0.0})
    assert halves.evidence(["a", "b"]) > halves.evidence(["a", "b", "c", "d"]) > 0.0
    assert halves.evidence(["c", "d"]) == 0.0
