"""The list of planted defects is sealed: nothing that thinks, decides or runs may read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMES = re.compile(r"""planted["'/\\]|planted_(?:defects|effects)|naive\.yaml""")
FLOORS = ("flows", "stages", "researchers", "tasks", "kernels", "memory_systems", "configs")


@pytest.mark.parametrize("floor", FLOORS)
def test_no_source_names_the_list(floor: str):
    texts = {
        path: path.read_text(encoding="utf-8", errors="replace")
        for path in (ROOT / floor).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert texts
    naming = [str(p) for p, text in texts.items() if NAMES.search(text)]
    assert naming == []


@pytest.mark.parametrize(
    "text",
    ['root / "benchmarks" / "planted"', "benchmarks/planted/x", "import planted_defects"],
)
def test_naming_the_list_is_noticed(text: str):
    assert NAMES.search(text)
    assert not NAMES.search("she planted roses, which has happened")


def test_the_list_lies_outside_the_target_and_exists():
    manifest = ROOT / "benchmarks" / "planted" / "naive.yaml"
    assert manifest.is_file()
    assert not manifest.is_relative_to(ROOT / "memory_systems")


def test_the_researchers_do_not_name_the_shipped_target():
    for path in (ROOT / "researchers").rglob("*.py"):
        text = path.read_text(encoding="utf-8").lower()
        assert "naive" not in text, path
        assert "locomo" not in text, path
        assert "lifelog" not in text, path
