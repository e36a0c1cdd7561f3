"""Static screening: drops drafts that cannot help before they cost an evaluation.

Dropped are drafts that do not parse, that may not be made, that say what the program or another
draft says already, that read names nobody binds, that stand where control never comes, and that
are senseless on their face: `x == x`, a call of a literal, an order with None.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from researchers.program_analysis.draft import Draft
from researchers.program_analysis.edits import Revision, Revisions
from researchers.program_analysis.normal import normal
from researchers.program_analysis.program import Program
from tasks.records.base import digest_of

_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_LITERALS = (ast.Constant, ast.List, ast.Dict, ast.Tuple, ast.Set, ast.JoinedStr)
_BUILTINS = frozenset(dir(builtins)) | {"__file__", "__name__", "__doc__"}


class Screen:
    """Tells drafts apart that are worth an evaluation."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def digest(self, draft: Draft) -> str | None:
        """The change in its normal form; None where it need not be tried."""
        if not all(self._program.may_edit(path) for path in draft.files):
            return None
        forms = [self._form(draft.files, path) for path in sorted(draft.files)]
        return digest_of(forms) if forms and all(forms) else None

    def _form(self, files: Mapping[str, str], path: str) -> list[str]:
        """A file's change in its normal form; empty where it is none or cannot help."""
        entry = Revisions.of(files).entry(path)
        module = self._program.by_path.get(path)
        if isinstance(entry, Revision):
            changes, imports = entry.changes, entry.imports
            known = _bound(entry.module.tree) | {
                (i.name or i.module).split(".")[0] for i in imports
            }
        elif module is not None and path.endswith(".py"):
            changes, imports, known = ((entry, module.text),), (), _bound(module.tree)
        else:
            return [path, entry] if not path.endswith(".py") or normal(entry) else []
        forms: list[str] = []
        for new, old in changes:
            told = normal(new)
            if told is None or _unbound(new, old, known) or _oddities(new) - _oddities(old):
                return []
            if told != normal(old):
                forms += [told, old]
        return [path, *forms, *map(repr, imports)] if forms else []


def _unbound(new: str, old: str, known: frozenset[str]) -> frozenset[str]:
    """Names that an edit reads and that nobody binds."""
    return _loaded(new) - _loaded(old) - known - _BUILTINS - _stored(new)


@lru_cache(maxsize=64)
def _bound(tree: ast.Module) -> frozenset[str]:
    """Names that a module binds at its top level."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(a.asname or a.name).split(".")[0] for a in node.names}
    plain = [s for s in tree.body if not isinstance(s, ast.FunctionDef | ast.ClassDef)]
    names = [n for s in plain for n in ast.walk(s) if isinstance(n, ast.Name)]
    return frozenset(found | {n.id for n in names if _is_store(n)})


def _is_store(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


@lru_cache(maxsize=8192)
def _tree(code: str) -> ast.Module:
    return ast.parse(code)


@lru_cache(maxsize=8192)
def _loaded(code: str) -> frozenset[str]:
    nodes = ast.walk(_tree(code))
    return frozenset(n.id for n in nodes if isinstance(n, ast.Name) and not _is_store(n))


def _stored(code: str) -> frozenset[str]:
    nodes = list(ast.walk(_tree(code)))
    names = {n.id for n in nodes if isinstance(n, ast.Name) and _is_store(n)}
    names |= {(a.asname or a.name).split(".")[0] for n in nodes
              if isinstance(n, ast.Import | ast.ImportFrom) for a in n.names}  # fmt: skip
    names |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    names |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    return frozenset(names | {n.name for n in nodes if isinstance(n, ast.ExceptHandler) and n.name})


@lru_cache(maxsize=8192)
def _oddities(code: str) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(_tree(code)):
        if _is_odd(node):
            found.add(ast.dump(node))
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                found |= {f"unreached {ast.dump(after)}" for before, after in pairwise(block)
                          if isinstance(before, _LEAVES)}  # fmt: skip
    return frozenset(found)


def _is_odd(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        right = node.comparators[0]
        ordered = isinstance(node.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE)
        literal = all(isinstance(s, ast.Constant) for s in (node.left, right))
        return _same(node.left, right) or literal or (
            ordered and any(_is_none(s) for s in (node.left, right))
        )  # fmt: skip
    if isinstance(node, ast.BoolOp):
        return any(_same(a, b) for a, b in pairwise(node.values))
    if isinstance(node, ast.Call):
        twice = len(node.args) == 2 and _same(*node.args)
        return isinstance(node.func, _LITERALS) or (
            twice and getattr(node.func, "id", "") in {"min", "max", "range", "isinstance"}
        )
    if isinstance(node, ast.BinOp):
        pointless = isinstance(node.op, ast.Sub | ast.Div | ast.FloorDiv | ast.Mod | ast.BitXor)
        return (pointless and _same(node.left, node.right)) or any(
            _is_none(s) for s in (node.left, node.right)
        )
    if isinstance(node, ast.Subscript):
        number = isinstance(node.value, ast.Constant) and not isinstance(node.value.value, str)
        return number or _is_none(node.slice)
    if isinstance(node, ast.Assign):
        return len(node.targets) == 1 and ast.unparse(node.targets[0]) == ast.unparse(node.value)
    if isinstance(node, ast.If):
        return isinstance(node.body[0], ast.Pass) and not node.orelse
    return False


def _same(one: ast.AST, other: ast.AST) -> bool:
    return ast.dump(one) == ast.dump(other)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
