"""Format-preserving edits: exact splices at syntax spans, and imports added by LibCST.

Everything outside of a splice stays byte for byte. Expressions are put into parentheses where the
place that they go to binds tighter.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable
from functools import lru_cache

import libcst
from libcst.codemod import CodemodContext
from libcst.codemod.visitors import AddImportsVisitor

from researchers.program_analysis.module import FunctionNode, Module

Splice = tuple[int, int, str]


def apply(text: str, splices: Iterable[Splice]) -> str:
    """The text with all splices made; they must not overlap."""
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def swap(module: Module, node: ast.AST, code: str) -> Splice:
    """Replaces an expression or a simple statement by code."""
    start, end = module.span(node)
    parent = module.parents.get(node)
    if isinstance(node, ast.expr) and _needs_parentheses(code, node, parent):
        code = f"({code})"
    return start, end, code


def indent_of(module: Module, statement: ast.stmt) -> str:
    """The white space that a statement's line begins with."""
    start = module.offset(statement.lineno, 0)
    prefix = module.text[start : module.offset(statement.lineno, statement.col_offset)]
    return prefix if not prefix.strip() else " " * (len(prefix) - len(prefix.lstrip()))


def before(module: Module, statement: ast.stmt, code: str) -> Splice:
    """Inserts statements above one, at its indentation."""
    start = module.offset(statement.lineno, 0)
    block = textwrap.indent(textwrap.dedent(code).strip("\n"), indent_of(module, statement))
    return start, start, block + "\n"


def after(module: Module, statement: ast.stmt, code: str) -> Splice:
    """Inserts statements below one, at its indentation."""
    end = module.text.find("\n", module.span(statement)[1])
    end = len(module.text) if end < 0 else end
    block = textwrap.indent(textwrap.dedent(code).strip("\n"), indent_of(module, statement))
    return end, end, "\n" + block


def remove(module: Module, statement: ast.stmt) -> Splice:
    """Deletes a statement, or leaves `pass` where a block would be empty."""
    start, end = module.span(statement)
    if len(module.body_of(statement)) == 1:
        return start, end, "pass"
    line = module.offset(statement.lineno, 0)
    stop = module.text.find("\n", end)
    rest = module.text[end:stop] if stop >= 0 else module.text[end:]
    if module.text[line:start].strip() or (rest.strip() and not rest.strip().startswith("#")):
        return start, end, "pass"
    return line, len(module.text) if stop < 0 else stop + 1, ""


def dedent_block(module: Module, statement: ast.If) -> Splice:
    """Replaces an `if` by its body."""
    start = module.offset(statement.body[0].lineno, 0)
    end = module.span(statement.body[-1])[1]
    body = textwrap.dedent(module.text[start:end])
    inner = textwrap.indent(body, indent_of(module, statement)).lstrip(" ")
    first, last = module.span(statement)
    return first, last, inner


def negated(code: str, node: ast.expr) -> str:
    """The opposite of a condition."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ast.unparse(node.operand)
    simple = isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.Compare)
    return f"not {code}" if simple else f"not ({code})"


def with_import(text: str, module: str, name: str | None = None, relative: int = 0) -> str:
    """The source with an import added, unless it is there; LibCST sees the imports alone."""
    head = _head(text)
    added = _imported(text[:head], module, name, relative)
    gap = "\n" if head == 0 and text else ""
    return added.rstrip("\n") + "\n" + gap + text[head:] if head == 0 else added + text[head:]


@lru_cache(maxsize=1024)
def _imported(head: str, module: str, name: str | None, relative: int) -> str:
    context = CodemodContext()
    AddImportsVisitor.add_needed_import(context, module, name, relative=relative)
    return AddImportsVisitor(context).transform_module(libcst.parse_module(head)).code


def _head(text: str) -> int:
    """Where the docstring and the imports that follow it end, in characters."""
    lines = 0
    for statement in ast.parse(text).body:
        doc = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not doc and not isinstance(statement, ast.Import | ast.ImportFrom):
            break
        lines = statement.end_lineno or lines
    return sum(len(line) for line in text.splitlines(keepends=True)[:lines])


@lru_cache(maxsize=8192)
def canonical(text: str) -> str | None:
    """The source's syntax without format; None where it does not parse."""
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError):
        return None


def first_body_line(function: FunctionNode) -> ast.stmt:
    """The first statement after a docstring; the docstring where there is nothing else."""
    body = function.body
    lone = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1] if lone and len(body) > 1 else body[0]


_TIGHT = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Attribute, ast.Await, ast.BoolOp)


def _needs_parentheses(code: str, old: ast.AST, parent: ast.AST | None) -> bool:
    try:
        new = ast.parse(code, mode="eval").body
    except SyntaxError:
        return False
    atom = ast.Name | ast.Call | ast.Attribute | ast.Subscript | ast.Constant
    if isinstance(new, atom | ast.List | ast.Dict | ast.Set | ast.ListComp | ast.JoinedStr):
        negative = isinstance(new, ast.Constant) and isinstance(parent, ast.Attribute)
        return negative and not isinstance(getattr(new, "value", None), str)
    if isinstance(parent, _TIGHT):
        return True
    if isinstance(parent, ast.Call | ast.Subscript):
        return getattr(parent, "func", getattr(parent, "value", None)) is old
    loose = isinstance(new, ast.IfExp | ast.Lambda | ast.NamedExpr | ast.Starred)
    return loose and isinstance(parent, ast.IfExp | ast.comprehension | ast.Starred)
