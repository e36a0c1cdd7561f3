from pathlib import Path

import numpy as np
import pytest

from memory import embed


def test_each_text_is_embedded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def encode(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return np.stack([np.full(embed.SIZE, float(len(text)), np.float32) for text in texts])

    monkeypatch.setenv("WHETSTONE_CACHE", str(tmp_path))
    monkeypatch.setattr(embed, "encode", encode)
    embed.Embedder().embed(["tea", "milk", "tea"])
    vectors = embed.Embedder().embed(["milk", "tea"])
    assert sorted(asked) == ["milk", "tea"]
    assert vectors[:, 0].tolist() == [4.0, 3.0]
