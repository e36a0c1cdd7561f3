"""Component recipes: changes of architecture and of prompts, matched by shape of code and data."""

from __future__ import annotations

from researchers.program_analysis.recipes import (
    answers,
    caching,
    chunking,
    fusion,
    indexing,
    lexical_normalisation,
    picture_indexing,
    prompt_examples,
    prompt_lines,
    prompt_order,
    query_expansion,
    ranking,
)
from researchers.program_analysis.recipes.recipe import Recipe

RECIPES: tuple[Recipe, ...] = (
    answers.ABSTENTION,
    answers.CHOICE,
    caching.RECIPE,
    indexing.RECIPE,
    chunking.RECIPE,
    answers.GROUNDING,
    ranking.DEDUPLICATION,
    fusion.RECIPE,
    lexical_normalisation.RECIPE,
    ranking.NEIGHBOURS,
    picture_indexing.RECIPE,
    prompt_lines.ABSTENTION,
    prompt_examples.RECIPE,
    prompt_lines.FORMAT,
    prompt_order.RECIPE,
    prompt_lines.QUOTATION,
    query_expansion.RECIPE,
    ranking.REPLIES,
    ranking.RERANKING,
    answers.EXTRACTION,
)

__all__ = ["RECIPES", "Recipe"]
