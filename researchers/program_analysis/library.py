"""What is known of the standard library's functions: how many arguments they cannot do without.

Only modules that this process has imported itself are looked at: nothing is imported for a target.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
from functools import lru_cache

from researchers.program_analysis.module import Module

_PLACED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def required(module: Module, function: ast.expr) -> int:
    """How many arguments a called function needs by position; 0 where it is not known."""
    if isinstance(function, ast.Name):
        home, name = _imports(module).get(function.id, ("builtins", function.id))
        return _required(home, name) if name else 0
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        home, name = _imports(module).get(function.value.id, ("", ""))
        return _required(home, function.attr) if home and not name else 0
    return 0


@lru_cache(maxsize=512)
def _imports(module: Module) -> dict[str, tuple[str, str]]:
    """Names that a module imports, each with its home, and the name there; '' for a module."""
    found: dict[str, tuple[str, str]] = {}
    for node in module.nodes:
        if isinstance(node, ast.Import):
            found |= {a.asname or a.name: (a.name, "") for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {a.asname or a.name: (node.module, a.name) for a in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.setdefault(node.name, ("", node.name))
    return found


@lru_cache(maxsize=4096)
def _required(home: str, name: str) -> int:
    standard = home.partition(".")[0] in sys.stdlib_module_names
    holder = builtins if home == "builtins" else sys.modules.get(home) if standard else None
    function = getattr(holder, name, None)
    if not inspect.isroutine(function):
        return 0
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return 0
    return sum(p.kind in _PLACED and p.default is inspect.Parameter.empty for p in parameters)
