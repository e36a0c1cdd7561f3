"""Models: which one thinks, what it may cost, and every way in which an answer can come."""

from researchers.language_model.models.desk import Desk
from researchers.language_model.models.loading import NamedModel, load_model, shipped_models
from researchers.language_model.models.opening import OpenModel, key_of, name_of, open_model

__all__ = [
    "Desk",
    "NamedModel",
    "OpenModel",
    "key_of",
    "load_model",
    "name_of",
    "open_model",
    "shipped_models",
]
