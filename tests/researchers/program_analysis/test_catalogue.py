"""The catalogue is whole: every file of it is listed, and every entry is documented."""

from __future__ import annotations

from pathlib import Path

from researchers.program_analysis import catalogue
from researchers.program_analysis.recipes import RECIPES

ROOT = Path(__file__).parents[3]
HERE = ROOT / "researchers" / "program_analysis"
GUIDE = (ROOT / "docs" / "program-analysis.md").read_text(encoding="utf-8")


def modules(folder: str) -> set[str]:
    return {path.stem for path in (HERE / folder).glob("*.py")} - {"__init__"}


def test_every_detector_is_listed() -> None:
    listed = {find.__module__.rpartition(".")[2] for find in catalogue.DETECTORS}
    assert listed == modules("detectors")


def test_every_operator_is_listed_once() -> None:
    names = [operator.name for operator in catalogue.OPERATORS]
    assert len(names) == len(set(names))
    assert set(names) == modules("operators")


def test_everything_is_documented() -> None:
    names = modules("detectors") | modules("operators")
    names |= {recipe.name for recipe in RECIPES}
    assert [name for name in sorted(names) if f"`{name}`" not in GUIDE] == []


def test_recipes_are_listed_once() -> None:
    assert len({recipe.name for recipe in RECIPES}) == len(RECIPES)


def test_the_digest_changes_with_any_of_the_researchers_files(tmp_path: Path) -> None:
    (tmp_path / "operators").mkdir()
    operator = tmp_path / "operators" / "one.py"
    operator.write_text("LIMIT = 1\n", encoding="utf-8")
    before = catalogue.digest(tmp_path)
    operator.write_text("LIMIT = 2\n", encoding="utf-8")
    catalogue.digest.cache_clear()
    after = catalogue.digest(tmp_path)
    assert before != after
    operator.rename(tmp_path / "one.py")
    catalogue.digest.cache_clear()
    assert catalogue.digest(tmp_path) not in (before, after)
    assert catalogue.digest() == catalogue.digest(HERE)
