"""Joining lexical and dense scores."""

import numpy as np

from memory.settings import RetrievalSettings


def scaled(scores: np.ndarray) -> np.ndarray:
    """Scores with the best one at 1 and none below 0."""
    top = scores.max(initial=0.0)
    return np.clip(scores, 0.0, None) / top if top > 0 else scores * 0.0


def with_context(scores: np.ndarray, before: float, after: float) -> np.ndarray:
    """Adds to each turn a share of its neighbours' scores: an answer follows its question."""
    mixed = scores.copy()
    mixed[1:] += before * scores[:-1]
    mixed[:-1] += after * scores[1:]
    return mixed


def fuse(lexical: np.ndarray, dense: np.ndarray, settings: RetrievalSettings) -> np.ndarray:
    """One score for each memory that dense search found, from what both searches say."""
    joined = settings.lexical_weight * scaled(lexical) + settings.dense_weight * scaled(dense)
    return np.where(dense > 0.0, joined, 0.0)
