"""Errors that are swallowed, and errors that nobody catches any more."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.injection.kinds.kind import PAN, STUBS, kind
from benchmarks.injection.module import Module
from benchmarks.injection.place import Place, at, swap_text, unwrapped


@kind("exception-swallowed", STUBS, "missing throws: an error is swallowed")
def swallowed(module: Module) -> Iterator[Place]:
    for node in module.code():
        if isinstance(node, ast.Raise):
            yield at(node, *(swap_text(module, node, text) for text in ("pass", "return None")))


@kind("TY-ARTC", PAN, "missing try and catch statements")
def uncaught(module: Module) -> Iterator[Place]:
    for node in module.code():
        if isinstance(node, ast.Try) and node.handlers and not node.finalbody and not node.orelse:
            yield at(node, unwrapped(module, node, node.body))
