"""A model that answers from a script: a function from the step and the prompt to the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import dspy
from dspy.lm15 import Message, Request, Response, TextPart, Usage, response_to_events

from researchers.language_model import LanguageModel
from researchers.language_model.step import Step, current_step

Answer = dict[str, Any] | str | Exception


@dataclass
class Script:
    """A DSPy engine; `asked` keeps the step and the whole prompt of every call."""

    answers: Callable[[Step, str], Answer]
    asked: list[tuple[Step, str]] = field(default_factory=list)

    def complete(self, request: Request) -> Response:
        system = request.system or ""
        parts = [system if isinstance(system, str) else "".join(p.text for p in system)]
        prompt = "\n".join([*parts, *(m.text or "" for m in request.messages)])
        self.asked.append((current_step(), prompt))
        answer = self.answers(current_step(), prompt)
        if isinstance(answer, Exception):
            raise answer
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return Response(
            id=None,
            model="script",
            message=Message.assistant([TextPart(text)]),
            finish_reason="stop",
            usage=Usage(input_tokens=len(prompt) // 4, output_tokens=len(text) // 4),
        )

    def stream(self, request: Request) -> Iterator[Any]:
        return iter(response_to_events(self.complete(request)))

    def close(self) -> None:
        """Nothing is open."""

    def purposes(self) -> list[str]:
        return [step.purpose for step, _ in self.asked]


def researcher(script: Script) -> LanguageModel:
    """The researcher with this model; nothing is cached from one test to another."""
    lm = dspy.LM("script", engine=script, cache=False, num_retries=0)
    return LanguageModel(lm, dspy.JSONAdapter())


def explored(*findings: dict[str, Any], calls: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"conclusion": "I looked.", "calls": list(calls), "findings": list(findings)}


def found(path: str, line: int, evidence: str = "It is wrong.", **more: Any) -> dict[str, Any]:
    return {"path": path, "line": line, "evidence": evidence, "strength": 0.9, **more}


def cause(path: str, statement: str = "It is wrong; mend it.", **more: Any) -> dict[str, Any]:
    return {
        "statement": statement, "change_type": "bug_fix", "findings": [1],
        "places": [{"path": path, "start": 1, "end": 5}], "predicted_effect": 0.5, **more,
    }  # fmt: skip


def change(*edits: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "change": {
            "title": "Mend it", "rationale": "It was wrong.", "change_type": "bug_fix",
            "edits": list(edits), "confidence": 0.8, **more,
        }
    }  # fmt: skip


def swap(path: str, search: str, replace: str) -> dict[str, Any]:
    return {"action": "replace", "path": path, "search": search, "replace": replace}


def reflected(*lessons: tuple[int, str], **more: Any) -> dict[str, Any]:
    return {
        "lessons": [{"trial": number, "lesson": text} for number, text in lessons],
        "refine": [], "direction": "Look elsewhere.", **more,
    }  # fmt: skip


def part(prompt: str, name: str) -> str:
    """One field of a prompt, as it was filled in."""
    return prompt.rpartition(f"[[ ## {name} ## ]]")[2].partition("\n[[ ## ")[0].strip()
