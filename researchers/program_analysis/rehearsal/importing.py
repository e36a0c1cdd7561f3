"""Import statements as closures."""

from __future__ import annotations

import ast

from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.naming import store
from researchers.program_analysis.rehearsal.scopes import Names


def importing(node: ast.Import, names: Names) -> Code:
    """Compiles `import`."""
    parts = []
    for alias in node.names:
        bound = alias.asname or alias.name.split(".")[0]
        parts.append((alias.name, bool(alias.asname), store(bound, names)))

    def run(frame: Frame) -> None:
        for name, whole, assign in parts:
            held = frame.world.imported(name, frame)
            assign(frame, held if whole else frame.world.imported(name.split(".")[0], frame))

    return run


def importing_from(node: ast.ImportFrom, names: Names) -> Code:
    """Compiles `from` with `import`."""
    parts = [(a.name, store(a.asname or a.name, names)) for a in node.names]
    wanted = "." * node.level + (node.module or "")
    if parts[0][0] == "*":
        return lambda frame: frame.vars.update(frame.world.everything(wanted, frame))

    def run(frame: Frame) -> None:
        for name, assign in parts:
            assign(frame, frame.world.member(wanted, name, frame))

    return run
