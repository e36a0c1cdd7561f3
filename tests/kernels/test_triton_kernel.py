"""The Triton kernel without a GPU: run under the interpreter, and compiled to machine code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_SPANS = """
import torch
from kernels.reference import topk_cosine_torch
from kernels.topk_triton import Blocks, topk_cosine_triton

memory = torch.eye(6).repeat(200, 1)
memory[7] = float("nan")
for blocks in (None, Blocks(1, 64, 16), Blocks(16, 64, 32)):
    for spans in (1, 2, 3, 5):
        ours = topk_cosine_triton(torch.eye(6), memory, 9, spans=spans, blocks=blocks)
        reference = topk_cosine_torch(torch.eye(6), memory, 9)
        assert ours[1].tolist() == reference[1].tolist(), (blocks, spans)
        assert ours[0].tolist() == reference[0].tolist(), (blocks, spans)
"""


def _python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # Triton reads TRITON_INTERPRET while it is imported: only a fresh process can switch.
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_kernel_keeps_every_promise_under_the_interpreter() -> None:
    promises = str(ROOT / "tests/kernels/test_topk_cosine.py")
    ran = _python("-m", "pytest", "-p", "no:xdist", "-vv", promises, TRITON_INTERPRET="1")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "[1-1-1-1-triton] PASSED" in ran.stdout


def test_a_bank_split_into_spans_merges_to_the_same_lists() -> None:
    ran = _python("-c", _SPANS, TRITON_INTERPRET="1")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("dtype", ["fp32", "bf16"])
@pytest.mark.parametrize("capability", [80, 90])
@pytest.mark.parametrize("queries", [1, 64])
def test_the_kernel_compiles_for_gpus(
    queries: int, dtype: str, capability: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    triton = pytest.importorskip("triton")
    from triton.backends.compiler import GPUTarget
    from triton.compiler import ASTSource

    from kernels.topk_triton import topk_cosine_kernel

    monkeypatch.setattr(triton.knobs.cache, "dir", str(tmp_path))
    constants = {"tiny": 1e-30, "WIDEN": False, "PRECISION": "tf32x3"}
    constants |= {"BLOCK_Q": queries, "BLOCK_M": 64, "BLOCK_D": 32, "BLOCK_K": 8}
    signature = dict.fromkeys(topk_cosine_kernel.arg_names, "i32")
    signature |= {"query_ptr": f"*{dtype}", "memory_ptr": f"*{dtype}"}
    signature |= {"key_ptr": "*i64"} | dict.fromkeys(constants, "constexpr")
    source = ASTSource(fn=topk_cosine_kernel, signature=signature, constexprs=constants)
    target = GPUTarget("cuda", capability, 32)
    compiled = triton.compile(source, target=target, options={"num_warps": 8})
    assert compiled.asm["cubin"][:4] == b"\x7fELF"
    assert compiled.metadata.shared <= 64 * 1024


def test_importing_the_package_brings_neither_torch_nor_triton() -> None:
    ran = _python(
        "-c", "import sys, kernels; print({'torch', 'triton'} & set(sys.modules), end='')"
    )
    assert ran.stdout == "set()", ran.stderr
