"""The researcher that thinks with a language model, on DSPy.

The name is resolved on first use, so that importing this package does not cost DSPy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from researchers.language_model.researcher import LanguageModel

__all__ = ["LanguageModel"]


def __getattr__(name: str) -> object:
    if name != "LanguageModel":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from researchers.language_model.researcher import LanguageModel

    return LanguageModel
