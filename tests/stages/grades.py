"""A small target with two defects, and a mind that knows them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.researchers.language_model.models.fault_server import Act, answer

TARGET = Path(__file__).parents[2] / "benchmarks" / "toys" / "grades"


def grades(folder: Path) -> Path:
    """The contract of a copy of the target."""
    shutil.copytree(TARGET, folder / "target")
    return folder / "target" / "target.yaml"


def model_file(folder: Path, text: str) -> str:
    """The path of a model's file with this text."""
    path = folder / "model.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def edit(path: str, search: str, replace: str) -> dict[str, Any]:
    return {"action": "replace", "path": path, "search": search, "replace": replace}


CAUSES = ["mean cuts fractions off", "best sorts upwards"]
EDITS = {
    CAUSES[0]: edit("grades.py", "total // len(points)", "total / len(points)"),
    CAUSES[1]: edit("grades.py", "sorted(points)", "sorted(points, reverse=True)"),
}


def mind(prompt: str) -> dict[str, Any]:
    """What a model that knows this target would say, told apart by the fields it is asked for."""
    asked = prompt.rsplit("Answer with one JSON object with ", 1)[1]
    if "`conclusion`" in asked:
        found = {"path": "grades.py", "line": 11, "evidence": "// cuts", "strength": 0.9}
        return {"conclusion": "seen", "calls": [], "findings": [found]}
    if "`causes`" in asked:
        return {
            "causes": [
                {"statement": statement, "change_type": "bug_fix", "findings": [1],
                 "places": [{"path": "grades.py"}], "predicted_effect": 0.2}
                for statement in CAUSES
            ]
        }  # fmt: skip
    if "`repeats`" in asked:
        return {"repeats": []}
    if "`change`" in asked:
        cause = next(c for c in CAUSES if f"{c}\nplaces" in prompt)
        return {
            "change": {"title": cause, "rationale": cause, "change_type": "bug_fix",
                       "edits": [EDITS[cause]], "confidence": 0.8}
        }  # fmt: skip
    if "`give_up`" in asked:
        return {"give_up": True, "reason": "no idea", "edits": []}
    return {"lessons": [], "refine": [], "direction": "elsewhere"}


def reply(prompt: str) -> Act:
    return answer(json.dumps(mind(prompt)), prompt=len(prompt) // 4, cached=40)
