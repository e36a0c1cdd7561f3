"""What rehearsed code may name but not use: modules and definitions that the interpreter lacks.

A program imports more than a test needs. So what is not known is bound all the same, and refused
only where it is used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, NoReturn

from researchers.program_analysis.rehearsal.limits import Refused
from researchers.program_analysis.rehearsal.scopes import DEFINITIONS, own


class Closed:
    """A value of which nothing is known but its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        if type(other) is not Closed:
            self._refuse()
        return self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def _refuse(self, *given: object) -> NoReturn:
        raise Refused(self.name)

    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __setitem__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _refuse
    __pow__ = __rpow__ = __floordiv__ = __rfloordiv__ = __matmul__ = __rmatmul__ = _refuse
    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = __xor__ = __rxor__ = __rmod__ = _refuse
    __invert__ = __pos__ = __divmod__ = __rdivmod__ = _refuse
    __or__ = __ror__ = __and__ = __rand__ = __mod__ = __neg__ = __str__ = __repr__ = _refuse
    __enter__ = __exit__ = __format__ = __index__ = __int__ = __float__ = _refuse
    __next__ = __reversed__ = __bytes__ = __complex__ = __round__ = __abs__ = _refuse


def is_closed(value: Any) -> bool:
    """Whether nothing is known of a value, or of one in a tuple."""
    return type(value) is Closed or (
        type(value) is tuple and any(type(part) is Closed for part in value)
    )


def bound_by(node: ast.stmt) -> Iterator[str]:
    """Names that a statement binds where it stands, whichever way it goes; `*` for unknown ones."""
    for inner in own([node]):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id
        elif isinstance(inner, DEFINITIONS):
            yield inner.name
        elif isinstance(inner, ast.Import | ast.ImportFrom):
            yield from ((a.asname or a.name).split(".")[0] for a in inner.names)
