"""Mends a candidate that failed its smoke test, from what the traceback says; or gives up."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from pathlib import PurePosixPath

from researchers.program_analysis.edits import canonical, with_import
from researchers.program_analysis.program import Program
from tasks.records.base import digest_of
from tasks.records.candidate import Failure
from tasks.records.change import FileEdit, Proposal

_STANDARD = {
    "re",
    "math",
    "datetime",
    "json",
    "collections",
    "itertools",
    "functools",
    "random",
    "calendar",
    "heapq",
    "string",
    "os",
    "sys",
}


def mend(program: Program, failure: Failure) -> Proposal | None:
    """The proposal with one file repaired; None where the traceback names no cure."""
    for edit in failure.proposal.edits:
        if edit.content is None or not edit.path.endswith(".py"):
            continue
        text = _mended(program, edit.path, edit.content, failure.output)
        if text is None or text == edit.content or canonical(text) is None:
            continue
        edits = tuple(
            FileEdit(path=e.path, content=text if e.path == edit.path else e.content)
            for e in failure.proposal.edits
        )
        identity = digest_of([failure.proposal.id, *([e.path, e.content] for e in edits)])[:12]
        return failure.proposal.model_copy(
            update={"id": identity, "edits": edits, "refines": failure.proposal.id}
        )
    return None


def _mended(program: Program, path: str, text: str, output: str) -> str | None:
    missing = re.findall(r"NameError: name '(\w+)' is not defined", output)
    if missing:
        return _define(program, path, text, missing[-1])
    unexpected = re.findall(r"TypeError: .*got an unexpected keyword argument '(\w+)'", output)
    if unexpected:
        return _without_keyword(text, unexpected[-1], output, path)
    nothing = re.findall(r"AttributeError: 'NoneType' object has no attribute '(\w+)'", output)
    if nothing:
        return _guarded(text, nothing[-1], output, path)
    return None


def _define(program: Program, path: str, text: str, name: str) -> str | None:
    if name in _STANDARD:
        return with_import(text, name)
    homes = [f for f in program.named.get(name, []) if not f.owner or f.owner == name]
    if homes and homes[0].path != path:
        return with_import(text, homes[0].path.removesuffix(".py").replace("/", "."), name)
    known = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name) and n.id != name}
    close = difflib.get_close_matches(name, [*known, *dir(builtins)], n=1, cutoff=0.8)
    return re.sub(rf"\b{name}\b", close[0], text) if close else None


def _failing_line(output: str, path: str) -> int:
    lines = re.findall(rf"{re.escape(PurePosixPath(path).name)}\"?, line (\d+)", output)
    return int(lines[-1]) if lines else 0


def _without_keyword(text: str, name: str, output: str, path: str) -> str | None:
    line = _failing_line(output, path)
    rows = text.splitlines(keepends=True)
    if not 0 < line <= len(rows):
        return None
    rows[line - 1] = re.sub(rf",?\s*\b{name}=[^,()]*(\([^()]*\))?", "", rows[line - 1], count=1)
    return "".join(rows)


def _guarded(text: str, attribute: str, output: str, path: str) -> str | None:
    line = _failing_line(output, path)
    rows = text.splitlines(keepends=True)
    if not 0 < line <= len(rows):
        return None
    statement = next(
        (s for s in ast.walk(ast.parse(text)) if isinstance(s, ast.stmt) and s.lineno == line), None
    )
    owners = (
        [
            n.value
            for n in ast.walk(statement)
            if isinstance(n, ast.Attribute) and n.attr == attribute
        ]
        if statement
        else []
    )
    if not owners or not isinstance(statement, ast.Assign | ast.Expr | ast.Return | ast.AugAssign):
        return None
    indent = rows[line - 1][: len(rows[line - 1]) - len(rows[line - 1].lstrip())]
    last = statement.end_lineno or line
    body = "".join("    " + row for row in rows[line - 1 : last])
    rows[line - 1 : last] = [f"{indent}if {ast.unparse(owners[0])} is not None:\n", body]
    return "".join(rows)
