"""Researchers by name; a name that cannot be had is an error, never another mind in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from researchers.protocol import Researcher
from tasks.errors import ResearcherError


def find_researcher(name: str) -> Researcher:
    """The researcher of this name. Raises ResearcherError."""
    if name not in _RESEARCHERS:
        raise ResearcherError(
            f"there is no researcher '{name}'", f"use one of: {', '.join(sorted(_RESEARCHERS))}"
        )
    return _RESEARCHERS[name]()


def _program_analysis() -> Researcher:
    from researchers.program_analysis import ProgramAnalysis
    from researchers.program_analysis.recipes import RECIPES
    from researchers.program_analysis.recipes.folder import chosen_recipes

    return ProgramAnalysis(recipes=(*RECIPES, *chosen_recipes(RECIPES)))


_RESEARCHERS: Mapping[str, Callable[[], Researcher]] = {"program_analysis": _program_analysis}
