"""The instrumenter: rewrites a module's syntax tree so that it counts, and does nothing else new.

Every inserted node carries the position of the statement it serves: lines stay those of the source.
"""

from __future__ import annotations

import ast
from typing import Any, Union

from . import templates
from .blocks import (
    Condition,
    Handler,
    Loop,
    Scope,
    guards,
    is_generator,
    is_procedure,
    parameters_of,
    record_of,
    words,
)
from .cuts import Cuts
from .flow import Flow, Place
from .losses import Drop
from .recorder import Recorder

FRAME_READERS = frozenset({"locals", "eval", "exec", "_getframe", "currentframe"})
FRAME_READERS_BARE = frozenset({"vars", "dir"})
COMPILERS = frozenset({"jit", "njit", "vectorize", "guvectorize", "compile", "script"})

FunctionNode = Union[ast.FunctionDef, ast.AsyncFunctionDef]  # noqa: UP007  Python 3.9
LoopNode = Union[ast.For, ast.AsyncFor, ast.While]  # noqa: UP007


class Instrumenter(Cuts):
    """Rewrites one module; functions that look at their own frame keep their locals as they are."""

    def __init__(self, recorder: Recorder, path: str) -> None:
        self._recorder = recorder
        self._path = path
        self._scopes = [Scope()]
        self._guards: dict[int, Loop] = {}

    def visit(self, node: ast.AST) -> Any:
        """Puts a mark before every statement of a function, where nothing else tells it ran."""
        scope = self._scope
        if not isinstance(node, ast.stmt) or not scope.names or scope.is_class:
            return super().visit(node)
        index = self._recorder.lines.add(self._path, node)
        before = self._looks(node)
        if index is not None and self._recorder.lines.probed:
            before.append(templates.hit(index, node))
        result = super().visit(node)
        return [*before, *(result if isinstance(result, list) else [result])] if before else result

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Opens a scope for the class body."""
        node.decorator_list = self._each(node.decorator_list)
        node.bases = self._each(node.bases)
        node.keywords = self._each(node.keywords)
        self._scopes.append(Scope((*self._scope.names, node.name), is_class=True))
        node.body = self._each(node.body)
        self._scopes.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Counts calls, arguments and returns."""
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Counts calls, arguments and returns."""
        return self._function(node)

    def visit_Return(self, node: ast.Return) -> Any:
        """Notes the value, and the exception that a handler left by this return swallows."""
        early = self._left_early(node, "return")
        self.generic_visit(node)
        scope = self._scope
        handler = scope.left_by_return()
        if scope.function is None or scope.generator:
            return [*early, *self._swallow(handler, node)]
        value = node.value or ast.copy_location(ast.Constant(None), node)
        kept = templates.keep_result(value, node)
        left = templates.leave(scope.function, node, scope.procedure)
        return [*early, *kept, *self._swallow(handler, node)[:-1], *left]

    def visit_Continue(self, node: ast.Continue) -> Any:
        """Counts a record that leaves the loop early."""
        loop = self._scope.loop()
        index = self._drop(node, self._reasoned("continue"), "continue", loop)
        drop = templates.drop(index, node, loop.record if loop else "")
        return [drop, *self._swallow(self._scope.left_by_jump(), node)]

    def visit_Break(self, node: ast.Break) -> Any:
        """Counts loops left early, and notes the exception that a handler so left swallows."""
        early = self._left_early(node, "break")
        return [*early, *self._swallow(self._scope.left_by_jump(), node)]

    def visit_For(self, node: ast.For) -> ast.AST:
        """Counts iterations where something drops records."""
        return self._loop(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.AST:
        """Counts iterations where something drops records."""
        return self._loop(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        """Counts iterations where something drops records."""
        return self._loop(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        """Counts the records for which a guard at the end of a loop's body is false."""
        loop = self._guards.pop(id(node), None)
        test = words(node.test) if self._scope.loop() else ""
        node.test = self.visit(node.test)
        node.body = self._within(Condition(f"if {test}"), node.body)
        node.orelse = self._within(Condition(f"if not ({test})"), node.orelse)
        if loop is not None:
            index = self._drop(node, f"if not ({test}): skipped", "skipped", loop)
            node.orelse = [templates.drop(index, node, loop.record)]
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        """Notes the exception where the handler ends without raising."""
        statement = f"except {words(node.type)}" if node.type else "except"
        handler = Handler(self._recorder.add_handler(self._place(node)), statement)
        node.body = self._within(handler, node.body)
        if not isinstance(node.body[-1], (ast.Raise, ast.Return, ast.Continue, ast.Break)):
            node.body.append(templates.swallow(handler.index, node.body[-1]))
        return node

    def visit_With(self, node: ast.With) -> ast.AST:
        """Watches `with suppress(...)`."""
        self.generic_visit(node)
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and _last_name(call.func) == "suppress":
                index = self._recorder.add_handler(self._place(node))
                item.context_expr = templates.watch(index, call, node)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """Counts what the conditions let through and what they drop."""
        statements = [f"if not ({words(test)}): skipped" for test in node.ifs]
        self.generic_visit(node)
        loop = Loop(record=record_of(node.target, []))
        for position, test in enumerate(node.ifs):
            index = self._drop(test, statements[position], "skipped", loop)
            counter = loop.counter if position == 0 else None
            node.ifs[position] = templates.condition(test, index, counter, loop.record)
        if node.ifs and not node.is_async:
            node.iter = self._looked_at(node.iter, loop, node.iter)
        return node

    @property
    def _scope(self) -> Scope:
        return self._scopes[-1]

    def _function(self, node: FunctionNode) -> ast.AST:
        node.decorator_list = self._each(node.decorator_list)
        node.args = self.visit(node.args)
        if any(_last_name(decorator) in COMPILERS for decorator in node.decorator_list):
            return node
        scope = Scope(
            (*self._scope.names, node.name),
            generator=is_generator(node),
            procedure=is_procedure(node),
        )
        names = parameters_of(node, self._scope.is_class)
        if not any(_reads_frame(inner) for s in node.body for inner in ast.walk(s)):
            place = self._place(node, scope.name)
            flow = Flow(place, names, scope.generator, scope.procedure)
            scope.function = self._recorder.add_flow(flow)
        self._scopes.append(scope)
        documented = int(ast.get_docstring(node, clean=False) is not None)
        head, body = node.body[:documented], self._each(node.body[documented:])
        self._scopes.pop()
        if scope.function is not None:
            body = self._counted(scope, scope.function, names, body, node)
        node.body = [*head, *body]
        return node

    def _counted(
        self,
        scope: Scope,
        function: int,
        names: tuple[str, ...],
        body: list[ast.stmt],
        node: FunctionNode,
    ) -> list[ast.stmt]:
        """The body with its entry counted, and its end where it may fall off it."""
        first = templates.enter(function, names, node, scope.generator)
        if scope.generator or (body and isinstance(body[-1], (ast.Return, ast.Raise))):
            return [first, *body]
        last = body[-1] if body else node
        none = ast.copy_location(ast.Constant(None), last)
        left = templates.leave(function, last, scope.procedure)
        return [first, *body, *templates.keep_result(none, last), *left[:-1]]

    def _loop(self, node: LoopNode) -> ast.AST:
        loop = Loop()
        if isinstance(node, ast.While):
            node.test = self._looked(node, self.visit(node.test))
        else:
            node.target, node.iter = self.visit(node.target), self.visit(node.iter)
            loop.record = record_of(node.target, node.body)
        if isinstance(node, ast.For):
            node.iter = self._looked_at(node.iter, loop, node)
        self._guards.update({id(guard): loop for guard in guards(node.body)})
        first = node.body[0]
        node.body = self._within(loop, node.body)
        if loop.counter is not None:
            node.body.insert(0, templates.seen(loop.counter, first))
        node.orelse = self._each(node.orelse)
        return node

    def _within(self, block: Loop | Handler | Condition, body: list[ast.stmt]) -> list[ast.stmt]:
        self._scope.blocks.append(block)
        visited = self._each(body)
        self._scope.blocks.pop()
        return visited

    def _each(self, nodes: list[Any]) -> list[Any]:
        visited: list[Any] = []
        for node in nodes:
            result = self.visit(node)
            visited.extend(result if isinstance(result, list) else [result])
        return visited

    def _swallow(self, handler: Handler | None, node: ast.stmt) -> list[ast.stmt]:
        return [templates.swallow(handler.index, node), node] if handler is not None else [node]

    def _drop(self, node: ast.AST, statement: str, how: str, loop: Loop | None) -> int:
        loop = loop or Loop()
        if loop.counter is None:
            loop.counter = self._recorder.add_loop()
        return self._recorder.add_drop(Drop(self._place(node), statement, how, loop.counter))

    def _left_early(self, node: ast.stmt, how: str) -> list[ast.stmt]:
        """Counts a loop that is left before its end."""
        loop = self._scope.loop()
        if loop is None:
            return []
        drop = Drop(self._place(node), self._reasoned(how), how, entered=loop.entered)
        return [templates.drop(self._recorder.add_drop(drop), node)]

    def _reasoned(self, statement: str) -> str:
        reason = self._scope.reason()
        return f"{reason}: {statement}" if reason else statement

    def _looked_at(self, records: ast.expr, loop: Loop, node: ast.AST) -> ast.expr:
        """What a loop goes through, looked at; inside `enumerate` and the like."""
        if isinstance(records, ast.Call) and len(records.args) == 1 and not records.keywords:
            name = getattr(records.func, "id", "")
            if name in ("enumerate", "reversed") and not isinstance(records.args[0], ast.Starred):
                records.args[0] = self._looked_at(records.args[0], loop, node)
                return records
        loop.entered = self._recorder.add_records(self._place(node))
        return templates.call("records", loop.entered, [records], records)

    def _lost(self, node: ast.AST, statement: str, how: str) -> int:
        return self._recorder.add_drop(Drop(self._place(node), statement, how))

    def _counted_in(self, node: ast.AST, statement: str) -> tuple[int, int]:
        loop = self._recorder.add_loop()
        drop = Drop(self._place(node), statement, "collapse", loop, kept=0)
        return self._recorder.add_drop(drop), loop

    def _in_loop(self) -> bool:
        return self._scope.loop() is not None

    def _looks(self, node: ast.stmt) -> list[ast.stmt]:
        """What shows the state before a statement; of a `while`, its condition does."""
        if isinstance(node, ast.While):
            return []
        index = self._recorder.states.add(self._path, node)
        return [] if index is None else [templates.look(index, node)]

    def _looked(self, node: ast.While, test: ast.expr) -> ast.expr:
        index = self._recorder.states.add(self._path, node) if self._scope.names else None
        return test if index is None else templates.looked(index, test)

    def _place(self, node: Any, name: str | None = None) -> Place:
        name = self._scope.name if name is None else name
        return Place(self._path, node.lineno, node.end_lineno or node.lineno, name)


def _reads_frame(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = _last_name(node.func)
    if name in ("_getframe", "currentframe"):
        return True
    bare = isinstance(node.func, ast.Name)
    return bare and (name in FRAME_READERS or (name in FRAME_READERS_BARE and not node.args))


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
