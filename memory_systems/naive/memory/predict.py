"""Answers a file of questions: python -m memory.predict --input FOLDER --output FILE."""

import argparse
import json
import logging
from collections import defaultdict
from pathlib import Path
from typing import Any

from memory.answer import Answerer
from memory.embed import Embedder
from memory.ingest import ingest
from memory.question import analyse
from memory.retrieve import Retriever
from memory.settings import Settings, load

log = logging.getLogger("memory")
ROOT = Path(__file__).resolve().parent.parent


def read_questions(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Questions by conversation."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text().splitlines():
        row = json.loads(line)
        groups[row["group"]].append(row)
    return groups


def answer_group(
    folder: Path, group: str, rows: list[dict[str, Any]], embedder: Embedder, settings: Settings
) -> list[dict[str, Any]]:
    conversation = json.loads((folder / "contexts" / f"{group}.json").read_text())
    memories = ingest(conversation, folder / "assets" / group)
    speakers = sorted({memory.speaker for memory in memories})
    questions = [analyse(row["question"]["question"], speakers) for row in rows]
    found = Retriever(memories, embedder, settings.retrieval).search(questions)
    for question, hits in zip(questions, found, strict=True):
        log.debug("%s <- %s", question.text, [hit.memory.summary for hit in hits])
    answerer = Answerer(settings, ROOT / "prompts")
    return [
        {
            "id": row["id"],
            "prediction": answerer.answer(question, hits),
            "retrieved": [hit.memory.id for hit in hits],
        }
        for row, question, hits in zip(rows, questions, found, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--verbose", action="store_true", help="log what each question found")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.DEBUG if arguments.verbose else logging.WARNING)
    settings, embedder = load(ROOT / "settings.yaml"), Embedder()
    with arguments.output.open("w") as out:
        for group, rows in read_questions(arguments.input / "questions.jsonl").items():
            for prediction in answer_group(arguments.input, group, rows, embedder, settings):
                out.write(json.dumps(prediction) + "\n")


if __name__ == "__main__":
    main()
