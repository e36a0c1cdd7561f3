"""Error rates by simulation, small and seeded; benchmarks/false_accepts.py is the long version."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "benchmarks" / "false_accepts.py"
RUNS = 120


@pytest.fixture(scope="module")
def simulation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("false_accepts", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["false_accepts"] = module
    spec.loader.exec_module(module)
    return module


def within(level: float, runs: int) -> float:
    """What a true rate of `level` stays below in 99.9 % of simulations."""
    return level + 3.1 * (level * (1 - level) / runs) ** 0.5


@pytest.mark.parametrize(("groups", "mixed"), [(6, False), (6, True), (12, False)])
def test_a_run_of_forty_null_candidates_rarely_accepts_one(
    simulation: ModuleType, groups: int, mixed: bool
) -> None:
    world = simulation.World(groups, mixed=mixed)
    plain, raced, sealed = simulation.family_wise(world, 40, RUNS, 7)
    assert sealed <= raced <= within(0.05, RUNS)
    assert plain <= within(0.05, RUNS)


def test_testing_each_at_five_per_cent_would_accept_nonsense(simulation: ModuleType) -> None:
    """The simulation has teeth: without the correction most runs accept something."""
    world = simulation.World(6)
    runs = 0
    for seed in range(30):
        tested = (
            simulation.tested(values, world.codes) for values in simulation.draw(world, 0, 40, seed)
        )
        runs += any(difference.p_value <= 0.05 for difference in tested)
    assert runs >= 20


def test_intervals_hold_the_true_gain(simulation: ModuleType) -> None:
    for groups in (4, 6, 12):
        held = simulation.coverage(simulation.World(groups), 0.02, 500, 3)
        assert 0.915 <= held <= 0.985


def test_large_gains_are_found_and_larger_ones_more_often(simulation: ModuleType) -> None:
    world = simulation.World(6)
    found = [simulation.power(world, gain, 9, 40, 60, 5) for gain in (0.02, 0.04, 0.08)]
    alone, together = zip(*found, strict=True)
    assert list(together) == sorted(together)
    assert together[-1] > 0.9
    assert sum(together) > sum(alone)


def test_racing_stops_losers_and_spares_the_harmless(simulation: ModuleType) -> None:
    for between in (0.0, 0.015, 0.025):
        world = simulation.World(6, between=between)
        assert simulation.wrong_stops(world, 0.0, 500, 11) <= within(0.05, 500)
    assert simulation.wrong_stops(simulation.World(6), -0.06, 200, 11) > 0.9


def test_the_veto_spares_gains_and_halves_what_dev_let_through(simulation: ModuleType) -> None:
    world = simulation.World(4)
    assert simulation.vetoed(world, 0.05, 200, 13) < 0.02
    assert 0.4 < simulation.vetoed(world, 0.0, 500, 13) < 0.6
