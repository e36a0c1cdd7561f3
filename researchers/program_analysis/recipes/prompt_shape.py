"""Prompt files that a model is called with, told from other templates by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.names import says
from tasks.records.evidence import Location

NO_PROMPT = "the target has no editable prompt file with a question, a context or instructions"
_PLACEHOLDER = re.compile(
    r"\{\{-?\s*(?P<jinja>[A-Za-z_]\w*)[^{}]*\}\}|(?<!\{)\{(?P<format>[A-Za-z_]\w*)[^{}]*\}(?!\})"
    r"|\$\{?(?P<dollar>[A-Za-z_]\w*)\}?|<(?P<angle>[A-Z][A-Z_]+)>"
)
_QUESTION = frozenset({"question", "query", "request", "input"})
_CONTEXT = frozenset({
    "context", "memory", "document", "passage", "evidence", "record", "note", "excerpt", "source",
    "history", "snippet", "article", "chunk", "fact", "paragraph", "transcript", "text",
})  # fmt: skip
_TELLS = re.compile(
    r"^\W*(you are|answer|given|use|extract|read|reply|respond|summari[sz]e|classify|decide|"
    r"choose|translate|write|list|find|from the)\b(?=(?:\W+\w+){4})", re.I | re.M,
)  # fmt: skip
_CUE = re.compile(r"^\W*(the )?(final |short )?(answer|response|reply|output|result)\W*$", re.I)


@dataclass(frozen=True)
class Prompt:
    """A prompt file: its lines, and what its placeholders stand for."""

    path: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without line ends."""
        return tuple(self.text.splitlines())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the placeholders, in order."""
        return placeholders(self.text)

    @property
    def question(self) -> str:
        """The placeholder for what is asked, or ''."""
        return next((n for n in self.names if says(n, _QUESTION)), "")

    @property
    def context(self) -> str:
        """The placeholder for what the answer is to come from, or ''."""
        rest = (n for n in self.names if n != self.question)
        return next((n for n in rest if says(n, _CONTEXT)), "")

    @property
    def material(self) -> str:
        """What the prompt calls that: its plural noun, in words."""
        found = re.search(r"\b(memories|documents|passages|notes|excerpts|records|articles|context)"
                          r"\b", self.text, re.I)  # fmt: skip
        return found.group().lower() if found else "text given"

    def material_does(self, verb: str) -> str:
        """The material with a regular verb: `the memories write`, `the context writes`."""
        plural = self.material.endswith("s")
        return f"the {self.material} {verb}{'' if plural else 'es' if verb == 'do' else 's'}"

    @property
    def instructions(self) -> tuple[int, ...]:
        """The lines that tell the model something, by number."""
        return tuple(
            i for i, line in enumerate(self.lines)
            if len(line.split()) > 3 and not placeholders(line) and not line.rstrip().endswith(":")
        )  # fmt: skip

    def says(self, *patterns: str) -> bool:
        """Whether any of these expressions occurs in the prompt."""
        return any(re.search(p, self.text, re.I) for p in patterns)

    def with_line(self, line: str) -> str:
        """The prompt with one more line: above a last line that waits for the answer, or last."""
        lines = list(self.lines)
        while lines and not lines[-1].strip():
            lines.pop()
        place = len(lines) - 1 if lines and _CUE.match(lines[-1]) else len(lines)
        return "\n".join([*lines[:place], line, *lines[place:]]) + "\n"

    def with_line_for(self, pattern: str, line: str) -> str:
        """The prompt with the first line that matches replaced; '' where none does."""
        for i, old in enumerate(self.lines):
            if i in self.instructions and re.search(pattern, old, re.I):
                return "\n".join([*self.lines[:i], line, *self.lines[i + 1 :]]) + "\n"
        return ""

    def draft(self, title: str, text: str, why: str, strength: float) -> Draft:
        """A change of the whole file."""
        return Draft(
            f"{title} in {self.path}", f"{self.path} {why}", Location(path=self.path),
            {self.path: text}, strength,
        )  # fmt: skip


def prompts(context: Context) -> list[Prompt]:
    """The target's prompts for a model; templates of answers and letters are none."""
    return list(_prompts(context))


def _prompts(context: Context) -> Iterator[Prompt]:
    for path, text in context.program.templates.items():
        prompt = Prompt(path, text)
        words = len(text.split())
        asks = bool(prompt.question) and words > 3
        if asks or (bool(prompt.context) and words > 5) or (words > 7 and _TELLS.search(text)):
            yield prompt


def placeholders(text: str) -> tuple[str, ...]:
    """Names in `{name}`, `{{ name }}`, `$name`, `${name}` and `<NAME>`, each once."""
    found = (next(g for g in m.groups() if g) for m in _PLACEHOLDER.finditer(text))
    return tuple(dict.fromkeys(name.lower() for name in found))
