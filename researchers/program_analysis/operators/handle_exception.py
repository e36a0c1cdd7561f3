"""Lets an exception pass, catches one more, or goes on with the next element."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, indented, is_looped, plain

_KINDS = ("KeyError", "ValueError", "IndexError", "TypeError", "ZeroDivisionError",
          "AttributeError", "StopIteration")  # fmt: skip


def drafts(context: Context) -> Iterator[Draft]:
    """Handlers that hide an error, and statements of loops and returns that may raise one."""
    for module, _, node in each(context, ast.ExceptHandler):
        assert isinstance(node, ast.ExceptHandler)
        last = node.body[-1]
        for code in ("raise", "continue", "return None", "pass"):
            if code not in module.code(last):
                yield draft(
                    module, last, f"Answer an exception by `{code}`",
                    "an exception may be answered wrongly", 0.4, edits.swap(module, last, code),
                )  # fmt: skip
        if node.type is not None:
            known = module.code(node.type)
            for kind in (k for k in _KINDS if k not in known):
                inner = known.strip("()")
                for code in (kind, f"({inner}, {kind})"):
                    yield draft(
                        module, node, f"Catch `{code}` for `{known}`",
                        "another exception may have to be caught", 0.3,
                        edits.swap(module, node.type, code),
                    )  # fmt: skip
    for module, _, node in each(context, ast.Assign, ast.Return, ast.Expr):
        assert isinstance(node, ast.stmt)
        yield from _caught(module, node)


def _caught(module: Module, node: ast.stmt) -> Iterator[Draft]:
    kinds = _raised(node)
    looped = is_looped(module, node)
    answers = ["continue", "pass"] if looped else []
    answers += ["return None"] if isinstance(node, ast.Return) else []
    for kind in kinds:
        for answer in answers:
            body = indented(plain(module, node))
            code = f"try:\n{body}\nexcept {kind}:\n    {answer}"
            yield draft(
                module, node, f"Catch {kind} at `{brief(module, node)}` by `{answer}`",
                "an exception may have to be caught", 0.3, edits.swap(module, node, code),
            )  # fmt: skip


def _raised(node: ast.stmt) -> list[str]:
    found: dict[str, None] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in {"int", "float"}:
            found["ValueError"] = None
        elif isinstance(inner, ast.Subscript) and isinstance(inner.ctx, ast.Load):
            found.update({"KeyError": None, "IndexError": None})
        elif isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Div | ast.FloorDiv):
            found["ZeroDivisionError"] = None
    return list(found)


OPERATOR = Operator("handle_exception", "mutate handler", "bug_fix", 0.03, drafts, blind=True)
