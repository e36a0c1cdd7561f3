"""Edits over real sources: all else stays byte for byte, and the new code has the wanted syntax."""

from __future__ import annotations

import ast
import contextlib
import random
import shlex
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from researchers.program_analysis import edits
from researchers.program_analysis.editing.errors import UnplacedError
from researchers.program_analysis.editing.section import lines_of
from researchers.program_analysis.module import Module

SOURCES = [
    textwrap.__file__,
    shlex.__file__,
    contextlib.__file__,
    *sorted(map(str, (Path(edits.__file__).parent / "editing").glob("*.py"))),
]
EDITED = 30
"""Random places that each test takes from each source."""
CODES = (
    "a", "a.b", "a, b", "a or b", "a and b", "not a", "a if b else c", "lambda: a", "a + b",
    "a * b", "-a", "a ** b", "a < b", "a in b", "a | b", "(a := b)", "[a for a in b]",
    "(a for a in b)", "1", "'é'", "{**a}",
)  # fmt: skip


def module_of(text: str) -> Module:
    return Module("m.py", text, ast.parse(text), True)


def made(module: Module, *changes: edits.Edit) -> str:
    return edits.Revision(module, changes).text


def sampled(path: str, *kinds: type[ast.AST]) -> Iterator[tuple[Module, ast.AST]]:
    module = module_of(Path(path).read_bytes().decode())
    nodes = [n for n in module.nodes if isinstance(n, kinds) and _stands_alone(module, n)]
    for node in random.Random(7).sample(nodes, min(EDITED, len(nodes))):
        yield module, node


def _stands_alone(module: Module, node: ast.AST) -> bool:
    """Whether a node is an expression or statement that is read, with a place of its own."""
    around = [node, *module.ancestors(node)]
    texts = any(isinstance(a, ast.JoinedStr) for a in around[1:])
    starred = isinstance(node, ast.Slice | ast.Starred)
    stored = not isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    return not (texts or starred or stored)


class _Put(ast.NodeTransformer):
    """Replaces one node of a tree by another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: Path(p).stem)
def test_nothing_edited_is_the_text_itself(path: str) -> None:
    module = module_of(Path(path).read_bytes().decode())
    assert made(module) == module.text
    assert "".join(section.tree.code for section in module.sections) == module.text


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: Path(p).stem)
def test_an_expression_put_in_its_own_place_changes_nothing(path: str) -> None:
    for module, node in sampled(path, ast.expr):
        edit = edits.swap(module, node, module.code(node))
        edit.target()
        assert made(module, edit) == module.text, ast.dump(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: Path(p).stem)
def test_a_new_expression_leaves_every_other_node_as_it_was(path: str) -> None:
    choice = random.Random(11)
    for module, node in sampled(path, ast.expr):
        code = choice.choice(CODES)
        text = made(module, edits.swap(module, node, code))
        tree = ast.parse(module.text)
        old = next(t for t, n in zip(ast.walk(tree), module.nodes, strict=True) if n is node)
        wanted = _Put(old, ast.parse(f"({code})", mode="eval").body).visit(tree)
        assert ast.dump(ast.parse(text)) == ast.dump(wanted), (code, module.code(node))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: Path(p).stem)
def test_every_statement_has_its_place(path: str) -> None:
    module = module_of(Path(path).read_bytes().decode())
    for node in module.nodes:
        if isinstance(node, ast.stmt | ast.ExceptHandler):
            module.concrete(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: Path(p).stem)
def test_inserting_and_removing_leave_all_other_lines(path: str) -> None:
    for module, node in sampled(path, ast.stmt):
        if not isinstance(node, ast.stmt) or module.code(node).startswith("elif"):
            continue
        lines = lines_of(module.text)
        for edit in (edits.before(module, node, "new = 1"), edits.after(module, node, "new = 1")):
            text = made(module, edit)
            grown = lines_of(text)
            (at,) = [i for i, line in enumerate(grown) if line.strip() == "new = 1"]
            assert [*grown[:at], *grown[at + 1 :]] == lines
            ast.parse(text)
        following = "".join(lines[node.end_lineno : (node.end_lineno or 0) + 1])
        if following.strip().startswith("#") and not following.startswith("#"):
            continue
        shrunk = lines_of(made(module, edits.remove(module, node)))
        first = min(n.lineno for n in (node, *getattr(node, "decorator_list", ()))) - 1
        kept = [*lines[:first], *lines[node.end_lineno :]]
        passed = [s for s in shrunk if s.split("#")[0].strip() == "pass"]
        assert shrunk == kept or (len(shrunk) == len(kept) + 1 and passed)
        assert edits.canonical("".join(shrunk)) is not None


CASES = {
    "tab": ("if a:\n\tb = 1\n\tc = 2\n", "b", "if a:\n\tx\n\tb = 1\n\tc = 2\n"),
    "crlf": ("def f():\r\n    b = 1\r\n", "b", "def f():\r\n    x\r\n    b = 1\r\n"),
    "semicolon": ("a = 1; b = 2; c = 3  # end\n", "b", "a = 1\nx\nb = 2; c = 3  # end\n"),
    "suite": ("if a: b = 1\n", "b", "if a:\n    x\n    b = 1\n"),
    "comment": ("a = 1  # one\n# two\nb = 2  # b\n", "b", "a = 1  # one\n# two\nx\nb = 2  # b\n"),
    "no newline": ("a = 1\nb = 2", "b", "a = 1\nx\nb = 2"),
    "form feed": ("a = 1\n\x0c\nif a:\n  b = 'é'\n", "b", "a = 1\n\x0c\nif a:\n  x\n  b = 'é'\n"),
}


@pytest.mark.parametrize(("text", "name", "wanted"), CASES.values(), ids=CASES)
def test_a_statement_is_put_above_another(text: str, name: str, wanted: str) -> None:
    module = module_of(text)
    assert made(module, edits.before(module, _assignment(module, name), "x")) == wanted


def _assignment(module: Module, name: str) -> ast.stmt:
    return next(
        n for n in module.nodes
        if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == name
    )  # fmt: skip


def test_a_decorated_function_keeps_its_decorators() -> None:
    module = module_of("a = 1\n\n\n# why\n@d\ndef f(): pass\n")
    text = made(module, edits.before(module, module.tree.body[1], "x = 1"))
    assert text == "a = 1\n\n\n# why\nx = 1\n@d\ndef f(): pass\n"
    assert made(module, edits.remove(module, module.tree.body[1])) == "a = 1\n\n\n# why\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("if a: return\n", "if a: pass\n"),
        ("if a:\n    # why\n    return  # now\n", "if a:\n    # why\n    pass  # now\n"),
        ("if a:\n    b; return\n", "if a:\n    b\n"),
        ("if a:\n    b\nelif c:\n    return\n", "if a:\n    b\nelif c:\n    pass\n"),
        ("if a:\n    b\n    return\n    # end\n", "if a:\n    b\n    # end\n"),
    ],
)  # fmt: skip
def test_a_removed_statement_leaves_a_whole_block(text: str, wanted: str) -> None:
    module = module_of(text)
    node = next(n for n in module.nodes if isinstance(n, ast.Return))
    assert made(module, edits.remove(module, node)) == wanted


def test_the_body_of_an_if_takes_its_place() -> None:
    text = (
        "for a in b:\n    # first\n    if a:  # why\n        # inner\n        c\n        d\n    e\n"
    )
    module = module_of(text)
    node = next(n for n in module.nodes if isinstance(n, ast.If))
    assert made(module, edits.unwrap(module, node)) == (
        "for a in b:\n    # first\n    # why\n    # inner\n    c\n    d\n    e\n"
    )
    chained = module_of("if a:\n    b\nelif c:\n    d\n")
    inner = [n for n in chained.nodes if isinstance(n, ast.If)][1]
    assert made(chained, edits.unwrap(chained, inner)) == "if a:\n    b\nelse:\n    d\n"


@pytest.mark.parametrize(
    ("text", "kind", "form", "wanted"),
    [
        ("x = a * b + c\n", ast.Mult, "-", "x = (a - b) + c\n"),
        ("x = c * (a + b)\n", ast.Mult, "**", "x = c ** (a + b)\n"),
        ("x = -a ** b\n", ast.Pow, "*", "x = -(a * b)\n"),
        ("x = a and b and (c or d)\n", ast.And, "or", "x = a or b or (c or d)\n"),
        ("x = not (a and b) or c\n", ast.And, "or", "x = not (a or b) or c\n"),
        ("x -= 1  # down\n", ast.Sub, "+", "x += 1  # down\n"),
        ("x = a<b\n", ast.Lt, "not in", "x = a not in b\n"),
        ("x = (a <\n     b)\n", ast.Lt, ">=", "x = (a >=\n     b)\n"),
    ],
)
def test_an_operator_changes_and_nothing_regroups(
    text: str, kind: type[ast.AST], form: str, wanted: str
) -> None:
    module = module_of(text)
    node = next(
        n for n in module.nodes
        if isinstance(getattr(n, "op", (getattr(n, "ops", None) or [None])[0]), kind)
    )  # fmt: skip
    text = made(module, edits.operator(module, node, form))
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(wanted))
    assert text == wanted or "(a - b)" in wanted


def test_one_link_of_a_comparison_changes() -> None:
    module = module_of("x = a < b < c\n")
    node = next(n for n in module.nodes if isinstance(n, ast.Compare))
    assert made(module, edits.operator(module, node, "<=", 1)) == "x = a < b <= c\n"


def test_an_elif_with_something_before_it_becomes_a_block() -> None:
    module = module_of("if a:\n    b\nelif c:\n    d\n")
    inner = [n for n in module.nodes if isinstance(n, ast.If)][1]
    assert made(module, edits.before(module, inner, "x = 1")) == (
        "if a:\n    b\nelse:\n    x = 1\n    if c:\n        d\n"
    )


def test_arguments_and_parameters_keep_the_layout() -> None:
    text = "def f(a, *b, **c):\n    g(\n        a,  # one\n    )\n    h(i for i in b)\n    k()\n"
    module = module_of(text)
    calls = [n for n in module.nodes if isinstance(n, ast.Call)]
    function = module.functions[0].node
    changes = [edits.argument(module, call, "n", "x or y") for call in calls]
    assert made(module, *changes, edits.parameter(module, function, "n", "None")) == (
        "def f(a, *b, n=None, **c):\n    g(\n        a,  # one\n        n=x or y,\n    )\n"
        "    h((i for i in b), n=x or y)\n    k(n=x or y)\n"
    )
    dropped = module_of("f(a, n=1)\ng(n=1, m=2)\n")
    calls = [n for n in dropped.nodes if isinstance(n, ast.Call)]
    text = made(dropped, *(edits.drop_argument(dropped, call, "n") for call in calls))
    assert text == "f(a)\ng(m=2)\n"


def test_an_edit_around_another_holds_it() -> None:
    module = module_of("x = [h for h in hits[:k] if h]\n")
    (whole,) = (n for n in module.nodes if isinstance(n, ast.ListComp))
    cut = whole.generators[0].iter
    changes = [edits.swap(module, cut, "hits"), edits.wrap(module, whole, "{}[:k]")]
    assert made(module, *changes) == "x = [h for h in hits if h][:k]\n"
    filtered = edits.drop_filter(module, whole.generators[0].ifs[0])
    assert made(module, filtered) == "x = [h for h in hits[:k]]\n"


def test_two_revisions_join_unless_one_lies_in_the_other() -> None:
    module = module_of("x = a + b; y = c\n")
    first, second = (s.value for s in module.tree.body if isinstance(s, ast.Assign))
    assert isinstance(first, ast.BinOp)
    one, inner, other = (
        edits.Revision(module, (edits.swap(module, node, "z"),))
        for node in (first, first.left, second)
    )
    joined = one.joined(other)
    assert joined is not None
    assert joined.text == "x = z; y = z\n"
    assert one.joined(inner) is None


def test_within_an_f_string_braces_are_kept_apart() -> None:
    module = module_of('x = f"é {a!r:>{c}}"\n')
    node = next(n for n in module.nodes if isinstance(n, ast.Name) and n.id == "a")
    assert made(module, edits.swap(module, node, "{1}")) == 'x = f"é {({1})!r:>{c}}"\n'


def test_an_impossible_edit_is_no_change() -> None:
    module = module_of("x = a\n")
    revision = edits.Revision(module, (edits.swap(module, module.tree.body[0], "if"),))
    assert (revision.text, revision.changes) == (module.text, ())
    with pytest.raises(UnplacedError):
        module.concrete(ast.parse("\n  y\n".strip()).body[0])
