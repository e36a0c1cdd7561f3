"""Exceptions that tests or docstrings ask for, and that the code does not raise, or words anew."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.expectations import (
    Expected,
    expected_errors,
    is_kind_of,
    raised_name,
    raises_in,
)
from researchers.program_analysis.module import Function
from tasks.records.change import Finding

PLAIN = re.compile(r"[\w\s,:;'!/%<>=-]+")
IMPLICIT = frozenset({
    "KeyError", "IndexError", "LookupError", "TypeError", "AttributeError", "ZeroDivisionError",
    "ArithmeticError", "StopIteration", "StopAsyncIteration", "OSError", "FileNotFoundError",
    "UnicodeError", "UnicodeDecodeError", "Exception", "RecursionError", "NotImplementedError",
})  # fmt: skip
"""What code raises without saying so."""


UNKNOWN = 0.5
"""How strong an expectation is that no traced test decides."""


def find(context: Context) -> Iterator[Finding]:
    """At the function that should raise; the words of a message at the message."""
    program = context.program
    for function, expected in expected_errors(program):
        module = program.by_path[function.path]
        strength = _strength(context, expected)
        if not module.editable or not strength:
            continue
        raised = raises_in(program, function)
        fitting = [r for r in raised if is_kind_of(program, raised_name(r), expected.exception)]
        again = any(raised_name(r) == "" for r in raised)
        if not fitting and (strength > UNKNOWN or not again):
            text = (
                f"{expected.said} expects {expected.exception} from {where(module, function.node)}"
                f"{_condition(expected)}, and nothing there raises it"
            )
            detail = {"exception": expected.exception, "message": _message(expected)}
            yield context.finding("unraised_error", module, function.node, strength, text, detail)
        elif expected.call is not None and expected.text:
            yield from _worded(context, function, fitting, expected)


def _worded(
    context: Context, function: Function, fitting: list[ast.Raise], expected: Expected
) -> Iterator[Finding]:
    """Literal messages, none of which is what the test asks for."""
    messages = [n for r in fitting for n in ast.walk(r) if isinstance(n, ast.Constant)]
    texts = [(n, n.value) for n in messages if isinstance(n.value, str)]
    if not texts or not PLAIN.fullmatch(expected.text):
        return
    if any(expected.text in text or isinstance(n, ast.JoinedStr) for n, text in texts):
        return
    for node, text in texts:
        for module in context.program.editable:
            if node in module.parents and not isinstance(module.parents[node], ast.JoinedStr):
                told = f"{expected.said} expects {expected.text!r} where {text!r} is said"
                detail = {"mend": repr(expected.text)}
                yield context.finding("other_message", module, node, 0.6, told, detail)


def _strength(context: Context, expected: Expected) -> float:
    """By whether the test that asks for it fails; none where it passes."""
    scores = context.program.dossier.trace.scores
    own = [
        score for item, score in scores.items()
        if expected.call is not None and expected.path in item
        and item.partition("[")[0].endswith(expected.said)
    ]  # fmt: skip
    if own:
        return 0.85 if min(own) < 1.0 else 0.0
    if expected.exception in IMPLICIT:
        return 0.25 if expected.call is not None else 0.0
    return UNKNOWN


def _condition(expected: Expected) -> str:
    if expected.call is not None:
        return f" at `{ast.unparse(expected.call)}`"
    return f" ({expected.text})" if expected.text else ""


def _message(expected: Expected) -> str:
    if expected.text and PLAIN.fullmatch(expected.text):
        return expected.text
    return expected.said.removeprefix("test_").replace("_", " ") if expected.call else ""
