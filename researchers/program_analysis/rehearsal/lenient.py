"""Statements of modules and classes: where one is refused, the names that it binds are closed.

The others run all the same, so that what cannot be rehearsed stops only the tests that need it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from researchers.program_analysis.rehearsal.closed import Closed, bound_by
from researchers.program_analysis.rehearsal.expressions import expression
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.limits import Refused
from researchers.program_analysis.rehearsal.naming import store
from researchers.program_analysis.rehearsal.scopes import Names
from researchers.program_analysis.rehearsal.statements import attempting, choosing, statement


def lenient(node: ast.stmt, names: Names) -> Code:
    """Compiles a statement that raises no Refused."""
    how = _NODES.get(type(node))
    code = statement(node, names) if how is None else how(node, names)
    closing = [store(name, names) for name in dict.fromkeys(bound_by(node))]

    def run(frame: Frame) -> object:
        try:
            return code(frame)
        except Refused as refused:
            for close in closing:
                close(frame, Closed(str(refused)))
            return None

    return run


def lenient_block(nodes: Sequence[ast.stmt], names: Names) -> Code:
    """Compiles such statements that follow one another."""
    parts = [lenient(node, names) for node in nodes if not isinstance(node, ast.Pass)]

    def run(frame: Frame) -> object:
        for part in parts:
            frame.world.meter.spend()
            end = part(frame)
            if end is not None:
                return end
        return None

    return run


def _if(node: ast.If, names: Names) -> Code:
    return choosing(
        expression(node.test, names),
        lenient_block(node.body, names),
        lenient_block(node.orelse, names),
    )


def _try(node: ast.Try, names: Names) -> Code:
    return attempting(node, names, lenient_block)


_NODES: dict[type[ast.stmt], Callable[..., Code]] = {ast.If: _if, ast.Try: _try}
