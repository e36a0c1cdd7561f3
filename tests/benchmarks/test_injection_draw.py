"""Drawing: by seed, one place, and the rest of the file byte for byte."""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random

from benchmarks.injection import module as source
from benchmarks.injection.baseline import read_text
from benchmarks.injection.draw import Mutant, draw
from benchmarks.injection.kinds import KINDS
from benchmarks.injection.module import Module

TEXT = read_text(Path(source.__file__))
MODULES = {"module.py": Module(TEXT)}
EVEN = dict.fromkeys(KINDS, 1.0)


def drawn(seed: int, faults: int = 1) -> Mutant:
    mutant = draw(MODULES, Random(seed), EVEN, faults)
    assert mutant is not None
    return mutant


def test_the_same_seed_draws_the_same_defect() -> None:
    assert [drawn(seed) for seed in range(10)] == [drawn(seed) for seed in range(10)]
    assert len({drawn(seed).key for seed in range(20)}) > 15


def test_only_the_stated_lines_change() -> None:
    for seed in range(30):
        mutant = drawn(seed)
        (fault,) = mutant.faults
        assert TEXT.count(fault.before) >= 1
        head = "".join(TEXT.splitlines(keepends=True)[: fault.line - 1])
        assert TEXT.startswith(head + fault.before)
        rest = TEXT[len(head) + len(fault.before) :]
        assert mutant.text == head + fault.after + rest
        assert ast.dump(ast.parse(mutant.text)) != ast.dump(ast.parse(TEXT))


def test_two_defects_are_each_a_defect_alone() -> None:
    mutant = drawn(3, faults=2)
    assert len(mutant.faults) == len(mutant.single) == 2
    assert len({TEXT, mutant.text, *mutant.single}) == 4


def test_kinds_without_weight_are_not_drawn() -> None:
    only = {name: float(name == "MFC") for name in KINDS}
    mutant = draw(MODULES, Random(0), only)
    assert mutant is None or mutant.faults[0].kind == "MFC"
    other = draw(MODULES, Random(0), {name: float(name == "WLEC") for name in KINDS})
    assert other is not None
    assert other.faults[0].kind == "WLEC"


def test_a_module_without_places_gives_nothing() -> None:
    assert draw({"a.py": Module("import os\n")}, Random(0), EVEN) is None
