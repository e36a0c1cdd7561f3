"""Component recipes: changes of architecture, matched by the shape of code and data."""

from __future__ import annotations

from researchers.program_analysis.recipes import answers, indexing, lexical_normalisation, ranking
from researchers.program_analysis.recipes.recipe import Recipe

RECIPES: tuple[Recipe, ...] = (
    answers.ABSTENTION,
    answers.CHOICE,
    indexing.RECIPE,
    answers.GROUNDING,
    ranking.DEDUPLICATION,
    ranking.FUSION,
    lexical_normalisation.RECIPE,
    ranking.NEIGHBOURS,
    ranking.RERANKING,
    answers.EXTRACTION,
)

__all__ = ["RECIPES", "Recipe"]
