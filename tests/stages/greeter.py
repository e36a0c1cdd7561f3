"""A small target whose prompt file decides how it answers: at length, or in a word."""

from __future__ import annotations

import json
from pathlib import Path

CONTRACT = """
name: greeter
repository: {path: tree, snapshot: true}
editable: ["*.py", prompts/*.txt]
prompts: [prompts/*.txt]
metric: {kind: predictions, name: accuracy, scorer: exact_match}
predict: {command: ["{python}", answer.py, "{input}", "{output}"]}
data: {benchmark: jsonl, path: data}
splits: {sealed_share: 0.5, select_share: 0}
budget: {experiments: 12, minutes: 30, sealed_openings: 4, repeats: 2}
"""
ANSWER = """\
import json, pathlib, sys


def told():
    return pathlib.Path("prompts/ask.txt").read_text().split()


def answer(question, words):
    if words == ["crash"]:
        raise SystemExit("no answer")
    name = question.split()[-1]
    return name if "briefly" in words else f"It is {name}"


folder = pathlib.Path(sys.argv[1])
with open(sys.argv[2], "w") as out:
    for line in (folder / "questions.jsonl").read_text().splitlines():
        row = json.loads(line)
        text = answer(row["question"]["question"], told())
        out.write(json.dumps({"id": row["id"], "prediction": text}) + "\\n")
"""


def greeter(folder: Path, data: str = "data", groups: int = 4) -> Path:
    """Writes the target with three items a group; returns the path of its contract."""
    (folder / data / "contexts").mkdir(parents=True)
    (folder / "tree" / "prompts").mkdir(parents=True)
    (folder / "tree" / "answer.py").write_text(ANSWER)
    (folder / "tree" / "prompts" / "ask.txt").write_text("Answer.\n")
    rows = []
    for group in range(groups):
        (folder / data / "contexts" / f"g{group}.json").write_text("{}")
        rows += [{"group": f"g{group}", "question": f"Name {n} of Ann{group}{n}",
                  "gold": f"Ann{group}{n}"} for n in range(3)]  # fmt: skip
    (folder / data / "items.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "contract.yaml").write_text(CONTRACT)
    return folder / "contract.yaml"
