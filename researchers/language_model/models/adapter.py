"""The adapter: signatures as prompts, the same for every model, and answers checked and mended."""

from __future__ import annotations

import time
from typing import Any

from dspy.adapters.json_adapter import JSONAdapter
from dspy.clients._deprecation import adapter_message_call

from researchers.language_model.models.answer import read_answer
from researchers.language_model.models.desk import Desk
from researchers.language_model.models.errors import UnusableAnswer
from researchers.language_model.models.faults import LONGEST_ANSWER
from researchers.language_model.models.question import FORM, Question, asking
from researchers.language_model.models.schema import (
    described,
    example_text,
    fields_of,
    json_schema,
    schema_text,
)
from researchers.language_model.models.settings import Structured
from researchers.language_model.step import current_step
from tasks.records.usage import ModelEvent

SHOWN_BACK = 2000
"""Characters of a malformed answer that its author is shown again."""


class TypedAdapter(JSONAdapter):  # type: ignore[misc]
    """Asks for one JSON object and reads it strictly.

    Prompts do not depend on what a server can do, so that a recording of one model replays for
    another. A malformed answer goes back with what is wrong, at most `corrections` times; then
    UnusableAnswer is raised.
    """

    def __init__(self, desk: Desk, corrections: int = 2, structured: Structured = "none") -> None:
        super().__init__(use_native_function_calling=False)
        self._desk, self._corrections, self._structured = desk, corrections, structured

    def __call__(
        self,
        lm: Any,
        lm_kwargs: dict[str, Any],
        signature: Any,
        demos: list[dict[str, Any]],
        inputs: dict[str, Any],
    ) -> list[dict[str, Any]]:
        """See dspy.Adapter: formats, asks, reads, and asks for corrections."""
        fields = fields_of(signature)
        messages = self.format(signature, demos, inputs)
        options = {**self._format_option(fields), **lm_kwargs}
        question = Question(
            schema_text(fields), example_text(fields), lambda text: read_answer(text, fields)
        )
        with asking(question):
            for left in range(self._corrections, -1, -1):
                question.cut = ""
                with adapter_message_call(lm, messages):
                    outputs = lm(messages=messages, **options)
                texts = [_text(output) for output in outputs]
                try:
                    return [self._read(text, fields, question.cut) for text in texts]
                except ValueError as error:
                    messages = self._again(messages, texts[0], str(error), left)
        raise AssertionError("the last try neither returned nor raised")

    def format_system_message(self, signature: Any) -> str:
        """See dspy.ChatAdapter: the task, what is given, and the form of the answer."""
        given = [
            f"- {name}: {described(name, field)}".rstrip(": ")
            for name, field in signature.input_fields.items()
        ]
        fields = fields_of(signature)
        return "\n".join(
            [
                signature.instructions.strip(),
                "",
                "You are given, each under its name in [[ ## ]]:",
                *given,
                "",
                f"{FORM} and nothing else:",
                schema_text(fields),
                "",
                "For example, in form only:",
                example_text(fields),
            ]
        )

    def user_message_output_requirements(self, signature: Any) -> str:
        """See dspy.ChatAdapter: a reminder after long inputs."""
        names = ", ".join(f"`{name}`" for name in signature.output_fields)
        return f"Answer with one JSON object with {names}, in the form given, and nothing else."

    def _format_option(self, fields: dict[str, tuple[Any, str]]) -> dict[str, Any]:
        if self._structured == "json_schema":
            schema = {"name": "answer", "schema": json_schema(fields)}
            return {"response_format": {"type": "json_schema", "json_schema": schema}}
        if self._structured == "json_object":
            return {"response_format": {"type": "json_object"}}
        return {}

    def _read(self, text: str, fields: dict[str, tuple[Any, str]], cut: str) -> dict[str, Any]:
        if len(text) > LONGEST_ANSWER:
            raise ValueError(f"- the answer is not read: {cut}")
        try:
            return read_answer(text, fields)
        except ValueError as error:
            raise ValueError(f"- the answer was {cut}\n{error}" if cut else str(error)) from None

    def _again(
        self, messages: list[dict[str, Any]], text: str, problem: str, left: int
    ) -> list[dict[str, Any]]:
        """The conversation with the malformed answer and what is wrong with it."""
        step = current_step()
        said = " ".join(problem.split())
        event = ModelEvent(kind="malformed", detail=said[:300], stage=step.stage, at=time.time())
        self._desk.happened(event)
        if left == 0:
            raise UnusableAnswer(
                f"the answer to {step.purpose or 'a question'} could not be read after "
                f"{self._corrections} correction(s): {said[:600]}",
                "raise `corrections` or `max_tokens` in the model's file, or ask another model",
            )
        shown = text if len(text) <= SHOWN_BACK else f"{text[:SHOWN_BACK]}\n... (cut here)"
        wanted = (
            f"Your answer could not be read:\n{problem}\n"
            "Answer again, whole, with one JSON object of the form given and nothing else."
        )
        return [
            *messages,
            {"role": "assistant", "content": shown or "(nothing)"},
            {"role": "user", "content": wanted},
        ]


def _text(output: Any) -> str:
    return str((output.get("text") if isinstance(output, dict) else output) or "")
