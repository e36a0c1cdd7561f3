"""The PyTorch reference of `topk_cosine`: what the kernel must agree with; the CPU's path."""

from __future__ import annotations

import torch
from torch import Tensor

from kernels.tolerance import TINY


def topk_cosine_torch(queries: Tensor, memory: Tensor, slots: int) -> tuple[Tensor, Tensor]:
    """Scores and indices as `kernels.similarity` defines them; materialises [q, m] in double.

    Double precision keeps equal rows equal: a single-precision matrix product may round two copies
    of one row differently, by where they lie in its blocks, and so break ties at random.
    """
    query_scale, memory_scale = _scale(queries), _scale(memory)
    products = _finite(queries) @ _finite(memory).T
    cosine = (products * query_scale[:, None] * memory_scale[None, :]).float().clamp(-1.0, 1.0)
    incomparable = query_scale.isnan()[:, None] | memory_scale.isnan()[None, :]
    cosine = cosine.masked_fill(incomparable, -torch.inf)
    scores, indices = cosine.sort(dim=1, descending=True, stable=True)
    scores, indices = scores[:, :slots], indices[:, :slots]
    return scores.contiguous(), indices.masked_fill(scores == -torch.inf, -1)


def _scale(rows: Tensor) -> Tensor:
    """One over each row's norm: 0 for a zero vector, NaN for a row that cannot be compared."""
    squared = rows.double().square().sum(dim=1)
    scale = torch.where(squared < TINY, 0.0, squared.rsqrt())
    comparable = squared.isfinite() & (squared <= torch.finfo(torch.float32).max)
    return torch.where(comparable, scale, torch.nan)


def _finite(rows: Tensor) -> Tensor:
    """The rows in double with NaN and infinity taken out, which `_scale` has marked already."""
    return rows.double().nan_to_num(nan=0.0, posinf=0.0, neginf=0.0)
