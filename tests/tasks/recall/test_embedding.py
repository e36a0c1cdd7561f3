"""The encoder agrees with torch's own, and its cache answers without it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tasks.errors import DataError
from tasks.recall import embed
from tasks.recall.minilm import MiniLM, load_minilm

ROOT = Path(__file__).parents[3]
_TEXTS = [
    "Caroline adopted a cat.",
    "a",
    "When did they go to the museum with all of the children?",
]


def _torch_layers(weights: dict[str, Tensor]) -> nn.TransformerEncoder:
    """The same weights in torch's own encoder: an implementation that is not ours."""
    layer = nn.TransformerEncoderLayer(
        384, 12, 1536, dropout=0.0, activation="gelu", layer_norm_eps=1e-12, batch_first=True
    )
    encoder = nn.TransformerEncoder(layer, 6, enable_nested_tensor=False).eval()
    for i, block in enumerate(encoder.layers):
        name = f"encoder.layer.{i}"
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        state = {
            "self_attn.in_proj_weight": torch.cat([weights[f"{part}.weight"] for part in parts]),
            "self_attn.in_proj_bias": torch.cat([weights[f"{part}.bias"] for part in parts]),
        }
        for ours, theirs in {
            "attention.output.dense": "self_attn.out_proj",
            "attention.output.LayerNorm": "norm1",
            "intermediate.dense": "linear1",
            "output.dense": "linear2",
            "output.LayerNorm": "norm2",
        }.items():
            for kind in ("weight", "bias"):
                state[f"{theirs}.{kind}"] = weights[f"{name}.{ours}.{kind}"]
        block.load_state_dict(state)
    return encoder


def test_vectors_match_an_independent_forward_pass() -> None:
    model = load_minilm()
    weights, encoder = model._weights, _torch_layers(model._weights)
    for text, vector in zip(_TEXTS, model.encode(_TEXTS), strict=True):
        ids = torch.tensor(model._tokenizer.encode(text).ids)
        states = weights["embeddings.word_embeddings.weight"][ids]
        states = states + weights["embeddings.position_embeddings.weight"][: len(ids)]
        states = states + weights["embeddings.token_type_embeddings.weight"][0]
        norm = "embeddings.LayerNorm"
        states = nn.functional.layer_norm(
            states, (384,), weights[f"{norm}.weight"], weights[f"{norm}.bias"], 1e-12
        )
        with torch.inference_mode():
            mean = encoder(states[None])[0].mean(0)
        np.testing.assert_allclose(vector, (mean / mean.norm()).numpy(), atol=2e-6)


def test_vectors_are_unit_in_order_and_put_like_beside_like() -> None:
    vectors = embed(["The cat sat down.", "A cat was sitting.", "Quarterly tax filing", ""])
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]
    assert embed([]).shape == (0, 384)


def test_a_long_text_is_cut_and_a_repeated_one_computed_once(tmp_path: Path) -> None:
    vectors = embed(["word " * 5000, "x", "x"], tmp_path)
    assert np.array_equal(vectors[1], vectors[2])
    with sqlite3.connect(tmp_path / "cache" / "embeddings.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM embedding").fetchone() == (2,)


def test_cached_texts_need_no_torch_in_a_new_process(tmp_path: Path) -> None:
    expected = embed(_TEXTS, tmp_path)
    program = (
        "import sys; from pathlib import Path; from tasks.recall import embed\n"
        f"vectors = embed({_TEXTS!r}, Path({str(tmp_path)!r}))\n"
        "sys.stdout.write(f\"{'torch' in sys.modules} {vectors.tobytes().hex()}\")"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout == f"False {expected.tobytes().hex()}", ran.stderr


def test_threads_share_one_cache(tmp_path: Path) -> None:
    def work(number: int) -> int:
        return len(embed([f"text {i}" for i in range(number, number + 5)], tmp_path))

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, range(6))) == [5] * 6


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    with pytest.raises(DataError, match=r"SHA-256 .* expected 53aa5117"):
        MiniLM(tmp_path)
    with pytest.raises(DataError, match="weights are missing"):
        MiniLM(tmp_path / "nowhere")


def test_a_cache_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "embeddings.sqlite").write_bytes(b"garbage" * 400)
    with pytest.raises(DataError, match=r"cache .*embeddings.sqlite cannot be used"):
        embed(["x"], tmp_path)


def test_importing_the_package_costs_neither_lancedb_nor_torch() -> None:
    program = (
        "import sys, time; start = time.perf_counter(); import tasks.recall\n"
        "seconds = time.perf_counter() - start\n"
        "print({'torch', 'lancedb', 'numpy', 'pydantic'} & set(sys.modules), seconds < 0.05)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ, capture_output=True, text=True
    )
    assert ran.stdout == "set() True\n", ran.stderr
