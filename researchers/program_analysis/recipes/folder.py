"""A user's own recipes: Python files of a folder, each offering `RECIPE = Recipe(...)`.

They are trusted code: they run in the researcher's process, outside of every sandbox. The folders
are therefore named by the user's environment, never by a contract or a target, which may come from
somebody else.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from researchers.program_analysis.recipes.recipe import Recipe
from tasks.errors import ResearcherError
from tasks.records.change import ROLL_UP

VARIABLE = "WHETSTONE_RECIPES"
"""The environment variable that names folders, divided as in PATH."""
_EXAMPLE = "configs/examples/recipes/byte_order_mark.py is a whole one"
_BROKEN = (
    ArithmeticError, AttributeError, ImportError, LookupError, NameError, OSError, SyntaxError,
    TypeError, UnicodeError, ValueError,
)  # fmt: skip


def chosen_recipes(known: Sequence[Recipe]) -> tuple[Recipe, ...]:
    """The recipes of all folders that the environment names; none where it names none.

    Raises ResearcherError for a missing folder, a file that is no recipe, or a name in use.
    """
    folders = [Path(f) for f in os.environ.get(VARIABLE, "").split(os.pathsep) if f]
    names = {recipe.name: "Whetstone" for recipe in known}
    found: list[Recipe] = []
    for folder in folders:
        if not folder.is_dir():
            raise ResearcherError(
                f"{VARIABLE} names {folder}, which is no folder", "correct or unset the variable"
            )
        for file in sorted(folder.glob("[!_]*.py")):
            recipe = load_recipe(file)
            if recipe.name in names:
                raise ResearcherError(
                    f"{file}: a recipe '{recipe.name}' comes from {names[recipe.name]} already",
                    "give it another name",
                )
            names[recipe.name] = str(file)
            found.append(recipe)
    return tuple(found)


def load_recipe(file: Path) -> Recipe:
    """The recipe of one file. Raises ResearcherError with what is wrong in it."""
    module = _imported(file)
    recipe = getattr(module, "RECIPE", None)
    if not isinstance(recipe, Recipe):
        kind = "nothing" if recipe is None else type(recipe).__name__
        raise ResearcherError(
            f"{file} offers {kind} as RECIPE, not a Recipe",
            f"write `RECIPE = Recipe(...)`; {_EXAMPLE}",
        )
    problem = _problem(recipe)
    if problem:
        raise ResearcherError(f"{file}: {problem}", f"mend it there; {_EXAMPLE}")
    return recipe


def _imported(file: Path) -> ModuleType:
    name = f"whetstone_recipe_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except _BROKEN as error:
        del sys.modules[name]
        line = getattr(error, "lineno", None)
        where = f"{file}, line {line}" if line else str(file)
        raise ResearcherError(
            f"{where} cannot be imported: {type(error).__name__}: {error}",
            f"mend that file, or take it out of the folder; {_EXAMPLE}",
        ) from error
    return module


def _problem(recipe: Recipe) -> str:
    """What keeps a recipe from being used; '' for nothing."""
    if not isinstance(recipe.name, str) or not recipe.name.strip():
        return "the recipe's name is empty"
    if not isinstance(recipe.prior, int | float) or not 0 < recipe.prior <= 1:
        return f"the prior is {recipe.prior!r}, not above 0 and at most 1"
    if recipe.change_type not in ROLL_UP:
        return f"the change type is {recipe.change_type!r}, not one of {', '.join(ROLL_UP)}"
    return "" if callable(recipe.match) else "match is no function"
