"""Component recipes: changes of architecture, matched by the shape of code and data."""

from __future__ import annotations

from researchers.program_analysis.recipes.recipe import Recipe

RECIPES: tuple[Recipe, ...] = ()

__all__ = ["RECIPES", "Recipe"]
