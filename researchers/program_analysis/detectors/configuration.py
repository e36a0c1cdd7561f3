"""Settings that do not get through: never read, overwritten, or beaten by a literal."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import tail
from researchers.program_analysis.program import is_test
from tasks.records.base import digest_of
from tasks.records.change import Finding
from tasks.records.evidence import Location


def find(context: Context) -> Iterator[Finding]:
    """Unread keys, unread fields, overwritten values, and defaults that always lose."""
    yield from _unread(context)
    yield from _overwritten(context)
    yield from _attributes(context)
    yield from _always_present(context)
    yield from _literals(context)


def _mentioned(context: Context) -> set[str]:
    names: set[str] = set()
    for module in context.program.modules:
        if is_test(module.path):
            continue
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                names.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
    return names


def _unread(context: Context) -> Iterator[Finding]:
    mentioned = _mentioned(context)
    for setting in context.program.settings:
        if setting.leaf in mentioned or setting.key in mentioned:
            continue
        text = f"nothing reads the setting {setting.key} of {setting.path}"
        detail = {"key": setting.key, "leaf": setting.leaf, "value": repr(setting.value)}
        yield Finding(
            id=digest_of(["unread_setting", setting.path, setting.key])[:12],
            kind="unread_setting", location=Location(path=setting.path), strength=0.7,
            evidence=text, detail=detail,
        )  # fmt: skip


def _overwritten(context: Context) -> Iterator[Finding]:
    """An assignment of a literal to a parameter, or to a name just read from settings."""
    for module, function in context.functions():
        first_read: dict[str, int] = {}
        for statement in function.node.body:
            if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
                continue
            name = module.code(statement.targets[0])
            fixed = isinstance(statement.value, ast.Constant) and statement.value.value is not None
            if name in function.parameters or name in first_read:
                if fixed and not _used_between(
                    module, function, name, first_read.get(name, 0), statement.lineno
                ):
                    text = (
                        f"{where(module, statement)} overwrites `{name}` with "
                        f"{module.code(statement.value)}"
                    )
                    yield context.finding(
                        "overwritten", module, statement, 0.8, text, {"name": name}
                    )
            elif _reads_settings(statement.value):
                first_read[name] = statement.lineno


def _attributes(context: Context) -> Iterator[Finding]:
    """An attribute set from the settings, and set anew to a literal where nothing asks for it."""
    leaves = {setting.leaf for setting in context.program.settings}
    for info in context.program.classes.values():
        for name, sources in info.attributes.items():
            if not any(tail(value) in leaves and _reads_settings(value) for _, value in sources):
                continue
            for function, value in sources:
                fixed = isinstance(value, ast.Constant) and value.value is not None
                if fixed and not function.parameters and info.module.editable:
                    statement = info.module.statement(value)
                    text = (
                        f"{where(info.module, statement)} overwrites the setting `self.{name}` "
                        f"with {info.module.code(value)}"
                    )
                    detail = {"name": f"self.{name}"}
                    yield context.finding("overwritten", info.module, statement, 0.7, text, detail)


def _used_between(module: Module, function: Function, name: str, start: int, end: int) -> bool:
    return any(
        isinstance(n, ast.Name | ast.Attribute) and isinstance(n.ctx, ast.Load)
        and start < n.lineno < end and module.code(n) == name
        for n in ast.walk(function.node)
    )  # fmt: skip


def _reads_settings(value: ast.expr) -> bool:
    return isinstance(value, ast.Subscript | ast.Attribute) or (
        isinstance(value, ast.Call) and tail(value.func) in {"get", "getenv", "pop", "int", "float"}
    )


def _always_present(context: Context) -> Iterator[Finding]:
    """`a.get("k", own)` beside a caller's own `k`: the caller's value rarely or never wins."""
    leaves = {setting.leaf for setting in context.program.settings}
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        if (
            tail(node.func) != "get"
            or len(node.args) != 2
            or not isinstance(node.func, ast.Attribute)
        ):
            continue
        key, default = node.args
        named = tail(default)
        if named in leaves and isinstance(default, ast.Attribute | ast.Subscript):
            text = (
                f"`{shorten(module.code(node))}` in {where(module, node)} asks the setting {named} "
                "only where a table has no entry"
            )
            detail = {"own": module.code(default)}
            yield context.finding("beaten_default", module, node, 0.6, text, detail)
            continue
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str) or not named:
            continue
        if not isinstance(default, ast.Name | ast.Attribute):
            continue
        same = named == key.value or named.endswith(key.value) or key.value.endswith(named)
        if same:
            held = _dicts_hold(context, key.value)
            text = (
                f"`{shorten(module.code(node))}` in {where(module, node)} lets another table win "
                f"over `{module.code(default)}`"
                + (", and that table always has the key" if held else "")
            )
            strength = 0.8 if held else 0.5
            yield context.finding(
                "beaten_default", module, node, strength, text, {"own": module.code(default)}
            )


def _dicts_hold(context: Context, key: str) -> bool:
    return any(
        isinstance(n, ast.Dict)
        and any(isinstance(k, ast.Constant) and k.value == key for k in n.keys)
        for m in context.program.modules
        for n in m.nodes
    )


def _literals(context: Context) -> Iterator[Finding]:
    """A literal passed for a parameter although something of the same name is at hand."""
    keys = {s.leaf for s in context.program.settings}
    for module, node in context.each(ast.keyword):
        assert isinstance(node, ast.keyword)
        value = node.value
        if not isinstance(value, ast.Constant) or value.value is None or not node.arg:
            continue
        at_hand = [v for v in context.values(module, value) if v.name == node.arg]
        if at_hand or node.arg in keys:
            text = (
                f"{where(module, value)} passes {node.arg}={module.code(value)} although a "
                f"{node.arg} is at hand"
            )
            other = at_hand[0].code if at_hand else ""
            yield context.finding(
                "literal_argument", module, value, 0.65, text, {"name": node.arg, "other": other}
            )
