"""Edits of Python source, each made in the concrete tree by LibCST when a draft is read.

Each function describes one edit at a node of the abstract tree. All other text stays as it is, byte
for byte, comments and blank lines too, and parentheses are the edit's own business: `code` is an
expression as it would stand alone. Several edits of one module may go into one draft; those of
inner nodes are made first. An edit that cannot be made changes nothing, and its draft is dropped.
"""

from __future__ import annotations

import ast

from researchers.program_analysis.editing import expressions, signatures, statements
from researchers.program_analysis.editing.edit import Edit
from researchers.program_analysis.editing.imports import Import, with_import
from researchers.program_analysis.editing.revision import Revision, Revisions, canonical
from researchers.program_analysis.module import FunctionNode, Module

__all__ = ["Edit", "Import", "Revision", "Revisions", "canonical", "with_import"]


def swap(module: Module, node: ast.AST, code: str) -> Edit:
    """Replaces an expression by another one, or a statement by statements."""
    if isinstance(node, ast.stmt):
        return statements.Replace(module, node, code)
    return expressions.Swap(module, node, code)


def wrap(module: Module, node: ast.expr, form: str) -> Edit:
    """Puts an expression, edits within it made, in the place of `{}` in a form: `sorted({})`."""
    return expressions.Wrap(module, node, form)


def operator(module: Module, node: ast.AST, form: str, link: int = 0) -> Edit:
    """Changes the operator of an operation, `+=` and and/or too, or of a comparison's link."""
    return expressions.Operator(module, node, form, link)


def drop_filter(module: Module, condition: ast.expr) -> Edit:
    """Removes a condition of a comprehension."""
    return expressions.DropFilter(module, condition)


def before(module: Module, statement: ast.stmt, code: str) -> Edit:
    """Inserts statements right above one, at its indentation, below its comments."""
    return statements.Before(module, statement, code)


def after(module: Module, statement: ast.stmt, code: str) -> Edit:
    """Inserts statements below one, at its indentation."""
    return statements.After(module, statement, code)


def append(module: Module, code: str) -> Edit:
    """Adds definitions at the end of a module."""
    return statements.Append(module, module.tree, code)


def remove(module: Module, statement: ast.stmt) -> Edit:
    """Deletes a statement, or leaves `pass` where a block would be empty."""
    return statements.Remove(module, statement)


def unwrap(module: Module, statement: ast.If) -> Edit:
    """Replaces an `if` by its body, an `elif` by an `else`."""
    return statements.Unwrap(module, statement)


def enclose(module: Module, statement: ast.stmt, header: str) -> Edit:
    """Puts a statement under a header such as `if x is not None:`."""
    return statements.Enclose(module, statement, header)


def body(module: Module, owner: FunctionNode | ast.ExceptHandler, code: str) -> Edit:
    """Replaces the block of a function, below its docstring, or of an exception handler."""
    return statements.Body(module, owner, code)


def argument(module: Module, call: ast.Call, name: str, code: str) -> Edit:
    """Adds a keyword argument behind the last argument of a call."""
    return signatures.Argument(module, call, name, code)


def drop_argument(module: Module, call: ast.Call, name: str) -> Edit:
    """Takes a keyword argument out of a call."""
    return signatures.DropArgument(module, call, name)


def parameter(module: Module, function: FunctionNode, name: str, code: str) -> Edit:
    """Adds an optional parameter with its default to a function."""
    return signatures.Parameter(module, function, name, code)


def default(module: Module, function: FunctionNode, name: str, code: str) -> Edit:
    """Gives a parameter a default, or another one."""
    return signatures.Default(module, function, name, code)


def negated(code: str, node: ast.expr) -> str:
    """The opposite of a condition."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ast.unparse(node.operand)
    return f"not {operand(code, node)}"


def operand(code: str, node: ast.expr) -> str:
    """An expression's code as part of a longer one, in parentheses unless it is an atom."""
    atom = isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.Compare)
    return code if atom else f"({code})"


def first_body_line(function: FunctionNode) -> ast.stmt:
    """The first statement after a docstring; the docstring where there is nothing else."""
    block = function.body
    lone = isinstance(block[0], ast.Expr) and isinstance(block[0].value, ast.Constant)
    return block[1] if lone and len(block) > 1 else block[0]
