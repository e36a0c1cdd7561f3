"""Calls that leave out what sibling calls of the same callee pass: unit, zone, encoding."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, words
from researchers.program_analysis.program import is_test
from tasks.records.change import Finding

_TELLING = {"encoding", "tz", "tzinfo", "zone", "timezone", "unit", "units", "key",
            "locale", "currency", "reverse", "newline", "sep", "strict",
            "ignore", "case", "precision", "seed"}  # fmt: skip
_MOMENTS = {"fromtimestamp", "now", "astimezone", "datetime", "combine"}
SHARE = 0.6

Call = tuple[Module, ast.Call]


def find(context: Context) -> Iterator[Finding]:
    """Calls without a keyword that at least half of the calls of that name pass alike, and
    arguments that are prepared everywhere but here."""
    groups: dict[str, list[Call]] = defaultdict(list)
    for module in context.program.modules:
        if is_test(module.path):
            continue
        for node in module.nodes:
            if _is_foreign(context, node):
                assert isinstance(node, ast.Call)
                groups[_dotted(node)].append((module, node))
    for calls in groups.values():
        if len(calls) > 1:
            yield from _without(context, calls)
            yield from _zoneless(context, calls)
    yield from _unprepared(context)


def _is_foreign(context: Context, node: ast.AST) -> bool:
    """A call of something that is not the target's own; those are told apart by parameters."""
    name = called(node)
    own = name in context.program.named or name in {"cls", "type", "add_argument", "super"}
    return bool(name) and not own


def _dotted(node: ast.Call) -> str:
    """A library's function by its whole name, a method by its bare name."""
    code = ast.unparse(node.func)
    return code if code.count(".") <= 1 and "(" not in code else f".{called(node)}"


def _without(context: Context, calls: list[Call]) -> Iterator[Finding]:
    passed: dict[str, list[Call]] = defaultdict(list)
    for module, node in calls:
        for keyword in node.keywords:
            if keyword.arg and words(keyword.arg) & _TELLING:
                passed[keyword.arg].append((module, node))
    for name, givers in passed.items():
        lacking = [
            (m, n) for m, n in calls
            if m.editable and not _may_pass(n, name) and _alike(n, givers[0][1])
        ]  # fmt: skip
        if not lacking or len(givers) < 2 or len(givers) < SHARE * (len(givers) + len(lacking)):
            continue
        values = {ast.unparse(k.value) for _, n in givers for k in n.keywords if k.arg == name}
        for module, node in lacking:
            text = (
                f"`{shorten(module.code(node))}` in {where(module, node)} does not pass {name}, "
                f"as {len(givers)} of {len(givers) + len(lacking)} such calls do"
            )
            mend = {"mend": _with(module, node, name, values.pop())} if len(values) == 1 else {}
            strength = 0.45 + 0.3 * len(givers) / (len(givers) + len(lacking))
            yield context.finding("sibling_argument", module, node, strength, text, mend)
            values = set()


def _zoneless(context: Context, calls: list[Call]) -> Iterator[Finding]:
    """A moment made with a zone here and without one there: `fromtimestamp(t, utc)`."""
    zoned = [(m, n) for m, n in calls if called(n) in _MOMENTS and _zone(n) is not None]
    count = len(zoned[0][1].args) - 1 if zoned and not zoned[0][1].keywords else -1
    for module, node in calls:
        if not module.editable or len(node.args) != count or node.keywords:
            continue
        other = zoned[0][0].code(_zone(zoned[0][1]))  # type: ignore[arg-type]
        mend = f"{module.code(node)[:-1]}{', ' if count else ''}{other})"
        text = (
            f"`{module.code(node)}` in {where(module, node)} takes the zone of the machine, where "
            f"`{zoned[0][0].code(zoned[0][1])}` sets one"
        )
        yield context.finding("sibling_argument", module, node, 0.55, text, {"mend": mend})


def _zone(node: ast.Call) -> ast.expr | None:
    """The last positional argument where it names a time zone."""
    last = node.args[-1] if node.args else None
    said = words(ast.unparse(last)) if last is not None else frozenset()
    return last if said & {"utc", "timezone", "tz", "zone", "tzinfo"} else None


def _may_pass(node: ast.Call, name: str) -> bool:
    return any(k.arg in {None, name} for k in node.keywords) or any(
        isinstance(a, ast.Starred) or (isinstance(a, ast.Constant) and "b" in str(a.value)[:3])
        for a in node.args
    )


def _alike(node: ast.Call, other: ast.Call) -> bool:
    return len(node.args) == len(other.args)


def _with(module: Module, node: ast.Call, name: str, value: str) -> str:
    code = module.code(node)
    given = bool(node.args or node.keywords)
    inner = code[:-1].rstrip().rstrip(",")
    return f"{inner}{', ' if given else ''}{name}={value})"


def _unprepared(context: Context) -> Iterator[Finding]:
    """A function of the target that gets `prepare(x)` from most callers and a bare x from one."""
    for key, sites in context.program.calls.items():
        sites = [s for s in sites if not is_test(s.module.path)]
        function = context.program.functions[key]
        for position, name in enumerate(function.positional):
            given = [(s, s.node.args[position]) for s in sites if len(s.node.args) > position]
            made = [(s, called(a)) for s, a in given if _prepares(context, a)]
            bare = [(s, a) for s, a in given if isinstance(a, ast.Name | ast.Attribute)]
            through = {step for _, step in made}
            if len(through) != 1 or len(made) < 2 or len(bare) != 1:
                continue
            site, argument = bare[0]
            step = through.pop()
            caller = site.caller
            if not site.module.editable or (caller and step in ast.unparse(caller.node)):
                continue
            text = (
                f"{where(site.module, argument)} passes `{site.module.code(argument)}` to "
                f"{function.name} as {name}, which other callers put through {step} first"
            )
            mend = {"mend": f"{step}({site.module.code(argument)})"}
            yield context.finding("sibling_argument", site.module, argument, 0.65, text, mend)


def _prepares(context: Context, node: ast.expr) -> bool:
    """A call of one function of the target with one argument."""
    single = isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords
    return (
        single
        and isinstance(getattr(node, "func", None), ast.Name)
        and (called(node) in context.program.named)
    )
