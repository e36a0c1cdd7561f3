"""Models: which one thinks, what it may cost, and every way in which an answer can come.

Names are resolved on first use, so that reading a model's settings does not cost DSPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from researchers.language_model.models.desk import Desk
    from researchers.language_model.models.loading import NamedModel, load_model, shipped_models
    from researchers.language_model.models.opening import OpenModel, open_model

__all__ = [
    "Desk",
    "NamedModel",
    "OpenModel",
    "load_model",
    "open_model",
    "shipped_models",
]
_HOMES = {"Desk": "desk", "NamedModel": "loading", "load_model": "loading",
          "shipped_models": "loading"}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'opening')}"), name)
