"""Researchers by name; a name that cannot be had is an error, never another mind in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from researchers.protocol import Researcher
from tasks.errors import ResearcherError

if TYPE_CHECKING:
    from researchers.language_model.models import Desk, NamedModel

WAYS = (
    "give one with --model: a hosted one with its key (`--model hosted`), a local "
    "OpenAI-compatible endpoint (`--model ollama`, `vllm`, `llama_cpp`), the mailbox, where you or "
    "any chat model writes the answers (`--model mailbox`), or a recording (`--model recorded` is "
    "shipped; docs/researchers.md); `whetstone doctor` says which are usable here"
)


def find_researcher(
    name: str, model: NamedModel | None = None, desk: Desk | None = None
) -> Researcher:
    """The researcher of this name, with the model that it thinks with. Raises ResearcherError."""
    require(name, model is not None)
    return _RESEARCHERS[name](model, desk)


def require(name: str, with_model: bool) -> None:
    """Raises ResearcherError for a name that is not there, or one with a model too many or few."""
    if name not in _RESEARCHERS:
        raise ResearcherError(
            f"there is no researcher '{name}'", f"use one of: {', '.join(sorted(_RESEARCHERS))}"
        )
    if name in THINKING_WITH_MODELS and not with_model:
        raise ResearcherError(f"the researcher '{name}' needs a model, and none was given", WAYS)
    if with_model and name not in THINKING_WITH_MODELS:
        raise ResearcherError(
            f"the researcher '{name}' uses no model, but --model was given",
            "leave out --model, or add `--researcher language_model` or `--researcher mixed`",
        )


def _program_analysis(model: NamedModel | None, desk: Desk | None) -> Researcher:
    del model, desk
    from researchers.program_analysis import ProgramAnalysis
    from researchers.program_analysis.recipes import RECIPES
    from researchers.program_analysis.recipes.folder import chosen_recipes

    return ProgramAnalysis(recipes=(*RECIPES, *chosen_recipes(RECIPES)))


def _language_model(model: NamedModel | None, desk: Desk | None) -> Researcher:
    from researchers.bounded import Bounded
    from researchers.language_model import LanguageModel
    from researchers.language_model.models import open_model

    assert model is not None
    assert desk is not None
    opened = open_model(model, desk)
    return Bounded(LanguageModel(opened.lm, opened.adapter))


def _mixed(model: NamedModel | None, desk: Desk | None) -> Researcher:
    from researchers.mixed import Mixed

    return Mixed(_program_analysis(None, None), _language_model(model, desk))


THINKING_WITH_MODELS = frozenset({"language_model", "mixed"})
_RESEARCHERS: Mapping[str, Callable[[NamedModel | None, Desk | None], Researcher]] = {
    "program_analysis": _program_analysis,
    "language_model": _language_model,
    "mixed": _mixed,
}
