"""Which expressions may stand where without parentheses (Python reference, 6.17)."""

from __future__ import annotations

import libcst as cst

from researchers.program_analysis.editing.section import Place

NAMED, TUPLE, TEST, OR, AND, NOT, COMPARE = range(7)
ARITHMETIC, UNARY, POWER, AWAIT, ATOM = 7, 13, 14, 15, 16
_BINARY: dict[type[cst.BaseBinaryOp], int] = {
    cst.BitOr: 7, cst.BitXor: 8, cst.BitAnd: 9, cst.LeftShift: 10, cst.RightShift: 10,
    cst.Add: 11, cst.Subtract: 11, cst.Multiply: 12, cst.MatrixMultiply: 12, cst.Divide: 12,
    cst.FloorDivide: 12, cst.Modulo: 12, cst.Power: POWER,
}  # fmt: skip
_LEVELS: dict[type[cst.BaseExpression], int] = {
    cst.NamedExpr: NAMED, cst.Yield: NAMED, cst.GeneratorExp: NAMED, cst.Tuple: TUPLE,
    cst.StarredElement: TUPLE, cst.Lambda: TEST, cst.IfExp: TEST, cst.Comparison: COMPARE,
    cst.Await: AWAIT,
}  # fmt: skip
_LOOSE = (cst.Return, cst.Expr, cst.Assign, cst.AnnAssign, cst.AugAssign, cst.AssignTarget, cst.For)
_SLOTS: dict[tuple[type[cst.CSTNode], str], int] = {
    (cst.Comparison, "left"): ARITHMETIC, (cst.ComparisonTarget, "comparator"): ARITHMETIC,
    (cst.IfExp, "body"): OR, (cst.IfExp, "test"): OR, (cst.IfExp, "orelse"): TEST,
    (cst.Attribute, "value"): ATOM, (cst.Call, "func"): ATOM, (cst.Subscript, "value"): ATOM,
    (cst.Await, "expression"): ATOM, (cst.CompFor, "iter"): OR, (cst.CompIf, "test"): OR,
    (cst.StarredElement, "value"): ARITHMETIC, (cst.StarredDictElement, "value"): ARITHMETIC,
    (cst.FormattedStringExpression, "expression"): OR,
}  # fmt: skip


def level(node: cst.BaseExpression) -> int:
    """How tightly an expression binds: from NAMED to ATOM."""
    if node.lpar:
        return ATOM
    if isinstance(node, cst.BooleanOperation):
        return OR if isinstance(node.operator, cst.Or) else AND
    if isinstance(node, cst.UnaryOperation):
        return NOT if isinstance(node.operator, cst.Not) else UNARY
    if isinstance(node, cst.BinaryOperation):
        return _BINARY[type(node.operator)]
    return _LEVELS.get(type(node), ATOM)


def required(place: Place) -> int:
    """How tightly an expression must bind that stands there bare."""
    parent, field = place
    if isinstance(parent, cst.BooleanOperation):
        return level_of_operator(parent) + 1
    if isinstance(parent, cst.UnaryOperation):
        return level_of_operator(parent)
    if isinstance(parent, cst.BinaryOperation):
        own = level_of_operator(parent)
        if own == POWER:
            return AWAIT if field == "left" else UNARY
        return own if field == "left" else own + 1
    if isinstance(parent, _LOOSE):
        return TUPLE
    return _SLOTS.get((type(parent), field), TEST)


def level_of_operator(
    node: cst.BooleanOperation | cst.UnaryOperation | cst.BinaryOperation,
) -> int:
    """How tightly an operation binds, its own parentheses aside."""
    return level(node.with_changes(lpar=(), rpar=()))


def fits(node: cst.BaseExpression, place: Place) -> bool:
    """Whether an expression may stand there as it is."""
    if node.lpar:
        return True
    if isinstance(node, cst.Integer) and place.field == "value":
        return not isinstance(place.parent, cst.Attribute)
    if isinstance(place.parent, cst.FormattedStringExpression) and _opens_with_brace(node):
        return False
    return level(node) >= required(place)


def parenthesised(node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression in one more pair of parentheses."""
    return node.with_changes(
        lpar=(cst.LeftParen(), *node.lpar), rpar=(*node.rpar, cst.RightParen())
    )


def _opens_with_brace(node: cst.BaseExpression) -> bool:
    return cst.Module([]).code_for_node(node).startswith("{")
