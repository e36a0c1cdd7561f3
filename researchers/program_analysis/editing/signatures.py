"""Edits of what calls pass and functions take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from researchers.program_analysis.editing import parse
from researchers.program_analysis.editing.edit import Edit
from researchers.program_analysis.editing.errors import UnplacedError
from researchers.program_analysis.editing.precedence import fits, parenthesised
from researchers.program_analysis.editing.section import Place, Section

_TIGHT = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))


@dataclass(frozen=True, eq=False)
class Argument(Edit):
    """Adds a keyword argument to a call, behind the others, in the layout that they have."""

    name: str
    code: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[cst.CSTNode]:
        """The call with the argument."""
        assert isinstance(node, cst.Call)
        value = _value(self.code, Place(cst.Arg(cst.Name("a")), "value"))
        new = cst.Arg(value, keyword=cst.Name(self.name), equal=_TIGHT)
        if not node.args:
            return [node.with_changes(args=[new])]
        last = node.args[-1]
        if isinstance(last.value, cst.GeneratorExp) and not last.value.lpar:
            last = last.with_changes(value=parenthesised(last.value))
        pair = _behind(last, new, "whitespace_after_arg", node.whitespace_before_args)
        return [node.with_changes(args=[*node.args[:-1], *pair])]


@dataclass(frozen=True, eq=False)
class DropArgument(Edit):
    """Takes a keyword argument out of a call."""

    name: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[cst.CSTNode]:
        """The call without the argument."""
        assert isinstance(node, cst.Call)
        args = [a for a in node.args if a.keyword is None or a.keyword.value != self.name]
        if len(args) == len(node.args):
            raise UnplacedError(f"the call has no argument {self.name}")
        if args and args[-1] is not node.args[-1]:
            args[-1] = _ending_like(args[-1], node.args[-1])
        return [node.with_changes(args=args)]


@dataclass(frozen=True, eq=False)
class Parameter(Edit):
    """Adds an optional parameter to a function, behind those that may be passed by name."""

    name: str
    code: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[cst.CSTNode]:
        """The function with the parameter."""
        assert isinstance(node, cst.FunctionDef)
        new = cst.Param(
            cst.Name(self.name),
            default=_value(self.code, Place(cst.Param(cst.Name("a")), "default")),
            equal=_TIGHT,
        )
        spec = node.params
        starred = not isinstance(spec.star_arg, cst.MaybeSentinel) or spec.kwonly_params
        field = "kwonly_params" if starred else "params"
        known: Sequence[cst.Param] = getattr(spec, field)
        if spec.star_kwarg is not None or not known:
            made: list[Any] = [*known, new]
        else:
            made = [*known[:-1], *_behind(known[-1], new, "whitespace_after_param", None)]
        return [node.with_changes(params=spec.with_changes(**{field: made}))]


@dataclass(frozen=True, eq=False)
class Default(Edit):
    """Gives a parameter of a function a default, or another one; `anchor` is the function."""

    name: str
    code: str

    def apply(self, node: cst.CSTNode, place: Place, section: Section) -> Sequence[cst.CSTNode]:
        """The function with the default."""
        assert isinstance(node, cst.FunctionDef)
        for field in ("posonly_params", "params", "kwonly_params"):
            known: Sequence[cst.Param] = getattr(node.params, field)
            names = [p.name.value for p in known]
            if self.name in names:
                made = [*known]
                made[names.index(self.name)] = self._given(known[names.index(self.name)])
                return [node.with_changes(params=node.params.with_changes(**{field: made}))]
        raise UnplacedError(f"the function has no parameter {self.name}")

    def _given(self, old: cst.Param) -> cst.Param:
        value = _value(self.code, Place(old, "default"))
        if old.default is not None:
            return old.with_changes(default=value)
        equal = _TIGHT if old.annotation is None else cst.AssignEqual()
        return old.with_changes(default=value, equal=equal)


def _value(code: str, place: Place) -> cst.BaseExpression:
    value, needs_brackets = parse.expression(code)
    return value if fits(value, place) and not needs_brackets else parenthesised(value)


def _ending_like(kept: cst.Arg, last: cst.Arg) -> cst.Arg:
    """An argument as the last one, with the end of the one that is gone but its own comment."""
    mine = kept.comma.whitespace_after if isinstance(kept.comma, cst.Comma) else None

    def commented(end: Any) -> Any:
        whole = cst.ParenthesizedWhitespace
        if not isinstance(mine, whole) or not isinstance(end, whole):
            return end
        return end.with_changes(first_line=mine.first_line, empty_lines=mine.empty_lines)

    comma = last.comma
    if isinstance(comma, cst.Comma):
        comma = comma.with_changes(whitespace_after=commented(comma.whitespace_after))
    return kept.with_changes(comma=comma, whitespace_after_arg=commented(last.whitespace_after_arg))


def _behind(last: Any, new: Any, gap: str, opening: object) -> tuple[Any, Any]:
    """The last item and a new one after it, each on a line of its own where items have that."""
    comma = last.comma if isinstance(last.comma, cst.Comma) else None
    end = comma.whitespace_after if comma is not None else getattr(last, gap)
    if not isinstance(end, cst.ParenthesizedWhitespace):
        between = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
        return last.with_changes(comma=between, **{gap: cst.SimpleWhitespace("")}), new
    deeper = cst.SimpleWhitespace(end.last_line.value + " " * 4)
    inner = opening.last_line if isinstance(opening, cst.ParenthesizedWhitespace) else deeper
    between = cst.Comma(whitespace_after=end.with_changes(last_line=inner))
    closing = end.with_changes(first_line=cst.TrailingWhitespace(), empty_lines=())
    last = last.with_changes(comma=between, **{gap: cst.SimpleWhitespace("")})
    if comma is not None:
        return last, new.with_changes(comma=cst.Comma(whitespace_after=closing))
    return last, new.with_changes(**{gap: closing})
