"""Templates: the few statements that instrumentation inserts, placed at a statement's position."""

from __future__ import annotations

import ast

RESULT = "_whetstone_r"
BEGAN = "_whetstone_t"


def enter(function: int, names: tuple[str, ...], node: ast.stmt, generator: bool) -> ast.stmt:
    """Counts a call, and looks at its arguments while it is among those that are sampled."""
    values = "".join(f"{name}, " for name in names)
    look = f"_whetstone_enter({function}, ({values}))"
    counted = f"_whetstone_calls[{function}]() < _whetstone_slow[{function}]"
    target = "" if generator else f"{BEGAN} = "
    return _at(f"{target}{look} if {counted} else 0.0", node)[0]


def keep_result(value: ast.expr, node: ast.stmt) -> list[ast.stmt]:
    """Evaluates a returned expression once."""
    statements = _at(f"{RESULT} = None", node)
    assert isinstance(statements[0], ast.Assign)
    statements[0].value = value
    return statements


def leave(function: int, node: ast.stmt, procedure: bool) -> list[ast.stmt]:
    """Notes a result if it is sampled, or empty where it should not be, and returns it."""
    empty = f"_whetstone_type({RESULT}) in _whetstone_plain and not {RESULT}"
    also = "" if procedure else f" or {RESULT} is None or {empty}"
    return _at(
        f"if {BEGAN}{also}:\n    _whetstone_leave({function}, {BEGAN}, {RESULT})\nreturn {RESULT}",
        node,
    )


def seen(loop: int, node: ast.stmt) -> ast.stmt:
    """Counts an iteration."""
    return _at(f"_whetstone_seen[{loop}]()", node)[0]


def hit(index: int, node: ast.AST) -> ast.stmt:
    """Marks a statement as run."""
    return _at(f"_whetstone_hits[{index}] = 1", node)[0]


def look(index: int, node: ast.stmt) -> ast.stmt:
    """Shows the local variables, while states of the statement are wanted."""
    return _at(f"if _whetstone_left[{index}]: {_look(index)}", node)[0]


def looked(index: int, test: ast.expr) -> ast.expr:
    """A loop's condition, with the local variables shown before it is asked."""
    statement = _at(f"_whetstone_left[{index}] and {_look(index)} or None", test)[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.BoolOp)
    statement.value.values[1] = test
    return statement.value


def _look(index: int) -> str:
    return f"_whetstone_look({index}, _whetstone_locals())"


def drop(index: int, node: ast.stmt, record: str = "") -> ast.stmt:
    """Counts a dropped record, and looks at the first ones."""
    source = _dropped(index, record) if record else f"_whetstone_dropped[{index}]()"
    return _at(source, node)[0]


def load(name: str, node: ast.AST) -> ast.expr:
    """A name, read."""
    return ast.copy_location(ast.Name(name, ast.Load()), node)


def call(function: str, index: int, arguments: list[ast.expr], node: ast.AST) -> ast.expr:
    """`_whetstone_function(index, ...)`."""
    statement = _at(f"_whetstone_{function}({index})", node)[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    statement.value.args += arguments
    return statement.value


def counted(loop: int, value: ast.expr) -> ast.expr:
    """An expression, with its evaluations counted."""
    statement = _at(f"(_whetstone_seen[{loop}](), None)[1]", value)[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Subscript)
    assert isinstance(statement.value.value, ast.Tuple)
    statement.value.value.elts[1] = value
    return statement.value


def swallow(handler: int, node: ast.stmt) -> ast.stmt:
    """Notes the exception at hand."""
    return _at(f"_whetstone_swallow({handler})", node)[0]


def watch(handler: int, manager: ast.expr, node: ast.stmt) -> ast.expr:
    """Wraps a context manager."""
    return call("watch", handler, [manager], node)


def condition(test: ast.expr, index: int, loop: int | None, record: str = "") -> ast.expr:
    """A comprehension's condition, whose truth is asked once as before, with drops counted."""
    statement = _at(f"None or {_dropped(index, record)}", test)[0]
    assert isinstance(statement, ast.Expr)
    choice = statement.value
    assert isinstance(choice, ast.BoolOp)
    choice.values[0] = test
    if loop is None:
        return choice
    counted = _at(f"_whetstone_seen[{loop}]() is not None and None", test)[0]
    assert isinstance(counted, ast.Expr)
    assert isinstance(counted.value, ast.BoolOp)
    counted.value.values[1] = choice
    return counted.value


def _dropped(index: int, record: str) -> str:
    """Source that counts a dropped record, and is never true."""
    counter = f"_whetstone_dropped[{index}]()"
    if not record:
        return f"{counter} is None"
    return f"({counter} < _whetstone_most and _whetstone_lost({index}, {record}))"


def _at(source: str, node: ast.AST) -> list[ast.stmt]:
    statements = ast.parse(source).body
    for statement in statements:
        for entry in ast.walk(statement):
            if isinstance(entry, (ast.expr, ast.stmt)):
                ast.copy_location(entry, node)
    return statements
