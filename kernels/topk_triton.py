"""The Triton kernel of `topk_cosine`: one pass over the memory bank, never a [q, m] matrix.

A program owns a block of queries and a span of the bank. It streams the span tile by tile, takes
products and squared norms in the same pass over d, and folds each tile into a running top-k by
repeated maximum: the tile's best replaces the worst kept, until no row of the block gains. Few
queries over a large bank would leave a GPU idle, so the bank is split into spans, and the spans'
short lists are merged afterwards.

What is kept, compared and merged is one 64-bit key a row: the bits of its similarity, ordered as
integers, above its index, reversed. Keys are distinct, and the greater of two is the better row by
similarity and then by lower index, so no step has ties to break.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
import triton  # type: ignore[import-untyped]
import triton.language as tl  # type: ignore[import-untyped]
from torch import Tensor

from kernels.tolerance import TINY


@dataclass(frozen=True)
class Blocks:
    """What a program holds at once: rows of queries and memory, and depth; how many there are."""

    queries: int
    memory: int
    depth: int
    warps: int = 4
    stages: int = 3
    programs: int = 3
    """Programs wanted a multiprocessor: the bank is split until there are as many."""


_INTERPRETED = Blocks(256, 256, 32)
"""The interpreter pays per operation, not per element."""

_PRECISION = "tf32x3"
"""Single precision as three products of its halves, on tensor cores. TF32 alone would reorder close
neighbours."""

_UNPACKED = 256
"""Keys that a program unpacks."""


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
    PRECISION: tl.constexpr,
    BLOCK_Q: tl.constexpr,
    BLOCK_M: tl.constexpr,
    BLOCK_D: tl.constexpr,
):
    """Cosines [BLOCK_Q, BLOCK_M] in one pass over d; -inf where the two cannot be compared."""
    product = tl.zeros((BLOCK_Q, BLOCK_M), dtype=tl.float32)
    query_square = tl.zeros((BLOCK_Q,), dtype=tl.float32)
    memory_square = tl.zeros((BLOCK_M,), dtype=tl.float32)
    if BLOCK_Q == 1:
        # One query is bound by the reading of the bank: nothing is summed across threads until
        # the end.
        products = tl.zeros((BLOCK_D, BLOCK_M), dtype=tl.float32)
        query_squares = tl.zeros((BLOCK_D, 1), dtype=tl.float32)
        memory_squares = tl.zeros((BLOCK_D, BLOCK_M), dtype=tl.float32)
    for offset in range(0, d, BLOCK_D):
        depth = offset + tl.arange(0, BLOCK_D).to(tl.int64)
        memory = tl.load(
            memory_rows[None, :] + depth[:, None] * memory_col_stride,
            mask=memory_inside[None, :] & (depth[:, None] < d),
            other=0.0,
        )
        wide_memory = memory.to(tl.float32)
        if BLOCK_Q == 1:
            query = tl.load(
                query_rows[None, :] + depth[:, None] * query_col_stride,
                mask=query_inside[None, :] & (depth[:, None] < d),
                other=0.0,
            ).to(tl.float32)
            products += query * wide_memory
            query_squares += query * query
            memory_squares += wide_memory * wide_memory
        else:
            queries = tl.load(
                query_rows[:, None] + depth[None, :] * query_col_stride,
                mask=query_inside[:, None] & (depth[None, :] < d),
                other=0.0,
            )
            wide_queries = queries.to(tl.float32)
            query_square += tl.sum(wide_queries * wide_queries, axis=1)
            memory_square += tl.sum(wide_memory * wide_memory, axis=0)
            if WIDEN:
                product = tl.dot(wide_queries, wide_memory, product, input_precision=PRECISION)
            else:
                product = tl.dot(queries, memory, product, input_precision=PRECISION)
    if BLOCK_Q == 1:
        product = tl.sum(products, axis=0)[None, :]
        query_square = tl.sum(query_squares, axis=0)
        memory_square = tl.sum(memory_squares, axis=0)
    query_scale = tl.where(query_square < tiny, 0.0, tl.rsqrt(tl.maximum(query_square, tiny)))
    memory_scale = tl.where(memory_square < tiny, 0.0, tl.rsqrt(tl.maximum(memory_square, tiny)))
    cosine = product * query_scale[:, None] * memory_scale[None, :]
    cosine = tl.minimum(tl.maximum(cosine, -1.0), 1.0)
    # A NaN compares false, and an overflow to infinity is not below infinity: both drop out here.
    query_comparable = query_inside & (query_square < float("inf"))
    memory_comparable = memory_inside & (memory_square < float("inf"))
    return tl.where(query_comparable[:, None] & memory_comparable[None, :], cosine, float("-inf"))


@triton.jit
def _keys(cosine, columns):  # type: ignore[no-untyped-def]
    """One key a similarity; `_unpack` is its inverse."""
    # The two zeros compare equal, but their bits differ.
    bits = tl.where(cosine == 0.0, 0.0, cosine).to(tl.int32, bitcast=True)
    ordered = bits ^ ((bits >> 31) & 0x7FFFFFFF)
    return (ordered.to(tl.int64) << 32) | (0x7FFFFFFF - columns).to(tl.int64)


@triton.jit
def _fold(kept, keys):  # type: ignore[no-untyped-def]
    """The kept top-k after the tile's better rows have replaced its worst ones."""
    worst = tl.min(kept, axis=1)
    best = tl.max(keys, axis=1)
    while tl.max((best > worst).to(tl.int32), axis=0) > 0:
        gains = (best > worst)[:, None]
        kept = tl.where((kept == worst[:, None]) & gains, best[:, None], kept)
        # Where a row gains no more, its tile's best is never asked for again.
        keys = tl.where(keys == best[:, None], -0x7FFFFFFFFFFFFFFF, keys)
        worst = tl.min(kept, axis=1)
        best = tl.max(keys, axis=1)
    return kept


@triton.jit  # type: ignore[untyped-decorator]
def topk_cosine_kernel(  # type: ignore[no-untyped-def]
    query_ptr,
    memory_ptr,
    key_ptr,
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
    PRECISION: tl.constexpr,
    BLOCK_Q: tl.constexpr,
    BLOCK_M: tl.constexpr,
    BLOCK_D: tl.constexpr,
    BLOCK_K: tl.constexpr,
):
    """The keys of each span's best rows for each query, unsorted, [q, spans, slots]."""
    rows = tl.program_id(0) * BLOCK_Q + tl.arange(0, BLOCK_Q)
    query_rows = query_ptr + rows.to(tl.int64) * query_row_stride
    first = tl.program_id(1) * span
    last = tl.minimum(first + span, m)
    slot = tl.arange(0, BLOCK_K)[None, :]
    # Empty slots are distinct, above rows that cannot be compared (-inf, with an index) and below
    # all others; padding up to a power of two is never replaced.
    empty = (tl.full((), -0x7F800001, tl.int64) << 32) | (0x80000000 + slot.to(tl.int64))
    kept = tl.where(slot < slots, empty, 0x7FFFFFFFFFFFFFFF)
    kept += tl.zeros((BLOCK_Q, BLOCK_K), dtype=tl.int64)
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
            PRECISION,
            BLOCK_Q,
            BLOCK_M,
            BLOCK_D,
        )
        kept = _fold(kept, _keys(cosine, columns[None, :]))
    out = (rows[:, None].to(tl.int64) * tl.num_programs(1) + tl.program_id(1)) * slots + slot
    tl.store(key_ptr + out, kept, mask=(rows[:, None] < q) & (slot < slots))


@triton.jit  # type: ignore[untyped-decorator]
def _unpack_kernel(key_ptr, score_ptr, index_ptr, count, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def]
    """Scores and indices from keys, all of them [count]."""
    at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    keys = tl.load(key_ptr + at, mask=at < count, other=0)
    ordered = (keys >> 32).to(tl.int32)
    scores = (ordered ^ ((ordered >> 31) & 0x7FFFFFFF)).to(tl.float32, bitcast=True)
    indices = 0x7FFFFFFF - (keys & 0xFFFFFFFF)
    tl.store(score_ptr + at, scores, mask=at < count)
    tl.store(index_ptr + at, tl.where(scores == float("-inf"), -1, indices), mask=at < count)


def topk_cosine_triton(
    queries: Tensor,
    memory: Tensor,
    slots: int,
    *,
    spans: int | None = None,
    blocks: Blocks | None = None,
) -> tuple[Tensor, Tensor]:
    """Scores and indices as `kernels.similarity` defines them, through the kernel.

    `spans` is the number of parts the bank is split into; by default enough of them to fill the
    device. `blocks` are by default those that were fastest on an H100 at like shapes. Extra memory
    is q * spans * slots * 8 bytes, whatever the size of the bank.
    """
    (q, d), m = queries.shape, memory.shape[0]
    interpreted = triton.knobs.runtime.interpret
    if not (queries.is_cuda or interpreted):
        raise ValueError(
            f"the Triton kernel needs CUDA tensors, not {queries.device} ones, or the environment"
            " variable TRITON_INTERPRET=1 from before triton is imported"
        )
    if q == 0 or slots == 0:
        empty = queries.new_zeros((q, slots), dtype=torch.float32)
        return empty, empty.long()
    if blocks is None:
        blocks = _INTERPRETED if interpreted else _blocks(q, slots, queries.dtype)
    parts = _spans(queries, m, blocks) if spans is None else max(1, spans)
    span = triton.cdiv(triton.cdiv(m, parts), blocks.memory) * blocks.memory
    parts = triton.cdiv(m, span)
    keys = queries.new_empty((q, parts, slots), dtype=torch.int64)
    launch: Any = topk_cosine_kernel[(triton.cdiv(q, blocks.queries), parts)]
    launch(
        queries,
        memory,
        keys,
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
        PRECISION=_PRECISION,
        BLOCK_Q=blocks.queries,
        BLOCK_M=blocks.memory,
        BLOCK_D=blocks.depth,
        BLOCK_K=triton.next_power_of_2(slots),
        num_warps=blocks.warps,
        num_stages=blocks.stages,
    )
    return _merge(keys.view(q, -1), slots)


def _merge(keys: Tensor, slots: int) -> tuple[Tensor, Tensor]:
    """The best `slots` of the spans' lists, best first."""
    best = keys.topk(slots).values
    scores = torch.empty_like(best, dtype=torch.float32)
    indices = torch.empty_like(best)
    launch: Any = _unpack_kernel[(triton.cdiv(best.numel(), _UNPACKED),)]
    launch(best, scores, indices, best.numel(), BLOCK=_UNPACKED)
    return scores, indices


def _blocks(q: int, slots: int, dtype: torch.dtype) -> Blocks:
    """The fastest on an H100 at like shapes, of some twenty tried; `tl.dot` wants 16 rows."""
    single = dtype == torch.float32
    if q == 1:
        return Blocks(1, 64 if slots <= 8 else 32, 64, programs=4)
    if q <= 16:
        return Blocks(16, 128, 64 if single else 32, programs=2)
    if q <= 32 or slots > 64:
        return Blocks(32, 128, 32, programs=2)
    if q <= 64:
        return Blocks(64, 128, 32, programs=2)
    return Blocks(128, 128, 32, warps=8) if single or slots <= 16 else Blocks(64, 128, 32)


def _spans(queries: Tensor, m: int, blocks: Blocks) -> int:
    """How many parts fill the device, one tile at least."""
    if not queries.is_cuda:
        return 1
    programs = blocks.programs * _processors(queries.device)
    wanted = triton.cdiv(programs, triton.cdiv(len(queries), blocks.queries))
    return int(max(1, min(wanted, triton.cdiv(m, blocks.memory))))


@lru_cache
def _processors(device: torch.device) -> int:
    return int(torch.cuda.get_device_properties(device).multi_processor_count)
