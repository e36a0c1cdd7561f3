"""The code map: modules, functions, call graph, configuration keys with readers, prompt files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tasks.diagnose.call_graph import call_graph
from tasks.diagnose.config_files import is_config, read_keys
from tasks.diagnose.key_readers import KeyReaders
from tasks.diagnose.prompts import prompt_files
from tasks.diagnose.sources import Module, list_files, parse_modules, read_text
from tasks.records.evidence import CodeMap, ConfigKey, FunctionInfo
from tasks.target import matches


def map_code(root: Path, editable: tuple[str, ...], protected: tuple[str, ...]) -> CodeMap:
    """Maps a target without running it.

    Modules, functions, keys and prompts are those that a candidate may edit; calls and readers
    are looked for in all of the target's Python files. Values are JSON.
    """
    files = list_files(root)
    modules, unparsed = parse_modules(root, files)

    def ours(path: str) -> bool:
        return matches(path, editable) and not matches(path, protected)

    keys: list[tuple[str, str, str]] = []
    broken = list(filter(ours, unparsed))
    for path in filter(ours, filter(is_config, files)):
        text = read_text(root, path)
        found = read_keys(path, text) if text is not None else None
        if found is None:
            broken.append(path)
        else:
            keys += [(path, key, value) for key, value in found]
    readers = KeyReaders(modules, [key for _, key, _ in keys])
    return CodeMap(
        modules=tuple(module.path for module in modules if ours(module.path)),
        functions=tuple(info for m in modules if ours(m.path) for info in functions_of(m)),
        calls=call_graph(modules),
        config_keys=tuple(
            ConfigKey(path=path, key=key, value=value, readers=readers.of(key))
            for path, key, value in keys
        ),
        prompts=tuple(path for path in prompt_files(files, modules) if ours(path)),
        unparsed=tuple(sorted(broken)),
    )


def functions_of(module: Module) -> Iterator[FunctionInfo]:
    """The functions of a module; those inside others are named `outer.inner`."""
    pending: list[tuple[ast.AST, tuple[str, ...]]] = [(module.tree, ())]
    while pending:
        node, names = pending.pop()
        for child in reversed(list(ast.iter_child_nodes(node))):
            named = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            inner = (*names, child.name) if named else names  # type: ignore[attr-defined]
            pending.append((child, inner))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield FunctionInfo(
                path=module.path,
                name=".".join(names),
                line=node.lineno,
                end_line=node.end_lineno or node.lineno,
                parameters=_parameters(node.args),
                calls=tuple(sorted(_called(node))),
            )


def _parameters(given: ast.arguments) -> tuple[str, ...]:
    names = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    return tuple(argument.arg for argument in names if argument is not None)


def _called(node: ast.AST) -> set[str]:
    """What is called, as written, where it is a plain dotted name."""
    calls = (entry.func for entry in ast.walk(node) if isinstance(entry, ast.Call))
    return {ast.unparse(function) for function in calls if _dotted(function)}


def _dotted(node: ast.AST) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)
