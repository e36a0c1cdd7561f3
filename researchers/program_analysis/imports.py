"""How a module of the target imports another one: relative, or by the dotted name in use there."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import PurePosixPath

from researchers.program_analysis.editing.imports import Import
from researchers.program_analysis.module import Module
from researchers.program_analysis.program import Program


def import_from(program: Program, module: Module, text: str, home: str, name: str) -> str:
    """`text`, which stands in `module`, with `name` imported from the file `home`."""
    wanted = import_of(program, module, home, name)
    return text if wanted is None else wanted.added(text)


def import_of(program: Program, module: Module, home: str, name: str) -> Import | None:
    """The import that `module` needs for `name` of the file `home`; None where it is that file."""
    if home == module.path:
        return None
    here, there = PurePosixPath(module.path).parent, PurePosixPath(home).with_suffix("")
    if _uses_relative(module) and there.parent == here:
        return Import(there.name, name, relative=1)
    return Import(dotted(program, there), name)


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
