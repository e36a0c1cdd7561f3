"""Evidence of structure: components, call paths and flows of data that were not there before."""

from __future__ import annotations

import ast
import builtins
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from tasks.ruling.changed import Evidence

Function = ast.FunctionDef | ast.AsyncFunctionDef
_PLAIN = {name for kind in (str, list, dict, set, bytes, tuple, float) for name in dir(kind)}
_PLAIN |= set(dir(PurePosixPath)) | {"exists", "is_dir", "is_file", "resolve"}
_BUILTIN = set(dir(builtins))
_SOURCES = {"open", "urlopen", "read_text", "read_bytes"}
_FEWEST_MOVED = 2
"""Statements that stood before, and now stand under a new loop or branch."""
_EXTRACTED = 0.6
"""Share of the statements of a new function that stood before: then it was only moved."""


def structure_evidence(before: ast.Module, after: ast.Module, path: str) -> Iterator[Evidence]:
    """What is new in the structure of one module; `before` is empty for a new file."""
    fresh, moved = _components(before, after)
    for name in fresh:
        yield Evidence("structure", f"{name} is new in {path}")
    yield from _state(before, after, path)
    scopes = _scopes(before)
    own = _imported(after, path) - moved
    for name, scope in _scopes(after).items():
        if name in scopes:
            yield from _calls(scopes[name], scope, own, moved, f"{name} in {path}")
            yield from _flow(scopes[name], scope, f"{name} in {path}")


def _components(before: ast.Module, after: ast.Module) -> tuple[list[str], set[str]]:
    """New functions and classes that something refers to; and those that were only moved."""
    known = {name.rpartition(".")[2] for name in _definitions(before)}
    stood, fresh, moved = _statements(before), [], set()
    for name, node in _definitions(after).items():
        short = name.rpartition(".")[2]
        used = not _definitions(before) or _refers(after, short, node)
        if short in known or short.startswith("__") or not used:
            continue
        inner = [ast.dump(s) for s in ast.walk(node) if isinstance(s, ast.stmt) and s is not node]
        if sum(dump in stood for dump in inner) / max(1, len(inner)) < _EXTRACTED:
            fresh.append(short)
        else:
            moved.add(short)
    return fresh, moved


def _state(before: ast.Module, after: ast.Module, path: str) -> Iterator[Evidence]:
    """New attributes that a constructor sets and another method reads."""
    old = {c.name: c for c in ast.walk(before) if isinstance(c, ast.ClassDef)}
    for made in (c for c in ast.walk(after) if isinstance(c, ast.ClassDef) and c.name in old):
        known = {n.attr for n in ast.walk(old[made.name]) if isinstance(n, ast.Attribute)}
        methods = [m for m in made.body if isinstance(m, Function)]
        begun = {a for m in methods if m.name == "__init__" for a in _own(m, ast.Store)}
        read = {a for m in methods if m.name != "__init__" for a in _own(m, ast.Load)}
        for name in sorted((begun & read) - known):
            yield Evidence("structure", f"{made.name} in {path} keeps {name}")


def _calls(
    before: ast.AST, after: ast.AST, own: set[str], moved: set[str], where: str
) -> Iterator[Evidence]:
    """Calls of the program's own components whose result is used, more than there were."""
    old, new = Counter(_component_calls(before, own)), Counter(_component_calls(after, own))
    new = Counter({n: count for n, count in new.items() if n.rpartition(".")[2] not in moved})
    if new.total() > old.total():
        for name in sorted(new - old):
            yield Evidence("structure", f"{where} calls {name} too")
    read, known = _sources(after), _sources(before)
    for name in sorted(read - known):
        yield Evidence("structure", f"{where} reads from {name}")


def _flow(before: ast.AST, after: ast.AST, where: str) -> Iterator[Evidence]:
    """What stood before under a new loop, or as one of two ways; components that share a part."""
    stood = _statements(before)
    branches = [b for n in ast.walk(before) if isinstance(n, ast.If) for b in (n.body, n.orelse)]
    known = {_dumped(branch) for branch in branches}
    loops = [ast.dump(n.iter) for n in ast.walk(before) if isinstance(n, ast.For)]
    tests = [ast.dump(n.test) for n in ast.walk(before) if isinstance(n, ast.If | ast.While)]
    for node in ast.walk(after):
        if isinstance(node, ast.For) and ast.dump(node.iter) not in loops:
            if _moved(node.body, stood):
                yield Evidence("structure", f"a loop around what was done once, in {where}")
        elif isinstance(node, ast.If) and ast.dump(node.test) not in tests and node.orelse:
            ways = [_moved(node.body, stood), _moved(node.orelse, stood)]
            fresh = node.orelse if ways[0] else node.body
            edited = _dumped(node.body) in known or _dumped(node.orelse) in known
            if any(ways) and not all(ways) and _has_call(fresh) and not edited:
                yield Evidence("structure", f"a second way in {where}")
        elif isinstance(node, ast.Assign) and ast.dump(node) not in stood and _shares(node):
            yield Evidence("structure", f"{ast.unparse(node)}: components share a part")


def _shares(node: ast.Assign) -> bool:
    """Whether a part of one component becomes a part of another."""
    chains = [_chain(side) for side in (node.targets[0], node.value)]
    return all(len(c) >= 3 and c[0] == "self" for c in chains) and chains[0][1] != chains[1][1]


def _chain(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Attribute):
        return [*_chain(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def _dumped(body: list[ast.stmt]) -> str:
    return ";".join(ast.dump(statement) for statement in body)


def _moved(body: list[ast.stmt], stood: set[str]) -> bool:
    return sum(ast.dump(s) in stood for s in body) >= _FEWEST_MOVED


def _has_call(body: list[ast.stmt]) -> bool:
    return any(isinstance(n, ast.Call) for s in body for n in ast.walk(s))


def _component_calls(scope: ast.AST, own: set[str]) -> Iterator[str]:
    """Names of own components whose result goes somewhere; bare calls for effect are left out."""
    arguments = _arguments(scope)
    foreign = _BUILTIN | arguments | _foreign(scope)
    bare = {
        id(call)
        for node in ast.walk(scope)
        if isinstance(node, ast.Expr)
        for call in ast.walk(node.value)
    }
    for node in ast.walk(scope):
        if not isinstance(node, ast.Call) or id(node) in bare:
            continue
        if isinstance(node.func, ast.Name):
            name = node.func.id
            if name in own or name not in foreign:
                yield name
        elif isinstance(node.func, ast.Attribute):
            chain = _chain(node.func)
            rooted = chain and (chain[0] == "self" or chain[0] in arguments or chain[0] in own)
            if rooted and node.func.attr not in _PLAIN:
                yield ".".join(chain)


def _foreign(scope: ast.AST) -> set[str]:
    """Names that the scope binds itself, such as local functions and loop variables."""
    return {
        n.id for n in ast.walk(scope) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }


def _sources(scope: ast.AST) -> set[str]:
    """Calls that bring in data from outside."""
    return {
        _chain(node.func)[-1]
        for node in ast.walk(scope)
        if isinstance(node, ast.Call) and _chain(node.func) and _chain(node.func)[-1] in _SOURCES
    }


def _arguments(scope: ast.AST) -> set[str]:
    return {n.arg for n in ast.walk(scope) if isinstance(n, ast.arg)} - {"self", "cls"}


def _imported(tree: ast.Module, path: str) -> set[str]:
    """Names imported from the program itself, by their common top folder, and its own functions."""
    top = PurePosixPath(path).parts[0].removesuffix(".py")
    names: set[str] = {name.rpartition(".")[2] for name in _definitions(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            root = (node.module or "").partition(".")[0]
            local = node.level > 0 or (root == top and root not in sys.stdlib_module_names)
            found = {alias.asname or alias.name for alias in node.names}
            names = names | found if local else names - found
    return names


def _scopes(tree: ast.Module) -> dict[str, ast.AST]:
    """Functions by their qualified name, and the module's own statements as `the module`."""
    top = [s for s in tree.body if not isinstance(s, Function | ast.ClassDef)]
    functions = {n: d for n, d in _definitions(tree).items() if isinstance(d, Function)}
    return {"the module": ast.Module(body=top, type_ignores=[]), **functions}


def _definitions(tree: ast.AST, prefix: str = "") -> dict[str, Function | ast.ClassDef]:
    found: dict[str, Function | ast.ClassDef] = {}
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function | ast.ClassDef):
            found[f"{prefix}{node.name}"] = node
            found |= _definitions(node, f"{prefix}{node.name}.")
        else:
            found |= _definitions(node, prefix)
    return found


def _refers(tree: ast.Module, name: str, but: ast.AST) -> bool:
    inner = {id(node) for node in ast.walk(but)}
    return any(
        id(node) not in inner
        and (getattr(node, "id", None) == name or getattr(node, "attr", None) == name)
        for node in ast.walk(tree)
    )


def _own(method: Function, context: type[ast.expr_context]) -> set[str]:
    return {
        n.attr
        for n in ast.walk(method)
        if isinstance(n, ast.Attribute)
        and isinstance(n.value, ast.Name)
        and n.value.id == "self"
        and isinstance(n.ctx, context)
    }


def _statements(tree: ast.AST) -> set[str]:
    return {ast.dump(node) for node in ast.walk(tree) if isinstance(node, ast.stmt)}
