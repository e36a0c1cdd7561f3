"""Tests turned into probes: they run on altered inputs, and say what comes out, not if it is right.

In every function of a test module, literals and parameters go through `altered`, which changes one
of them at a time; what an `assert` compares and what `raises` waits for is handed to `seen`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from researchers.program_analysis.rehearsal.altering import altered
from researchers.program_analysis.rehearsal.limits import Exhausted, Refused
from researchers.program_analysis.rehearsal.natives import Library
from researchers.program_analysis.rehearsal.suite import Suite
from researchers.program_analysis.rehearsal.telling import told
from researchers.program_analysis.rehearsal.world import Trees

LIBRARY = "_probes"
_ALTERED, _SEEN = "_altered_", "_seen_"
EVERYWHERE, NOWHERE = -1, -2
"""Sites of probes that alter all inputs, and none."""
_TIMES = 3
"""Alterations of one input, one upon the other, at most."""
_MOST = 100
"""Observations of one probe that are kept."""


@dataclass(frozen=True)
class Probe:
    """A test with one of its inputs altered: the place in the test file, and which alteration."""

    item: str
    site: int
    variant: int


@dataclass(frozen=True)
class Seen:
    """What came out of a probe: values that the test looked at, how it ended, and its steps."""

    values: tuple[str, ...]
    ending: str
    steps: int = field(compare=False)


@dataclass
class Prober:
    """Runs probes on versions of the target; `tests` are the paths of test modules."""

    tests: Trees

    def __post_init__(self) -> None:
        self._probed = {path: probed(body) for path, body in self.tests.items()}
        self._probe: Probe | None = None
        self._values: list[str] = []
        self._sites: dict[int, None] = {}
        self._last: tuple[Trees, Suite] | None = None

    def sites(self, trees: Trees, item: str, steps: int) -> tuple[int, ...]:
        """Places of a test whose inputs can be altered, as far as it runs."""
        self.seen(trees, Probe(item, NOWHERE, 0), steps)
        return tuple(self._sites)

    def seen(self, trees: Trees, probe: Probe, steps: int) -> Seen | None:
        """What comes out of a probe; None where the interpreter cannot tell."""
        self._probe, self._values, self._sites = probe, [], {}
        suite = self._on(trees)
        loaded = suite.loading
        try:
            ending, taken = suite.outcome(probe.item, steps)
        except Exhausted:
            ending, taken = "Exhausted", steps
        except Refused:
            return None
        return Seen(tuple(self._values), ending, taken + suite.loading - loaded)

    def _on(self, trees: Trees) -> Suite:
        """The probes on a version; its modules are loaded once for those that come in a row."""
        if self._last is None or self._last[0] is not trees:
            if self._last is not None:
                self._last[1].close()
            self._last = trees, Suite({**trees, **self._probed}, {LIBRARY: self._library()})
        return self._last[1]

    def _library(self) -> Library:
        return Library(LIBRARY, {"altered": self._alter, "seen": self._see})

    def _alter(self, value: Any, site: int) -> Any:
        probe = self._probe
        assert probe is not None
        self._sites[site] = None
        if probe.site not in (site, EVERYWHERE):
            return value
        chance = Random(f"{site} {probe.variant}")
        for _ in range(1 + probe.variant % _TIMES):
            value = altered(value, chance)
        return value

    def _see(self, value: Any) -> None:
        if len(self._values) < _MOST:
            self._values.append(told(value))


def probed(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of a test module whose functions are probes."""
    source = f"from {LIBRARY} import altered as {_ALTERED}, seen as {_SEEN}"
    maker = _Maker(frozenset(_plain(body)))
    made = [maker.visit(node) for node in body]
    place = next((n for n, node in enumerate(made) if not _stays_first(node)), len(made))
    return [*made[:place], *ast.parse(source).body, *made[place:]]


def _plain(body: Sequence[ast.stmt]) -> Iterator[str]:
    """Names that a module gives values."""
    for node in body:
        if isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _stays_first(node: ast.stmt) -> bool:
    told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return told or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


class _Maker(ast.NodeTransformer):
    """Copies what it changes; nodes of the target's own tree are left as they are."""

    def __init__(self, given: frozenset[str]) -> None:
        self._count = 0
        self._within = False
        self._given = given
        """Names that the module gives plain values."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """A copy with its parts made."""
        fields: dict[str, Any] = {}
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                parts: list[Any] = []
                for part in value:
                    new = self.visit(part) if isinstance(part, ast.AST) else part
                    parts += new if isinstance(new, list) else [new]
                fields[name] = parts
            else:
                fields[name] = self.visit(value) if isinstance(value, ast.AST) else value
        return ast.copy_location(type(node)(**fields), node)

    def visit(self, node: ast.AST) -> Any:
        """Literals within functions go through `altered`; the rest as its kind asks."""
        if self._within and isinstance(node, ast.expr) and self._is_input(node):
            return self._altered(node)
        return super().visit(node)

    def _is_input(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._given and isinstance(node.ctx, ast.Load)
        return _is_literal(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A function of which each parameter and literal may be altered."""
        outermost, self._within = not self._within, True
        body = [part for child in node.body for part in _listed(self.visit(child))]
        if outermost:
            self._within = False
            given = [a.arg for a in node.args.args if a.arg not in ("self", "cls")]
            body = [self._renewed(name) for name in given] + body
        made = ast.FunctionDef(**{**dict(ast.iter_fields(node)), "body": body})
        return ast.copy_location(made, node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """Formats are no inputs."""
        return node

    def visit_Assert(self, node: ast.Assert) -> Any:
        """What is compared is seen."""
        return [self._see(part) for part in _looked_at(node.test)]

    def visit_Expr(self, node: ast.Expr) -> Any:
        """`self.assertEqual` and its like show what they are given."""
        call = node.value
        name = call.func.attr if _is_assertion(call) else ""  # type: ignore[attr-defined]
        if not name or name.startswith("assertRaises"):
            return self.generic_visit(node)
        given = call.args[:2]  # type: ignore[attr-defined]
        return [self._see(part) for part in given if not _is_literal(part)]

    def visit_With(self, node: ast.With) -> Any:
        """Whatever is raised under `raises` is seen."""
        if not any(_waits(item.context_expr) for item in node.items):
            return self.generic_visit(node)
        body = [part for child in node.body for part in _listed(self.visit(child))]
        caught = ast.ExceptHandler(
            ast.Name("Exception", ast.Load()), "_raised_", [_call(_SEEN, _name("_raised_"))]
        )
        made = ast.Try(body, [caught], [], [])
        return ast.fix_missing_locations(ast.copy_location(made, node))

    def _see(self, part: ast.expr) -> ast.stmt:
        made = _call(_SEEN, self.visit(part))
        return ast.fix_missing_locations(ast.copy_location(made, part))

    def _renewed(self, name: str) -> ast.stmt:
        new = ast.Assign([ast.Name(name, ast.Store())], self._altered(_name(name)))
        return ast.fix_missing_locations(ast.copy_location(new, ast.Pass(lineno=1, col_offset=0)))

    def _altered(self, node: ast.expr) -> ast.expr:
        self._count += 1
        number = ast.Constant(self._count)
        call = ast.Call(_name(_ALTERED), [node, number], [])
        place = node if hasattr(node, "lineno") else ast.Pass(lineno=1, col_offset=0)
        return ast.fix_missing_locations(ast.copy_location(call, place))


def _looked_at(test: ast.expr) -> list[ast.expr]:
    """The parts of a condition whose values matter: what it compares, else whether it holds."""
    if isinstance(test, ast.Compare) and not isinstance(test.ops[0], ast.Is | ast.IsNot):
        return [side for side in (test.left, *test.comparators) if not _is_literal(side)]
    return [ast.UnaryOp(ast.Not(), test)]


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is not None and node.value is not Ellipsis
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and all(
            _is_literal(part) or _is_none(part) for part in node.elts
        )
    if isinstance(node, ast.Dict):
        return all(k is not None and _is_literal(k) for k in node.keys) and all(
            _is_literal(v) or _is_none(v) for v in node.values
        )
    return False


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_assertion(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.startswith("assert")
    )


def _waits(node: ast.expr) -> bool:
    """Whether it is `pytest.raises(…)`, `raises(…)` or `self.assertRaises(…)`."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return name == "raises" or name.startswith("assertRaises")


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _call(name: str, *given: ast.expr) -> ast.Expr:
    return ast.Expr(ast.Call(_name(name), list(given), []))


def _listed(made: Any) -> list[Any]:
    return made if isinstance(made, list) else [made]
