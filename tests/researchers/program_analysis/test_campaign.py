"""The whole researcher at work: greedy search by measured score on small systems it never saw."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BUDGET = 60


def _systems() -> ModuleType:
    path = Path(__file__).with_name("small_systems.py")
    spec = importlib.util.spec_from_file_location("small_systems", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "reached"),
    [("HELPDESK", 0.45), ("SALES", 0.75), ("DIARY", 0.6)],
)
def test_most_defects_are_mended_within_sixty_evaluations(
    name: str, reached: float, campaign: Any
) -> None:
    systems = _systems()
    search = campaign(getattr(systems, name), getattr(systems, f"{name}_NOTES"))
    first, last = search.run(BUDGET)
    assert first < 0.1
    assert last >= reached, [p.title for p in search.kept]
    assert search.evaluations <= BUDGET
    assert len({p.source for p in search.kept}) >= 3
