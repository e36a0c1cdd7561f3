"""Times `kernels.topk_cosine` against `torch.topk(q @ m.T)` on a CUDA device.

    python -m benchmarks.topk_cosine [--json FILE]

The baseline gets rows that are normalised already, and breaks ties as it likes, so it does less
than the kernel; its matrix product runs in full single precision. Each line is checked against the
reference before it is timed. Times are medians in milliseconds over repeats that together last
about 0.1 s, after a warm-up; memory is what a call allocates at its peak, in MiB.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor

from kernels import topk_cosine

_SHAPES = (
    (1, 6_000, 384),
    (32, 6_000, 384),
    (1, 1_000_000, 384),
    (64, 1_000_000, 384),
    (2_000, 6_000, 384),
    (2_000, 100_000, 384),
)
_SLOTS = (8, 32, 128)
_DTYPES = (torch.float32, torch.bfloat16)


@dataclass(frozen=True)
class Timing:
    """One shape: times in ms, peak memory of a call in MiB."""

    dtype: str
    q: int
    m: int
    d: int
    k: int
    kernel_ms: float
    torch_ms: float
    kernel_mib: float
    torch_mib: float


def measure(q: int, m: int, d: int, k: int, dtype: torch.dtype) -> Timing:
    """Times one shape on the current CUDA device; raises AssertionError if the kernel is wrong."""
    import triton  # type: ignore[import-untyped]

    generator = torch.Generator("cuda").manual_seed(0)
    queries = torch.randn(q, d, device="cuda", generator=generator).to(dtype)
    memory = torch.randn(m, d, device="cuda", generator=generator).to(dtype)
    unit_queries = torch.nn.functional.normalize(queries, dim=1)
    unit_memory = torch.nn.functional.normalize(memory, dim=1)
    sample = queries[:4]
    torch.testing.assert_close(
        topk_cosine(sample, memory, k, backend="triton").scores,
        topk_cosine(sample, memory, k, backend="torch").scores,
        atol=1e-5,
        rtol=0,
    )

    def kernel() -> Tensor:
        return topk_cosine(queries, memory, k, backend="triton").scores

    def baseline() -> Tensor:
        return torch.topk(unit_queries @ unit_memory.T, k).values

    times = [triton.testing.do_bench(f, return_mode="median") for f in (kernel, baseline)]
    peaks = []
    for function in (kernel, baseline):
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated()
        function()
        peaks.append((torch.cuda.max_memory_allocated() - before) / 2**20)
    return Timing(str(dtype).removeprefix("torch."), q, m, d, k, *times, *peaks)


def main() -> None:
    """Prints one line a shape, or that there is nothing to time."""
    parser = argparse.ArgumentParser(description="Time topk_cosine against torch.topk(q @ m.T).")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    arguments = parser.parse_args()
    if not torch.cuda.is_available():
        print("No CUDA device is present: nothing was timed.")
        return
    torch.backends.cuda.matmul.allow_tf32 = False
    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}")
    print("dtype          q         m     d    k   kernel ms   torch ms   kernel MiB   torch MiB")
    timings = []
    for dtype in _DTYPES:
        for (q, m, d), k in ((shape, k) for shape in _SHAPES for k in _SLOTS):
            t = measure(q, m, d, k, dtype)
            timings.append(asdict(t))
            print(
                f"{t.dtype:9} {q:6} {m:9} {d:5} {k:4} {t.kernel_ms:11.3f} {t.torch_ms:10.3f}"
                f" {t.kernel_mib:12.1f} {t.torch_mib:11.1f}"
            )
    if arguments.json:
        arguments.json.write_text(json.dumps(timings, indent=2) + "\n")


if __name__ == "__main__":
    main()
