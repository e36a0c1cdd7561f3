"""Mends a candidate that failed its smoke test, from what the traceback says; or gives up."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from pathlib import PurePosixPath

from researchers.program_analysis import edits
from researchers.program_analysis.imports import import_from
from researchers.program_analysis.module import Module
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
        if text is None or text == edit.content or edits.canonical(text) is None:
            continue
        mended = tuple(
            FileEdit(path=e.path, content=text if e.path == edit.path else e.content)
            for e in failure.proposal.edits
        )
        identity = digest_of([failure.proposal.id, *([e.path, e.content] for e in mended)])[:12]
        return failure.proposal.model_copy(
            update={"id": identity, "edits": mended, "refines": failure.proposal.id}
        )
    return None


def _mended(program: Program, path: str, text: str, output: str) -> str | None:
    try:
        module = Module(path, text, ast.parse(text), True)
    except SyntaxError:
        return None
    missing = re.findall(r"NameError: name '(\w+)' is not defined", output)
    if missing:
        return _define(program, module, missing[-1])
    unexpected = re.findall(r"TypeError: .*got an unexpected keyword argument '(\w+)'", output)
    if unexpected:
        return _without_keyword(module, unexpected[-1], _failing_line(output, path))
    nothing = re.findall(r"AttributeError: 'NoneType' object has no attribute '(\w+)'", output)
    if nothing:
        return _guarded(module, nothing[-1], _failing_line(output, path))
    return None


def _define(program: Program, module: Module, name: str) -> str | None:
    if name in _STANDARD:
        return edits.with_import(module.text, name)
    homes = [f for f in program.named.get(name, []) if not f.owner or f.owner == name]
    if homes and homes[0].path != module.path:
        return import_from(program, module, module.text, homes[0].path, name)
    named = [n for n in module.nodes if isinstance(n, ast.Name)]
    known = {n.id for n in named if n.id != name}
    close = difflib.get_close_matches(name, [*known, *dir(builtins)], n=1, cutoff=0.8)
    if not close:
        return None
    renamed = [edits.swap(module, n, close[0]) for n in named if n.id == name]
    return edits.Revision(module, tuple(renamed)).text


def _failing_line(output: str, path: str) -> int:
    lines = re.findall(rf"{re.escape(PurePosixPath(path).name)}\"?, line (\d+)", output)
    return int(lines[-1]) if lines else 0


def _without_keyword(module: Module, name: str, line: int) -> str | None:
    """The call on the failing line, the innermost one that passes the keyword, without it."""
    calls = [
        n for n in module.nodes
        if isinstance(n, ast.Call) and any(k.arg == name for k in n.keywords)
        and n.lineno <= line <= (n.end_lineno or n.lineno)
    ]  # fmt: skip
    if not calls:
        return None
    return edits.Revision(module, (edits.drop_argument(module, calls[-1], name),)).text


def _guarded(module: Module, attribute: str, line: int) -> str | None:
    """The failing statement, made only where what has the attribute is not None."""
    kinds = ast.Assign | ast.Expr | ast.Return | ast.AugAssign
    statement = next((n for n in module.nodes if isinstance(n, kinds) and n.lineno == line), None)
    owners = [
        n.value
        for n in (ast.walk(statement) if statement is not None else ())
        if isinstance(n, ast.Attribute) and n.attr == attribute
    ]
    if statement is None or not owners:
        return None
    header = f"if {ast.unparse(owners[0])} is not None:"
    return edits.Revision(module, (edits.enclose(module, statement, header),)).text
