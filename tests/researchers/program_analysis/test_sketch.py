"""A sketch of edits is the program that the edited text says, for every kind of edit."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis import edits
from researchers.program_analysis.catalogue import DEEP, OPERATORS
from researchers.program_analysis.context import Context
from researchers.program_analysis.edits import Edit, Revision, Revisions
from researchers.program_analysis.module import Module
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsal.sketch import UnsketchedError, revised

TEXT = '''\
"""Stock."""
import math
from typing import Any


class Stock:
    """Goods."""

    def __init__(self, rows=(), *, limit: int = 3, **more: Any) -> None:
        self.rows = list(rows)
        self.limit = limit

    def add(self, name: str, n: int = 1) -> bool:
        """Adds goods."""
        # A comment that stays.
        if n <= 0:
            return False
        elif n > self.limit and name:
            raise ValueError(f"{name} of {n}")
        else:
            self.rows += [(name, n)] * n
        for i in range(len(self.rows) - 1):
            if self.rows[i] < self.rows[i + 1]: continue
            self.rows[i], self.rows[i + 1] = self.rows[i + 1], self.rows[i]
        return True

    def best(self, key=lambda row: row[1]):
        try:
            found = max((r for r in self.rows if r[1] > 0 if r[0]), key=key)
        except (ValueError, TypeError) as error:
            found = None
        finally:
            self.limit -= 1
        return found[0] if found else self.names()[0:2, 1]

    def names(self): return [n for n, _ in self.rows if n]


def total(stock, factor=2, /, scale=1.0, *rest):
    with open(stock) as file:
        text = file.read()
    x = a = math.floor(-factor ** 2 * (scale + 1) - 3 if not rest else 0 or 1 and 2)
    while x > 0 and a:
        x -= 1; a //= 2
    else:
        del x
    return sum(n for n in rest) + (a, *rest)[0] + len(text[1:]) - a % 3
'''


@pytest.fixture(scope="module")
def module() -> Module:
    return Module("stock.py", TEXT, ast.parse(TEXT), True)


def dumped(body: Iterable[ast.stmt]) -> str:
    whole = ast.Module([*body], [])
    return ast.dump(ast.parse(ast.unparse(ast.fix_missing_locations(whole))))


def alike(revision: Revision) -> bool | None:
    """Whether a sketch is what the text says; None where an edit cannot be made in one of both."""
    try:
        sketch = dumped(revised(revision))
        said = ast.dump(ast.parse(revision.text))
    except (UnsketchedError, SyntaxError, ValueError):
        return None
    return None if revision.text == revision.module.text else sketch == said


def told(module: Module, makes: Callable[[Any], Iterable[Edit]], kinds: Any) -> list[bool | None]:
    """For each node of some kinds and each edit that is made at it."""
    nodes = [
        n for n in ast.walk(module.tree)
        if isinstance(n, kinds) and not isinstance(n, ast.Slice | ast.Starred)
    ]  # fmt: skip
    nodes = nodes[:: 1 + len(nodes) // 80]
    made = [alike(Revision(module, (edit,))) for node in nodes for edit in makes(node)]
    assert made.count(True) >= 2
    return made


VALUES = ["a or b", "lambda: 0", "(1, 2)"]
FORMS = ["sorted({})", "-{}", "a if {} else b"]
BLOCKS = ["x = 1\ny = 2", "if a:\n    return 3\nelse:\n    b()", "return 0"]


def test_expressions_are_replaced_alike(module: Module) -> None:
    made = told(module, lambda n: (edits.swap(module, n, code) for code in VALUES), ast.expr)
    assert False not in made


def test_expressions_are_wrapped_alike(module: Module) -> None:
    made = told(module, lambda n: (edits.wrap(module, n, form) for form in FORMS), ast.expr)
    assert False not in made


def test_operators_are_changed_alike(module: Module) -> None:
    forms = {
        ast.BoolOp: ["and", "or"], ast.Compare: ["<", "==", "not in", "is not"],
        ast.BinOp: ["+", "**", "//", "<<"], ast.AugAssign: ["+", "%"],
    }  # fmt: skip
    for kind, links in forms.items():
        made = told(module, lambda n, f=links: (edits.operator(module, n, x) for x in f), kind)  # type: ignore[misc]
        assert False not in made


@pytest.mark.parametrize("make", [edits.before, edits.after, edits.swap])
def test_statements_come_in_alike(module: Module, make: Callable[..., Edit]) -> None:
    made = told(module, lambda n: (make(module, n, code) for code in BLOCKS), ast.stmt)
    assert False not in made


def test_statements_go_and_move_alike(module: Module) -> None:
    assert False not in told(module, lambda n: [edits.remove(module, n)], ast.stmt)
    assert False not in told(module, lambda n: [edits.unwrap(module, n)], ast.If)
    headers = ["if x is not None:", "for _ in range(2):", "while n:"]
    made = told(module, lambda n: (edits.enclose(module, n, h) for h in headers), ast.stmt)
    assert False not in made
    owners = (ast.FunctionDef, ast.ExceptHandler)
    made = told(module, lambda n: (edits.body(module, n, code) for code in BLOCKS), owners)
    assert False not in made
    assert alike(Revision(module, (edits.append(module, "def more():\n    return 1\n"),)))


def test_filters_arguments_and_parameters_change_alike(module: Module) -> None:
    def filters(node: ast.comprehension) -> Iterable[Edit]:
        return (edits.drop_filter(module, test) for test in node.ifs)

    def arguments(node: ast.Call) -> Iterable[Edit]:
        yield edits.argument(module, node, "fresh", "a or b")
        yield from (edits.drop_argument(module, node, k.arg) for k in node.keywords if k.arg)

    def parameters(node: ast.FunctionDef) -> Iterable[Edit]:
        yield edits.parameter(module, node, "fresh", "None")
        spec = node.args
        for arg in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs):
            yield edits.default(module, node, arg.arg, "7")

    assert False not in told(module, filters, ast.comprehension)
    assert False not in told(module, arguments, ast.Call)
    assert False not in told(module, parameters, ast.FunctionDef)


def test_edits_within_edits_are_made_alike(module: Module) -> None:
    loops = [n for n in ast.walk(module.tree) if isinstance(n, ast.If | ast.While)]
    for outer in loops:
        inner = [n for n in ast.walk(outer.test) if isinstance(n, ast.Name)]
        both = [edits.swap(module, inner[0], "fresh"), edits.wrap(module, outer.test, "not {}")]
        both.append(edits.before(module, outer, "fresh = 1"))
        assert alike(Revision(module, tuple(both))) is not False


SMALL = {
    "search": "def search(rows, wanted):\n    low, high = 0, len(rows)\n    while low < high:\n"
    "        middle = (low + high) // 2\n        if rows[middle] == wanted:\n"
    "            return middle\n        if rows[middle] < wanted:\n            low = middle\n"
    "        else:\n            high = middle\n    return -1\n",
    "account": "class Account:\n    def __init__(self, owner, rows=None):\n"
    "        self.owner = owner\n        self.rows = rows or []\n\n"
    "    def pay(self, n):\n        '''Pays.'''\n        if n <= 0:\n"
    "            raise ValueError('n')\n        self.rows.append(n)\n"
    "        return sum(self.rows)\n\n"
    "    def largest(self, k=1):\n        return sorted(self.rows)[:k]\n",
}


@pytest.mark.parametrize("name", SMALL)
def test_drafts_of_operators_are_sketched_alike(name: str, tmp_path: Path, dossier: Any) -> None:
    (tmp_path / "job.py").write_text(SMALL[name], encoding="utf-8")
    context = Context(Program(dossier(tmp_path)))
    made: list[bool | None] = []
    for operator in (*OPERATORS, *DEEP):
        if not operator.blind:
            continue
        drafts = list(operator.drafts(context))
        for draft in drafts[:: 1 if len(drafts) < 60 else len(drafts) // 40]:
            for path in Revisions.of(draft.files):
                entry = Revisions.of(draft.files).entry(path)
                assert isinstance(entry, Revision)
                made.append(alike(entry))
                assert made[-1] is not False, draft.title
    assert made.count(True) > 300
    assert made.count(None) < 0.1 * len(made)
