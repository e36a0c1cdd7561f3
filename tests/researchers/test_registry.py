"""Researchers are found by name, with the recipes that the user's environment names."""

from __future__ import annotations

import pytest

from researchers.registry import find_researcher
from tasks.errors import ResearcherError


def test_an_unknown_researcher_is_an_error() -> None:
    with pytest.raises(ResearcherError, match="no researcher 'nobody'"):
        find_researcher("nobody")


def test_a_folder_of_recipes_that_is_missing_stops_the_researcher(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WHETSTONE_RECIPES", "nowhere")
    with pytest.raises(ResearcherError, match="WHETSTONE_RECIPES names nowhere"):
        find_researcher("program_analysis")
