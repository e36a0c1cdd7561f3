"""The classic programs are right, and their unseen tests are tests of their own."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.classic import Program, programs

PROGRAMS = programs()
BY_NAME = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def rows(function: ast.FunctionDef) -> list[str]:
    """The parameters of each case as source; one empty text for a test without parameters."""
    lists = [
        decorator.args[1].elts
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.args[1], ast.List)
    ]
    return [ast.unparse(row) for elements in lists for row in elements] or [""]


def cases(path: Path) -> set[tuple[str, str]]:
    """Every case of a file: its parameters, and the body of its test whatever its name."""
    return {
        ("\n".join(map(ast.unparse, function.body)), row)
        for function in functions(path)
        for row in rows(function)
    }


def test_there_are_enough():
    assert len(PROGRAMS) >= 34
    assert len({program.name for program in PROGRAMS}) == len(PROGRAMS)


def test_all_programs_pass_all_their_tests(tmp_path: Path):
    report = tmp_path / "report.xml"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--assert=plain", "-p", "no:cacheprovider",
         "-c", os.devnull, "--rootdir", str(PROGRAMS[0].folder.parent), "--junitxml", str(report),
         *(str(path) for program in PROGRAMS for path in (program.tests, program.unseen))],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(str(program.folder) for program in PROGRAMS),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    text = report.read_text(encoding="utf-8")
    assert all(f"test_{p.name}" in text and f"test_unseen_{p.name}" in text for p in PROGRAMS)


@BY_NAME
def test_shape(program: Program):
    source = program.module.read_text(encoding="utf-8")
    assert 20 <= len(source.splitlines()) <= 100
    assert ast.get_docstring(ast.parse(source))
    assert (program.folder / "pytest.ini").is_file()
    assert len(list(functions(program.tests))) >= 6
    assert len(cases(program.tests)) >= 8
    others = {p.name for p in PROGRAMS} - {program.name}
    tree = ast.parse(source)
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not imported & others


@BY_NAME
def test_no_unseen_test_copies_a_visible_one(program: Program):
    seen, unseen = cases(program.tests), cases(program.unseen)
    assert seen
    assert unseen
    assert not seen & unseen
    names = {function.name for function in functions(program.tests)}
    assert not names & {function.name for function in functions(program.unseen)}
