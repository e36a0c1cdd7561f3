"""Pipelines that treat one side otherwise: text normalised here and not there."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import NORMALISE, called, says, tail
from tasks.records.change import Finding

STEPS = {"lower", "casefold", "upper", "strip", "split", "replace", "lstrip", "rstrip"}
NEAREST = 4
"""Richer chains that a chain is compared with: those of its own module and folder first."""
MANY = 8
LONE = 0.4
"""Where more chains than `MANY` lack what one has, that one is rather the odd one."""
HOLE = "\x00"
_LIBRARIES = {"re", "regex", "shlex", "os", "path", "np"}


@dataclass(frozen=True)
class Chain:
    """Text normalisation at one place: the steps in order around a base expression."""

    module: Module
    node: ast.expr
    base: ast.expr
    steps: tuple[str, ...]

    def around(self, code: str) -> str:
        """The same steps around another base."""
        start, end = self.module.span(self.node)
        inner_start, inner_end = self.module.span(self.base)
        text = self.module.text
        return text[start:inner_start] + code + text[inner_end:end]


def find(context: Context) -> Iterator[Finding]:
    """Chains that are poorer than a comparable chain of the same program."""
    chains = list(_chains(context, _ENDS | set(_tokenizers(context))))
    richest: dict[tuple[str, ...], Chain] = {}
    for chain in chains:
        richest.setdefault(chain.steps, chain)
    compared = [(c, [o for o in richest.values() if _is_poorer(c, o)]) for c in chains]
    shorter = Counter(other.steps for _, richer in compared for other in richer)
    for chain, richer in compared:
        for other in sorted(richer, key=lambda o: -_closeness(chain, o))[:NEAREST]:
            text = (
                f"{where(chain.module, chain.node)} prepares text by {' '.join(chain.steps)}, "
                f"{where(other.module, other.node)} by {' '.join(other.steps)}"
            )
            template = other.around(HOLE)
            detail = {
                "template": template,
                "base": chain.module.code(chain.base),
                "from": other.module.path,
            }
            lone = LONE if shorter[other.steps] > MANY else 1.0
            strength = lone * _closeness(chain, other)
            yield context.finding(
                "asymmetric_text", chain.module, chain.node, strength, text, detail
            )
    yield from _keys(context)


def _chains(context: Context, last: set[str]) -> Iterator[Chain]:
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        parent = module.parents.get(node)
        grand = module.parents.get(parent) if parent is not None else None
        if (
            isinstance(parent, ast.Attribute)
            and isinstance(grand, ast.Call)
            and parent.attr in STEPS
        ):
            continue
        if isinstance(parent, ast.Call) and _step(context, parent):
            continue
        steps, base = _unwrap(context, node)
        if steps and steps[-1] in last and _is_place(module, node):
            yield Chain(module, node, base, tuple(steps))


_ENDS = {"split"}


def _tokenizers(context: Context) -> list[str]:
    return [name for name in context.program.named if says(name, NORMALISE)]


def _is_place(module: Module, node: ast.Call) -> bool:
    function = module.function_of(node)
    return function is None or not says(function.node.name, NORMALISE)


def _step(context: Context, node: ast.Call) -> str:
    name = called(node)
    if isinstance(node.func, ast.Attribute) and name in STEPS:
        return "" if tail(node.func.value) in _LIBRARIES else name
    known = says(name, NORMALISE) and (len(node.args) == 1 and not node.keywords)
    return name if known and name in context.program.named else ""


def _unwrap(context: Context, node: ast.expr) -> tuple[list[str], ast.expr]:
    steps: list[str] = []
    while isinstance(node, ast.Call) and _step(context, node):
        name = called(node)
        if isinstance(node.func, ast.Attribute) and name in STEPS:
            steps.append(name)
            node = node.func.value
        else:
            steps.append(name)
            node = node.args[0]
    return steps[::-1], node


def _closeness(chain: Chain, other: Chain) -> float:
    """Strength by neighbourhood: chains of far modules often have nothing to do with each other."""
    if chain.module is other.module:
        return 0.7
    folder, far = (PurePosixPath(c.module.path).parent for c in (chain, other))
    return 0.6 if folder == far else 0.35


def _is_poorer(chain: Chain, other: Chain) -> bool:
    if chain.steps == other.steps or chain.node is other.node:
        return False
    mine, theirs = Counter(chain.steps), Counter(other.steps)
    fewer = not mine - theirs
    replaced = chain.steps[-1] == "split" and other.steps[-1] != "split"
    return (
        (fewer or replaced)
        and sum(mine.values()) <= sum(theirs.values()) + 1
        and "\n" not in chain.module.code(chain.node)
    )


def _keys(context: Context) -> Iterator[Finding]:
    """Keys stored in one form and looked up in another."""
    stored: dict[str, tuple[Module, ast.expr]] = {}
    looked: list[tuple[str, Module, ast.expr]] = []
    for module, node in context.each(ast.Subscript, ast.Call, ast.Compare):
        table, key, store = _access(module, node)
        if table and key is not None:
            if store:
                stored[table] = (module, key)
            else:
                looked.append((table, module, key))
    for table, module, key in looked:
        if table not in stored:
            continue
        home, form = stored[table]
        steps, base = _unwrap(context, form)
        mine, own = _unwrap(context, key)
        if (
            steps
            and not mine
            and not isinstance(own, ast.Constant)
            and not _from_table(module, key, table)
        ):
            text = (
                f"{where(module, key)} looks up `{module.code(key)}` in {table}, whose keys are "
                f"stored through {' '.join(steps)}"
            )
            template = Chain(home, form, base, tuple(steps)).around(HOLE)
            detail = {"template": template, "base": module.code(own), "from": home.path}
            yield context.finding("asymmetric_text", module, key, 0.7, text, detail)


def _access(module: Module, node: ast.AST) -> tuple[str, ast.expr | None, bool]:
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice | ast.Constant):
        return module.code(node.value), node.slice, isinstance(node.ctx, ast.Store)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        name = node.func.attr
        if name in {"get", "pop", "setdefault", "add"}:
            return module.code(node.func.value), node.args[0], name in {"setdefault", "add"}
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        return module.code(node.comparators[0]), node.left, False
    return "", None, False


def _from_table(module: Module, key: ast.expr, table: str) -> bool:
    """Whether the key comes out of the table itself by a loop."""
    function = module.function_of(key)
    if function is None or not isinstance(key, ast.Name):
        return False
    return any(
        isinstance(n, ast.For | ast.comprehension) and table in module.code(n.iter)
        and key.id in {m.id for m in ast.walk(n.target) if isinstance(m, ast.Name)}
        for n in ast.walk(function.node)
    )  # fmt: skip
