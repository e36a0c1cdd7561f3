"""Cosine similarity and top-k over a memory bank: one function, two implementations.

What both implementations promise:

- The similarity of two rows is their cosine, computed to single precision or better and clamped to
  [-1, 1]. A row whose squared norm is below `TINY` counts as a zero vector: similarity 0 to all.
- Equal similarities come out by lower memory index first.
- A row that holds a NaN or an infinity, or whose squared norm overflows single precision, cannot
  be compared: such a memory row is never chosen, such a query chooses nothing.
- Each query gets k' = min(k, m) slots. A slot that no memory row can fill has score -inf and
  index -1, so an index of -1 must be masked before it is used to gather.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from torch import Tensor

Backend = Literal["auto", "triton", "torch"]

MAX_TRITON_K = 128
"""The running top-k of a query stays in registers: beyond this many slots it would spill."""

_DTYPES = ("torch.float32", "torch.float16", "torch.bfloat16")


class TopK(NamedTuple):
    """For each query its best memory rows, best first.

    `scores` is float32 [q, k'], `indices` int64 [q, k'] on the device of the queries.
    """

    scores: Tensor
    indices: Tensor


def topk_cosine(queries: Tensor, memory: Tensor, k: int, *, backend: Backend = "auto") -> TopK:
    """The k memory rows most similar to each query, by cosine.

    `queries` is [q, d] and `memory` [m, d], of one dtype (float32, float16, bfloat16) and on one
    device; neither need be contiguous or normalised. "auto" takes the Triton kernel for CUDA
    tensors and k up to `MAX_TRITON_K`, PyTorch otherwise. Gradients do not flow through either.

    Raises `ValueError` for shapes, dtypes or devices that do not match, for a negative k, and when
    "triton" is asked for with more slots than it keeps, or off CUDA without its interpreter.
    """
    _check(queries, memory, k)
    slots = min(k, memory.shape[0])
    if backend == "auto":
        fits = queries.is_cuda and slots <= MAX_TRITON_K
        backend = "triton" if fits else "torch"
    if backend == "triton":
        if slots > MAX_TRITON_K:
            raise ValueError(f"the Triton kernel keeps at most {MAX_TRITON_K} slots, not {slots}")
        from kernels.topk_triton import topk_cosine_triton

        return TopK(*topk_cosine_triton(queries, memory, slots))
    from kernels.reference import topk_cosine_torch

    return TopK(*topk_cosine_torch(queries, memory, slots))


def _check(queries: Tensor, memory: Tensor, k: int) -> None:
    shapes = f"{tuple(queries.shape)} and {tuple(memory.shape)}"
    if queries.ndim != 2 or memory.ndim != 2 or queries.shape[1] != memory.shape[1]:
        raise ValueError(f"expected queries [q, d] and memory [m, d], got {shapes}")
    if queries.dtype != memory.dtype or str(queries.dtype) not in _DTYPES:
        raise ValueError(f"expected one dtype of {_DTYPES}, got {queries.dtype}, {memory.dtype}")
    if queries.device != memory.device:
        raise ValueError(f"expected one device, got {queries.device} and {memory.device}")
    if k < 0:
        raise ValueError(f"k must not be negative, got {k}")
