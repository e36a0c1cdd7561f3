"""What speaks for an edit beside where it stands and of which kind it is: signs on test suites.

Three are read. How the failing tests ended: an exception of the target's own points at the
statement that raised it, and at the condition that a `raise` stands under; a test that waited for
an exception in vain asks for one. What the edit does with names: to read what nothing read before
is more likely meant than to leave unread what was read. What kinds of values it puts together.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from researchers.program_analysis.binding import unbound
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.edits import Edit, Revisions
from researchers.program_analysis.kinds import Kinds
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.program import Program
from researchers.program_analysis.recursions import Span, recursions
from researchers.program_analysis.sense import alike, clashes, is_clash
from researchers.program_analysis.usage import idle, idle_methods, unread
from tasks.records.evidence import Location

AT_RAISE = 5.0
NEAR_RAISE = 2.5
BINDS = 10.0
"""Where a name is read that nothing binds: an edit that binds it."""
NEAR = 3
"""Lines that a statement may be away from the one that raised, within the function, to be near."""
FAR_FROM_RAISE = 0.6
SAID = 0.4
"""How far these hold where the target itself raises: it may have found what went wrong before."""
ASKED = 3.0
UNASKED = 0.5
"""Where tests waited for an exception in vain: edits that touch a `raise`, and all others."""
READS_UNREAD = 2.5
LEAVES_UNREAD = 0.5
ODD = 4.0
"""Where an assignment gives a name to itself; where text is put in order by a word, or a list says
a number twice."""
OTHER_KIND = 0.3
CLASH = 0.15
ENDS_CLASH = 3.0
_UNBOUND = frozenset({"NameError", "UnboundLocalError"})
WAITED = "Failed"
"""How a test ends that expects an exception and gets none (pytest's `Failed`)."""
_SYMPTOM = re.compile(r"failed: (\w+)(?: at ([^\s:]+):(\d+))?")
_ATTRIBUTE = re.compile(r"\.([A-Za-z_]\w*)")
_IDENTIFIER = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*")


class Signs:
    """Factors on the hope for edits of one program; 1 where there is no sign."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._kinds = Kinds(program)
        self._counted: dict[tuple[str, ast.AST], int] = {}
        self._ends = Counter(
            (found[1], found[2] or "", int(found[3] or 0))
            for sample in program.dossier.samples
            if sample.score < 1 and (found := _SYMPTOM.match(sample.prediction))
        )

    def factor(self, draft: Draft) -> float:
        """How much more likely the edit is for what the signs say, about 0.1 to 10."""
        return (
            self._by_ends(draft)
            * self._by_names(draft)
            * self._by_kinds(draft)
            * self._by_shape(draft)
        )

    def _by_ends(self, draft: Draft) -> float:
        total = sum(self._ends.values())
        if not total:
            return 1.0
        worth = 0.0
        for (kind, path, line), count in self._ends.items():
            if kind in _UNBOUND and self._unbound:
                worth += count * self._by_unbound(draft)
            elif kind == "RecursionError" and recursions(self._program):
                worth += count * self._by_recursion(draft)
            elif path in self._program.by_path and self._program.by_path[path].editable:
                worth += count * self._by_raise(draft, path, line)
            elif kind == WAITED:
                worth += count * (ASKED if self._raises(draft) else UNASKED)
            else:
                worth += count
        return worth / total

    def _by_raise(self, draft: Draft, path: str, line: int) -> float:
        """By how far the edit is from the statement that raised, or from the question before it."""
        module, at = self._program.by_path[path], draft.location
        if at.path != path:
            return FAR_FROM_RAISE
        spans = _raising(module, line)
        said = SAID if len(spans) > 1 else 1.0
        return 1.0 + said * (self._nearness(draft.location, spans) - 1.0)

    def _by_unbound(self, draft: Draft) -> float:
        """Where a name is read that nothing binds: whether the edit binds it, or reads another."""
        names = self._unbound
        for edit in Revisions.of(draft.files).edits():
            tree = _parsed(str(getattr(edit, "code", "")))
            stored = [n for n in ast.walk(tree) if isinstance(n, ast.Name)] if tree else []
            if any(n.id in names and isinstance(n.ctx, ast.Store) for n in stored):
                return BINDS
            if any(getattr(n, "id", "") in names for n in ast.walk(edit.anchor)):
                return 1.0
        return FAR_FROM_RAISE

    @cached_property
    def _unbound(self) -> frozenset[str]:
        return frozenset(
            name
            for module in self._program.editable
            for function in module.functions
            for name in unbound(module, function)
        )

    def _by_recursion(self, draft: Draft) -> float:
        """Where calls went on for ever: by the calls that lead back, not by where it ended."""
        at = draft.location
        spans = [r.span for r in recursions(self._program) if r.path == at.path]
        own = [span for span in spans if span[0] == at.function]
        return max(NEAR_RAISE, self._nearness(at, own)) if own else FAR_FROM_RAISE

    @staticmethod
    def _nearness(at: Location, spans: Sequence[Span]) -> float:
        if not spans or at.function != spans[0][0]:
            return FAR_FROM_RAISE
        if any(first <= at.line <= last for _, first, last in spans):
            return AT_RAISE
        if any(first - NEAR <= at.line <= last + NEAR for _, first, last in spans):
            return NEAR_RAISE
        return 1.0

    def _raises(self, draft: Draft) -> bool:
        """Whether the edit puts in a `raise`, or changes the question that one stands under."""
        for edit in Revisions.of(draft.files).edits():
            if "raise" in _code(edit):
                return True
            around = [edit.anchor, *edit.module.ancestors(edit.anchor)]
            if any(isinstance(n, ast.Raise) for n in around):
                return True
            near = next((n for n in around if isinstance(n, ast.If | ast.Try)), None)
            if near is not None and any(isinstance(n, ast.Raise) for n in ast.walk(near)):
                return True
        return False

    def _by_names(self, draft: Draft) -> float:
        edits = list(Revisions.of(draft.files).edits())
        if not edits:
            return 1.0
        module = edits[0].module
        function = module.function_of(edits[0].anchor)
        if function is None:
            return 1.0
        text = "\n".join(map(_code, edits))
        added, called = set(_IDENTIFIER.findall(text)), set(_ATTRIBUTE.findall(text))
        fresh = added & (unread(function) | idle(module)) or called & idle_methods(module)
        worth = READS_UNREAD if fresh else 1.0
        gone = Counter(name for edit in edits for name in _lost(edit)) if len(edits) == 1 else {}
        reads = _reads(function)
        if any(count >= reads[name] and name not in added for name, count in gone.items()):
            worth *= LEAVES_UNREAD
        return worth

    def _by_shape(self, draft: Draft) -> float:
        """Whether the code that it edits is odd by itself."""
        for edit in Revisions.of(draft.files).edits():
            around = (edit.anchor, *edit.module.ancestors(edit.anchor))
            statement = next((n for n in around if isinstance(n, ast.stmt)), None)
            still = statement is not None and _is_idle(statement)
            if still or _orders_a_word(edit.anchor) or _is_repeated(edit.module, edit.anchor):
                return ODD
        return 1.0

    def _by_kinds(self, draft: Draft) -> float:
        for edit in Revisions.of(draft.files).edits():
            tree = _parsed(str(getattr(edit, "code", "")))
            function = edit.module.function_of(edit.anchor)
            if tree is None or function is None:
                continue
            if isinstance(tree, ast.expr) and isinstance(edit.anchor, ast.expr):
                old, new = (self._kinds.of(function, node) for node in (edit.anchor, tree))
                if not alike(old, new):
                    wrong = is_clash(self._kinds, edit.module, edit.anchor)
                    return ENDS_CLASH if wrong else OTHER_KIND
            if self._clashing(function, tree) > self._clashing(function, edit.anchor):
                return CLASH
        return 1.0

    def _clashing(self, function: Function, node: ast.AST) -> int:
        """How many clashes there are in code of a function; counted once for each node."""
        key = (function.key, node)
        if key not in self._counted:
            self._counted[key] = sum(1 for _ in clashes(self._kinds, function, node))
        return self._counted[key]


@lru_cache(maxsize=256)
def _raising(module: Module, line: int) -> tuple[tuple[str, int, int], ...]:
    """Function and lines of the statement that raised; of a `raise`, the question above it too."""
    held = [
        n for n in module.nodes
        if isinstance(n, ast.stmt) and n.lineno <= line <= (n.end_lineno or n.lineno)
    ]  # fmt: skip
    if not held:
        return ()
    inner = max(held, key=lambda n: (n.lineno, -(n.end_lineno or 0)))
    function = module.function_of(inner)
    name = function.name if function else ""
    last = inner.end_lineno or inner.lineno
    if hasattr(inner, "body"):
        last = line
    spans = [(name, inner.lineno, last)]
    if isinstance(inner, ast.Raise):
        around = next((a for a in module.ancestors(inner) if isinstance(a, ast.If)), None)
        if around is not None:
            spans.append((name, around.lineno, around.test.end_lineno or around.lineno))
    return tuple(spans)


def _is_idle(statement: ast.stmt) -> bool:
    """Whether it gives a name to itself."""
    return (
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Name | ast.Attribute)
        and ast.unparse(statement.targets[0]) == ast.unparse(statement.value)
    )


def _is_repeated(module: Module, node: ast.AST) -> bool:
    """Whether it is a number that stands twice in a list that code spells out to go through."""
    around = module.parents.get(node)
    if not isinstance(node, ast.Constant) or not isinstance(around, ast.Tuple | ast.List | ast.Set):
        return False
    loop = module.parents.get(around)
    told = [ast.dump(element) for element in around.elts]
    return (
        isinstance(loop, ast.For | ast.comprehension)
        and loop.iter is around
        and told.count(ast.dump(node)) > 1
    )


def _orders_a_word(node: ast.AST) -> bool:
    """Whether it asks if something comes before or behind a word, which is rarely meant."""
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    words = [n.value for n in sides if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    ordered = any(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops)
    return ordered and any(len(word) > 1 and word.isalpha() for word in words)


@lru_cache(maxsize=4096)
def _reads(function: Function) -> Counter[str]:
    """How often a function reads each name."""
    names = (n for n in ast.walk(function.node) if isinstance(n, ast.Name))
    return Counter(n.id for n in names if isinstance(n.ctx, ast.Load))


def _code(edit: Edit) -> str:
    """The text that an edit writes, as far as it has one."""
    return " ".join(str(getattr(edit, name, "")) for name in ("code", "form", "header"))


def _lost(edit: Edit) -> Iterator[str]:
    """Names that an edit reads no longer; of edits that keep their node, none."""
    if hasattr(edit, "code") and edit.above() == () and edit.below() == ():
        for node in ast.walk(edit.anchor):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield node.id


@lru_cache(maxsize=16384)
def _parsed(code: str) -> ast.AST | None:
    """Code as an expression where it is one, else as statements; None where it is neither."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    lone = tree.body[0] if len(tree.body) == 1 else None
    return lone.value if isinstance(lone, ast.Expr) else tree if tree.body else None
