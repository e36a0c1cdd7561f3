"""What `topk_cosine` promises, held against every implementation that can run in this process.

The Triton kernel takes part where a CUDA device is present, and under Triton's interpreter, which
`test_triton_kernel.py` starts over this file in a process of its own.
"""

from __future__ import annotations

import os

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from kernels import TopK, topk_cosine

_DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
_KERNEL_RUNS = _DEVICE == "cuda" or os.environ.get("TRITON_INTERPRET") == "1"
_BACKENDS = ["torch", "triton"] if _KERNEL_RUNS else ["torch"]

backends = pytest.mark.parametrize("backend", _BACKENDS)


def _signs(rows: int, width: int, seed: int) -> Tensor:
    """Rows of +-1: all norms equal and all products exact, so ties are ties to the last bit."""
    generator = torch.Generator().manual_seed(seed)
    return (torch.randint(0, 2, (rows, width), generator=generator) * 2.0 - 1.0).to(_DEVICE)


def _brute_force(queries: Tensor, memory: Tensor, k: int) -> list[list[int]]:
    """Indices by the plainest means: cosine in double, sorted by (-similarity, index)."""
    chosen = []
    for query in queries.double().cpu():
        cosine = torch.nn.functional.cosine_similarity(query[None], memory.double().cpu())
        order = sorted(range(len(memory)), key=lambda i: (-round(float(cosine[i]), 9), i))
        chosen.append(order[:k])
    return chosen


@backends
@pytest.mark.parametrize(
    ("q", "m", "d", "k"), [(1, 1, 1, 1), (5, 3, 7, 10), (17, 300, 33, 5), (3, 70, 129, 8)]
)
def test_ragged_sizes_with_ties_match_brute_force(
    backend: str, q: int, m: int, d: int, k: int
) -> None:
    queries, memory = _signs(q, d, 0), _signs(m, d, 1)
    found = topk_cosine(queries, memory, k, backend=backend)
    assert found.scores.shape == found.indices.shape == (q, min(k, m))
    assert found.indices.tolist() == _brute_force(queries, memory, k)


@backends
@settings(max_examples=25, deadline=None)
@given(
    q=st.integers(1, 20),
    m=st.integers(1, 90),
    d=st.integers(1, 70),
    k=st.integers(0, 12),
    seed=st.integers(0, 2**16),
)
def test_random_rows_match_the_exact_cosine(
    backend: str, q: int, m: int, d: int, k: int, seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    queries = torch.randn(q, d, generator=generator).to(_DEVICE)
    memory = torch.randn(m, d, generator=generator).to(_DEVICE)
    found = topk_cosine(queries, memory, k, backend=backend)
    cosine = torch.nn.functional.cosine_similarity(
        queries.double()[:, None], memory.double()[None], dim=2
    )
    best = cosine.sort(dim=1, descending=True).values[:, : min(k, m)]
    torch.testing.assert_close(found.scores.double(), best, atol=1e-5, rtol=0)
    at_index = cosine.gather(1, found.indices)
    torch.testing.assert_close(found.scores.double(), at_index, atol=1e-5, rtol=0)
    assert all(len(set(row)) == len(row) for row in found.indices.tolist())


@backends
def test_equal_rows_come_out_by_lower_index_across_tiles(backend: str) -> None:
    memory = torch.eye(8, device=_DEVICE).repeat(80, 1)
    found = topk_cosine(torch.eye(8, device=_DEVICE), memory, 3, backend=backend)
    assert found.indices.tolist() == [[i, i + 8, i + 16] for i in range(8)]
    assert found.scores.unique().tolist() == [1.0]


@backends
@pytest.mark.parametrize("poison", [float("nan"), float("inf"), -float("inf"), 1e30])
def test_rows_that_cannot_be_compared_are_never_chosen(backend: str, poison: float) -> None:
    queries, memory = _signs(4, 6, 0), _signs(5, 6, 1)
    queries[1, 2] = memory[0, 0] = memory[3, 5] = poison
    found = topk_cosine(queries, memory, 5, backend=backend)
    assert found.indices[1].tolist() == [-1] * 5
    assert found.scores[1].tolist() == [-float("inf")] * 5
    for row in (0, 2, 3):
        assert sorted(found.indices[row].tolist()) == [-1, -1, 1, 2, 4]
        assert found.indices[row, 3:].tolist() == [-1, -1]
        assert found.scores[row, 3:].tolist() == [-float("inf")] * 2


@backends
def test_a_zero_vector_is_similar_to_nothing_and_comparable_to_all(backend: str) -> None:
    queries = torch.tensor([[1.0, 0.0], [0.0, 0.0]], device=_DEVICE)
    memory = torch.tensor([[-1.0, 0.0], [0.0, 0.0], [1.0, 1.0], [1e-16, 0.0]], device=_DEVICE)
    found = topk_cosine(queries, memory, 4, backend=backend)
    assert found.indices.tolist() == [[2, 1, 3, 0], [0, 1, 2, 3]]
    assert found.scores[0, 1:].tolist() == [0.0, 0.0, -1.0]
    assert found.scores[1].tolist() == [0.0] * 4


@backends
@pytest.mark.parametrize(("q", "m", "k"), [(3, 0, 4), (0, 3, 4), (3, 4, 0), (0, 0, 0)])
def test_empty_sides_give_empty_results(backend: str, q: int, m: int, k: int) -> None:
    found = topk_cosine(_signs(q, 5, 0), _signs(m, 5, 1), k, backend=backend)
    assert found.scores.shape == found.indices.shape == (q, min(k, m))
    assert found.scores.dtype == torch.float32
    assert found.indices.dtype == torch.int64


@backends
def test_strides_do_not_matter(backend: str) -> None:
    queries, memory = _signs(6, 40, 0), _signs(90, 40, 1)
    wide = torch.zeros(180, 80, device=_DEVICE)
    wide[::2, ::2] = memory
    plain = topk_cosine(queries, memory, 7, backend=backend)
    strided = topk_cosine(queries.T.contiguous().T, wide[::2, ::2], 7, backend=backend)
    assert strided.indices.tolist() == plain.indices.tolist()
    assert strided.scores.tolist() == plain.scores.tolist()


@backends
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_rows_are_compared_in_single(backend: str, dtype: torch.dtype) -> None:
    generator = torch.Generator().manual_seed(3)
    queries = torch.randn(9, 50, generator=generator).to(_DEVICE, dtype)
    memory = torch.randn(200, 50, generator=generator).to(_DEVICE, dtype)
    found = topk_cosine(queries, memory, 6, backend=backend)
    exact = topk_cosine(queries.float(), memory.float(), 6, backend="torch")
    torch.testing.assert_close(found.scores, exact.scores, atol=2e-6, rtol=0)
    assert found.indices.tolist() == exact.indices.tolist()


def test_auto_takes_pytorch_off_cuda_and_says_the_same() -> None:
    queries, memory = _signs(3, 8, 0).cpu(), _signs(30, 8, 1).cpu()
    auto, torch_ = topk_cosine(queries, memory, 4), topk_cosine(queries, memory, 4, backend="torch")
    assert isinstance(auto, TopK)
    assert auto.indices.tolist() == torch_.indices.tolist()


@pytest.mark.parametrize(
    ("queries", "memory", "k", "match"),
    [
        (torch.zeros(3), torch.zeros(2, 3), 1, r"\[q, d\]"),
        (torch.zeros(1, 4), torch.zeros(2, 3), 1, r"\(1, 4\) and \(2, 3\)"),
        (torch.zeros(1, 3), torch.zeros(2, 3).half(), 1, "one dtype"),
        (torch.zeros(1, 3).double(), torch.zeros(2, 3).double(), 1, "one dtype"),
        (torch.zeros(1, 3), torch.zeros(2, 3, device="meta"), 1, "one device"),
        (torch.zeros(1, 3), torch.zeros(2, 3), -1, "negative"),
    ],
)
def test_inputs_that_do_not_match_are_named(
    queries: Tensor, memory: Tensor, k: int, match: str
) -> None:
    with pytest.raises(ValueError, match=match):
        topk_cosine(queries, memory, k)


def test_more_slots_than_the_kernel_keeps_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 128 slots, not 129"):
        topk_cosine(torch.zeros(1, 3), torch.zeros(200, 3), 129, backend="triton")


@pytest.mark.skipif(_KERNEL_RUNS, reason="the kernel can run in this process")
def test_the_kernel_without_a_gpu_says_what_it_needs() -> None:
    with pytest.raises(ValueError, match="needs CUDA tensors, not cpu ones"):
        topk_cosine(torch.zeros(1, 3), torch.zeros(2, 3), 1, backend="triton")
