"""How a module of the target imports another one: relative, or by the dotted name in use there."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import PurePosixPath

from researchers.program_analysis.edits import with_import
from researchers.program_analysis.module import Module
from researchers.program_analysis.program import Program


def import_from(program: Program, module: Module, text: str, home: str, name: str) -> str:
    """`text`, which stands in `module`, with `name` imported from the file `home`."""
    if home == module.path or _is_bound(text, name):
        return text
    here, there = PurePosixPath(module.path).parent, PurePosixPath(home).with_suffix("")
    if _uses_relative(module) and there.parent == here:
        return with_import(text, there.name, name, relative=1)
    return with_import(text, dotted(program, there), name)


def import_prefix(program: Program, module: Module, sibling: str) -> str:
    """What stands between `from` and `import` for a file beside the module."""
    if _uses_relative(module):
        return f".{sibling}"
    return dotted(program, PurePosixPath(module.path).parent / sibling)


def dotted(program: Program, path: PurePosixPath) -> str:
    """The dotted name of a file without suffix, below the folder that imports start from."""
    parts = path.parts
    skip = _source_root(program)
    if skip and parts[: len(skip)] == skip:
        parts = parts[len(skip) :]
    return ".".join(parts)


@lru_cache(maxsize=4)
def _source_root(program: Program) -> tuple[str, ...]:
    """Leading folders, such as `src`, that the target's own absolute imports leave out."""
    files = {PurePosixPath(m.path).with_suffix("").parts for m in program.modules}
    folders = {f[:i] for f in files for i in range(1, len(f))}
    for module in program.modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ImportFrom) or node.level or not node.module:
                continue
            wanted = tuple(node.module.split("."))
            if wanted in files or wanted in folders:
                return ()
            for known in files:
                if len(known) > len(wanted) and known[-len(wanted) :] == wanted:
                    return known[: -len(wanted)]
    return ()


def _uses_relative(module: Module) -> bool:
    return any(isinstance(n, ast.ImportFrom) and n.level for n in module.nodes)


def _is_bound(text: str, name: str) -> bool:
    return any(
        (isinstance(n, ast.alias) and (n.asname or n.name) == name)
        or (isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == name)
        for n in ast.walk(ast.parse(text))
    )
