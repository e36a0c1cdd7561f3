"""A user's folder of recipes is tried like the shipped ones; what is wrong in it is named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis.recipes import RECIPES
from researchers.program_analysis.recipes.folder import VARIABLE, chosen_recipes
from researchers.registry import find_researcher
from tasks.errors import ResearcherError

EXAMPLES = Path(__file__).parents[3] / "configs" / "examples" / "recipes"
HEAD = "from researchers.program_analysis.recipes import Recipe\n"
TABLE = (
    "def head(path):\n    with open(path, encoding='utf-8') as file:\n"
    "        return file.readline().strip()\n"
)


def test_a_recipe_of_the_users_own_is_tried(
    bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(EXAMPLES))
    target = bench({"table.py": TABLE})
    mind = find_researcher("program_analysis")
    drafts = mind.propose(target.dossier(), (), (), 500)
    made = next(p for p in drafts.proposals if p.source == "recipe:byte-order-mark")
    assert made.change_type == "data_repair"
    exported = tmp_path / "exported.csv"
    exported.write_text("name,age\n", encoding="utf-8-sig")
    assert target.load(None, "table.py").head(exported) != "name,age"
    assert target.load(made, "table.py").head(exported) == "name,age"


def test_it_says_why_where_it_has_no_place(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(EXAMPLES))
    mind = find_researcher("program_analysis")
    drafts = mind.propose(bench({"a.py": "x = 1\n"}).dossier(), (), (), 10)
    reasons = {u.source: u.reason for u in drafts.unmatched}
    assert reasons["recipe:byte-order-mark"] == "no file is read as plain UTF-8"


def test_nothing_is_loaded_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert chosen_recipes(RECIPES) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def match(:\n", r"line 1 cannot be imported: SyntaxError"),
        ("import nothing_of_that_name\n", "cannot be imported: ModuleNotFoundError"),
        ("1 / 0\n", "cannot be imported: ZeroDivisionError"),
        ("recipe = 1\n", "offers nothing as RECIPE"),
        ("RECIPE = 'a'\n", "offers str as RECIPE"),
        (HEAD + "RECIPE = Recipe(' ', 'prompt', 0.3, print)\n", "name is empty"),
        (HEAD + "RECIPE = Recipe('a', 'prompt', 3, print)\n", "prior is 3, not above 0"),
        (HEAD + "RECIPE = Recipe('a', 'magic', 0.3, print)\n", "change type is 'magic'"),
        (HEAD + "RECIPE = Recipe('a', 'prompt', 0.3, None)\n", "match is no function"),
        (HEAD + "RECIPE = Recipe('chunking', 'prompt', 0.3, print)\n", "comes from Whetstone"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.py").write_text(text)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(ResearcherError, match=message):
        chosen_recipes(RECIPES)


def test_two_folders_are_read_and_may_not_share_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.py").write_text(
            HEAD + "RECIPE = Recipe('own', 'prompt', 1, print)\n"
        )
    both = os.pathsep.join(str(tmp_path / name) for name in ("one", "two"))
    monkeypatch.setenv(VARIABLE, both)
    with pytest.raises(ResearcherError, match=r"two.own\.py: a recipe 'own' comes from .*one"):
        chosen_recipes(RECIPES)
