"""Edits of expressions; parentheses come and go with the place, never with the caller's code."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from researchers.program_analysis.editing import parse
from researchers.program_analysis.editing.edit import Edit
from researchers.program_analysis.editing.errors import UnplacedError
from researchers.program_analysis.editing.precedence import fits, level, parenthesised
from researchers.program_analysis.editing.section import Place, Section, field_names

_HELD = "_held_"
_OWN = (cst.Tuple, cst.GeneratorExp)
_BRACKETS = (
    cst.Arg, cst.SubscriptElement, cst.Element, cst.DictElement, cst.StarredDictElement,
    cst.ListComp, cst.SetComp, cst.DictComp, cst.Param,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Swap(Edit):
    """Replaces an expression by the code of another one."""

    code: str

    def target(self) -> tuple[Section, cst.CSTNode]:
        """The expression; for the bare tuple of a subscript, which is no node, the subscript."""
        parent = self.module.parents.get(self.anchor)
        if isinstance(parent, ast.JoinedStr):
            raise UnplacedError("a part of an f-string has no place of its own")
        bare = isinstance(self.anchor, ast.Tuple) and isinstance(parent, ast.Subscript)
        if bare and self.module.text[self.module.span(self.anchor)[0]] != "(":
            assert parent is not None
            return self.module.concrete(parent)
        return self.module.concrete(self.anchor)

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[cst.CSTNode]:
        """The new expression, in the old one's parentheses where it had any."""
        new, needs_brackets = parse.expression(self.code)
        if isinstance(node, cst.Subscript) and isinstance(self.anchor, ast.Tuple):
            return [node.with_changes(slice=[cst.SubscriptElement(cst.Index(new))])]
        assert isinstance(node, cst.BaseExpression)
        return [_placed(new, node, place, needs_brackets and not _bracketed(section, place))]


@dataclass(frozen=True, eq=False)
class Wrap(Edit):
    """Puts an expression, as it is after other edits, into a form with `{}` in its place."""

    form: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[cst.CSTNode]:
        """The form around the node."""
        form, needs_brackets = parse.expression(self.form.replace("{}", _HELD, 1))
        assert isinstance(node, cst.BaseExpression)
        made = _filled(form, place, node)
        assert isinstance(made, cst.BaseExpression)
        bare = needs_brackets and not _bracketed(section, place)
        return [parenthesised(made) if bare or not fits(made, place) else made]


@dataclass(frozen=True, eq=False)
class Operator(Edit):
    """Changes the operator of an operation, or one link of a comparison; operands stay theirs."""

    form: str
    link: int = 0

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[cst.CSTNode]:
        """The operation with the new operator, parenthesised so that nothing else regroups."""
        if isinstance(node, cst.AugAssign):
            (line,) = parse.statements(f"a {self.form}= b")
            assert isinstance(line, cst.SimpleStatementLine)
            assert isinstance(line.body[0], cst.AugAssign)
            return [node.with_changes(operator=_spaced(line.body[0].operator, node.operator))]
        pattern, _ = parse.expression(f"a {self.form} b")
        if isinstance(node, cst.Comparison) and isinstance(pattern, cst.Comparison):
            links = [*node.comparisons]
            operator = _spaced(pattern.comparisons[0].operator, links[self.link].operator)
            links[self.link] = links[self.link].with_changes(operator=operator)
            return [node.with_changes(comparisons=links)]
        if isinstance(node, cst.BooleanOperation) and isinstance(pattern, cst.BooleanOperation):
            made = self._chain(node, type(node.operator), pattern.operator)
        elif isinstance(node, cst.BinaryOperation) and isinstance(pattern, cst.BinaryOperation):
            made = _regrouped(node, _spaced(pattern.operator, node.operator))
        else:
            raise UnplacedError(f"`{self.form}` is no operator of a {type(node).__name__}")
        return [made if fits(made, place) else parenthesised(made)]

    def _chain(
        self, node: cst.BooleanOperation, kind: type[cst.BaseBooleanOp], new: cst.BaseBooleanOp
    ) -> cst.BaseExpression:
        """All links of `a and b and c`, which are one operation to `ast`, are changed."""
        left = node.left
        operator = _spaced(new, node.operator)
        chained = isinstance(left, cst.BooleanOperation) and isinstance(left.operator, kind)
        if isinstance(left, cst.BooleanOperation) and chained and not left.lpar:
            return node.with_changes(left=self._chain(left, kind, new), operator=operator)
        return _regrouped(node, operator)


@dataclass(frozen=True, eq=False)
class DropFilter(Edit):
    """Removes a condition of a comprehension."""

    def target(self) -> tuple[Section, cst.CSTNode]:
        """The `if` that holds the condition."""
        section, node = self.module.concrete(self.anchor)
        holder = next((n for n in section.around(node) if isinstance(n, cst.CompIf)), None)
        if holder is None or holder.test is not node:
            raise UnplacedError("no condition of a comprehension")
        return section, holder

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[cst.CSTNode]:
        """Nothing."""
        return []


def _filled(node: cst.CSTNode, place: Place, held: cst.BaseExpression) -> cst.CSTNode:
    """A form with an expression put where it names its hole."""
    if isinstance(node, cst.Name) and node.value == _HELD:
        return held if fits(held, place) else parenthesised(held)
    changes: dict[str, Any] = {}
    for name in field_names(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            changes[name] = _filled(value, Place(node, name), held)
        elif isinstance(value, tuple | list):
            changes[name] = [_filled(child, Place(node, name), held) for child in value]
    return node.with_changes(**changes)


def _placed(
    new: cst.BaseExpression, old: cst.BaseExpression, place: Place, bare: bool
) -> cst.BaseExpression:
    """The new expression with what parentheses its place and the old one ask for."""
    around = len(old.lpar) - (isinstance(old, _OWN) and bool(old.lpar))
    if isinstance(old, cst.GeneratorExp) and not old.lpar and isinstance(new, cst.GeneratorExp):
        return new.with_changes(lpar=(), rpar=())
    if around:
        own = isinstance(new, _OWN) or not new.lpar
        lpar = (*old.lpar[:around], *(new.lpar if own else ()))
        rpar = (*(new.rpar if own else ()), *old.rpar[len(old.rpar) - around :])
        return new.with_changes(lpar=lpar, rpar=rpar)
    as_tight = type(new) is type(old) and not old.lpar and level(new) >= level(old)
    return new if not bare and (as_tight or fits(new, place)) else parenthesised(new)


def _regrouped(
    node: cst.BinaryOperation | cst.BooleanOperation, operator: cst.CSTNode
) -> cst.BaseExpression:
    made = node.with_changes(operator=operator)
    sides = {
        name: side if fits(side, Place(made, name)) else parenthesised(side)
        for name, side in (("left", node.left), ("right", node.right))
    }
    return made.with_changes(**sides)


def _spaced(new: cst.CSTNode, old: cst.CSTNode) -> cst.CSTNode:
    """The operator with the white space of the old one, where words can bear it."""
    space = {
        name: getattr(old, name)
        for name in ("whitespace_before", "whitespace_after")
        if getattr(getattr(old, name), "value", " ")
    }
    return new.with_changes(**space)


def _bracketed(section: Section, place: Place) -> bool:
    """Whether lines may end at a place because brackets around it are open."""
    for node in (place.parent, *section.around(place.parent)):
        if isinstance(node, cst.BaseStatement | cst.BaseSmallStatement):
            return False
        if getattr(node, "lpar", ()) or isinstance(node, _BRACKETS):
            return True
    return False
