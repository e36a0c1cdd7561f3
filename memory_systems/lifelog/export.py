"""A generated benchmark on disk: a file of LoCoMo's shape and its pictures."""

from __future__ import annotations

import json
from pathlib import Path

from memory_systems.lifelog.generator import draw_pictures, generate_samples

FILE = "lifelog.json"


def write(
    folder: Path,
    seed: int = 0,
    conversations: int = 12,
    sessions: int = 8,
    turns_per_session: int = 14,
    questions: int = 24,
) -> Path:
    """Writes `lifelog.json` and `assets/<group>/*.png` into a folder; returns the file."""
    samples = generate_samples(seed, conversations, sessions, turns_per_session, questions)
    folder.mkdir(parents=True, exist_ok=True)
    draw_pictures(samples, folder / "assets")
    path = folder / FILE
    documents = [sample.document for sample in samples]
    path.write_text(json.dumps(documents, indent=1) + "\n", encoding="utf-8")
    return path
