"""Bounds that say the opposite of their docstring: inclusive there, exclusive here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
from tasks.records.change import Finding

_WITH = re.compile(r"\binclusive(ly)?\b|\bincluded\b|\bincluding\b")
_WITHOUT = re.compile(r"\bexclusive(ly)?\b|\bexcluded\b|\bexcluding\b|\bnot included\b")


def find(context: Context) -> Iterator[Finding]:
    """Upper bounds that a docstring calls inclusive and the code leaves out, and the reverse."""
    for module, function in context.functions():
        said = ast.get_docstring(function.node) or ""
        for name in function.parameters:
            inclusive = _inclusive(said, name, len(function.parameters) == 1)
            if inclusive is not None:
                yield from _against(context, module, function, name, inclusive)


def _inclusive(text: str, name: str, alone: bool) -> bool | None:
    """What a docstring says of a bound; None where it says nothing or both."""
    votes = set()
    for sentence in re.split(r"[.;\n]\s", text):
        if not alone and not re.search(rf"\b{re.escape(name)}\b", sentence):
            continue
        without = bool(_WITHOUT.search(sentence.lower()))
        if without != bool(_WITH.search(sentence.lower())):
            votes.add(not without)
    return votes.pop() if len(votes) == 1 else None


def _against(
    context: Context, module: Module, function: Function, name: str, inclusive: bool
) -> Iterator[Finding]:
    for node in ast.walk(function.node):
        mend = _range(node, name, inclusive) or _compare(module, node, name, inclusive)
        if mend:
            word = "inclusive" if inclusive else "exclusive"
            text = (
                f"`{module.code(node)}` in {where(module, node)} does not treat `{name}` as "
                f"{word}, as the docstring says"
            )
            yield context.finding("docstring_range", module, node, 0.6, text, {"mend": mend})


def _range(node: ast.AST, name: str, inclusive: bool) -> str:
    if called(node) != "range" or not isinstance(node, ast.Call) or not node.args:
        return ""
    last = node.args[1] if len(node.args) > 1 else node.args[0]
    bare = isinstance(last, ast.Name) and last.id == name
    beyond = ast.unparse(last) == f"{name} + 1"
    if not (bare if inclusive else beyond):
        return ""
    parts = [ast.unparse(a) for a in node.args]
    parts[min(1, len(parts) - 1)] = f"{name} + 1" if inclusive else name
    return f"range({', '.join(parts)})"


def _compare(module: Module, node: ast.AST, name: str, inclusive: bool) -> str:
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return ""
    left, right = node.left, node.comparators[0]
    if getattr(right, "id", "") != name or isinstance(left, ast.Constant | ast.Call):
        return ""
    if isinstance(node.ops[0], ast.Lt if inclusive else ast.LtE):
        return f"{module.code(left)} {'<=' if inclusive else '<'} {name}"
    return ""
