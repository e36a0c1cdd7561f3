"""The target as the analysis sees it: modules, functions, classes, settings and call sites."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called
from researchers.program_analysis.settings import SUFFIXES, Setting, read_settings
from tasks.records.change import Finding
from tasks.records.dossier import Dossier
from tasks.target import matches

SKIPPED = frozenset({".git", ".venv", "__pycache__", "node_modules", "build", "dist"})
_PARTS = frozenset(p.name for p in (Path(__file__).parent / "recipes" / "parts").glob("*.py")) - {
    "__init__.py"
}
TEMPLATES = (".txt", ".md", ".j2", ".jinja", ".prompt", ".tmpl")


@dataclass(frozen=True, eq=False)
class ClassInfo:
    """A class with its annotated fields and what `self` attributes are assigned from."""

    module: Module
    node: ast.ClassDef
    fields: dict[str, ast.expr]
    defaults: dict[str, ast.expr]
    attributes: dict[str, list[tuple[Function, ast.expr]]]


@dataclass(frozen=True, eq=False)
class CallSite:
    """A call of a function of the target, with the parameter each argument goes to."""

    module: Module
    node: ast.Call
    caller: Function | None
    passed: frozenset[str]


class Program:
    """Everything static about one dossier; made once, read by detectors and operators."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.modules = tuple(self._modules())
        self.by_path = {m.path: m for m in self.modules}
        self.functions = {f.key: f for m in self.modules for f in m.functions}

    @property
    def is_suite(self) -> bool:
        """Whether the metric is the target's own tests: each item passes or fails."""
        return self.dossier.metric.kind == "pytest"

    @property
    def editable(self) -> tuple[Module, ...]:
        """Modules that proposals may change."""
        return tuple(m for m in self.modules if m.editable)

    def may_edit(self, path: str) -> bool:
        """Whether the contract lets proposals touch this path; tests are never touched."""
        dossier = self.dossier
        return (
            matches(path, dossier.editable)
            and not matches(path, dossier.protected)
            and not is_test(path)
        )

    def files(self, *suffixes: str) -> Iterator[str]:
        """Relative paths of the target's files that end so, sorted."""
        for path in sorted(self.dossier.root.rglob("*")):
            relative = path.relative_to(self.dossier.root)
            if path.suffix in suffixes and path.is_file() and not SKIPPED & set(relative.parts):
                yield relative.as_posix()

    def _modules(self) -> Iterator[Module]:
        for path in self.files(".py"):
            text = (self.dossier.root / path).read_bytes().decode(errors="replace")
            try:
                tree = ast.parse(text)
            except SyntaxError:
                continue
            yield Module(path, text, tree, self.may_edit(path) and not is_part(path))

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Scalars of configuration files outside tests."""
        root = self.dossier.root
        return tuple(
            s for p in self.files(*SUFFIXES) if not is_test(p) for s in read_settings(root, p)
        )

    @cached_property
    def templates(self) -> dict[str, str]:
        """Editable prompt and template files with their text."""
        root = self.dossier.root
        known = [p for p in self.files(*TEMPLATES) if self.may_edit(p) and _is_template(p)]
        listed = [p for p in self.dossier.code_map.prompts if (root / p).is_file()]
        paths = dict.fromkeys([*known, *(p for p in listed if self.may_edit(p))])
        return {p: (root / p).read_text(encoding="utf-8") for p in paths if not p.endswith(".py")}

    @cached_property
    def classes(self) -> dict[str, ClassInfo]:
        """Classes by bare name."""
        found = [
            _class_info(m, n) for m in self.modules for n in m.nodes if isinstance(n, ast.ClassDef)
        ]
        return {info.node.name: info for info in found}

    @cached_property
    def named(self) -> dict[str, list[Function]]:
        """Functions by bare name, tests excluded; a class name gives its constructor."""
        found: dict[str, list[Function]] = defaultdict(list)
        for function in self.functions.values():
            if is_test(function.path):
                continue
            found[function.node.name].append(function)
            if function.node.name == "__init__" and function.owner:
                found[function.owner].append(function)
        return found

    @cached_property
    def calls(self) -> dict[str, list[CallSite]]:
        """Call sites by the key of the function called, where its bare name is unique."""
        found: dict[str, list[CallSite]] = defaultdict(list)
        for module in self.modules:
            for node in module.nodes:
                function = self.callee(node) if isinstance(node, ast.Call) else None
                if function is not None and isinstance(node, ast.Call):
                    passed = _passed(node, function)
                    caller = module.function_of(node)
                    found[function.key].append(CallSite(module, node, caller, passed))
        return found

    def callee(self, call: ast.Call) -> Function | None:
        """The target's function that a call means, where its bare name leaves no doubt."""
        known = self.named.get(called(call), [])
        return known[0] if len(known) == 1 else None

    def node(self, finding: Finding) -> tuple[Module, ast.AST] | None:
        """The syntax node that a finding points at."""
        module = self.by_path.get(finding.location.path)
        span = finding.detail.get("span", "")
        if module is None or not span:
            return None
        start, end = (int(part) for part in span.split(":"))
        node = module.node_at((start, end), finding.detail["node"])
        return (module, node) if node is not None else None

    @cached_property
    def hyperparameters(self) -> frozenset[str]:
        """Declared knobs as `file:key`, which belong to the tuner."""
        return frozenset(self.dossier.hyperparameters)


def is_test(path: str) -> bool:
    """Whether a path is a test file by its name or folder."""
    pure = PurePosixPath(path)
    return (
        bool({"tests", "test"} & set(pure.parts[:-1]))
        or pure.name.startswith("test_")
        or pure.name in {"conftest.py", "setup.py"}
    )


def is_part(path: str) -> bool:
    """Whether a file is one that a recipe brought into the target."""
    return PurePosixPath(path).name in _PARTS


def _is_template(path: str) -> bool:
    pure = PurePosixPath(path)
    folders = {part.lower() for part in pure.parts[:-1]}
    return pure.suffix not in {".txt", ".md"} or bool(folders & {"prompts", "templates", "prompt"})


def _class_info(module: Module, node: ast.ClassDef) -> ClassInfo:
    fields: dict[str, ast.expr] = {}
    defaults: dict[str, ast.expr] = {}
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            fields[statement.target.id] = statement.annotation
            if statement.value is not None:
                defaults[statement.target.id] = statement.value
    attributes: dict[str, list[tuple[Function, ast.expr]]] = defaultdict(list)
    for function in module.functions:
        if function.owner != node.name:
            continue
        for inner in ast.walk(function.node):
            for target, value in _assigned(inner):
                if isinstance(target, ast.Attribute) and getattr(target.value, "id", "") == "self":
                    attributes[target.attr].append((function, value))
                    if isinstance(inner, ast.AnnAssign):
                        fields.setdefault(target.attr, inner.annotation)
    return ClassInfo(module, node, fields, defaults, dict(attributes))


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets and their values; `a, b = c, d` assigns in pairs."""
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        yield node.target, node.value
    for target in node.targets if isinstance(node, ast.Assign) else ():
        assert isinstance(node, ast.Assign)
        value = node.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            if len(target.elts) == len(value.elts):
                yield from zip(target.elts, value.elts, strict=True)
        else:
            yield target, value


def _passed(call: ast.Call, function: Function) -> frozenset[str]:
    """Parameters that a call fills; all of them where it unpacks."""
    if any(isinstance(a, ast.Starred) for a in call.args) or any(
        k.arg is None for k in call.keywords
    ):
        return frozenset(function.parameters)
    by_position = function.positional[: len(call.args)]
    return frozenset(by_position) | {k.arg for k in call.keywords if k.arg}
