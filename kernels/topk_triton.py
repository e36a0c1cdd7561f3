"""The Triton kernel of `topk_cosine`: one pass over the memory bank, never a [q, m] matrix.

A program owns a block of queries and a span of the bank. It streams the span tile by tile, takes
products and squared norms in the same pass over d, and folds each tile into a running top-k by
repeated argmax: the tile's best replaces the worst kept, until no row of the block gains. Few
queries over a large bank would leave a GPU idle, so the bank is split into spans, and the spans'
short lists are merged by a stable sort afterwards.
"""

from __future__ import annotations

from typing import Any

import torch
import triton  # type: ignore[import-untyped]
import triton.language as tl  # type: ignore[import-untyped]
from torch import Tensor

from kernels.tolerance import TINY

_BLOCK_M = 64
_BLOCK_D = 32
"""Sized by compiling for compute capability 9.0: half the depth of what spills registers."""

_INTERPRETED_BLOCKS = (256, 256)
"""(queries, memory) a program under the interpreter, which pays per operation, not per element."""


@triton.jit  # type: ignore[untyped-decorator]
def _cosine_tile(  # type: ignore[no-untyped-def]
    query_rows,
    query_col_stride,
    query_inside,
    memory_rows,
    memory_col_stride,
    memory_inside,
    d,
    tiny: tl.constexpr,
    WIDEN: tl.constexpr,
    BLOCK_Q: tl.constexpr,
    BLOCK_M: tl.constexpr,
    BLOCK_D: tl.constexpr,
):
    """Cosines [BLOCK_Q, BLOCK_M] in one pass over d; -inf where the two cannot be compared."""
    product = tl.zeros((BLOCK_Q, BLOCK_M), dtype=tl.float32)
    query_square = tl.zeros((BLOCK_Q,), dtype=tl.float32)
    memory_square = tl.zeros((BLOCK_M,), dtype=tl.float32)
    for offset in range(0, d, BLOCK_D):
        depth = offset + tl.arange(0, BLOCK_D).to(tl.int64)
        queries = tl.load(
            query_rows[:, None] + depth[None, :] * query_col_stride,
            mask=query_inside[:, None] & (depth[None, :] < d),
            other=0.0,
        )
        memory = tl.load(
            memory_rows[None, :] + depth[:, None] * memory_col_stride,
            mask=memory_inside[None, :] & (depth[:, None] < d),
            other=0.0,
        )
        wide_queries = queries.to(tl.float32)
        wide_memory = memory.to(tl.float32)
        query_square += tl.sum(wide_queries * wide_queries, axis=1)
        memory_square += tl.sum(wide_memory * wide_memory, axis=0)
        # Single precision in full: TF32 would reorder close neighbours.
        if WIDEN:
            product = tl.dot(wide_queries, wide_memory, product, input_precision="ieee")
        else:
            product = tl.dot(queries, memory, product, input_precision="ieee")
    query_scale = tl.where(query_square < tiny, 0.0, tl.rsqrt(tl.maximum(query_square, tiny)))
    memory_scale = tl.where(memory_square < tiny, 0.0, tl.rsqrt(tl.maximum(memory_square, tiny)))
    cosine = product * query_scale[:, None] * memory_scale[None, :]
    cosine = tl.minimum(tl.maximum(cosine, -1.0), 1.0)
    # A NaN compares false, and an overflow to infinity is not below infinity: both drop out here.
    query_comparable = query_inside & (query_square < float("inf"))
    memory_comparable = memory_inside & (memory_square < float("inf"))
    return tl.where(query_comparable[:, None] & memory_comparable[None, :], cosine, float("-inf"))


@triton.jit
def _fold(kept_score, kept_index, cosine, columns):  # type: ignore[no-untyped-def]
    """The kept top-k after the tile's better rows have replaced its worst ones."""
    worst = tl.min(kept_score, axis=1)
    best, place = tl.max(cosine, axis=1, return_indices=True)
    while tl.max((best > worst).to(tl.int32), axis=0) > 0:
        gains = (best > worst)[:, None]
        incoming = tl.min(columns, axis=0) + place
        # Among equally bad slots the one with the highest index goes: lower indices stay.
        tied = kept_score == worst[:, None]
        evicted = tl.max(tl.where(tied, kept_index, -2147483648), axis=1)
        target = tied & (kept_index == evicted[:, None]) & gains
        kept_score = tl.where(target, best[:, None], kept_score)
        kept_index = tl.where(target, incoming[:, None], kept_index)
        taken = (columns[None, :] == incoming[:, None]) & gains
        cosine = tl.where(taken, float("-inf"), cosine)
        worst = tl.min(kept_score, axis=1)
        best, place = tl.max(cosine, axis=1, return_indices=True)
    return kept_score, kept_index


@triton.jit  # type: ignore[untyped-decorator]
def topk_cosine_kernel(  # type: ignore[no-untyped-def]
    query_ptr,
    memory_ptr,
    score_ptr,
    index_ptr,
    q,
    m,
    d,
    span,
    slots,
    query_row_stride,
    query_col_stride,
    memory_row_stride,
    memory_col_stride,
    tiny: tl.constexpr,
    WIDEN: tl.constexpr,
    BLOCK_Q: tl.constexpr,
    BLOCK_M: tl.constexpr,
    BLOCK_D: tl.constexpr,
    BLOCK_K: tl.constexpr,
):
    """Each span's best rows for each query, unsorted; both outputs are [q, spans, slots]."""
    rows = tl.program_id(0) * BLOCK_Q + tl.arange(0, BLOCK_Q)
    query_rows = query_ptr + rows.to(tl.int64) * query_row_stride
    first = tl.program_id(1) * span
    last = tl.minimum(first + span, m)
    slot = tl.arange(0, BLOCK_K)[None, :]
    grid = tl.zeros((BLOCK_Q, BLOCK_K), dtype=tl.int32)
    # Empty slots hold distinct negative indices, so that exactly one is replaced at a time;
    # padding up to a power of two holds +inf, so that it is never replaced.
    kept_index = grid - 1 - slot
    kept_score = grid.to(tl.float32) + tl.where(slot < slots, float("-inf"), float("inf"))
    for start in range(first, last, BLOCK_M):
        columns = start + tl.arange(0, BLOCK_M)
        cosine = _cosine_tile(
            query_rows,
            query_col_stride,
            rows < q,
            memory_ptr + columns.to(tl.int64) * memory_row_stride,
            memory_col_stride,
            columns < last,
            d,
            tiny,
            WIDEN,
            BLOCK_Q,
            BLOCK_M,
            BLOCK_D,
        )
        kept_score, kept_index = _fold(kept_score, kept_index, cosine, columns)
    out = (rows[:, None].to(tl.int64) * tl.num_programs(1) + tl.program_id(1)) * slots + slot
    inside = (rows[:, None] < q) & (slot < slots)
    tl.store(score_ptr + out, kept_score, mask=inside)
    tl.store(index_ptr + out, kept_index, mask=inside)


def topk_cosine_triton(
    queries: Tensor, memory: Tensor, slots: int, *, spans: int | None = None
) -> tuple[Tensor, Tensor]:
    """Scores and indices as `kernels.similarity` defines them, through the kernel.

    `spans` is the number of parts the bank is split into; by default enough of them to fill the
    device. Extra memory is q * spans * slots * 12 bytes, whatever the size of the bank.
    """
    (q, d), m = queries.shape, memory.shape[0]
    interpreted = triton.knobs.runtime.interpret
    if not (queries.is_cuda or interpreted):
        raise ValueError(
            f"the Triton kernel needs CUDA tensors, not {queries.device} ones, or the environment"
            " variable TRITON_INTERPRET=1 from before triton is imported"
        )
    block_q, block_m = _blocks(q, interpreted)
    if q == 0 or slots == 0:
        empty = queries.new_zeros((q, slots), dtype=torch.float32)
        return empty, empty.long()
    parts = _spans(queries, m, block_q, block_m) if spans is None else max(1, spans)
    span = triton.cdiv(triton.cdiv(m, parts), block_m) * block_m
    parts = triton.cdiv(m, span)
    scores = queries.new_empty((q, parts, slots), dtype=torch.float32)
    indices = queries.new_empty((q, parts, slots), dtype=torch.int32)
    launch: Any = topk_cosine_kernel[(triton.cdiv(q, block_q), parts)]
    launch(
        queries,
        memory,
        scores,
        indices,
        q,
        m,
        d,
        span,
        slots,
        *queries.stride(),
        *memory.stride(),
        tiny=TINY,
        # The interpreter holds bfloat16 as bare 16-bit integers and would multiply those.
        WIDEN=interpreted and queries.dtype == torch.bfloat16,
        BLOCK_Q=block_q,
        BLOCK_M=block_m,
        BLOCK_D=_BLOCK_D,
        BLOCK_K=triton.next_power_of_2(slots),
        num_warps=8 if block_q > 16 else 4,
    )
    return _merge(scores.view(q, -1), indices.view(q, -1).long(), slots)


def _merge(scores: Tensor, indices: Tensor, slots: int) -> tuple[Tensor, Tensor]:
    """The best `slots` of the spans' lists: by score, then by lower index."""
    indices, order = indices.sort(dim=1)
    scores, rank = scores.gather(1, order).sort(dim=1, descending=True, stable=True)
    scores, indices = scores[:, :slots].contiguous(), indices.gather(1, rank)[:, :slots]
    return scores, indices.masked_fill(scores == -torch.inf, -1)


def _blocks(q: int, interpreted: bool) -> tuple[int, int]:
    """Queries and memory rows a program holds at once; `tl.dot` wants at least 16 of each."""
    if interpreted:
        return _INTERPRETED_BLOCKS
    return (16 if q <= 16 else 64), _BLOCK_M


def _spans(queries: Tensor, m: int, block_q: int, block_m: int) -> int:
    """How many parts fill the device: about four programs a multiprocessor, one tile at least."""
    if not queries.is_cuda:
        return 1
    processors = torch.cuda.get_device_properties(queries.device).multi_processor_count
    wanted = triton.cdiv(4 * processors, triton.cdiv(queries.shape[0], block_q))
    return int(max(1, min(wanted, triton.cdiv(m, block_m))))
