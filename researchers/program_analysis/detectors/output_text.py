"""Fixed words in what the target answers: wrappers around the answer, and constant refusals."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten
from tasks.records.base import digest_of
from tasks.records.change import Finding
from tasks.records.dossier import Sample
from tasks.records.evidence import Location

PLACEHOLDER = re.compile(r"\{\{?\s*\w*\s*\}?\}")
MOST_WORDS = 25
SEEN = 2
"""Predictions that must show the words before they count as evidence."""


def find(context: Context) -> Iterator[Finding]:
    """Wordy wrappers and constant answers, in template files and in literals of the code."""
    samples = context.program.dossier.samples
    for path, body in context.program.templates.items():
        kind, text, strength = judge(body, samples)
        if kind:
            yield Finding(
                id=digest_of([kind, path])[:12], kind=kind, location=Location(path=path),
                strength=strength, evidence=f"{path}: {text}",
            )  # fmt: skip
    for module, node in context.each(ast.Constant):
        assert isinstance(node, ast.Constant)
        if isinstance(node.value, str) and " " in node.value and not _is_docstring(module, node):
            kind, text, strength = judge(node.value, samples)
            if kind:
                yield context.finding(kind, module, node, strength, f"{module.path}: {text}")


def judge(body: str, samples: tuple[Sample, ...]) -> tuple[str, str, float]:
    """`wordy_template`, `constant_answer` or nothing, with the evidence and its strength."""
    text = body.strip()
    if not text or len(text.split()) > MOST_WORDS:
        return "", "", 0.0
    found = PLACEHOLDER.findall(text)
    if len(found) == 1:
        return _judge_wrapper(text, samples)
    if not found:
        return _judge_constant(text, samples)
    return "", "", 0.0


def _judge_wrapper(text: str, samples: tuple[Sample, ...]) -> tuple[str, str, float]:
    before, after = (part.strip() for part in PLACEHOLDER.split(text))
    if not re.search(r"\w", before + after):
        return "", "", 0.0
    wrapped = [s for s in samples if _wraps(s.prediction, before, after)]
    as_gold = sum(_wraps(s.gold, before, after) for s in samples)
    if len(wrapped) < SEEN or as_gold:
        return "", "", 0.0
    share = len(wrapped) / len(samples)
    return (
        "wordy_template",
        f"`{shorten(text, 60)}` stands around {share:.0%} of the answers and around no gold one",
        min(0.95, 0.6 + share / 2),
    )


def _judge_constant(text: str, samples: tuple[Sample, ...]) -> tuple[str, str, float]:
    equal = [s for s in samples if s.prediction.strip() == text]
    if len(equal) < SEEN:
        return "", "", 0.0
    mean = sum(s.score for s in equal) / len(equal)
    return (
        "constant_answer",
        f"`{shorten(text, 60)}` is the whole answer to {len(equal)} of {len(samples)} sampled "
        f"items, which score {mean:.2f}",
        0.9 if mean == 0 else 0.4,
    )


def _wraps(text: str, before: str, after: str) -> bool:
    text = text.strip()
    return text.startswith(before) and text.endswith(after) and text != before + after


def _is_docstring(module: object, node: ast.Constant) -> bool:
    parents = getattr(module, "parents", {})
    return isinstance(parents.get(node), ast.Expr)
